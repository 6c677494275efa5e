"""Makes a county of linked pupils and the statistics that an estimator reads, for tests."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.standardise import Population, population_of
from core.tables import JOINT_HISTOGRAM
from core.value_added import (
    ReliabilitySpec,
    Scale,
    ValueAdded,
    ValueAddedSpec,
    compute_value_added,
)
from tests.core.make_moments import make_histogram, make_moments

FIGURES = ["estimate", "se_conditional", "se_prediction", "low", "high", "reliability", "index"]


@dataclass(frozen=True, slots=True)
class County:
    """Pupils (school, prior, current in hundredths) with the populations of both exams."""

    pupils: pd.DataFrame

    @property
    def joint(self) -> pd.DataFrame:
        matched = self.pupils.dropna().astype({"prior": "int64", "current": "int64"})
        counted = matched.groupby(["school", "prior", "current"]).size().rename("n")
        return JOINT_HISTOGRAM.require(counted.reset_index().assign(subject="math"))

    @property
    def moments(self) -> pd.DataFrame:
        pupils = self.pupils
        return make_moments(pupils["school"], current=pupils["current"], prior=pupils["prior"])

    @property
    def current(self) -> Population:
        return population(self.pupils["current"])

    @property
    def prior(self) -> Population:
        return population(self.pupils["prior"])

    def value_added(self, method: str, **settings: object) -> ValueAdded:
        """Compute the value-added by a method; settings go to the spec."""
        given = {"scale": scale_of(method), **settings}
        reliability = given.get("reliability")
        if isinstance(reliability, float):
            given["reliability"] = ReliabilitySpec((reliability,))
        return compute_value_added(
            self.moments,
            current=self.current,
            priors=(("last term", self.prior),),
            spec=ValueAddedSpec(method=method, **given),  # type: ignore[arg-type]
            joint=self.joint,
        )


def population(score: pd.Series) -> Population:
    """Return the population of scores in hundredths."""
    return population_of(make_histogram(score.dropna().astype("int64")))["math"]


def make_county(
    seed: int, *, n_schools: int = 12, error: float = 5.0, effect: float = 4.0
) -> County:
    """Draw pupils of schools that differ in intake and effect; ``error`` is the prior's SD."""
    rng = np.random.default_rng(seed)
    number = np.repeat(np.arange(n_schools), rng.integers(20, 60, size=n_schools))
    ability = rng.normal(size=number.size) + 0.5 * rng.normal(size=n_schools)[number]
    added = effect * rng.normal(size=n_schools)
    prior = 70 + 12 * ability + error * rng.normal(size=number.size)
    current = 80 + 15 * ability + added[number] + 8 * rng.normal(size=number.size)
    pupils = {
        "school": [f"S{j:03d}" for j in number],
        "prior": (prior * 100).round(),
        "current": (current * 100).round(),
    }
    return County(pd.DataFrame(pupils))


def scale_of(method: str) -> Scale:
    """Return the unit in which a method is told by default."""
    return "percentile" if method == "growth_percentile" else "z"


def by_school(result: ValueAdded) -> pd.DataFrame:
    """Return the SCHOOL_EFFECTS rows in the order of the schools."""
    return result.schools.set_index("school").sort_index()
