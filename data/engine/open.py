"""Which engine makes the statistics, as the environment says."""

import os
from pathlib import Path

from core.errors import SettingsError
from data.engine.duckdb_engine import DuckDBEngine
from data.engine.engine import Engine

ENGINE_VARIABLE = "ZHUNSHENG_ENGINE"
MEMORY_VARIABLE = "ZHUNSHENG_ENGINE_MEMORY_MB"
LAKE_VARIABLE = "ZHUNSHENG_LAKE_URL"

_LEAST_MEMORY_MB = 256


def engine_from_environment(*, lake: Path, staging: Path) -> Engine:
    """Return the engine that reads a store's files.

    ``ZHUNSHENG_ENGINE`` is ``duckdb``, the default, or the address of a Spark Connect server,
    ``sc://host:15002``. ``ZHUNSHENG_ENGINE_MEMORY_MB`` limits DuckDB. ``ZHUNSHENG_LAKE_URL`` is
    the folder that holds ``lake`` and ``staging``, as the cluster sees it.

    Parameters
    ----------
    lake, staging : Path
        The only folders with files that are read; both in the store's folder.

    Raises
    ------
    SettingsError
        When a value cannot be used.
    """
    wanted = os.environ.get(ENGINE_VARIABLE, "").strip()
    if wanted in ("", "duckdb"):
        return DuckDBEngine(
            memory_mb=_memory_mb(), spill=lake.parent / "spill", folders=(lake, staging)
        )
    if wanted.startswith("sc://"):
        from data.engine.spark_engine import SparkConnectEngine

        visible = os.environ.get(LAKE_VARIABLE, "").strip()
        return SparkConnectEngine(wanted, root=lake.parent, visible_root=visible or None)
    raise SettingsError(
        f"{ENGINE_VARIABLE} is {wanted!r}. Set it to 'duckdb' or to the address of a Spark "
        "Connect server, such as 'sc://host:15002'.",
        f"{ENGINE_VARIABLE} 的值为 {wanted!r}。请设为 'duckdb'，或 Spark Connect 服务地址，"
        "如 'sc://host:15002'。",
    )


def _memory_mb() -> int | None:
    given = os.environ.get(MEMORY_VARIABLE, "").strip()
    if not given:
        return None
    if given.isdecimal() and int(given) >= _LEAST_MEMORY_MB:
        return int(given)
    raise SettingsError(
        f"{MEMORY_VARIABLE} is {given!r}. It must be a whole number of MiB, at least "
        f"{_LEAST_MEMORY_MB}.",
        f"{MEMORY_VARIABLE} 的值为 {given!r}。应为整数（MiB），不小于 {_LEAST_MEMORY_MB}。",
    )
