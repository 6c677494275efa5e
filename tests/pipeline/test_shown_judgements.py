"""Judgements as they may be shown: nothing of a hidden school is left, the others stay."""

from datetime import date

import pytest

from core.weak_schools import WeakSchools
from data.catalogue import find_exam
from data.home import Home
from data.scope import LEADERSHIP, OPERATOR
from data.store import Store
from pipeline.compute_bands import exam_bands
from pipeline.hidden_units import hidden_in_exam
from pipeline.load_views import load_school
from pipeline.shown_judgements import shown_bands, shown_gaps, shown_weak_schools
from pipeline.views import Query
from tests.small_county import FEW, make_county, submission_of

EXAM = "期末"


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Give a county with an exam that some schools sat with few pupils."""
    exam = submission_of(FEW, EXAM, day=date(2026, 6, 28), grade=9)
    return make_county(Home(tmp_path_factory.mktemp("few") / "store"), exam)


def test_a_hidden_school_has_no_band_and_no_signal(county: Store) -> None:
    exam = find_exam(LEADERSHIP, county, EXAM)
    hidden = hidden_in_exam(LEADERSHIP, county, exam)
    shown = shown_bands(LEADERSHIP, county, exam, baseline=None, previous=None)
    full = exam_bands(OPERATOR, county, exam)
    is_hidden = shown.judgements["unit"].isin(hidden)
    assert is_hidden.any()
    assert set(shown.judgements.loc[is_hidden, "reason"]) == {"suppressed"}
    assert set(shown.judgements.loc[is_hidden, "band"]) == {"insufficient"}
    assert not set(shown.signals["unit"]) & hidden
    others = shown.judgements[~is_hidden]
    assert len(others)
    assert others.equals(full.judgements[~is_hidden])


def test_a_hidden_school_is_no_candidate_and_has_no_rank(county: Store) -> None:
    exam = find_exam(LEADERSHIP, county, EXAM)
    hidden = hidden_in_exam(LEADERSHIP, county, exam)
    shown = shown_weak_schools(LEADERSHIP, county, exam, baseline=None, subject="total")
    assert isinstance(shown, WeakSchools)
    rows = shown.schools[shown.schools["school"].isin(hidden)]
    assert len(rows)
    assert not rows["candidate"].any()
    assert rows[["composite", "rank", "p_bottom20"]].isna().all(axis=None)


def test_a_hidden_school_has_no_gap(county: Store) -> None:
    exam = find_exam(LEADERSHIP, county, EXAM)
    hidden = hidden_in_exam(LEADERSHIP, county, exam)
    gaps = shown_gaps(LEADERSHIP, county, exam, baseline=None)
    assert not isinstance(gaps, tuple)
    rows = gaps[gaps["school"].isin(hidden)]
    assert len(rows)
    assert rows[["gap", "low", "high", "n_pupils", "flag"]].isna().all(axis=None)
    assert set(rows["status"]) == {"suppressed"}


def test_a_line_of_the_grid_that_may_be_a_hidden_schools_figure_is_not_shown(
    county: Store,
) -> None:
    exam = find_exam(LEADERSHIP, county, EXAM)
    shown = shown_bands(LEADERSHIP, county, exam, baseline=None, previous=None)
    full = exam_bands(OPERATOR, county, exam).signals
    assert full.loc[full["signal"] == "grid", "threshold"].notna().any()
    is_grid = shown.signals["signal"] == "grid"
    assert is_grid.any()
    assert shown.signals.loc[is_grid, "threshold"].isna().all()
    assert shown.signals.loc[shown.signals["signal"] == "low_rate", "threshold"].notna().all()


def test_the_page_of_a_school_does_not_tell_that_line_either(county: Store) -> None:
    query = Query(EXAM, "total", None, "random_intercept")
    signals = load_school(LEADERSHIP, county, "G", query).signals
    is_grid = signals["signal"] == "grid"
    assert is_grid.any()
    assert signals.loc[is_grid, "threshold"].isna().all()
