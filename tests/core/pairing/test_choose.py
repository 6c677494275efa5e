"""The best choice of bases: equal to trying every one, within the limits, conflicts named."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import DataError, SettingsError
from core.pairing.check import check_bases
from core.pairing.choose import Pairing, choose_bases
from core.pairing.limits import DEFAULT_LIMITS, BaseLimits, base_limits_of
from tests.core.pairing.make_city import City, least_cost, limits_with, make_city


def choose(city: City, *, limits: BaseLimits) -> Pairing:
    return choose_bases(
        city.candidates,
        weak=city.weak,
        schools=city.schools,
        taught=city.taught,
        pair_cost=city.pair_cost,
        limits=limits,
    )


def cost_or_none(city: City, *, limits: BaseLimits) -> float | None:
    try:
        return choose(city, limits=limits).cost
    except SettingsError:
        return None


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000), overlap=st.sampled_from(["school", "subject"]),
       low=st.integers(0, 1))  # fmt: skip
def test_the_cost_is_the_least_of_every_choice(seed: int, overlap: str, low: int) -> None:
    """All lists of bases and pairs of a city of four schools are tried one by one."""
    city = make_city(seed)
    limits = limits_with(
        overlap=overlap, cover="any", per_district=low, region={"low": low, "high": 1}
    )
    assert cost_or_none(city, limits=limits) == least_cost(city, limits=limits)


def make_large(seed: int) -> City:
    """Return a city of 24 schools in which every school is a candidate."""
    city = make_city(seed, n_schools=24, n_weak=8)
    filled = city.candidates.fillna({"city_cost": 5.0, "region_cost": 5.0})
    return City(filled, city.weak, city.schools, city.taught, city.pair_cost.fillna(9.0))


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_every_limit_holds(seed: int) -> None:
    city, limits = make_large(seed), base_limits_of(DEFAULT_LIMITS)
    pairing = choose(city, limits=limits)
    assert not check_bases(
        pairing.bases, schools=city.schools, taught=city.taught, limits=limits
    )
    keys = ["school", "subject"]
    bases = set(pairing.bases[keys].itertuples(index=False, name=None))
    helpers = pairing.pairs[["base", "subject"]]
    assert set(helpers.itertuples(index=False, name=None)) <= bases
    assert helpers.value_counts().max() <= 3
    assert pairing.pairs[keys].equals(city.weak[keys])
    assert not bases & set(city.weak[keys].itertuples(index=False, name=None))


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 10_000), factor=st.integers(2, 50))
def test_order_and_unit_of_the_costs_do_not_matter(seed: int, factor: int) -> None:
    city, limits = make_large(seed), base_limits_of(DEFAULT_LIMITS)
    costs = {name: city.candidates[name] * factor for name in ("city_cost", "region_cost")}
    other = City(
        candidates=city.candidates.assign(**costs).sample(frac=1, random_state=seed),
        weak=city.weak[::-1],
        schools=city.schools[::-1],
        taught=city.taught[::-1],
        pair_cost=city.pair_cost[city.pair_cost.columns[::-1]] * factor,
    )
    moved = choose(other, limits=limits).cost
    assert moved == pytest.approx(factor * choose(city, limits=limits).cost)


def test_more_freedom_never_costs_more() -> None:
    city = make_large(3)
    tight = choose(city, limits=base_limits_of(DEFAULT_LIMITS)).cost
    for name, value in (("overlap", "subject"), ("cover", "any"), ("subjects_per_school", 3)):
        free = base_limits_of({**DEFAULT_LIMITS, name: value})
        assert choose(city, limits=free).cost <= tight


def test_nobody_to_help_leaves_the_bases_only() -> None:
    city = make_large(1)
    alone = City(city.candidates, city.weak[:0], city.schools, city.taught, city.pair_cost)
    pairing = choose(alone, limits=base_limits_of(DEFAULT_LIMITS))
    assert pairing.pairs.empty
    assert len(pairing.bases) >= 2 * (2 + 1)


def one_subject(n_schools: int, *, n_weak: int = 0) -> City:
    """Return a city of one district and one subject; the last schools are weak."""
    codes = [f"s{i}" for i in range(n_schools)]
    schools = pd.DataFrame({"school": codes, "stage": "junior", "region": "R"})
    named = schools[["school", "stage"]].assign(subject="math")
    return City(
        candidates=named.assign(city_cost=1.0, region_cost=1.0),
        weak=named[n_schools - n_weak :],
        schools=schools.assign(district="D"),
        taught=pd.DataFrame({"stage": ["junior"], "subject": ["math"]}),
        pair_cost=pd.DataFrame(np.ones((n_schools, n_schools)), index=codes, columns=codes),
    )


@pytest.mark.parametrize(
    ("city", "changes", "message"),
    [
        # Two schools: two city bases leave nobody to be the region base.
        (one_subject(2), {}, r"candidates 2, weak 0\).*city bases for each subject and stage "
         r"\(by 1 is enough\); no region base that is a city base \(by 1 is enough\)\. Widen"),
        # Five bases at most, each helps one: six weak schools are one too many.
        (one_subject(12, n_weak=6), {"weak_per_base": {"low": 0, "high": 1}},
         r"weak 6\).*city bases .*by 1 is enough\).*schools for each base \(by 1 is enough"),
        # No candidate is left for anything: no single limit is the reason.
        (one_subject(1, n_weak=1), {}, r"No single limit is the reason; .*: city bases "
         r".*by 2 is enough\); region bases .*by 1 is enough\); "
         r"bases in each district \(by 1 is enough\)"),
    ],
)  # fmt: skip
def test_limits_that_conflict_are_named_with_what_is_short(
    city: City, changes: dict[str, object], message: str
) -> None:
    with pytest.raises(SettingsError, match=message) as error:
        choose(city, limits=base_limits_of({**DEFAULT_LIMITS, **changes}))
    assert "即可" in error.value.message_zh


def test_schools_that_are_not_on_the_map_are_refused() -> None:
    city = one_subject(6)
    strange = city.candidates.replace({"school": {"s0": "z"}})
    with pytest.raises(DataError, match=r"not on the map: 1 of 6 \(first: z junior\)"):
        choose(
            City(strange, city.weak, city.schools, city.taught, city.pair_cost),
            limits=base_limits_of(DEFAULT_LIMITS),
        )


def test_a_city_without_subjects_needs_nothing() -> None:
    city = one_subject(3)
    empty = City(city.candidates[:0], city.weak, city.schools, city.taught[:0], city.pair_cost)
    pairing = choose(empty, limits=base_limits_of(DEFAULT_LIMITS))
    assert (len(pairing.bases), pairing.cost) == (0, 0.0)
