"""Replay: which exams are held against which, and counts of them by hand."""

from datetime import date, datetime

import pandas as pd
import pytest

from core.school_year import cohort_of
from data.catalogue import ExamRelease
from pipeline.replay_counts import Calls, count_calls
from pipeline.replayed_exams import ReplayedExam, later_exams

GROUPS = pd.Series("all", index=list("ABCDE"))


def exam_of(name: str, day: date, grade: int) -> ReplayedExam:
    release = ExamRelease(
        exam_id=abs(hash(name)),
        release_id=abs(hash(name)),
        county="local",
        name=name,
        held_on=day,
        grade=grade,
        stage="junior",
        cohort=cohort_of(day, grade=grade),
        is_demonstration=False,
        source=None,
        licence=None,
        number=1,
        bundle="",
        fingerprint="",
        scores_sha256="",
        n_rows=0,
        n_schools=0,
        rule_version="1",
        published_at=datetime(2026, 7, 1),
    )
    return ReplayedExam(release, None)


WINTER = exam_of("winter 7", date(2024, 1, 14), 7)
SUMMER = exam_of("summer 7", date(2024, 6, 26), 7)
NEXT_WINTER = exam_of("winter 8", date(2025, 1, 20), 8)
NEXT_SEVENTH = exam_of("summer 7 again", date(2025, 7, 4), 7)
EXAMS = (WINTER, SUMMER, NEXT_WINTER, NEXT_SEVENTH)


def names_of(pairs: tuple[tuple[ReplayedExam, ReplayedExam], ...]) -> list[tuple[str, str]]:
    return [(now.exam.name, later.exam.name) for now, later in pairs]


def test_the_next_exam_of_the_same_pupils_crosses_the_school_year() -> None:
    assert names_of(later_exams(EXAMS, later="cohort")) == [
        ("winter 7", "summer 7"),
        ("summer 7", "winter 8"),
    ]


def test_a_year_later_is_the_same_grade_at_the_same_time_of_the_year() -> None:
    assert names_of(later_exams(EXAMS, later="year")) == [("summer 7", "summer 7 again")]


def test_an_exam_of_a_leap_day_has_a_year_later() -> None:
    leap = exam_of("leap", date(2024, 2, 29), 7)
    after = exam_of("after", date(2025, 2, 27), 7)
    assert names_of(later_exams((leap, after), later="year")) == [("leap", "after")]


def flags(**of: bool | None) -> pd.Series:
    return pd.Series(of, dtype="boolean")


def test_counts_by_hand_and_what_is_not_known_is_no_quiet() -> None:
    called = {
        "winter 7": flags(A=True, B=True, C=False, D=False, E=None),
        "summer 7": flags(A=True, B=False, C=False, D=False, E=True),
    }
    bad = {
        "summer 7": flags(A=True, B=False, C=True, D=False, E=True),
        "winter 8": flags(A=True, B=False, C=None, D=False, E=False),
    }
    pairs = later_exams(EXAMS, later="cohort")
    found = count_calls(pairs, Calls({"rules": called}, bad, GROUPS))
    columns = ["n", "hits", "false_alarms", "misses", "quiet", "unknown", "by_lot"]
    assert found.pairs[columns].to_numpy().tolist() == [
        [4, 1, 1, 1, 1, 1, 1.0],
        [4, 1, 1, 0, 2, 1, 0.5],
    ]
    rates, told = found.rates.set_index("rate"), ["count", "n", "n_schools", "by_lot"]
    assert list(rates.loc["hit", told]) == [2, 4, 3, 1.5]
    assert list(rates.loc["miss", told]) == [1, 3, 2, 1.5]
    assert rates[["share", "low", "high"]].isna().all(axis=None)


def test_without_a_later_exam_there_is_nothing_to_count() -> None:
    found = count_calls((), Calls({"rules": {}}, {}, GROUPS))
    assert found.pairs.empty
    assert found.rates.empty


def test_a_share_has_its_interval_from_ten_calls_on() -> None:
    schools = [f"S{k}" for k in range(12)]
    called = pd.Series(True, index=schools, dtype="boolean")
    bad = pd.Series([True] * 9 + [False] * 3, index=schools, dtype="boolean")
    calls = Calls(
        {"rules": {"winter 7": called}}, {"summer 7": bad}, pd.Series("all", index=schools)
    )
    hit = count_calls(((WINTER, SUMMER),), calls).rates.set_index("rate").loc["hit"]
    assert hit["share"] == 0.75
    assert (hit["low"], hit["high"]) == pytest.approx((0.468, 0.911))
