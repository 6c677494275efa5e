"""Definitions: every combination that can be estimated, once, the main one first."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from core.value_added import definitions_of
from core.value_added.compute import ESTIMATORS, ONE_PRIOR

METHODS = st.lists(st.sampled_from(list(ESTIMATORS)), min_size=1, unique=True)
PRIORS = st.lists(st.sampled_from([(), ("math",), ("math", "total")]), min_size=1, unique=True)
COVERAGES = st.lists(st.sampled_from([0.5, 0.7, 0.9]), min_size=1, unique=True)


@given(METHODS, PRIORS, COVERAGES, st.booleans())
def test_every_combination_that_can_be_estimated_stands_once(
    methods: list[str], priors: list[tuple[str, ...]], coverages: list[float], has_traits: bool
) -> None:
    found = definitions_of(
        methods,  # type: ignore[arg-type]
        prior_sets=priors,
        traits=("locale",) if has_traits else (),
        coverages=coverages,
    )
    assert len({definition.code for definition in found}) == len(found)
    wanted = {
        (method, prior, coverage)
        for method, prior, coverage in product(methods, priors, coverages)
        if method not in ONE_PRIOR or len(prior) < 2
    }
    assert {(d.method, d.priors, d.min_coverage) for d in found} == wanted
    for definition in found:
        assert bool(definition.traits) == (has_traits and definition.method not in ONE_PRIOR)
