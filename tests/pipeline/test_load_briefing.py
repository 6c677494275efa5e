"""Five answers: each figure is what the verbs compute, hidden schools are nowhere."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from core.change import compute_change, compute_rebound
from core.weak_schools import WeakSchools
from data.catalogue import find_exam
from data.home import Home
from data.scope import LEADERSHIP, Scope
from data.store import Store
from pipeline.band_parts import band_pair
from pipeline.compute_bands import exam_before
from pipeline.compute_equity import exam_equity
from pipeline.compute_indicators import exam_indicators
from pipeline.demo import LONDON_BASELINE, LONDON_CURRENT
from pipeline.exam_statistics import comparison_groups
from pipeline.load_views import load_briefing, load_exams
from pipeline.shown_judgements import shown_weak_schools
from pipeline.view_parts import setting_of
from pipeline.views import BriefingView, Query
from tests.small_county import FEW, make_county, submission_of

LONDON = Query(LONDON_CURRENT, "comprehensive", LONDON_BASELINE, "random_intercept")


def newest(store: Store, *, subject: str = "total") -> Query:
    """Return the query of the newest exam of the ninth grade."""
    exam = next(e for e in load_exams(LEADERSHIP, store) if e.grade == 9)
    return Query(exam.name, subject, exam.baselines[0], "random_intercept")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Give a county with two exams of one cohort and a school of six pupils."""
    return make_county(
        Home(tmp_path_factory.mktemp("few") / "store"),
        submission_of(FEW, "八年级", day=date(2025, 6, 28), grade=8, seed=1),
        submission_of(FEW, "九年级", day=date(2026, 6, 28), grade=9, seed=2),
    )


def codes_in(view: BriefingView) -> set[str]:
    """Return every school that the view names."""
    tables = (view.crossings.rows, view.places.best, view.rebound.rows)
    return {str(code) for table in tables if "school" in table for code in table["school"]}


def test_crossings_are_the_bands_that_differ_in_both_exams(demonstration: Store) -> None:
    query = newest(demonstration)
    found = load_briefing(LEADERSHIP, demonstration, query).crossings
    pair = band_pair(LEADERSHIP, demonstration, setting_of(LEADERSHIP, demonstration, query))
    changes = pair.changes
    assert changes is not None
    own = changes[changes["subject"] == "total"]
    assert found.n_judged == len(own)
    moved = own[own["way"] != "same"].set_index("unit")["band"].to_dict()
    assert dict(zip(found.rows["school"], found.rows["band"], strict=True)) == moved
    assert (found.rows["band"] != found.rows["before"]).all()


def test_wrong_flags_add_up_over_the_candidates_that_are_shown(demonstration: Store) -> None:
    view = load_briefing(LEADERSHIP, demonstration, LONDON)
    exam = find_exam(LEADERSHIP, demonstration, LONDON_CURRENT)
    baseline = find_exam(LEADERSHIP, demonstration, LONDON_BASELINE)
    found = shown_weak_schools(
        LEADERSHIP, demonstration, exam, baseline=baseline, subject="comprehensive"
    )
    assert isinstance(found, WeakSchools)
    candidates = found.schools[found.schools["candidate"]]
    row = view.flags.set_index("kind").loc["weak_schools"]
    assert row["n_flagged"] == len(candidates) > 0
    assert row["expected"] == pytest.approx((1 - candidates["p_bottom20"]).sum(), abs=0.05)


def test_one_subject_has_no_gaps_and_says_why(demonstration: Store) -> None:
    flags = load_briefing(LEADERSHIP, demonstration, LONDON).flags
    [row] = flags[flags["kind"] == "subject_gaps"].to_dict("records")
    assert row["status"] == "not_estimable"
    assert "two subjects" in row["why_en"]


