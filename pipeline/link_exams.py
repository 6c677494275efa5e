"""Link two exams that publishing did not link: the engine runs once, the result is kept."""

from collections.abc import Sequence

import pandas as pd

from core.tables import MOMENTS
from data import lake
from data.catalogue import ExamRelease, priors_key, read_statistic
from data.publication import StoredStatistic, add_statistics
from data.scope import Scope
from data.store import Store
from pipeline import make_statistics
from pipeline.publish import release_file


def link_exams(
    scope: Scope,
    store: Store,
    current: ExamRelease,
    baseline: ExamRelease,
    *,
    priors: Sequence[str] = (),
) -> pd.DataFrame:
    """Return the MOMENTS of a pair, making and keeping them at first use.

    Parameters
    ----------
    priors : sequence of str
        The baseline's subject codes; empty for the default prior of every subject.
    """
    stored = _stored(scope, store, current, baseline, priors)
    if stored is None:
        with lake.publishing(store.home):
            # Another process may have made them while this one waited for the lock.
            if _stored(scope, store, current, baseline, priors) is None:
                _make(store, current, baseline, priors)
        stored = _stored(scope, store, current, baseline, priors)
    if stored is None:
        return MOMENTS.empty()
    return stored


def _stored(
    scope: Scope,
    store: Store,
    current: ExamRelease,
    baseline: ExamRelease,
    priors: Sequence[str],
) -> pd.DataFrame | None:
    return read_statistic(
        scope,
        store,
        current.release_id,
        "moments",
        baseline_release_id=baseline.release_id,
        priors=priors_key(priors),
    )


def _make(
    store: Store, current: ExamRelease, baseline: ExamRelease, priors: Sequence[str]
) -> None:
    later, earlier = release_file(store, current), release_file(store, baseline)
    if not priors:
        tables = {
            "moments": make_statistics.own_moments(store.engine, later, earlier),
            "joint_histogram": make_statistics.own_joint_histogram(
                store.engine, later, earlier
            ),
        }
    else:
        made = make_statistics.moments_with(store.engine, later, earlier, priors=priors)
        tables = {"moments": made}
    with lake.new_bundle(store.home) as bundle:
        statistics = [
            StoredStatistic(
                kind,
                bundle.add_table(f"{kind}.parquet", table),
                priors_key(priors),
                current.release_id,
                baseline.release_id,
            )
            for kind, table in tables.items()
            if table is not None
        ]
        bundle.seal(store.home)
        add_statistics(store, statistics, release_id=current.release_id, actor="link_exams")
