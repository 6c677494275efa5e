"""Small cities at random, and every choice of bases and pairs in them one by one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from core.pairing.limits import DEFAULT_LIMITS, BaseLimits, base_limits_of

SMALL_LIMITS: Mapping[str, object] = {
    **DEFAULT_LIMITS,
    "city": {"low": 1, "high": 2},
    "region": {"low": 1, "high": 1},
    "weak_per_base": {"low": 0, "high": 1},
}


@dataclass(frozen=True)
class City:
    """What a choice of bases takes."""

    candidates: pd.DataFrame
    weak: pd.DataFrame
    schools: pd.DataFrame
    taught: pd.DataFrame
    pair_cost: pd.DataFrame


def limits_with(**changes: object) -> BaseLimits:
    """Return the small limits with settings changed."""
    return base_limits_of({**SMALL_LIMITS, **changes})


def make_city(seed: int, *, n_schools: int = 4, n_weak: int = 2) -> City:
    """Return a city of two districts and two subjects, every school a candidate for most."""
    rng = np.random.default_rng(seed)
    codes = [f"s{i}" for i in range(n_schools)]
    schools = pd.DataFrame({"school": codes, "stage": "junior", "region": "R"})
    taught = pd.DataFrame({"stage": "junior", "subject": ["chinese", "math"]})
    named = schools[["school", "stage"]].merge(taught, on="stage")
    costs = rng.integers(1, 9, size=(len(named), 2)).astype(float)
    costs[rng.random(size=costs.shape) < 0.2] = np.nan
    pairs = rng.integers(1, 9, size=(n_schools, n_schools)).astype(float)
    pairs[rng.random(size=pairs.shape) < 0.1] = np.nan
    weak = named.sample(n_weak, random_state=seed).reset_index(drop=True)
    return City(
        candidates=named.assign(city_cost=costs[:, 0], region_cost=costs[:, 1]),
        weak=weak,
        schools=schools.assign(district=[f"D{i % 2}" for i in range(n_schools)]),
        taught=taught,
        pair_cost=pd.DataFrame(pairs, index=codes, columns=codes),
    )


def least_cost(city: City, *, limits: BaseLimits) -> float | None:
    """Return the least cost over every choice that keeps the limits; None without any."""
    district = dict(city.schools[["school", "district"]].itertuples(index=False, name=None))
    subjects = [str(subject) for subject in city.taught["subject"]]
    weak = list(city.weak[["school", "subject"]].itertuples(index=False, name=None))
    price = {
        (str(own), str(base)): float(cost)
        for own, row in city.pair_cost.to_dict("index").items()
        for base, cost in row.items()
        if own != base and not np.isnan(cost)
    }
    costs = [
        cost + help_cost
        for bases, cost in _choices(city)
        if _keeps_limits(bases, district=district, subjects=subjects, limits=limits)
        and (help_cost := _least_help(weak, bases=bases, price=price, limits=limits))
        is not None
    ]
    return min(costs, default=None)


Base = tuple[str, str, str]
"""School, subject, level."""


def _choices(city: City) -> Iterator[tuple[list[Base], float]]:
    """Yield every list of bases with its cost: each candidate is none, city, or region."""
    weak = set(city.weak[["school", "subject"]].itertuples(index=False, name=None))
    options: list[list[tuple[Base | None, float]]] = []
    for row in city.candidates.to_dict("records"):
        key, levels = (row["school"], row["subject"]), ("city", "region")
        costs = [(level, float(row[f"{level}_cost"])) for level in levels if key not in weak]
        bases = [((*key, level), cost) for level, cost in costs if not np.isnan(cost)]
        options.append([(None, 0.0), *bases])
    for choice in product(*options):
        yield [base for base, _ in choice if base], sum(cost for _, cost in choice)


def _keeps_limits(
    bases: list[Base], *, district: dict[str, str], subjects: list[str], limits: BaseLimits
) -> bool:
    """Whether a list of bases keeps every limit; a city of one region and one stage."""
    for subject in subjects:
        levels = [level for _, of, level in bases if of == subject]
        if not limits.city.holds(levels.count("city")):
            return False
        if not limits.region.holds(levels.count("region")):
            return False
    counted = [base for base in bases if base[2] == "region" or limits.cover == "any"]
    covers = [(district[school], subject) for school, subject, _ in counted]
    if any(
        covers.count(pair) < limits.per_district
        for pair in product(set(district.values()), subjects)
    ):
        return False
    schools = [school for school, _, _ in bases]
    if any(schools.count(school) > limits.subjects_per_school for school in schools):
        return False
    at = {level: {school for school, _, of in bases if of == level} for level in LEVELS}
    return limits.overlap == "subject" or not at["city"] & at["region"]


LEVELS = ("city", "region")


def _least_help(
    weak: list[tuple[str, str]],
    *,
    bases: list[Base],
    price: dict[tuple[str, str], float],
    limits: BaseLimits,
) -> float | None:
    """Return the least cost of a base for each weak subject; None where there is none."""
    costs = []
    for helpers in product(range(len(bases)), repeat=len(weak)):
        loads = [helpers.count(place) for place in range(len(bases))]
        pairs = [(own, bases[place]) for own, place in zip(weak, helpers, strict=True)]
        fit = all(own[1] == base[1] and (own[0], base[0]) in price for own, base in pairs)
        if fit and all(map(limits.weak_per_base.holds, loads)):
            costs.append(sum(price[own[0], base[0]] for own, base in pairs))
    return min(costs, default=None)
