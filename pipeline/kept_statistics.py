"""Statistics that publishing did not make: the engine runs once, the result is kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa

from core.errors import StorageError
from data import lake
from data.catalogue import ExamRelease, read_statistic
from data.publication import StoredStatistic, add_statistics
from data.scope import Scope
from data.store import Store


@dataclass(frozen=True, slots=True)
class StatisticKey:
    """Which statistic of which releases, and with which priors."""

    kind: str
    exam: ExamRelease
    baseline: ExamRelease | None = None
    priors: str = ""


def kept_statistic(
    scope: Scope,
    store: Store,
    key: StatisticKey,
    make: Callable[[], Mapping[str, pa.Table | None]],
) -> pd.DataFrame | None:
    """Return a stored statistic, making and keeping it at first use; None if none came of it.

    Parameters
    ----------
    make : callable
        Returns tables by kind, that of the key among them; all are kept with its releases and
        priors.
    """
    stored = _stored(scope, store, key)
    if stored is not None:
        return stored
    try:
        with lake.publishing(store.home):
            # Another process may have made it while this one waited for the lock.
            if _stored(scope, store, key) is None:
                _keep(store, key, make())
    except StorageError:
        # A disk that takes nothing stops no reader: the figure is made each time it is asked.
        table = make().get(key.kind)
        return None if table is None else table.to_pandas()
    return _stored(scope, store, key)


def _stored(scope: Scope, store: Store, key: StatisticKey) -> pd.DataFrame | None:
    return read_statistic(
        scope,
        store,
        key.exam.release_id,
        key.kind,
        baseline_release_id=key.baseline.release_id if key.baseline else None,
        priors=key.priors,
    )


def _keep(store: Store, key: StatisticKey, tables: Mapping[str, pa.Table | None]) -> None:
    release_id = key.exam.release_id
    with lake.new_bundle(store.home) as bundle:
        statistics = [
            StoredStatistic(
                kind,
                bundle.add_table(f"{kind}.parquet", table),
                key.priors,
                release_id,
                key.baseline.release_id if key.baseline else None,
            )
            for kind, table in tables.items()
            if table is not None
        ]
        bundle.seal(store.home)
        add_statistics(store, statistics, release_id=release_id, actor=key.kind)
