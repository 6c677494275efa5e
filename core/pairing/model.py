"""The choice of bases and pairs as a mixed-integer programme: columns, rows, and their limits.

Columns are 0 or 1: first ``options`` (a school becomes city or region base of a subject), then
``links`` (a base helps a weak school in its subject). Every row belongs to a family of limits,
so that a family can be given up to see whether it is the one that conflicts.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from core.pairing.check import SUBJECT_KEY, wanted_keys
from core.pairing.limits import BaseLimits, Cover, Overlap

Floats = NDArray[np.float64]

BASE_KEY = ["school", *SUBJECT_KEY]
LINKED = "linked"
"""Family of what no limit is: only a base can help. It is never given up."""


@dataclass(frozen=True, slots=True)
class Row:
    """One limit: low <= sum of coefficient x column <= high."""

    family: str
    columns: list[int]
    coefficients: list[float]
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Model:
    """The programme.

    Attributes
    ----------
    options : DataFrame
        School, stage, subject, region, district, level, cost; one row per column of the first
        kind.
    links : DataFrame
        ``weak`` (row of the weak table), school and stage and subject of the base, cost.
    rows : tuple of Row
    """

    options: pd.DataFrame
    links: pd.DataFrame
    rows: tuple[Row, ...]

    @property
    def cost(self) -> Floats:
        """Cost of each column, shape (n_columns,)."""
        costs: Floats = pd.concat([self.options["cost"], self.links["cost"]]).to_numpy(float)
        return costs

    def matrix(self) -> sparse.csr_array:
        """Return the coefficients, shape (n_rows, n_columns)."""
        place = np.repeat(np.arange(len(self.rows)), [len(row.columns) for row in self.rows])
        column = [column for row in self.rows for column in row.columns]
        value = [value for row in self.rows for value in row.coefficients]
        shape = (len(self.rows), len(self.options) + len(self.links))
        return sparse.csr_array((np.array(value, dtype=float), (place, column)), shape=shape)


def build_model(
    candidates: pd.DataFrame,
    *,
    weak: pd.DataFrame,
    schools: pd.DataFrame,
    taught: pd.DataFrame,
    pair_cost: pd.DataFrame,
    limits: BaseLimits,
) -> Model:
    """Return the programme of tables that were checked already."""
    options = _options(candidates, weak=weak, schools=schools)
    links = _links(options, weak=weak, pair_cost=pair_cost)
    wanted = wanted_keys(schools, taught=taught)
    rows = [
        *_base_counts(options, wanted=wanted, limits=limits),
        *_school_rows(options, limits=limits),
        *_helping(options, links, limits=limits),
        *_all_paired(links, weak=weak, first=len(options)),
    ]
    return Model(options=options, links=links, rows=tuple(rows))


def _options(
    candidates: pd.DataFrame, *, weak: pd.DataFrame, schools: pd.DataFrame
) -> pd.DataFrame:
    """Return possible bases; a school is none of a subject in which it is to be helped."""
    weak_keys = pd.MultiIndex.from_frame(weak[BASE_KEY])
    able = candidates[~pd.MultiIndex.from_frame(candidates[BASE_KEY]).isin(weak_keys)]
    costs = {"city_cost": "city", "region_cost": "region"}
    long = able.rename(columns=costs).melt(
        id_vars=BASE_KEY, value_vars=list(costs.values()), var_name="level", value_name="cost"
    )
    named = long.dropna(subset="cost").merge(schools, on=["school", "stage"])
    return named.sort_values([*BASE_KEY, "level"], ignore_index=True)


def _links(
    options: pd.DataFrame, *, weak: pd.DataFrame, pair_cost: pd.DataFrame
) -> pd.DataFrame:
    """Return possible pairs: the same subject and stage, and a cost that is given."""
    helped = weak.reset_index(drop=True).rename_axis("weak").reset_index()
    bases = options[BASE_KEY].drop_duplicates()
    pairs = helped.merge(bases, on=SUBJECT_KEY, suffixes=("_weak", ""))
    table = pair_cost.rename_axis(index="school_weak", columns=None).reset_index()
    flat = table.melt(id_vars="school_weak", var_name="school", value_name="cost")
    priced = pairs.merge(flat.dropna(), on=["school_weak", "school"])
    apart = priced[priced["school_weak"] != priced["school"]]
    return apart.sort_values(["weak", "school"], ignore_index=True)


def _base_counts(
    options: pd.DataFrame, *, wanted: pd.DataFrame, limits: BaseLimits
) -> Iterator[Row]:
    """Limit the number of bases in every group that wants them, also where nobody can be."""
    city, region = options[options["level"] == "city"], options[options["level"] == "region"]
    for columns in _by_group(city, SUBJECT_KEY, wanted=wanted):
        yield _sum("city_bases", columns, limits.city.low, limits.city.high)
    for columns in _by_group(region, ["region", *SUBJECT_KEY], wanted=wanted):
        yield _sum("region_bases", columns, limits.region.low, limits.region.high)
    counted = options if limits.cover is Cover.ANY else region
    for columns in _by_group(counted, ["district", "subject"], wanted=wanted):
        yield _sum("district_cover", columns, limits.per_district, np.inf)


def _school_rows(options: pd.DataFrame, *, limits: BaseLimits) -> Iterator[Row]:
    for columns in _groups(options, ["school"]).values():
        yield _sum("subjects_per_school", columns, 0, limits.subjects_per_school)
    key = ["school"] if limits.overlap is Overlap.SCHOOL else BASE_KEY
    city = _groups(options[options["level"] == "city"], key)
    region = _groups(options[options["level"] == "region"], key)
    for shared in [group for group in city if group in region]:
        for pair in product(city[shared], region[shared]):
            yield _sum("overlap", list(pair), 0, 1)


def _helping(
    options: pd.DataFrame, links: pd.DataFrame, *, limits: BaseLimits
) -> Iterator[Row]:
    """Let only bases help, and each of them no fewer and no more than it can."""
    helped = _groups(links, BASE_KEY, first=len(options))
    for base, own in _groups(options, BASE_KEY).items():
        links_of_base = helped.get(base, [])
        for link in links_of_base:
            yield Row(LINKED, [link, *own], [1.0, *[-1.0] * len(own)], -np.inf, 0.0)
        for bound, low, high in (
            (limits.weak_per_base.low, 0.0, np.inf),
            (limits.weak_per_base.high, -np.inf, 0.0),
        ):
            coefficients = [1.0] * len(links_of_base) + [-float(bound)] * len(own)
            yield Row("weak_per_base", [*links_of_base, *own], coefficients, low, high)


def _all_paired(links: pd.DataFrame, *, weak: pd.DataFrame, first: int) -> Iterator[Row]:
    own = _groups(links, ["weak"], first=first)
    for place in range(len(weak)):
        yield _sum("all_paired", own.get((place,), []), 1, 1)


def _by_group(
    options: pd.DataFrame, key: list[str], *, wanted: pd.DataFrame
) -> Iterator[list[int]]:
    groups = _groups(options, key)
    for group in wanted[key].drop_duplicates().itertuples(index=False, name=None):
        yield groups.get(group, [])


def _groups(
    frame: pd.DataFrame, key: list[str], *, first: int = 0
) -> dict[tuple[Hashable, ...], list[int]]:
    """Return the columns of each group; ``frame`` keeps the index of its whole table."""
    places: dict[tuple[Hashable, ...], list[int]] = {}
    for place, group in zip(frame.index, frame[key].itertuples(index=False), strict=True):
        places.setdefault(tuple(group), []).append(first + int(place))
    return places


def _sum(family: str, columns: list[int], low: float, high: float) -> Row:
    return Row(family, columns, [1.0] * len(columns), float(low), float(high))
