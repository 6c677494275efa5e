"""The statistics equal counting by hand, on any small pair of exams."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings

from data.engine import statistics
from data.engine.duckdb_engine import DuckDBEngine
from data.engine.engine import Statistic
from data.engine.statistics import LinkedSubject
from tests.data.engine.small_exams import LINES, Row, rows, write_exam

ENGINE = DuckDBEngine()


def run(statistic: Statistic, **exams: list[Row]) -> list[dict[str, Any]]:
    """Run a statistic over exams of two subjects."""
    with TemporaryDirectory() as folder:
        paths = {}
        for name, exam in exams.items():
            paths[name] = write_exam(Path(folder) / f"{name}.parquet", exam)
        found: list[dict[str, Any]] = ENGINE.run(statistic, paths).to_pylist()
        return found


def _whole(marks: tuple[int | None, int | None] | None) -> tuple[Any, ...]:
    """Return both marks, or nothing when one of them is missing."""
    return () if marks is None or None in marks else marks


@settings(deadline=None, max_examples=40)
@given(rows)
def test_the_score_histogram_counts_every_present_score(exam: list[Row]) -> None:
    found = run(statistics.score_histogram([1, 2]), scores=exam)
    counted = Counter(
        (k, school, marks[k - 1])
        for _, school, _, marks in exam
        for k in (1, 2)
        if marks[k - 1] is not None
    )
    assert {(r["position"], r["school"], r["score"]): r["n"] for r in found} == dict(counted)


@settings(deadline=None, max_examples=40)
@given(rows)
def test_the_states_add_up_to_all_pupils_of_each_school(exam: list[Row]) -> None:
    found = run(statistics.state_count([1, 2]), scores=exam)
    for k in (1, 2):
        total = Counter()  # type: ignore[var-annotated]
        for row in found:
            if row["position"] == k:
                total[row["school"]] += row["n"]
        assert total == Counter(school for _, school, _, _ in exam)


@settings(deadline=None, max_examples=40)
@given(rows, rows)
def test_moments_equal_sums_over_the_matched_pupils(
    current: list[Row], baseline: list[Row]
) -> None:
    subject = LinkedSubject(position=1, priors=(1, 2))
    found = run(statistics.moments([subject]), current=current, baseline=baseline)
    before = {pupil: marks for pupil, _, _, marks in baseline}
    for row in found:
        sat = [(p, m[0]) for p, s, _, m in current if s == row["school"] and m[0] is not None]
        matched = [(*_whole(before.get(p)), y) for p, y in sat if _whole(before.get(p))]
        assert row["n_sat"] == len(sat)
        assert row["n"] == len(matched)
        assert row["x1"] == sum(x for x, _, _ in matched)
        assert row["x1_x2"] == sum(x1 * x2 for x1, x2, _ in matched)
        assert row["x2_y"] == sum(x2 * y for _, x2, y in matched)
        assert row["y_y"] == sum(y * y for _, _, y in matched)
    in_school = {p: s for p, s, _, _ in baseline} | {p: s for p, s, _, _ in current}
    has_prior = Counter(in_school[p] for p, m in before.items() if None not in m)
    assert {r["school"]: r["n_prior"] for r in found if r["n_prior"]} == dict(has_prior)


@settings(deadline=None, max_examples=40)
@given(rows, rows)
def test_the_joint_histogram_sums_to_the_matched(
    current: list[Row], baseline: list[Row]
) -> None:
    subjects = [LinkedSubject(1, (2,)), LinkedSubject(2, (1,))]
    found = run(statistics.joint_histogram(subjects), current=current, baseline=baseline)
    before = {pupil: marks for pupil, _, _, marks in baseline}
    counted = Counter(
        (s.position, school, before[pupil][s.priors[0] - 1], marks[s.position - 1])
        for s in subjects
        for pupil, school, _, marks in current
        if pupil in before
    )
    expected = {key: n for key, n in counted.items() if None not in key}
    keys = ("position", "school", "prior", "current")
    assert {tuple(r[k] for k in keys): r["n"] for r in found} == expected


@settings(deadline=None, max_examples=40)
@given(rows)
def test_subject_moments_are_sums_over_the_pupils_with_both_scores(exam: list[Row]) -> None:
    found = run(statistics.subject_moments([(1, 2)]), scores=exam)
    for row in found:
        both = [m for _, school, _, m in exam if school == row["school"] and _whole(m)]
        assert row["position"] == 0
        assert row["n"] == len(both)
        assert row["x"] == sum(x for x, _ in both if x is not None)
        assert row["x_y"] == sum(x * y for x, y in both if x is not None and y is not None)
        assert row["y_y"] == sum(y * y for _, y in both if y is not None)
    assert {row["school"] for row in found} == {school for _, school, _, _ in exam}


@settings(deadline=None, max_examples=40)
@given(rows, rows)
def test_linked_subject_moments_are_sums_over_the_pupils_with_all_four_scores(
    current: list[Row], baseline: list[Row]
) -> None:
    pair = (LinkedSubject(1, (1,)), LinkedSubject(2, (2,)))
    sql = statistics.linked_subject_moments([pair])
    before = {pupil: _whole(marks) for pupil, _, _, marks in baseline}
    for row in run(sql, current=current, baseline=baseline):
        four = [
            (*_whole(marks), *before[pupil])
            for pupil, school, _, marks in current
            if school == row["school"] and _whole(marks) and before.get(pupil)
        ]
        assert row["n"] == len(four)
        assert row["y1"] == sum(y1 for y1, _, _, _ in four)
        assert row["x1_y2"] == sum(x1 * y2 for _, y2, x1, _ in four)
        assert row["x2_x2"] == sum(x2 * x2 for _, _, _, x2 in four)


@settings(deadline=None, max_examples=40)
@given(rows)
def test_class_moments_are_sums_over_the_pupils_of_a_class_with_a_score(
    exam: list[Row],
) -> None:
    found = run(statistics.class_moments({1: LINES, 2: LINES}), scores=exam)
    for row in found:
        place = (row["school"], row["class_name"])
        sat = [
            mark
            for _, school, class_name, marks in exam
            if (school, class_name) == place
            and (mark := marks[row["position"] - 1]) is not None
        ]
        assert (row["n"], row["y"], row["y_y"]) == (len(sat), sum(sat), sum(m * m for m in sat))
        assert row["lowest"] == min(sat, default=None)
        assert row["highest"] == max(sat, default=None)
        for line in ("excellent", "good", "pass"):
            assert row[f"n_{line}"] == sum(mark >= LINES[line] for mark in sat)
        assert row["n_low"] == sum(mark < LINES["low"] for mark in sat)
    assert {(r["school"], r["class_name"]) for r in found} == {
        (school, class_name) for _, school, class_name, _ in exam
    }


@settings(deadline=None, max_examples=20)
@given(rows, rows)
def test_the_classes_add_up_to_their_school(current: list[Row], baseline: list[Row]) -> None:
    both = [LinkedSubject(1, (1, 2)), LinkedSubject(2, (1, 2))]
    exams = {"current": current, "baseline": baseline}
    by_class = Counter[tuple[int, str, str]]()
    for row in run(statistics.linked_class_moments(both), **exams):
        for name in row.keys() - {"position", "school", "class_name"}:
            by_class[row["position"], row["school"], name] += row[name]
    sat_in = {school for _, school, _, _ in current}
    for row in run(statistics.moments(both), **exams):
        # Pupils who left count in no class.
        for name in row.keys() - {"position", "school", "n_prior", "x1_all", "x2_all"}:
            assert by_class[row["position"], row["school"], name] == row[name]
        if row["school"] in sat_in:
            assert by_class[row["position"], row["school"], "n_prior"] <= row["n_prior"]
