"""The one interface of an engine: make a statistic from named Parquet files."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from data.engine.cell_count import CellCount

Statistic = str | CellCount
"""One SQL text, or a count of cells."""


class Engine(Protocol):
    """Makes a statistic from Parquet files that are known to it by table name."""

    def run(self, statistic: Statistic, tables: Mapping[str, Path]) -> pa.Table:
        """Return the statistic, in whose SQL every key of ``tables`` names a table.

        Rows come in any order. Columns are as ``common_types`` leaves them, whatever the
        engine.

        Raises
        ------
        StorageError
            When the engine does not answer, or cannot do it with the memory or files it has.
        """
        ...


def common_types(table: pa.Table) -> pa.Table:
    """Return a result with the types that all engines share.

    Text is ``string`` (engines differ in dictionaries and lengths of offsets), every column may
    be null (engines differ in what they prove), and no engine's metadata stays.
    """
    fields = [
        pa.field(field.name, pa.string() if _is_text(field.type) else field.type)
        for field in table.schema
    ]
    return table.cast(pa.schema(fields))


def _is_text(kind: pa.DataType) -> bool:
    plain = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(
        pa.types.is_string(plain)
        or pa.types.is_large_string(plain)
        or pa.types.is_string_view(plain)
    )
