"""Diagnostics of a linked pair: as computed, without hidden schools, by scope."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from core.errors import SettingsError
from core.value_added import ValueAddedSpec
from data.catalogue import find_exam
from data.dataset_publication import NewDataset, publish_dataset
from data.home import Home
from data.scope import LEADERSHIP, OPERATOR, Scope
from data.store import Store
from pipeline.compute_diagnostics import exam_diagnostics
from pipeline.compute_value_added import ValueAddedRequest, exam_value_added
from pipeline.deidentify import coding_of
from pipeline.hidden_units import hidden_in_pair
from pipeline.load_views import load_diagnostics, load_exams, load_leadership
from pipeline.views import Query
from tests.small_county import FEW, SMALL_SCHOOLS, SmallExam, make_cohort

BEFORE, AFTER = "入学测", "期末"
SMALL = Query(AFTER, "math", BEFORE, "random_intercept")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Give a county whose cohort sat two exams; school A has six pupils."""
    home = Home(tmp_path_factory.mktemp("diagnostics") / "store")
    return make_cohort(home, FEW, before=BEFORE, after=AFTER)


def query_of(store: Store, *, method: str = "contextual") -> Query:
    exam = next(e for e in load_exams(LEADERSHIP, store) if e.grade == 9)
    return Query(exam.name, "math", exam.baselines[0], method)  # type: ignore[arg-type]


def request_for(store: Store, query: Query) -> ValueAddedRequest:
    assert query.baseline is not None
    exam, baseline = (find_exam(OPERATOR, store, n) for n in (query.exam, query.baseline))
    spec = ValueAddedSpec(method=query.method, scale="z")
    return ValueAddedRequest(exam, baseline, query.subject, (), spec)


@pytest.mark.parametrize("method", ["random_intercept", "contextual", "reliability_corrected"])
def test_the_figures_are_those_computed_rounded(demonstration: Store, method: str) -> None:
    query = query_of(demonstration, method=method)
    view = load_diagnostics(LEADERSHIP, demonstration, query)
    request = request_for(demonstration, query)
    found = exam_diagnostics(OPERATOR, demonstration, request)
    assert (view.status, view.n_hidden, view.n_schools) == ("ok", 0, found.n_schools)
    assert view.residuals is not None
    assert found.residuals is not None
    wanted = found.residuals.groups["mean"].round(3).tolist()
    assert view.residuals.groups["mean"].tolist() == wanted
    assert view.residuals.groups["n"].sum() == found.n_pupils
    assert view.schools["cook"].tolist() == found.schools["cook"].round(3).tolist()
    assert view.schools["change_mean_prior"].notna().all() == (method == "contextual")
    assert view.schools["hold"].sum() == pytest.approx(1, abs=0.01)
    assert view.normality is not None
    assert view.normality.status == "ok"
    assert len(view.normality.schools) == found.n_schools


def test_the_model_is_that_of_the_value_added(demonstration: Store) -> None:
    query = query_of(demonstration, method="random_intercept")
    request = request_for(demonstration, query)
    found = exam_diagnostics(OPERATOR, demonstration, request)
    result = exam_value_added(OPERATOR, demonstration, request)
    schools = result.schools.set_index("school").loc[found.schools["school"]]
    wanted = schools["estimate"] / np.sqrt(result.sigma_u2 * schools["reliability"])
    assert found.schools["standardised"].to_numpy() == pytest.approx(wanted.to_numpy())
    assert found.coefficients == tuple(effect.name for effect in result.fixed_effects)


def test_nothing_of_a_hidden_school_is_in_the_view(county: Store) -> None:
    exams = (find_exam(LEADERSHIP, county, name) for name in (AFTER, BEFORE))
    hidden = hidden_in_pair(LEADERSHIP, county, *exams) & set(SMALL_SCHOOLS)
    assert "A" in hidden
    view = load_diagnostics(LEADERSHIP, county, SMALL)
    assert not set(view.schools["school"]) & hidden
    assert view.normality is not None
    assert not set(view.normality.schools["school"]) & hidden
    assert view.n_hidden == len(hidden)
    assert view.n_schools == len(SMALL_SCHOOLS)
    assert view.reliability is not None
    n_shown = len(SMALL_SCHOOLS) - len(hidden)
    assert (view.reliability.rows["n_compared"].dropna() <= n_shown).all()
    everything = load_diagnostics(OPERATOR, county, SMALL)
    assert len(everything.schools) == len(SMALL_SCHOOLS)


def test_a_group_of_few_pupils_has_no_figures_nor_has_its_partner(home: Home) -> None:
    sizes = dict.fromkeys("BCDEFGHIJK", 30)
    # Half of the pupils have one prior score, and only four a higher one.
    made = SmallExam(sizes, best=dict.fromkeys(sizes, 15))
    store = make_cohort(home, made, before=BEFORE, after=AFTER)
    everything = load_diagnostics(OPERATOR, store, SMALL)
    assert everything.residuals is not None
    assert everything.residuals.groups["n"].tolist() == [50, 50, 196, 4]
    view = load_diagnostics(LEADERSHIP, store, SMALL)
    assert view.residuals is not None
    groups = view.residuals.groups
    assert groups["status"].tolist() == ["suppressed", "ok", "ok", "suppressed"]
    hidden = groups.loc[groups["status"] == "suppressed", ["prior", "n", "mean", "se", "sd"]]
    assert hidden.isna().all(axis=None)
    assert view.residuals.ratio is None
    store.close()


