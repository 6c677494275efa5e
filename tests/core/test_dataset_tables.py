"""The tables of datasets: listed, named and keyed."""

import pytest

from core import dataset_tables
from core.dataset_tables import DATASET_TABLES
from core.table import Table


def test_every_table_of_the_module_is_listed_once() -> None:
    declared = [value for value in vars(dataset_tables).values() if isinstance(value, Table)]
    assert list(DATASET_TABLES) == declared
    assert len({table.name for table in declared}) == len(declared)


@pytest.mark.parametrize("table", DATASET_TABLES, ids=lambda table: table.name)
def test_the_key_of_a_table_is_among_its_columns(table: Table) -> None:
    assert set(table.key) <= set(table.names)
    assert len(set(table.names)) == len(table.names)
    assert table.require(table.empty()).empty
