"""Which definitions of value-added are held beside each other."""

from typing import get_args

import streamlit as st

from core.value_added import JUDGED_BY, Method
from pipeline.views import EstimatorChoice, EstimatorsOffered, PriorSet
from ui.estimator_sentences import PRIOR_SETS, TRAITS
from ui.text import Words
from ui.vocabulary import METHODS
from ui.widgets.choice import choose_from_list, choose_several

_COVERAGES = {"50": 0.5, "70": 0.7, "90": 0.9}
_MAIN_COVERAGE = "70"


def pick_method(*, words: Words) -> Method:
    """Ask by which estimator the figures of the page are made."""
    methods = {code: words(name) for code, name in METHODS.items()}
    chosen = choose_from_list("main", words("Estimator"), methods, default=JUDGED_BY)
    return next(code for code in get_args(Method) if code == chosen)


def pick_definitions(
    offered: EstimatorsOffered, main: Method, *, words: Words
) -> EstimatorChoice:
    """Ask what is held beside an estimator: others, priors, covariates, rules of coverage."""
    methods = {code: words(name) for code, name in METHODS.items()}
    chosen = choose_several(
        "methods", words("Methods beside it"), methods, default=list(methods)
    )
    third, fourth, fifth = st.columns(3)
    with third:
        sets: dict[str, str] = {code: words(PRIOR_SETS[code]) for code in offered.prior_sets}
        priors = choose_several("priors", words("Priors"), sets, default=list(sets)[:1])
    with fourth:
        names = {code: words(TRAITS[code]) for code in offered.traits}
        traits = choose_several(
            "traits", words("Covariates of the school (mixed models)"), names, default=()
        )
    with fifth:
        shares = {code: f"{code}%" for code in _COVERAGES}
        coverages = choose_several(
            "coverage", words("Least coverage"), shares, default=[_MAIN_COVERAGE]
        )
    known: tuple[Method, ...] = get_args(Method)
    ordered = sorted(known, key=lambda code: code != main)
    return EstimatorChoice(
        methods=tuple(code for code in ordered if code == main or code in chosen),
        prior_sets=tuple(code for code in get_args(PriorSet) if code in priors) or ("own",),
        traits=traits,
        coverages=_coverages(coverages),
    )


def _coverages(chosen: tuple[str, ...]) -> tuple[float, ...]:
    """Return the rules of coverage, the usual one first where it is among them."""
    ordered = sorted(chosen, key=lambda code: (code != _MAIN_COVERAGE, code))
    return tuple(_COVERAGES[code] for code in ordered)