def test_a_school_reads_its_own_row_and_the_counts_of_the_county(
    demonstration: Store,
) -> None:
    query = query_of(demonstration)
    mine = load_diagnostics(Scope("school", schools=("J001",)), demonstration, query)
    all_ = load_diagnostics(LEADERSHIP, demonstration, query)
    assert mine.schools["school"].tolist() == ["J001"]
    assert mine.normality is not None
    assert all_.normality is not None
    assert mine.normality.schools["school"].tolist() == ["J001"]
    assert mine.normality.n_schools == all_.normality.n_schools
    assert mine.n_influential == all_.n_influential
    own = all_.schools[all_.schools["school"] == "J001"]
    assert mine.schools["cook"].tolist() == own["cook"].tolist()


def test_the_row_of_reliabilities_is_held_against_the_assumed_one(
    demonstration: Store,
) -> None:
    view = load_diagnostics(LEADERSHIP, demonstration, query_of(demonstration))
    assert view.reliability is not None
    rows = view.reliability.rows
    assert rows.loc[rows["reliability"] == 0.85, "n_changed"].tolist() == [0]
    assert rows["slope"].is_monotonic_decreasing
    assert view.reliability.own is None
    assert view.reliability.least is not None
    assert 0 < view.reliability.least < 1


def test_the_items_of_the_prior_tell_its_reliability_where_there_are_any(home: Home) -> None:
    store = make_cohort(home, FEW, before=BEFORE, after=AFTER)
    baseline = find_exam(OPERATOR, store, BEFORE)
    points = np.random.default_rng(3).integers(0, 5, size=(60, 1)) + np.arange(3)
    rows = pd.DataFrame(points, columns=["item_1", "item_2", "item_3"]).astype("Int32") * 100
    rows = rows.assign(pupil=range(60), school="B")
    paper = [{"item": str(k), "position": k, "full_mark": 600} for k in (1, 2, 3)]
    about: dict[str, object] = {"items": paper, "subject": "math"}
    new = NewDataset("local", "items", "卷一", baseline.exam_id, "made", rows, about)
    publish_dataset(store, new, actor="test")
    found = load_diagnostics(LEADERSHIP, store, SMALL).reliability
    assert found is not None
    assert found.own is not None
    assert (found.own.alpha, found.own.n_pupils) == (1.0, 60)
    store.close()


def test_a_method_without_a_model_says_so(demonstration: Store) -> None:
    query = query_of(demonstration, method="prior_group")
    view = load_diagnostics(LEADERSHIP, demonstration, query)
    assert (view.status, view.residuals, view.normality) == ("not_estimable", None, None)
    assert view.why is not None
    assert "no mixed model" in view.why[0]
    assert view.schools.empty


def test_without_a_baseline_there_is_nothing_and_no_reason(demonstration: Store) -> None:
    query = replace(query_of(demonstration), baseline=None)
    view = load_diagnostics(LEADERSHIP, demonstration, query)
    assert (view.status, view.why) == ("not_estimable", None)


def test_several_priors_are_refused(demonstration: Store) -> None:
    request = request_for(demonstration, query_of(demonstration))
    with pytest.raises(SettingsError, match="given: 2"):
        exam_diagnostics(OPERATOR, demonstration, replace(request, priors=("math", "total")))


def test_a_coded_view_names_no_school(demonstration: Store) -> None:
    query = query_of(demonstration)
    view = load_diagnostics(LEADERSHIP, demonstration, query)
    coded = coding_of(LEADERSHIP, demonstration).answered(view)
    names = set(load_leadership(LEADERSHIP, demonstration, query).schools["name"])
    codes = set(view.schools["school"])
    for rows in (coded.schools, coded.normality.schools if coded.normality else None):
        assert rows is not None
        assert not set(rows["name"]) & names
        assert not set(rows["school"]) & codes
    assert coded.schools["cook"].tolist() == view.schools["cook"].tolist()


def test_a_pair_in_which_no_school_differs_keeps_the_line(home: Home) -> None:
    made = SmallExam(dict.fromkeys("BCDEFGHIJK", 30))
    store = make_cohort(home, made, before=BEFORE, after=AFTER)
    view = load_diagnostics(LEADERSHIP, store, SMALL)
    assert view.status == "no_difference_found"
    assert view.normality is not None
    assert view.normality.status == "no_difference_found"
    assert view.normality.schools.empty
    assert view.residuals is not None
    assert view.residuals.groups["mean"].notna().all()
    assert view.schools["hold"].notna().all()
    store.close()
