"""Recompute stored statistics from the rows of their releases, and compare."""

from collections.abc import Callable, Mapping

import pyarrow as pa
import pyarrow.parquet as pq

from core.errors import DataError
from data import lake
from data.catalogue import OWN_PRIOR, ExamRelease
from data.inventory import PromisedStatistic
from data.seal import rows_digest
from data.store import Store
from pipeline import make_statistics
from pipeline.make_statistics import ReleaseFile
from pipeline.release_statistics import release_file

_OF_ONE = {
    "score_histogram": make_statistics.score_histogram,
    "state_count": make_statistics.state_count,
    "class_moments": make_statistics.class_moments,
    "subject_moments": make_statistics.subject_moments,
}
_OF_PAIR = {
    "moments": make_statistics.own_moments,
    "joint_histogram": make_statistics.own_joint_histogram,
    "linked_subject_moments": make_statistics.linked_subject_moments,
    "linked_class_moments": make_statistics.linked_class_moments,
}


def can_recompute(statistic: PromisedStatistic, releases: Mapping[int, ExamRelease]) -> bool:
    """Whether a statistic is one of the current releases, and of a kind that is known."""
    ids = {statistic.release_id, statistic.baseline_release_id or statistic.release_id}
    return ids <= set(releases) and statistic.kind in {*_OF_ONE, *_OF_PAIR}


def check_recomputed(
    store: Store, statistic: PromisedStatistic, releases: Mapping[int, ExamRelease]
) -> None:
    """Compare a stored statistic with what the engine makes of the rows now.

    Parameters
    ----------
    releases : mapping of int to ExamRelease
        Current releases by their id.

    Raises
    ------
    DataError
        When they differ, or the rows or the statistic were changed.
    """
    path = statistic.file.path
    lake.verify(store.home, path, sha256=statistic.file.sha256)
    stored = pq.read_table(store.home.lake / path)
    made = _maker(store, statistic, releases)()
    if made is None or rows_digest(made) != rows_digest(stored):
        n_rows = 0 if made is None else made.num_rows
        raise DataError(
            f"The stored statistic {statistic.kind} ({path}, rows {stored.num_rows}) is not "
            f"what the rows of its release give now (rows {n_rows}). Figures made from it may "
            "be wrong. Publish the exam again from its file, or restore a backup.",
            f"已存统计 {statistic.kind}（{path}，{stored.num_rows} 行）与现在由数据行重算的结果"
            f"（{n_rows} 行）不一致，由它得出的数字可能有误。"
            "请用原文件重新发布该考试，或从备份恢复。",
        )


def _maker(
    store: Store, statistic: PromisedStatistic, releases: Mapping[int, ExamRelease]
) -> Callable[[], pa.Table | None]:
    current = release_file(store, releases[statistic.release_id])
    if statistic.baseline_release_id is None:
        return lambda: _OF_ONE[statistic.kind](store.engine, current)
    baseline = release_file(store, releases[statistic.baseline_release_id])
    if statistic.priors != OWN_PRIOR:
        return lambda: _with_priors(store, statistic, current, baseline)
    return lambda: _OF_PAIR[statistic.kind](store.engine, current, baseline)


def _with_priors(
    store: Store, statistic: PromisedStatistic, current: ReleaseFile, baseline: ReleaseFile
) -> pa.Table | None:
    priors = statistic.priors.split("+")
    made = make_statistics.statistics_with(store.engine, current, baseline, priors=priors)
    return made[statistic.kind]
