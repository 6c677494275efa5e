"""The View of a township: exact sums for pooled schools, scopes kept, small schools hidden."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from core.errors import SettingsError
from core.subject_correlation import compute_subject_correlation
from core.subject_gaps import compute_subject_gaps
from data.catalogue import find_exam, subjects_of, units_of
from data.home import Home
from data.scope import LEADERSHIP, OPERATOR, Scope
from data.store import Store
from pipeline.compute_bands import exam_bands, exam_before
from pipeline.compute_indicators import all_indicators
from pipeline.compute_value_added import exam_value_added
from pipeline.demo import LONDON_CURRENT
from pipeline.hidden_units import hidden_in_exam
from pipeline.load_views import list_townships
from pipeline.shown_judgements import shown_gaps_of_units
from pipeline.subject_moments import subject_moments
from pipeline.views import Query
from tests.pipeline.townships import query_of, request_of, view_of
from tests.small_county import FEW, make_county, submission_of

EXAM = "期末"


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Give a county of townships with an exam that one school sat with six pupils."""
    exam = submission_of(FEW, EXAM, day=date(2026, 6, 28), grade=9)
    return make_county(Home(tmp_path_factory.mktemp("few") / "store"), exam)


@pytest.fixture(scope="module")
def query(demonstration: Store) -> Query:
    return query_of(demonstration, grade=9)


def test_an_exam_without_townships_has_none_to_choose(demonstration: Store) -> None:
    assert list_townships(LEADERSHIP, demonstration, LONDON_CURRENT).empty


def test_level_and_value_added_are_those_of_the_exam(
    demonstration: Store, query: Query
) -> None:
    view = view_of(demonstration, query, "T03")
    effects = exam_value_added(OPERATOR, demonstration, request_of(demonstration, query))
    exact = effects.schools.set_index("school")
    exam = find_exam(OPERATOR, demonstration, query.exam)
    rows = all_indicators(OPERATOR, demonstration, exam, subject="math")
    z = rows[rows["indicator"] == "z"].set_index("unit")["estimate"]
    shown = view.schools.set_index("unit")
    assert len(shown)
    for column in ("estimate", "low", "high"):
        np.testing.assert_allclose(shown[column], exact.loc[shown.index, column], atol=0.006)
    np.testing.assert_allclose(shown["z"], z[shown.index], atol=0.006)
    assert shown["n"].tolist() == exact.loc[shown.index, "n"].tolist()
    assert (shown["joined"] + shown["n"] == exact.loc[shown.index, "n_sat"]).all()
    assert (shown["left"] + shown["n"] == exact.loc[shown.index, "n_prior"]).all()
    assert view.schools["estimate"].is_monotonic_decreasing


def test_the_others_are_the_rest_of_the_county(demonstration: Store, query: Query) -> None:
    view = view_of(demonstration, query, "T03")
    assert not set(view.others["school"]) & set(view.schools["unit"])
    assert len(view.others) + len(view.schools) == 12
    assert (view.others["name"] != "").all()


def test_the_sample_of_the_unit_is_the_sum_of_its_schools(
    demonstration: Store, query: Query
) -> None:
    view = view_of(demonstration, query, "T01")
    assert view.sample is not None
    assert view.sample.matched == view.schools["n"].sum()
    assert view.sample.joined == view.schools["joined"].sum()
    assert view.sample.left == view.schools["left"].sum()
    assert view.sample.prior_mean_all is None


def test_a_unit_without_village_schools_stays_single_when_pooling_is_asked_for(
    demonstration: Store, query: Query
) -> None:
    view = view_of(demonstration, query, "T03", pooled=True)
    assert not view.can_pool
    assert not view.pooled
    assert set(view.schools["level"]) == {"school"}


def test_gaps_of_a_township_are_those_among_the_townships(
    demonstration: Store, query: Query
) -> None:
    exam = find_exam(OPERATOR, demonstration, query.exam)
    units = units_of(demonstration, exam.county)
    towns = units.loc[units["level"] == "township", "code"]
    expected = compute_subject_gaps(
        all_indicators(OPERATOR, demonstration, exam),
        groups=pd.Series("township", index=list(towns)),
        correlation=compute_subject_correlation(subject_moments(OPERATOR, demonstration, exam)),
    )
    expected = expected[expected["school"] == "T01"].set_index("subject")
    view = view_of(demonstration, query, "T01")
    gaps = view.gaps.set_index("subject")
    assert view.why_no_gaps is None
    np.testing.assert_allclose(gaps.loc[expected.index, "gap"], expected["gap"], atol=0.006)
    assert gaps.loc[expected.index, "flag"].tolist() == expected["flag"].tolist()
    assert gaps[gaps.index == "total"]["gap"].isna().all()
    assert gaps["z"].notna().all()


