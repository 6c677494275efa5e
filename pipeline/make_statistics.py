"""STATISTICS: made by the engine when a release is published, and for each linked pair."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from core.class_tables import CLASS_MOMENTS, LINKED_CLASS_MOMENTS
from core.errors import SettingsError
from core.scores import TOTAL, own_prior
from core.tables import (
    JOINT_HISTOGRAM,
    LINKED_SUBJECT_MOMENTS,
    MOMENTS,
    SCORE_HISTOGRAM,
    STATE_COUNT,
    SUBJECT_MOMENTS,
)
from data.engine import statistics as sql
from data.engine.engine import Engine, Statistic, common_types
from data.engine.ordered import ordered
from data.engine.statistics import LinkedSubject
from data.scope import Scope

LINES = {
    "excellent": "excellent_line",
    "good": "good_line",
    "pass": "pass_line",
    "low": "low_line",
}


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """A release's wide Parquet file and its SUBJECTS."""

    path: Path
    subjects: pd.DataFrame

    def position(self, subject: str) -> int:
        """Return the position of a subject's columns."""
        return self.codes.index(subject) + 1

    @property
    def codes(self) -> list[str]:
        """The subject codes in the order of their positions."""
        return list(self.subjects["subject"])


def score_histogram(engine: Engine, release: ReleaseFile) -> pa.Table:
    """Return the SCORE_HISTOGRAM of a release."""
    histogram = sql.score_histogram(_positions(release))
    found = engine.run(histogram, {"scores": release.path})
    return _named(found, release, SCORE_HISTOGRAM.key)


def state_count(engine: Engine, release: ReleaseFile) -> pa.Table:
    """Return the STATE_COUNT of a release."""
    text = sql.state_count(_positions(release))
    found = engine.run(text, {"scores": release.path})
    return _named(found, release, STATE_COUNT.key)


def class_moments(engine: Engine, release: ReleaseFile) -> pa.Table:
    """Return the CLASS_MOMENTS of a release, counted at the lines of its SUBJECTS."""
    papers = release.subjects[list(LINES.values())].astype(int).to_numpy()
    lines = {
        int(k): dict(zip(LINES, paper.tolist(), strict=True))
        for k, paper in zip(release.subjects["position"], papers, strict=True)
    }
    found = engine.run(sql.class_moments(lines), {"scores": release.path})
    return _named(found.filter(pc.greater(found["n"], 0)), release, CLASS_MOMENTS.key)


def subject_moments(engine: Engine, release: ReleaseFile) -> pa.Table:
    """Return the SUBJECT_MOMENTS of a release, of every two subjects but the total."""
    pairs = list(combinations([code for code in release.codes if code != TOTAL], 2))
    if not pairs:
        return pa.Table.from_pandas(SUBJECT_MOMENTS.empty(), preserve_index=False)
    places = [(release.position(x), release.position(y)) for x, y in pairs]
    found = engine.run(sql.subject_moments(places), {"scores": release.path})
    return _named_pairs(found, pairs, SUBJECT_MOMENTS.key)


def linked_subject_moments(
    engine: Engine, current: ReleaseFile, baseline: ReleaseFile
) -> pa.Table:
    """Return the LINKED_SUBJECT_MOMENTS of every two subjects but the total, own priors."""
    links = {
        code: LinkedSubject(current.position(code), (baseline.position(prior),))
        for code in current.codes
        if code != TOTAL and (prior := own_prior(code, baseline.codes)) is not None
    }
    pairs = list(combinations(links, 2))
    if not pairs:
        return pa.Table.from_pandas(LINKED_SUBJECT_MOMENTS.empty(), preserve_index=False)
    text = sql.linked_subject_moments([(links[x], links[y]) for x, y in pairs])
    found = engine.run(text, {"current": current.path, "baseline": baseline.path})
    return _named_pairs(found, pairs, LINKED_SUBJECT_MOMENTS.key)


def own_moments(engine: Engine, current: ReleaseFile, baseline: ReleaseFile) -> pa.Table | None:
    """Return the MOMENTS of every subject with its default prior; None without any."""
    linked = _own_links(current, baseline)
    return (
        _linked(engine, sql.moments(linked), MOMENTS.key, current, baseline) if linked else None
    )


def own_joint_histogram(
    engine: Engine, current: ReleaseFile, baseline: ReleaseFile
) -> pa.Table | None:
    """Return the JOINT_HISTOGRAM of every subject with its default prior; None without any."""
    linked = _own_links(current, baseline)
    if not linked:
        return None
    return _linked(engine, sql.joint_histogram(linked), JOINT_HISTOGRAM.key, current, baseline)


def linked_class_moments(
    engine: Engine, current: ReleaseFile, baseline: ReleaseFile
) -> pa.Table | None:
    """Return the LINKED_CLASS_MOMENTS of every subject with its default prior."""
    linked = _own_links(current, baseline)
    if not linked:
        return None
    text = sql.linked_class_moments(linked)
    return _linked(engine, text, LINKED_CLASS_MOMENTS.key, current, baseline)


