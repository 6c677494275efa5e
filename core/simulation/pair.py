"""An entry test and a later exam of a simulated county, in numbers only, for many seeds."""

from dataclasses import dataclass, replace

import numpy as np

from core.simulation.cohort import (
    TERMS,
    Floats,
    Indices,
    follow_cohort,
    make_effects,
    true_value_added,
)
from core.simulation.organisation import make_stages
from core.simulation.spec import CountySpec
from core.standardise import HUNDREDTHS, Population


@dataclass(frozen=True, slots=True)
class SimulatedPair:
    """The pupils of one cohort who have a score in the later exam, in one subject.

    Attributes
    ----------
    school : ndarray, shape (n_pupils,)
        Index of the pupil's school at the later exam, 0 to n_schools - 1.
    prior : ndarray, shape (n_pupils,)
        Score of the entry test, hundredths; NaN for a pupil without one.
    current : ndarray, shape (n_pupils,)
        Score of the later exam, hundredths.
    prior_population, current_population : Population
        Mean and SD over all scores of the entry test, and of the later exam.
    value_added : ndarray, shape (n_schools,)
        The truth, population SD of the later exam; NaN for a school without matched pupils.
    """

    school: Indices
    prior: Floats
    current: Floats
    prior_population: Population
    current_population: Population
    value_added: Floats


def simulate_pair(
    spec: CountySpec, rng: np.random.Generator, *, term: int = TERMS
) -> SimulatedPair:
    """Simulate a junior cohort in the first junior subject, by the same model as a county.

    Parameters
    ----------
    spec : CountySpec
        Its junior schools are used, among them all its declining schools.
    rng : numpy.random.Generator
        Source of all chance.
    term : int
        The later exam, 1 to 6 terms after the entry test.
    """
    narrow = replace(spec, n_primary=0, junior_subjects=spec.junior_subjects[:1])
    (stage,) = make_stages(narrow, rng=rng)
    effects = make_effects(stage, narrow, rng=rng, n_declining=narrow.n_declining)
    entry, later = follow_cohort(
        stage, narrow, effects=effects, rng=rng, start=0, terms=(0, term)
    )
    prior = np.full(1 + int(max(entry.pupil.max(), later.pupil.max())), np.nan)
    sat_entry, sat = entry.present[:, 0], later.present[:, 0]
    prior[entry.pupil[sat_entry]] = entry.score[sat_entry, 0]
    current = later.score[sat, 0].astype(np.float64)
    return SimulatedPair(
        school=later.school[sat],
        prior=prior[later.pupil[sat]],
        current=current,
        prior_population=_population(prior[~np.isnan(prior)]),
        current_population=_population(current),
        value_added=true_value_added(entry, later, n_schools=len(stage.schools))[:, 0],
    )


def _population(score: Floats) -> Population:
    return Population(mean=score.mean() / HUNDREDTHS, sd=score.std() / HUNDREDTHS)
