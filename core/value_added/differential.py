"""Differential effectiveness: a school's effect on pupils of each fifth of the prior score.

The pupils of the county are divided at the quintiles of their prior, and the estimator is
fitted within each fifth on its own. A school can do well by pupils who start low and less well
by those who start high; a fifth of a school is few pupils, so most such differences are chance.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from core.errors import NotEstimableError, SettingsError
from core.numerics.prior_groups import group_by_quantiles
from core.standardise import Population
from core.tables import JOINT_HISTOGRAM
from core.value_added.compute import compute_value_added
from core.value_added.joint_moments import moments_of_joint
from core.value_added.spec import Method, Prior, ValueAddedSpec
from core.value_added.unshrunken import residual_means

N_FIFTHS = 5

WITHIN_FIFTHS: tuple[Method, ...] = ("random_intercept", "contextual", "prior_group")
"""The estimators that hold among pupils chosen by their prior score. A given reliability does
not, since errors are not independent of a score that was chosen by; nor does a change of z,
which is below 0 for whoever starts high."""

_EFFECTS = ["estimate", "se_prediction", "low", "high", "reliability", "index"]
_FIGURES = [*_EFFECTS, "residual", "se_residual"]


def compute_differential(
    joint: pd.DataFrame,
    *,
    current: Population,
    prior: Prior,
    spec: ValueAddedSpec,
    min_pupils: int,
) -> pd.DataFrame:
    """Compute the effect of every school on each fifth of the prior score.

    Parameters
    ----------
    joint : DataFrame
        JOINT_HISTOGRAM rows of one subject. All of them together are the population.
    current : Population
        Of the subject in the current exam.
    prior : tuple of (str, Population)
        Of the prior.
    spec : ValueAddedSpec
        Estimator and unit; coverage is not judged, as fifths of the unmatched are not known.
    min_pupils : int
        Fewest pupils of a cell that has figures and a count.

    Returns
    -------
    DataFrame
        One row per school and fifth with pupils: school, quintile (1 is the lowest start),
        n (null where thin), estimate, se_prediction, low, high (95 % interval), reliability,
        index, residual, se_residual (as found, not shrunken), verdict, status (ok
        not_estimable). Fewer than five fifths where ties merged some.

    Raises
    ------
    SettingsError
        When the estimator does not hold among pupils chosen by their prior.
    NotEstimableError
        Without pupils.

    Examples
    --------
    >>> cell = np.arange(40)
    >>> joint = pd.DataFrame({"subject": "math", "school": np.where(cell % 4 < 2, "A", "B"),
    ...     "prior": 100 * cell, "current": 80 * cell + 900 * (cell % 4 < 2), "n": 1})
    >>> joint["current"] += np.random.default_rng(1).integers(0, 400, size=40)
    >>> unit = Population(0.0, 1.0)
    >>> spec = ValueAddedSpec(method="random_intercept", scale="raw")
    >>> table = compute_differential(joint, current=unit, prior=("entry", unit), spec=spec,
    ...                              min_pupils=4)
    >>> table.loc[table["school"] == "A", "estimate"].round(0).tolist()
    [3.0, 4.0, 6.0, 4.0, 5.0]
    """
    JOINT_HISTOGRAM.require(joint)
    if spec.method not in WITHIN_FIFTHS:
        raise SettingsError(
            f"Method {spec.method!r} does not hold within fifths of the prior score. Choose "
            f"one of the {len(WITHIN_FIFTHS)}: {', '.join(WITHIN_FIFTHS)}.",
            f"方法 {spec.method!r} 不适用于按起点五等分的比较。"
            f"请在 {len(WITHIN_FIFTHS)} 种方法中选择：{'、'.join(WITHIN_FIFTHS)}。",
        )
    n_pupils = int(joint["n"].sum())
    if not n_pupils:
        raise NotEstimableError(
            f"Matched pupils with prior and current score: {n_pupils}. Fifths need at least "
            "one pupil. Choose exams whose pupils can be linked.",
            f"既有前测又有本次成绩的学生为 {n_pupils} 名。五等分至少需要 1 名学生。"
            "请选择学生可以衔接的两次考试。",
        )
    groups = group_by_quantiles(
        joint["prior"].to_numpy(np.int64), n=joint["n"].to_numpy(np.int64), n_groups=N_FIFTHS
    )
    lenient = replace(spec, min_coverage=0.0)
    parts = []
    for fifth in range(groups.n_groups):
        part = joint[groups.group == fifth]
        schools = _of_fifth(part, current=current, prior=prior, spec=lenient)
        parts.append(schools.assign(quintile=fifth + 1))
    return _thinned(pd.concat(parts, ignore_index=True), min_pupils=min_pupils)


def _of_fifth(
    joint: pd.DataFrame, *, current: Population, prior: Prior, spec: ValueAddedSpec
) -> pd.DataFrame:
    """Return the schools of one fifth, without figures where it cannot be estimated."""
    moments = moments_of_joint(joint)
    try:
        result = compute_value_added(
            moments, current=current, priors=(prior,), spec=spec, joint=joint
        )
    except NotEstimableError:
        empty = moments[["school", "n"]].reindex(columns=["school", "n", *_FIGURES])
        return empty.assign(verdict=pd.Series(dtype="str"), status="not_estimable")
    means = residual_means(result, moments=moments, current=current, prior=prior[1])
    effects = result.schools[["school", "n", *_EFFECTS, "verdict", "status"]]
    return effects.merge(means, on="school", how="left")


def _thinned(schools: pd.DataFrame, *, min_pupils: int) -> pd.DataFrame:
    """Take figures and count out of cells with few pupils, which took part in the fit."""
    thin = schools["n"] < min_pupils
    for name in (*_FIGURES, "verdict"):
        schools[name] = schools[name].mask(thin)
    schools["n"] = schools["n"].astype("Int64").mask(thin)
    schools["status"] = schools["status"].mask(thin, "not_estimable").astype("str")
    columns = ["school", "quintile", "n", *_FIGURES, "verdict", "status"]
    return schools.sort_values(["school", "quintile"], ignore_index=True)[columns]
