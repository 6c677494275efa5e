"""Schemes: kept by one person, approved by another, named by the pages from then on."""

from datetime import date

from tests.pages.conftest import OpenPage
from tests.pages.test_every_page import texts_of


def test_a_scheme_is_saved_submitted_and_approved_by_another_person(meeting: OpenPage) -> None:
    app = meeting("weights", lang="zh")
    app.slider(key="weight (1,)").set_value(80.0).run()
    app.text_input(key="scheme_actor").input("张三").run()
    app.text_input(key="scheme_name").input("增值为主")
    app.text_input(key="scheme_reason").input("三年行动计划")
    app.button(key="scheme_save").click().run()
    assert not app.exception
    assert "方案“增值为主”第 1 版" in texts_of(app)
    (submit,) = (str(b.key) for b in app.button if str(b.key).startswith("scheme_submit_"))
    app.button(key=submit).click().run()
    approve = submit.replace("submit", "approve")
    app.button(key=approve).click().run()
    assert any("须由第二人批准" in error.value for error in app.error)
    app.text_input(key="scheme_actor").input("李四").run()
    app.date_input(key=submit.replace("submit", "from")).set_value(date(2020, 1, 1)).run()
    app.button(key=approve).click().run()
    assert not app.exception
    assert "由李四批准" in texts_of(app)

    weak = meeting("weak_schools", lang="zh")
    assert "方案“增值为主”第 1 版" in texts_of(weak)
    former = meeting("weak_schools", lang="zh", scheme="0")
    assert "方案“增值为主”第 1 版" not in "".join(c.value for c in former.caption)
