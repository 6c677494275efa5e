"""Spark Connect: an Apache Spark cluster, or Sail, makes the sums; the result comes as Arrow.

Only the thin client lives in this process; it is imported when the engine is made.
"""

import threading
import uuid
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from core.errors import SettingsError, StorageError
from data.engine.engine import Statistic, common_types

if TYPE_CHECKING:
    from pyspark.sql.connect.session import SparkSession

# The client's own policy waits ten minutes for a server that is gone.
_MOST_RETRIES = 3


class SparkConnectEngine:
    """A session on a Spark Connect server; threads may share it.

    Parameters
    ----------
    url : str
        Address as Spark writes it, ``sc://host:15002``, with ``/;token=..`` where one is asked.
    root : Path
        The store's folder as this process sees it.
    visible_root : str, optional
        The same folder as the cluster sees it, such as ``hdfs://..`` or ``s3a://..``; the same
        path unless given.

    Raises
    ------
    SettingsError
        When the client is not installed.
    """

    def __init__(self, url: str, *, root: Path, visible_root: str | None = None) -> None:
        with _quiet_client():
            try:
                import pyspark.sql.connect.session  # noqa: F401
            except ImportError as error:
                raise _without_client() from error
        self._url = url
        self._root = root
        self._visible_root = (visible_root or f"file://{root}").removesuffix("/")
        self._lock = threading.Lock()
        self._session: SparkSession | None = None

    def run(self, statistic: Statistic, tables: Mapping[str, Path]) -> pa.Table:
        """Return the statistic of the named Parquet files, which the cluster reads.

        Raises
        ------
        StorageError
            When the server does not answer, does not see a file, or fails. The next run opens
            a new session.
        """
        from pyspark.errors import PySparkException

        sql = statistic if isinstance(statistic, str) else statistic.text
        session = self._open_session()
        # Names that no other run uses: threads share the session.
        run = uuid.uuid4().hex
        views = {name: f"{name}_{run}" for name in tables}
        try:
            for name, path in tables.items():
                session.read.parquet(self._visible(path)).createTempView(views[name])
            found = session.sql(_with_names(sql, views)).toArrow()
            for view in views.values():
                session.catalog.dropTempView(view)
        except PySparkException as error:
            self._forget(session)
            raise self._failed(error) from error
        return common_types(found)

    def close(self) -> None:
        """End the session on the server."""
        with self._lock:
            session, self._session = self._session, None
        if session is not None:
            session.stop()

    def _visible(self, path: Path) -> str:
        return f"{self._visible_root}/{path.relative_to(self._root).as_posix()}"

    def _open_session(self) -> "SparkSession":
        from pyspark.sql.connect.client.retries import DefaultPolicy
        from pyspark.sql.connect.session import SparkSession

        with self._lock:
            if self._session is None:
                with _quiet_client():
                    session = SparkSession(self._url)
                session.client.set_retry_policies([DefaultPolicy(max_retries=_MOST_RETRIES)])
                self._session = session
            return self._session

    def _forget(self, session: "SparkSession") -> None:
        """Leave a session to the server, which ends it and its views when nobody asks again."""
        with self._lock:
            if self._session is session:
                self._session = None
        session.client.close()

    def _failed(self, error: Exception) -> StorageError:
        # A token may stand behind the host, and a message may quote values: neither is shown.
        host = self._url.split("/;")[0]
        kind = getattr(error, "getCondition", lambda: None)() or type(error).__name__
        return StorageError(
            f"The engine at {host} did not do its work ({kind}). Nothing was stored. See that "
            f"it runs and reads {self._visible_root} (ZHUNSHENG_LAKE_URL), then try again; or "
            "unset ZHUNSHENG_ENGINE to use this machine.",
            f"引擎 {host} 未完成计算（{kind}），未保存任何结果。请确认其正在运行且能读取 "
            f"{self._visible_root}（ZHUNSHENG_LAKE_URL）后重试；"
            "或取消 ZHUNSHENG_ENGINE，改用本机计算。",
        )


@contextmanager
def _quiet_client() -> Iterator[None]:
    """Silence the client's doubts about pandas 3, which results in Arrow never meet."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        yield


def _with_names(sql: str, names: Mapping[str, str]) -> str:
    """Let the text, unchanged, find its tables under the names they have on the server."""
    if not names:
        return sql
    named = ", ".join(f"{name} AS (SELECT * FROM {view})" for name, view in names.items())  # noqa: S608
    return f"WITH {named} SELECT * FROM ({sql}) result"  # noqa: S608 names are ours


def _without_client() -> SettingsError:
    return SettingsError(
        "ZHUNSHENG_ENGINE names a Spark Connect server, but its client is not installed. Run "
        "pip install -r requirements-spark.txt, or unset ZHUNSHENG_ENGINE.",
        "ZHUNSHENG_ENGINE 指向 Spark Connect 服务，但未安装其客户端。"
        "请执行 pip install -r requirements-spark.txt，或取消 ZHUNSHENG_ENGINE。",
    )
