"""Findings of the definitions' comparison, in both languages, on made views."""

from dataclasses import replace

import pandas as pd

from pipeline.views import EstimatorsView
from tests.ui.made_views import MADE_STAMP
from ui.estimator_sentences import (
    definition_names,
    definitions_note,
    gauges_finding,
    multiverse_finding,
    order_finding,
    pairs_finding,
)
from ui.text import Words

EN, ZH = Words("en"), Words("zh")


def view_of(**columns: object) -> EstimatorsView:
    definitions = pd.DataFrame(
        {
            "definition": ["contextual 70", "z_change total 70", "contextual a+b+c 50"],
            "method": ["contextual", "z_change", "contextual"],
            "priors": ["", "总分", "语文;数学;英语"],
            "traits": ["", "", "locale"],
            "min_coverage": [0.7, 0.7, 0.5],
            "fairness_r": [0.0, -0.42, 0.3],
            "warns": [False, True, False],
        }
    )
    schools = pd.DataFrame(
        {
            "school": list("ABC"),
            "status": "ok",
            "n_same": [3, 1, 2],
            "n_definitions": [3, 3, 2],
        }
    )
    effects = pd.DataFrame(
        {
            "definition": ["contextual 70", "z_change total 70", "contextual 70"],
            "school": list("BBA"),
            "verdict": ["above", "below", "above"],
            "status": "ok",
        }
    )
    pairs = pd.DataFrame(
        {
            "first": ["contextual 70", "contextual 70"],
            "second": ["z_change total 70", "contextual a+b+c 50"],
            "spearman": [0.61, 0.93],
        }
    )
    view = EstimatorsView(MADE_STAMP, definitions, schools, effects, pairs, pd.DataFrame())
    return replace(view, **columns)  # type: ignore[arg-type]


def test_verdicts_that_hold_everywhere_and_those_on_both_sides_are_counted() -> None:
    assert multiverse_finding(view_of(), words=EN) == (
        "2 of 3 schools have the same verdict by every definition, 1 by fewer than half; 1 "
        "stand above by one and below by another"
    )
    assert multiverse_finding(view_of(), words=ZH).startswith("3 所学校中，2 所")


def test_one_definition_compares_nothing() -> None:
    alone = view_of().schools.assign(n_definitions=1)
    assert "nothing to compare" in multiverse_finding(view_of(schools=alone), words=EN)


def test_the_least_alike_pair_is_named_by_numbers() -> None:
    said = pairs_finding(view_of(), words=EN)
    assert said.startswith("Rank correlations lie between 0.61 and 0.93")
    assert said.endswith("definitions 1 and 2")
    empty = view_of(pairs=view_of().pairs.assign(spearman=float("nan")))
    assert "fewer than five" in pairs_finding(empty, words=EN)


def test_definitions_beyond_the_limit_are_named() -> None:
    assert gauges_finding(view_of(), words=EN).endswith("beyond ±0.30: no. 2")
    fair = view_of(definitions=view_of().definitions.assign(warns=False))
    assert gauges_finding(fair, words=EN).startswith("None of 3 definitions")
    unknown = view_of(definitions=view_of().definitions.assign(fairness_r=float("nan")))
    assert "undefined" in gauges_finding(unknown, words=EN)


def test_changed_verdicts_are_counted_with_the_correlation_where_it_is_known() -> None:
    rows = pd.DataFrame({"mark": ["same", "better", "worse"]})
    assert order_finding(rows, 0.5, words=EN).startswith("2 of 3 schools get another verdict")
    assert order_finding(rows, 0.5, words=EN).endswith("rank correlation 0.50")
    assert "correlation" not in order_finding(rows, None, words=EN)


def test_definitions_are_called_by_estimator_priors_covariates_and_coverage() -> None:
    names = definition_names(view_of(), words=EN)
    assert names["contextual 70"] == "random intercept with school context · coverage 70%"
    assert "prior 总分" in names["z_change total 70"]
    assert (
        "3 subjects as priors · town and country · coverage 50%" in names["contextual a+b+c 50"]
    )
    assert definitions_note(view_of(), words=ZH).startswith("1: ")
    many = view_of(
        definitions=pd.concat([view_of().definitions] * 4, ignore_index=True).assign(
            definition=[f"contextual {k}" for k in range(12)]
        )
    )
    assert "12" not in definitions_note(many, words=ZH)
