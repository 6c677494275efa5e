"""Composites of what a View of weights holds, anew for every move of a weight.

Nothing is kept between two moves; all figures follow from the view, the scheme and one seed.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.weighting.agreement import SchemeAgreement, compare_all
from core.weighting.composite import Composite, compute_composite, refine_composite
from core.weighting.gains import compute_gains
from core.weighting.prepare import WideIndicators
from core.weighting.scheme import WeightScheme
from core.weighting.scheme_changes import SchemeChanges, compare_schemes
from core.weighting.school_flips import compute_flips
from core.weighting.sensitivity import Perturbation
from core.weighting.smaa import AnyWeights, compute_any_weights
from pipeline.compute_weak_schools import SEED
from pipeline.views import WeightingView

PERTURBATION = Perturbation()
_NO_DRAWS = Perturbation(n_draws=1)
"""Where only the ranks themselves are asked for."""


@dataclass(frozen=True, slots=True)
class Compared:
    """The schools of a comparison group with the figures of some indicators."""

    wide: WideIndicators
    groups: pd.Series


def compared(view: WeightingView, group: str, *, keys: Collection[str]) -> Compared:
    """Return the schools of a group with the figures of these indicators."""
    own = view.schools["group"] == group
    schools = pd.Index(view.schools.loc[own, "school"], name="unit")
    columns = list(keys)
    value = view.figures.loc[own, columns].set_axis(schools)
    status = view.statuses.loc[own, columns].astype("str").set_axis(schools)
    return Compared(WideIndicators(value, status), pd.Series(group, index=schools))


def refined(schools: Compared, scheme: WeightScheme) -> Iterator[Composite]:
    """Yield the composite after every 2,000 draws of weights, up to 10,000."""
    return refine_composite(
        schools.wide,
        scheme=scheme,
        groups=schools.groups,
        perturbation=PERTURBATION,
        rng=np.random.default_rng(SEED),
    )


def composite_of(schools: Compared, scheme: WeightScheme) -> Composite:
    """Return the composite after all draws of weights."""
    *_, last = refined(schools, scheme)
    return last


def changes(
    view: WeightingView, group: str, *, first: WeightScheme, second: WeightScheme
) -> SchemeChanges:
    """Return who moves from one scheme to another, and how far both agree."""
    found = ranked(view, group, {"first": first, "second": second})
    return compare_schemes(found["first"], other=found["second"])


def gains(view: WeightingView, moves: SchemeChanges) -> pd.DataFrame:
    """Return how schools of one type, place or size move, as GAINS rows."""
    return compute_gains(moves.units, traits=traits_of(view))


def traits_of(view: WeightingView) -> pd.DataFrame:
    """Return type, place and third of size of every school, indexed by school."""
    schools = view.schools.set_index("school")
    third = schools.groupby("group")["n_pupils"].rank(pct=True, method="average")
    size = pd.cut(
        third.astype(float), [0, 1 / 3, 2 / 3, 1], labels=["small", "medium", "large"]
    )
    return schools[["school_type", "locale"]].assign(
        size=size.astype("str").where(size.notna())
    )


def flips(schools: Compared, scheme: WeightScheme, *, of: Collection[str]) -> pd.DataFrame:
    """Return which change of one weight takes each of these schools across the line."""
    return compute_flips(schools.wide, scheme=scheme, groups=schools.groups, of=of)


def any_weights(schools: Compared, scheme: WeightScheme) -> AnyWeights:
    """Return the ranks under any weights at all."""
    return compute_any_weights(
        schools.wide,
        scheme=scheme,
        groups=schools.groups,
        n_draws=PERTURBATION.n_draws,
        rng=np.random.default_rng(SEED),
    )


def agreement(
    view: WeightingView, group: str, schemes: Mapping[str, WeightScheme]
) -> SchemeAgreement:
    """Return how far several schemes agree."""
    return compare_all(ranked(view, group, schemes))


def ranked(
    view: WeightingView, group: str, schemes: Mapping[str, WeightScheme]
) -> dict[str, pd.DataFrame]:
    """Return the COMPOSITES rows of each scheme."""
    found = {}
    for name, scheme in schemes.items():
        schools = compared(view, group, keys=scheme.keys)
        found[name] = compute_composite(
            schools.wide,
            scheme=scheme,
            groups=schools.groups,
            perturbation=_NO_DRAWS,
            rng=np.random.default_rng(SEED),
        ).units
    return found
