"""DuckDB in memory over the lake's Parquet files; no database file, hence no lock."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from core.errors import StorageError
from data.engine.engine import Statistic, common_types
from data.engine.sorted_cells import count_by_sorting

# Half of what the machine or its container has: the pages run beside the engine.
_MEMORY = "50%"

_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    # DuckDB 2.0 plans a partitioned execution that reads the file once for every subject.
    "disabled_optimizers": "partitioned_execution",
    "preserve_insertion_order": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


class DuckDBEngine:
    """An in-memory DuckDB; each run works on a cursor of its own, so threads may share it.

    Parameters
    ----------
    memory_mb : int, optional
        MiB that all runs together may hold before they spill to disk; half of the machine's
        or container's memory unless given.
    spill : Path, optional
        Folder for what does not fit into memory. It is made when it is needed and removed with
        the engine; its parent must exist.
    folders : sequence of Path
        The only folders whose files may be read; without any, all may.
    """

    def __init__(
        self,
        *,
        memory_mb: int | None = None,
        spill: Path | None = None,
        folders: Sequence[Path] = (),
    ) -> None:
        settings = {**_SETTINGS, "memory_limit": f"{memory_mb}MiB" if memory_mb else _MEMORY}
        if spill is not None:
            settings["temp_directory"] = str(spill)
        self._connection = duckdb.connect(":memory:", config=settings)
        self._connection.execute(f"SET threads = {self._usable_cores()}")
        if folders:
            listed = ", ".join(_quoted(folder) for folder in folders)
            self._connection.execute(f"SET allowed_directories = [{listed}]")
            self._connection.execute("SET enable_external_access = false")
        self._connection.execute("SET lock_configuration = true")

    def run(self, statistic: Statistic, tables: Mapping[str, Path]) -> pa.Table:
        """Return the statistic of views of the named Parquet files.

        Cells are counted by sorting, outside DuckDB's memory, where they can be packed.

        Raises
        ------
        StorageError
            When neither memory nor the spill folder can hold what the run needs, or the disk
            refuses.
        """
        try:
            return common_types(self._made(statistic, tables))
        except duckdb.OutOfMemoryException as error:
            raise self._too_small() from error
        except duckdb.IOException as error:
            raise self._refused_by_disk() from error

    def _made(self, statistic: Statistic, tables: Mapping[str, Path]) -> pa.Table:
        if isinstance(statistic, str):
            return self._result(statistic, tables)
        counted = count_by_sorting(self._result(statistic.pupils, tables), statistic)
        return self._result(statistic.text, tables) if counted is None else counted

    def _result(self, sql: str, tables: Mapping[str, Path]) -> pa.Table:
        with self._connection.cursor() as cursor:
            for name, path in tables.items():
                cursor.execute(
                    f"CREATE TEMP VIEW {name} AS "  # noqa: S608 names are ours
                    f"SELECT * FROM read_parquet({_quoted(path)})"
                )
            return cursor.sql(sql).to_arrow_table()

    def _usable_cores(self) -> int:
        """DuckDB counts the cores of its container, but not those that a mask takes away."""
        return min(int(self._setting("threads")), len(os.sched_getaffinity(0)))

    def _setting(self, name: str) -> str:
        row = self._connection.execute(f"SELECT current_setting('{name}')").fetchone()
        return str(row[0]) if row else ""

    def _too_small(self) -> StorageError:
        memory = self._setting("memory_limit")
        return StorageError(
            f"A statistic needs more than the engine's {memory} of memory and its spill folder "
            "hold. Nothing was stored. Raise ZHUNSHENG_ENGINE_MEMORY_MB or free disk space, "
            "then try again.",
            f"统计所需超过引擎的 {memory} 内存及其溢出文件夹的容量，未保存任何结果。"
            "请调大 ZHUNSHENG_ENGINE_MEMORY_MB 或清理磁盘后重试。",
        )

    def _refused_by_disk(self) -> StorageError:
        spill = self._setting("temp_directory")
        return StorageError(
            f"The engine cannot read a stored file, or cannot write its spill folder {spill}. "
            "Nothing was stored. Look for a full disk and for the rights of both folders, then "
            "try again.",
            f"引擎无法读取已存文件，或无法写入溢出文件夹 {spill}，未保存任何结果。"
            "请检查磁盘是否已满及文件夹权限后重试。",
        )


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