def statistics_with(
    engine: Engine, current: ReleaseFile, baseline: ReleaseFile, *, priors: Sequence[str]
) -> dict[str, pa.Table | None]:
    """Return MOMENTS of every subject with the same named priors.

    With one prior the JOINT_HISTOGRAM comes with them; of several it would be as long as the
    list of pupils.
    """
    positions = tuple(baseline.position(prior) for prior in priors)
    linked = [LinkedSubject(k, positions) for k in _positions(current)]
    made: dict[str, pa.Table | None] = {
        "moments": _linked(engine, sql.moments(linked), MOMENTS.key, current, baseline)
    }
    if len(priors) == 1:
        joint = sql.joint_histogram(linked)
        made["joint_histogram"] = _linked(engine, joint, JOINT_HISTOGRAM.key, current, baseline)
    return made


def school_rows(scope: Scope, release: ReleaseFile, *, school: str) -> pa.Table:
    """Return one school's rows: class, sex, scores and states, without the pseudonyms.

    The rows are sorted by school, so that only the parts of the file with this school are read.

    Raises
    ------
    SettingsError
        When the school did not sit the exam or lies outside the scope: the answers are alike.
    """
    marks = [f"{what}_{k}" for k in release.subjects["position"] for what in ("score", "state")]
    rows = pq.read_table(
        release.path,
        columns=["class_name", "sex", *marks],
        filters=[("school", "==", school)],
    )
    if rows.num_rows and scope.may_see(school):
        return rows
    raise SettingsError(
        f"There are 0 rows of school {school!r} that may be shown. Choose a school that sat "
        "the exam and lies in your area.",
        f"学校“{school}”可显示的记录为 0 条。请选择参加了该考试且在您权限范围内的学校。",
    )


def class_histogram(scope: Scope, release: ReleaseFile, *, school: str) -> pa.Table:
    """Return how many pupils of each class of a school have each score, by subject.

    It is made when it is asked for: kept for all classes, it would be as long as the list of
    marks.

    Returns
    -------
    Table
        subject, class_name, score, n.

    Raises
    ------
    SettingsError
        When the school did not sit the exam or lies outside the scope.
    """
    rows = school_rows(scope, release, school=school)
    marks = pa.concat_tables(
        pa.table(
            {
                "subject": pa.repeat(pa.scalar(code), rows.num_rows),
                "class_name": common_types(rows)["class_name"],
                "score": rows[f"score_{release.position(code)}"],
            }
        )
        for code in release.codes
    )
    marks = marks.filter(pc.is_valid(marks["score"]))
    key = ["subject", "class_name", "score"]
    counted = marks.group_by(key).aggregate([([], "count_all")])
    return ordered(counted.rename_columns([*key, "n"]), key)


def _positions(release: ReleaseFile) -> list[int]:
    """Return the positions in the order of the subject codes, in which the rows are stored."""
    return [release.position(code) for code in sorted(release.codes)]


def _own_links(current: ReleaseFile, baseline: ReleaseFile) -> list[LinkedSubject]:
    # In the order of their codes, in which the rows are stored.
    pairs = [(code, own_prior(code, baseline.codes)) for code in sorted(current.codes)]
    return [
        LinkedSubject(current.position(code), (baseline.position(prior),))
        for code, prior in pairs
        if prior is not None
    ]


def _linked(
    engine: Engine,
    statistic: Statistic,
    key: Sequence[str],
    current: ReleaseFile,
    baseline: ReleaseFile,
) -> pa.Table:
    found = engine.run(statistic, {"current": current.path, "baseline": baseline.path})
    return _named(found, current, key)


def _named_pairs(
    found: pa.Table, pairs: Sequence[tuple[str, str]], key: Sequence[str]
) -> pa.Table:
    """Replace the numbers of pairs by their two subject codes and sort."""
    named = found.drop_columns("position")
    for k, column in enumerate(("subject", "other")):
        codes = _codes(found["position"], [pair[k] for pair in pairs])
        named = named.add_column(k, column, codes)
    return ordered(named, key)


def _named(found: pa.Table, release: ReleaseFile, key: Sequence[str]) -> pa.Table:
    """Replace positions by subject codes and sort, so that equal content is equal bytes."""
    codes = _codes(pc.subtract(found["position"], 1), release.codes)
    return ordered(found.drop_columns("position").add_column(0, "subject", codes), key)


def _codes(places: pa.ChunkedArray, names: Sequence[str]) -> pa.DictionaryArray:
    """Return the name at each place; names may repeat, so they are numbered anew."""
    words = pa.array(names, pa.string()).dictionary_encode()
    indices = words.indices.take(places.combine_chunks())
    return pa.DictionaryArray.from_arrays(indices, words.dictionary)
