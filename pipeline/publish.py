"""Publish: checked scores become a release with its statistics, all of it or nothing.

Order of work: bundle written and flushed, renamed into the lake, then one transaction of the
catalogue. Whatever dies before the transaction leaves the store as it was.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from core.scores import SubjectPaper, add_total, make_subjects
from data import lake
from data.catalogue import OWN_PRIOR, ExamRelease, list_exams, subjects_of
from data.lake import Bundle
from data.pseudonym import pseudonyms, read_key
from data.publication import ExamRecord, ReleaseRecord, StoredStatistic, add_release
from data.roster import FILE_NAME as ROSTER_FILE
from data.roster import seal_roster
from data.scope import OPERATOR
from data.store import Store
from pipeline import make_statistics
from pipeline.make_statistics import ReleaseFile

RULE_VERSION = "2026.1"
SCORES_FILE = "scores.parquet"
_SEXES = {"男": "male", "女": "female", "m": "male", "f": "female"}


@dataclass(frozen=True, slots=True)
class Submission:
    """Checked scores that wait to be published.

    Attributes
    ----------
    scores : DataFrame
        What ``data.checks.screening`` returns: identity columns, score_k and state_k.
    units : DataFrame
        UNITS that the scores name.
    fingerprint : str
        Identifies file and settings; the same fingerprint is published once.
    """

    exam: ExamRecord
    papers: tuple[SubjectPaper, ...]
    scores: pd.DataFrame
    units: pd.DataFrame
    fingerprint: str


def publish(store: Store, submission: Submission, *, actor: str) -> ExamRelease:
    """Publish a submission, or return the current release if it is the same."""
    with lake.publishing(store.home):
        exams = list_exams(OPERATOR, store)
        current = next((e for e in exams if e.name == submission.exam.name), None)
        if current is not None and current.fingerprint == submission.fingerprint:
            return current
        with lake.new_bundle(store.home) as bundle:
            record = _write(store, submission, exams, bundle)
            bundle.seal(store.home)
            add_release(store, submission.exam, record, actor=actor)
        return next(e for e in list_exams(OPERATOR, store) if e.name == submission.exam.name)


def release_file(store: Store, release: ExamRelease) -> ReleaseFile:
    """Return where a release's rows lie in the lake, compared with their hash."""
    path = f"{release.bundle}/{SCORES_FILE}"
    lake.verify(store.home, path, sha256=release.scores_sha256)
    return ReleaseFile(store.home.lake / path, subjects_of(store, release.release_id))


def _write(
    store: Store, submission: Submission, exams: Sequence[ExamRelease], bundle: Bundle
) -> ReleaseRecord:
    subjects = make_subjects(submission.papers)
    key = read_key(store.home, "pseudonym")
    pupils = pseudonyms(list(submission.scores["pupil_number"]), key=key).array
    scores = _wide(add_total(submission.scores, subjects), pupils, len(subjects))
    stored = bundle.add_table(SCORES_FILE, pa.Table.from_pandas(scores, preserve_index=False))
    roster = submission.scores.assign(pupil=pupils)
    bundle.add_bytes(ROSTER_FILE, seal_roster(store.home, roster))
    new = ReleaseFile(bundle.folder / SCORES_FILE, subjects)
    return ReleaseRecord(
        bundle=bundle.name,
        fingerprint=submission.fingerprint,
        scores=stored,
        n_schools=int(scores["school"].nunique()),
        rule_version=RULE_VERSION,
        subjects=subjects,
        units=submission.units,
        statistics=(
            *_own_statistics(store, new, bundle),
            *_pair_statistics(store, submission.exam, new, exams, bundle),
        ),
    )


def _wide(
    scores: pd.DataFrame, pupils: pd.api.extensions.ExtensionArray, n_subjects: int
) -> pd.DataFrame:
    """Return the release's rows: pseudonyms for numbers, no names, sorted by school."""
    wide = pd.DataFrame(
        {
            "pupil": pd.Series(pupils, index=scores.index),
            "school": scores["school_code"],
            "class_name": scores["class_name"],
            "sex": scores["sex"].str.strip().str.lower().map(_SEXES).astype("str"),
        }
    )
    for k in range(1, n_subjects + 1):
        wide[f"score_{k}"] = scores[f"score_{k}"].astype("Int32")
        wide[f"state_{k}"] = scores[f"state_{k}"].astype("category")
    return wide.sort_values(["school", "class_name", "pupil"], ignore_index=True)


def _own_statistics(store: Store, new: ReleaseFile, bundle: Bundle) -> list[StoredStatistic]:
    makers = (make_statistics.score_histogram, make_statistics.state_count)
    return [
        StoredStatistic(
            maker.__name__,
            bundle.add_table(f"{maker.__name__}.parquet", maker(store.engine, new)),
        )
        for maker in makers
    ]


def _pair_statistics(
    store: Store,
    exam: ExamRecord,
    new: ReleaseFile,
    exams: Sequence[ExamRelease],
    bundle: Bundle,
) -> Iterator[StoredStatistic]:
    """Make moments and joint histogram of every pair that the new release is part of.

    A pair in which nobody is matched is no pair: such as two stages without common numbers.
    """
    for current, baseline in _new_pairs(exam, exams):
        later = new if current is None else release_file(store, current)
        earlier = new if baseline is None else release_file(store, baseline)
        ids = (
            current.release_id if current else None,
            baseline.release_id if baseline else None,
        )
        for kind, maker in (
            ("moments", make_statistics.own_moments),
            ("joint_histogram", make_statistics.own_joint_histogram),
        ):
            table = maker(store.engine, later, earlier)
            if table is not None and pc.sum(table["n"]).as_py():
                name = f"{kind}_{ids[0] or 'new'}_{ids[1] or 'new'}.parquet"
                file = bundle.add_table(name, table)
                yield StoredStatistic(kind, file, OWN_PRIOR, *ids, is_baseline=baseline is None)


def _new_pairs(
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
