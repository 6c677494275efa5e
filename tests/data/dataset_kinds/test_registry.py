"""Every kind: its template is understood by its own reader, its table is declared."""

import pytest

from core.errors import SettingsError
from core.tables import TABLES
from data.dataset_kinds.kind import DatasetKind
from data.dataset_kinds.registry import KINDS, find_kind, template_columns
from tests.data.dataset_kinds.books import checks, read

EVERY = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))


@EVERY
def test_the_template_of_a_kind_lacks_nothing_but_rows(kind: DatasetKind) -> None:
    content = read(kind, [template_columns(kind.name)])
    assert {found for found, _ in checks(content)} == {"no_data"}
    assert checks(content, "warning") == []


@EVERY
def test_the_table_of_a_kind_is_declared_and_its_partner_exists(kind: DatasetKind) -> None:
    assert kind.table in TABLES
    assert kind.partner in {None, *KINDS}
    assert kind.names_pupils == ("pupil" in kind.table.names)


@EVERY
def test_a_sheet_of_something_else_is_refused(kind: DatasetKind) -> None:
    content = read(kind, [["甲", "乙", "丙"], ["1", "2", "3"]])
    assert content.rows is None
    assert checks(content)


def test_an_unknown_kind_is_told_with_those_that_exist() -> None:
    with pytest.raises(SettingsError, match=r"marks.*items \(小题分\)"):
        find_kind("marks")
