"""The statistics that are made when a release is published: its own, and of its pairs."""

from collections.abc import Iterator, Sequence

import pyarrow.compute as pc

from data import lake
from data.bundles import SCORES_FILE
from data.catalogue import OWN_PRIOR, ExamRelease, subjects_of
from data.lake import Bundle
from data.publication import ExamRecord, StoredStatistic
from data.store import Store
from pipeline import make_statistics
from pipeline.make_statistics import ReleaseFile


def release_file(store: Store, release: ExamRelease) -> ReleaseFile:
    """Return where a release's rows lie in the lake, compared with their hash."""
    path = f"{release.bundle}/{SCORES_FILE}"
    lake.verify(store.home, path, sha256=release.scores_sha256)
    return ReleaseFile(store.home.lake / path, subjects_of(store, release.release_id))


def own_statistics(store: Store, new: ReleaseFile, bundle: Bundle) -> list[StoredStatistic]:
    """Make the statistics of a release by itself."""
    makers = (
        make_statistics.score_histogram,
        make_statistics.state_count,
        make_statistics.class_moments,
    )
    return [
        StoredStatistic(
            maker.__name__,
            bundle.add_table(f"{maker.__name__}.parquet", maker(store.engine, new)),
        )
        for maker in makers
    ]


def pair_statistics(
    store: Store,
    exam: ExamRecord,
    new: ReleaseFile,
    exams: Sequence[ExamRelease],
    bundle: Bundle,
) -> Iterator[StoredStatistic]:
    """Make moments and joint histogram of every pair that the new release is part of.

    A pair in which nobody is matched is no pair: such as two stages without common numbers.
    """
    for current, baseline in new_pairs(exam, exams):
        later = new if current is None else release_file(store, current)
        earlier = new if baseline is None else release_file(store, baseline)
        ids = (
            current.release_id if current else None,
            baseline.release_id if baseline else None,
        )
        yield from statistics_of_pair(store, later, earlier, ids, bundle)


def statistics_of_pair(
    store: Store,
    later: ReleaseFile,
    earlier: ReleaseFile,
    ids: tuple[int | None, int | None],
    bundle: Bundle,
) -> Iterator[StoredStatistic]:
    """Make moments and joint histogram of one pair, unless nobody is matched.

    Parameters
    ----------
    ids : (int or None, int or None)
        The later and the earlier release; None stands for the release being published.
    """
    for kind, maker in (
        ("moments", make_statistics.own_moments),
        ("joint_histogram", make_statistics.own_joint_histogram),
    ):
        table = maker(store.engine, later, earlier)
        if table is not None and pc.sum(table["n"]).as_py():
            name = f"{kind}_{ids[0] or 'new'}_{ids[1] or 'new'}.parquet"
            file = bundle.add_table(name, table)
            yield StoredStatistic(kind, file, OWN_PRIOR, *ids, is_baseline=ids[1] is None)


def new_pairs(
    exam: ExamRecord, exams: Sequence[ExamRelease]
) -> list[tuple[ExamRelease | None, ExamRelease | None]]:
    """Return the pairs (current, baseline) of a cohort that the new release changes.

    Each exam is linked with the first exam of its stage and with the one before it. None
    stands for the new release.
    """
    cohort = [
        e
        for e in exams
        if (e.county, e.cohort) == (exam.county, exam.cohort) and e.name != exam.name
    ]
    line: list[ExamRelease | None] = [
        *sorted((e for e in cohort if e.held_on < exam.held_on), key=lambda e: e.held_on),
        None,
        *sorted((e for e in cohort if e.held_on > exam.held_on), key=lambda e: e.held_on),
    ]
    stages = [(e or exam).stage for e in line]
    pairs = [
        (line[i], line[j])
        for i in range(1, len(line))
        for j in sorted({stages.index(stages[i]), i - 1} - {i})
    ]
    return [pair for pair in pairs if None in pair]