def test_bands_are_those_of_the_rules(demonstration: Store, query: Query) -> None:
    exam = find_exam(OPERATOR, demonstration, query.exam)
    full = exam_bands(
        OPERATOR,
        demonstration,
        exam,
        baseline=request_of(demonstration, query).baseline,
        previous=exam_before(OPERATOR, demonstration, exam),
    ).judgements.set_index(["unit", "subject"])["band"]
    view = view_of(demonstration, query, "T03")
    assert len(view.bands) == len(view.schools) * len(
        subjects_of(demonstration, exam.release_id)
    )
    keys = pd.MultiIndex.from_frame(view.bands[["school", "subject"]])
    assert view.bands["band"].tolist() == full.loc[keys].tolist()


def test_nothing_of_a_small_school_is_in_the_view(few: Store) -> None:
    query = Query(EXAM, "math", None, "contextual")
    exam = find_exam(LEADERSHIP, few, EXAM)
    hidden = hidden_in_exam(LEADERSHIP, few, exam)
    units = list_townships(LEADERSHIP, few, EXAM)["township"]
    views = [view_of(few, query, unit) for unit in units]
    schools = pd.concat([view.schools for view in views])
    mine = schools[schools["unit"].isin(hidden)]
    assert len(mine) >= 2
    assert set(mine["status"]) == {"suppressed"}
    assert (
        mine[["z", "z_low", "n_sat", "n", "estimate", "joined", "left"]].isna().all(axis=None)
    )
    for name, key in (("bottom20", "unit"), ("school_gaps", "unit"), ("bands", "school")):
        rows = pd.concat([getattr(view, name) for view in views])
        found = rows[rows[key].isin(hidden)]
        assert len(found)
        figures = [
            c for c in ("estimate", "low", "high", "n_pupils", "gap", "flag") if c in rows
        ]
        assert found[figures].isna().all(axis=None)
    bands = pd.concat([view.bands for view in views])
    assert set(bands.loc[bands["school"].isin(hidden), "reason"]) == {"suppressed"}
    assert sum(view.n_hidden for view in views) == len(mine)


def test_without_a_baseline_there_is_no_value_added_and_no_sample(few: Store) -> None:
    unit = str(list_townships(LEADERSHIP, few, EXAM)["township"].iloc[1])
    view = view_of(few, Query(EXAM, "math", None, "contextual"), unit)
    assert (view.model.status, view.model.why) == ("not_estimable", None)
    assert view.sample is None
    assert view.others.empty
    assert view.schools["estimate"].isna().all()
    assert view.schools["z"].notna().any()


def test_a_township_office_sees_the_others_without_their_names(
    demonstration: Store, query: Query
) -> None:
    whole = view_of(demonstration, query, "T01")
    mine = Scope("township", schools=tuple(sorted(whole.schools["unit"])))
    view = view_of(demonstration, query, "T01", scope=mine)
    pd.testing.assert_frame_equal(view.schools, whole.schools)
    assert set(view.others["name"]) == set(view.others["school"]) == {""}
    assert list(list_townships(mine, demonstration, query.exam)["township"]) == ["T01"]


def test_who_sees_a_part_of_a_township_sees_no_figure_of_the_whole(
    few: Store,
) -> None:
    query = Query(EXAM, "math", None, "contextual")
    unit = str(list_townships(LEADERSHIP, few, EXAM)["township"].iloc[-1])
    whole = view_of(few, query, unit)
    assert len(whole.schools) > 1
    assert {"township_bottom20", "township_gaps"} <= {r.code for r in whole.remarks}
    first = str(whole.schools["unit"].iloc[0])
    view = view_of(few, query, unit, scope=Scope("school", schools=(first,)))
    assert list(view.schools["unit"]) == [first]
    assert set(view.bottom20["unit"]) == {first}
    assert view.gaps.empty
    assert view.sample is None
    assert set(view.bands["school"]) == {first}
    assert not [r for r in view.remarks if r.code in ("township_bottom20", "township_gaps")]


def test_an_unknown_unit_reads_like_one_outside_the_scope(
    demonstration: Store, query: Query
) -> None:
    mine = Scope("township", schools=("J001",))
    for scope, unit in ((LEADERSHIP, "T99"), (mine, "T03")):
        with pytest.raises(SettingsError, match="No township or centre school has the code"):
            view_of(demonstration, query, unit, scope=scope)


def test_one_subject_says_why_there_are_no_gaps(demonstration: Store) -> None:
    london = find_exam(LEADERSHIP, demonstration, LONDON_CURRENT)
    groups = (("S001", "all"), ("S002", "all"))
    why = shown_gaps_of_units(LEADERSHIP, demonstration, london, groups=groups)
    assert isinstance(why, tuple)
    assert "two subjects" in why[0]
