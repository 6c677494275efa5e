"""The import page: a file is checked, kept, published or taken back; nothing else happens."""

from pathlib import Path

import pytest

from data.batches import list_batches
from data.catalogue import list_exams
from data.home import HOME_VARIABLE
from data.scope import LEADERSHIP, OPERATOR
from data.store import Store
from tests.pages.conftest import OpenPage
from tests.pages.uploads import GOOD, check, page
from ui import state


def uploads(store: Store) -> list[Path]:
    folder = store.home.root / "uploads"
    return list(folder.iterdir()) if folder.exists() else []


def test_an_upload_becomes_a_draft_and_its_file_is_gone(own_store: Store) -> None:
    report = check(GOOD)
    assert report.is_draft
    assert report.n_rows == 12
    assert uploads(own_store) == []
    assert list_exams(OPERATOR, own_store) == ()


@pytest.mark.parametrize(
    "name", ["../../evil.csv", "a\x00b.csv", "CON", "<script>.xlsx", "x" * 300]
)
def test_a_hostile_name_is_only_shown(own_store: Store, name: str) -> None:
    check(GOOD, name=name)
    shown = list_batches(OPERATOR, own_store)[0].file_name
    assert not set(shown) & set("/\\<>\x00")
    assert uploads(own_store) == []
    assert not list(own_store.home.root.parent.glob("**/evil*"))


def test_a_draft_is_published_from_the_page(
    own_store: Store, open_page_without_exams: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(own_store.home.root))
    check(GOOD)
    app = page(open_page_without_exams)
    app.text_input(key="draft_actor").set_value("张三").run()
    app.button(key="publish_1").click().run()
    assert not app.exception
    [exam] = list_exams(OPERATOR, own_store)
    assert (exam.name, exam.number) == ("期末", 1)
    assert not [b for b in app.button if str(b.key).startswith("publish_")]


def test_a_draft_is_taken_back_from_the_page(
    own_store: Store, open_page_without_exams: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(own_store.home.root))
    check(GOOD)
    app = page(open_page_without_exams)
    app.text_input(key="draft_actor").set_value("张三").run()
    app.button(key="undo_1").click().run()
    assert not app.exception
    assert [b.status for b in list_batches(OPERATOR, own_store)] == ["undone"]
    assert list_exams(OPERATOR, own_store) == ()


def test_nothing_is_published_without_a_name(
    own_store: Store, open_page_without_exams: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(own_store.home.root))
    check(GOOD)
    app = page(open_page_without_exams)
    assert app.button(key="publish_1").disabled
    assert app.button(key="undo_1").disabled


@pytest.mark.usefixtures("own_store")
def test_other_roles_may_not_import() -> None:
    with pytest.raises(PermissionError):
        state.publish_draft(LEADERSHIP, 1, actor="x")


def test_no_name_or_number_of_a_pupil_is_on_the_page(
    own_store: Store, open_page_without_exams: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(own_store.home.root))
    check(GOOD)
    check(GOOD.replace(",60\n", ",八十\n"), exam="期中")
    app = page(open_page_without_exams)
    texts = [e.value for block in (app.markdown, app.caption, app.error) for e in block]
    texts += [frame.value.to_csv() for block in (app.dataframe, app.table) for frame in block]
    assert not any("N0000" in text or "赵一" in text for text in texts)
