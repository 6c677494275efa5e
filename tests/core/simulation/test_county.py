"""The simulated county: reproducible, tables as declared, cohorts followed, truth known."""

from dataclasses import replace
from functools import cache
from itertools import chain

import numpy as np
import pandas as pd
import pytest

from core.simulation.county import SimulatedCounty, SimulatedExam, simulate_county
from core.simulation.spec import CountySpec
from core.tables import ENTRIES, MARKS, UNITS

SMALL = CountySpec(n_primary=3, n_junior=4, size_factor=0.3, n_declining=3)


@cache
def _county() -> SimulatedCounty:
    return simulate_county(SMALL, np.random.default_rng(7))


def _tables(county: SimulatedCounty) -> list[pd.DataFrame]:
    exams = chain.from_iterable((exam.entries, exam.marks) for exam in county.exams)
    return [county.units, county.truth, *exams]


def _exam(name: str) -> SimulatedExam:
    return next(exam for exam in _county().exams if exam.name == name)


def _global_state() -> str:
    return str(np.random.get_state(legacy=False))  # noqa: NPY002 it must not change


def test_the_same_seed_gives_the_same_county() -> None:
    spec = replace(SMALL, n_years=1)
    first, again = (simulate_county(spec, np.random.default_rng(7)) for _ in range(2))
    for one, other in zip(_tables(first), _tables(again), strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_another_seed_gives_another_county() -> None:
    spec = CountySpec(n_primary=0, n_junior=1, n_declining=0, n_years=1)
    one, other = (simulate_county(spec, np.random.default_rng(seed)) for seed in (1, 2))
    assert not one.exams[0].marks["text"].equals(other.exams[0].marks["text"])


def test_the_global_random_state_plays_no_part() -> None:
    before = _global_state()
    simulate_county(CountySpec(1, 0, n_declining=0, n_years=1), np.random.default_rng(1))
    assert _global_state() == before


def test_every_table_is_as_declared() -> None:
    county = _county()
    UNITS.require(county.units)
    for exam in county.exams:
        ENTRIES.require(exam.entries)
        MARKS.require(exam.marks)
        assert exam.entries["pupil_number"].is_unique
        assert exam.entries["exam_number"].is_unique
        assert set(exam.marks["row"]) == set(exam.entries["row"])
        assert set(exam.entries["school_code"]) <= set(county.units["code"])


def test_three_years_hold_thirty_six_term_exams_and_six_entry_tests() -> None:
    exams = _county().exams
    entry_tests = [exam for exam in exams if "入学测" in exam.name]
    assert (len(exams), len(entry_tests)) == (30, 6)
    assert len({exam.name for exam in exams}) == 30
    assert [exam.date for exam in exams] == sorted(exam.date for exam in exams)
    last = exams[-1]
    assert (last.name, last.date.isoformat(), last.grade, last.stage) == (
        "2025-2026学年下学期期末 九年级",
        "2026-06-26",
        9,
        "junior",
    )
    assert last.full_marks["chinese"] == 12000
    assert last.subject_names["chinese"] == "语文"


def test_a_cohort_keeps_its_pupil_numbers_through_the_grades() -> None:
    entry = _exam("2023-2024学年入学测 七年级").entries["pupil_number"]
    last = _exam("2025-2026学年下学期期末 九年级").entries["pupil_number"]
    other = _exam("2024-2025学年入学测 七年级").entries["pupil_number"]
    assert last.isin(entry).mean() > 0.85
    assert not other.isin(entry).any()


def test_classes_hold_at_most_forty_five_pupils() -> None:
    for exam in _county().exams:
        assert exam.entries.groupby(["school_code", "class_name"]).size().max() <= 45


def test_truth_is_known_where_the_cohort_sat_an_entry_test() -> None:
    truth = _county().truth
    known = set(truth["exam"])
    assert len(known) == 2 * (6 + 4 + 2)
    assert "2023-2024学年上学期期末 八年级" not in known
    assert not truth.duplicated(["exam", "subject", "school"]).any()
    baseline = truth.groupby("exam")["baseline_exam"].unique()
    assert baseline["2025-2026学年下学期期末 九年级"].tolist() == ["2023-2024学年入学测 七年级"]
    assert truth["value_added"].notna().all()


@pytest.mark.parametrize(
    ("n_primary", "n_junior", "n_declining", "by_stage"),
    [(3, 4, 3, "PJJ"), (5, 1, 4, "PPPJ"), (1, 5, 4, "PJJJ"), (0, 3, 2, "JJ")],
)
def test_the_declining_schools_are_spread_over_the_stages(
    n_primary: int, n_junior: int, n_declining: int, by_stage: str
) -> None:
    spec = CountySpec(n_primary, n_junior, size_factor=0.1, n_years=1, n_declining=n_declining)
    declining = simulate_county(spec, np.random.default_rng(1)).declining
    assert "".join(sorted((code[0] for code in declining), reverse=True)) == by_stage


def test_the_demonstration_county_has_its_size() -> None:
    county = simulate_county(CountySpec(), np.random.default_rng(1))
    assert (county.units["level"] == "school").sum() == 60
    assert (county.units["level"] == "township").sum() == 9
    assert all(2400 <= len(exam.entries) <= 3300 for exam in county.exams)
    assert 450_000 < sum(len(exam.marks) for exam in county.exams) < 550_000
