"""Files that the tests of the import page upload."""

from datetime import date
from pathlib import Path

from streamlit.testing.v1 import AppTest

from pipeline.check_scores import ImportRequest
from pipeline.import_scores import ImportReport
from tests.pages.conftest import OpenPage
from ui import state

HEAD = "学校代码,学校名称,班级,学籍号,姓名,语文(100分)\n"
GOOD = HEAD + "".join(f"11,甲校,1班,N{i:05d},赵一,{60 + i}\n" for i in range(12))


def check(
    content: str, *, name: str = "成绩.csv", exam: str = "期末", school: str | None = None
) -> ImportReport:
    request = ImportRequest(
        Path(), exam, date(2026, 6, 28), 8, None, {}, school=school, file_name=name
    )
    return state.check_upload(state.clerk_scope(), request, content.encode(), actor="李四")


def page(open_page: OpenPage) -> AppTest:
    app = open_page("import_scores", lang="zh")
    assert not app.exception
    return app
