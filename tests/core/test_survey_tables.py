"""The tables of items, samples, evaluation and likeness: listed, named and keyed."""

import pytest

from core import survey_tables
from core.survey_tables import SURVEY_TABLES
from core.table import Table


def test_every_table_of_the_module_is_listed_once() -> None:
    declared = [value for value in vars(survey_tables).values() if isinstance(value, Table)]
    assert list(SURVEY_TABLES) == declared
    assert len({table.name for table in declared}) == len(declared)


@pytest.mark.parametrize("table", SURVEY_TABLES, ids=lambda table: table.name)
def test_the_key_of_a_table_is_among_its_columns(table: Table) -> None:
    assert set(table.key) <= set(table.names)
    assert len(set(table.names)) == len(table.names)
    assert table.require(table.empty()).empty
