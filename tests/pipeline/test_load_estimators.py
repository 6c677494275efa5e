"""Definitions beside each other: each as it is alone, and what is hidden stays hidden."""

from dataclasses import replace
from typing import get_args

import pandas as pd
import pytest

from core.suppression import MIN_PUPILS_SHOWN
from core.value_added import Method, ValueAddedSpec
from data.catalogue import find_exam
from data.scope import LEADERSHIP, OPERATOR
from data.store import Store
from pipeline.compute_value_added import ValueAddedRequest, exam_value_added
from pipeline.hidden_units import hidden_in_pair
from pipeline.link_exams import link_exams
from pipeline.load_views import list_estimators, load_estimators, load_exams
from pipeline.views import EstimatorChoice, EstimatorsView, Query

ALL = EstimatorChoice(
    get_args(Method),
    ("own", "total", "own_total", "all"),
    ("school_type",),
    (0.7, 0.9),
)


def query_of(store: Store, subject: str = "math") -> Query:
    exam = next(e for e in load_exams(LEADERSHIP, store) if e.grade == 9)
    return Query(exam.name, subject, exam.baselines[0], "contextual")


def view_of(store: Store, choice: EstimatorChoice = ALL) -> EstimatorsView:
    return load_estimators(LEADERSHIP, store, query_of(store), choice)


def test_each_definition_has_the_figures_that_it_has_alone(demonstration: Store) -> None:
    query, view = query_of(demonstration), view_of(demonstration)
    exam, baseline = (
        find_exam(OPERATOR, demonstration, str(name)) for name in (query.exam, query.baseline)
    )
    spec = ValueAddedSpec("random_intercept", "z")
    request = ValueAddedRequest(exam, baseline, "math", ("math", "total"), spec)
    alone = exam_value_added(OPERATOR, demonstration, replace(request, traits=("school_type",)))
    code = "random_intercept math+total school_type 70"
    rows = view.effects[view.effects["definition"] == code].set_index("school")
    exact = alone.schools.set_index("school").loc[rows.index]
    shown = rows["estimate"].notna()
    assert shown.sum() > 10
    assert rows["estimate"][shown].tolist() == exact["estimate"][shown].round(2).tolist()
    assert rows["verdict"][shown].tolist() == exact["verdict"][shown].tolist()
    facts = view.definitions.set_index("definition").loc[code]
    assert facts["n_pupils"] == alone.n_pupils
    names = view.coefficients[view.coefficients["definition"] == code]["name"]
    assert names.tolist() == [effect.name for effect in alone.fixed_effects]


def test_agreement_is_counted_over_what_is_shown(demonstration: Store) -> None:
    view = view_of(demonstration)
    main = view.definitions["definition"].iloc[0]
    assert main == "random_intercept school_type 70"
    judged = view.effects[view.effects["status"] == "ok"]
    wide = judged.pivot_table(
        index="school", columns="definition", values="verdict", aggfunc="first"
    )
    for row in view.schools.dropna(subset=["verdict"]).to_dict("records"):
        own = wide.loc[row["school"]].dropna()
        if row["status"] == "ok":
            assert row["n_definitions"] == len(own)
            assert row["n_same"] == (own == row["verdict"]).sum()


def test_what_is_hidden_in_the_pair_is_hidden_by_every_definition(demonstration: Store) -> None:
    query, view = query_of(demonstration), view_of(demonstration)
    exam, baseline = (
        find_exam(LEADERSHIP, demonstration, str(n)) for n in (query.exam, query.baseline)
    )
    hidden = hidden_in_pair(LEADERSHIP, demonstration, exam, baseline)
    figures = view.effects[view.effects["school"].isin(hidden)]
    assert figures[["estimate", "index", "verdict", "rank"]].isna().all(axis=None)
    every = link_exams(OPERATOR, demonstration, exam, baseline, priors=["math", "total"])
    small = every[(every["subject"] == "math") & (every["n"] < MIN_PUPILS_SHOWN)]["school"]
    of_both = view.effects[view.effects["definition"].str.contains("math\\+total")]
    told = of_both[of_both["school"].isin(small)]
    assert told["estimate"].isna().all()


def test_only_what_the_baseline_and_the_schools_have_is_offered(demonstration: Store) -> None:
    query = query_of(demonstration)
    offered = list_estimators(LEADERSHIP, demonstration, query)
    assert offered.prior_sets == ("own", "total", "own_total", "all")
    total = list_estimators(LEADERSHIP, demonstration, replace(query, subject="total"))
    assert total.prior_sets == ("own", "all")
    none = list_estimators(LEADERSHIP, demonstration, replace(query, baseline=None))
    assert none.prior_sets == ()


def test_without_a_baseline_there_are_definitions_but_no_verdicts(demonstration: Store) -> None:
    query = replace(query_of(demonstration), baseline=None)
    view = load_estimators(LEADERSHIP, demonstration, query, ALL)
    assert set(view.definitions["status"]) == {"not_estimable"}
    assert view.schools.empty
    assert view.effects.empty
    assert view.pairs.empty


def test_a_definition_that_cannot_be_estimated_says_why(
    demonstration: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    choice = EstimatorChoice(("contextual", "z_change"), ("all",))
    view = view_of(demonstration, choice)
    assert view.definitions["method"].tolist() == ["contextual"]
    monkeypatch.setattr("pipeline.view_parts.is_small", lambda _n: True)
    small = view_of(demonstration, replace(choice, coverages=(0.61,)))  # not remembered
    assert small.definitions["why"].str.contains("Fewer than 10 pupils").all()
    assert small.effects.empty


def test_two_readers_get_the_same(demonstration: Store) -> None:
    first, second = view_of(demonstration), view_of(demonstration)
    for name in ("definitions", "schools", "effects", "pairs"):
        pd.testing.assert_frame_equal(getattr(first, name), getattr(second, name))
