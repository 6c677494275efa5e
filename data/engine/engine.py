"""The one interface of an engine: run a statistic's SQL over named Parquet files."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import pyarrow as pa


class Engine(Protocol):
    """Runs one SQL text over Parquet files that are known to it by table name."""

    def run(self, sql: str, tables: Mapping[str, Path]) -> pa.Table:
        """Return the result of ``sql``, in which every key of ``tables`` names a table."""
        ...