def test_the_gap_is_that_of_the_equity_verb_rounded(demonstration: Store) -> None:
    query = newest(demonstration)
    gap = load_briefing(LEADERSHIP, demonstration, query).gap
    exam = find_exam(LEADERSHIP, demonstration, query.exam)
    county = exam_equity(LEADERSHIP, demonstration, exam, subject="total").indicators
    units = setting_of(LEADERSHIP, demonstration, query).county["code"]
    now = county[county["unit"] == units].set_index("indicator")
    last = gap.figures[gap.figures["exam"] == query.exam].set_index("indicator")
    for code in ("icc", "between_cv_weighted"):
        for column in ("estimate", "low", "high"):
            assert last.loc[code, column] == round(now.loc[code, column], 3)
    assert gap.figures["date"].is_monotonic_increasing
    first = find_exam(LEADERSHIP, demonstration, gap.changes["since"].iloc[0])
    before = exam_equity(LEADERSHIP, demonstration, first, subject="total").indicators
    change = compute_change(county, previous=before)
    own = change[(change["unit"] == units) & (change["indicator"] == "between_cv_weighted")]
    assert gap.changes["change"].iloc[0] == round(own["change"].iloc[0], 3)
    assert gap.changes["verdict"].iloc[0] == own["verdict"].iloc[0]


def test_the_rebound_is_that_of_the_candidates_of_the_exam_before(
    demonstration: Store,
) -> None:
    query = newest(demonstration)
    found = load_briefing(LEADERSHIP, demonstration, query).rebound
    exam = find_exam(LEADERSHIP, demonstration, query.exam)
    previous = exam_before(LEADERSHIP, demonstration, exam)
    assert previous is not None
    assert found.previous == previous.name
    now, then = (
        exam_indicators(LEADERSHIP, demonstration, e, subject="total") for e in (exam, previous)
    )
    group = comparison_groups(setting_of(LEADERSHIP, demonstration, query).units)
    rows = compute_rebound(
        now[now["indicator"] == "z"], previous=then[then["indicator"] == "z"], group=group
    ).set_index("unit")
    for row in found.rows.to_dict("records"):
        assert row["beyond"] == round(rows.loc[row["school"], "beyond"], 2)
    assert found.mean is not None
    assert found.mean.gain == pytest.approx(found.rows["gain"].mean(), abs=0.011)


def test_an_exam_without_baseline_and_without_past_says_what_is_missing(
    demonstration: Store,
) -> None:
    exam = next(e for e in load_exams(LEADERSHIP, demonstration) if not e.baselines)
    query = Query(exam.name, exam.subjects[0].code, None, "random_intercept")
    view = load_briefing(LEADERSHIP, demonstration, query)
    assert view.crossings.previous is None
    assert view.places.why is not None
    assert view.rebound.why is not None
    assert view.gap.changes.empty
    assert len(view.gap.figures) == 2


def test_a_hidden_school_is_named_nowhere(county: Store) -> None:
    query = Query("九年级", "chinese", "八年级", "random_intercept")
    subject = load_exams(LEADERSHIP, county)[0].subjects[0].code
    view = load_briefing(LEADERSHIP, county, replace(query, subject=subject))
    assert "A" not in codes_in(view)
    assert view.crossings.n_unknown >= 2  # the small school, and its partner
    assert view.places.why is None


def test_a_reader_of_one_school_finds_no_other_school(demonstration: Store) -> None:
    whole = load_briefing(LEADERSHIP, demonstration, LONDON)
    code = str(whole.places.best["school"].iloc[0])
    part = load_briefing(Scope("school", schools=(code,)), demonstration, LONDON)
    assert codes_in(part) <= {code}
    assert part.gap.figures.equals(whole.gap.figures)


def test_figures_have_the_digits_that_are_shown(demonstration: Store) -> None:
    view = load_briefing(LEADERSHIP, demonstration, newest(demonstration))
    for table, columns, digits in (
        (view.rebound.rows, ["gap", "gain", "beyond", "low", "high"], 2),
        (view.places.best, ["mean", "peer_mean", "low", "high"], 1),
        (view.gap.figures, ["estimate", "low", "high"], 3),
    ):
        values = table[columns].to_numpy(float)
        assert np.allclose(values, values.round(digits), equal_nan=True)
