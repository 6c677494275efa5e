"""Link two exams that publishing did not link: the engine runs once, the result is kept."""

from collections.abc import Mapping, Sequence

import pandas as pd
import pyarrow as pa

from core.tables import MOMENTS
from data.catalogue import ExamRelease, priors_key
from data.scope import Scope
from data.store import Store
from pipeline import make_statistics
from pipeline.kept_statistics import StatisticKey, kept_statistic
from pipeline.release_statistics import release_file


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
    kept = _linked("moments", scope, store, (current, baseline), priors)
    return MOMENTS.empty() if kept is None else kept


def linked_joint(
    scope: Scope,
    store: Store,
    current: ExamRelease,
    baseline: ExamRelease,
    *,
    priors: Sequence[str] = (),
) -> pd.DataFrame | None:
    """Return the JOINT_HISTOGRAM of a pair; None with several priors, or without a pair."""
    if len(priors) > 1:
        return None
    return _linked("joint_histogram", scope, store, (current, baseline), priors)


def _linked(
    kind: str,
    scope: Scope,
    store: Store,
    pair: tuple[ExamRelease, ExamRelease],
    priors: Sequence[str],
) -> pd.DataFrame | None:
    current, baseline = pair

    def make() -> Mapping[str, pa.Table | None]:
        files = release_file(store, current), release_file(store, baseline)
        if priors:
            return make_statistics.statistics_with(store.engine, *files, priors=priors)
        return {
            "moments": make_statistics.own_moments(store.engine, *files),
            "joint_histogram": make_statistics.own_joint_histogram(store.engine, *files),
        }

    key = StatisticKey(kind, current, baseline, priors_key(priors))
    return kept_statistic(scope, store, key, make)
