"""Residuals of pupils along the prior: whether the line is straight, the spread equal.

    e_ij = y_ij - x_ij' beta - u_j

with the estimates of beta and u_j. Over all pupils X'e = 0, so that the residuals have mean 0
and no slope left along any column: what is seen along the prior is a bend. With an error in
the prior, x is its expected true value (regression calibration): the observed one would show a
slope that is the error, not a misfit. With W and E the variances of prior and error inside
schools, and m_j the error to be expected of the school's mean,

    x_ij = prior_ij - m_j - E / W (prior_ij - prior_j)

References
----------
Snijders & Bosker (2012). Multilevel Analysis, 2nd ed., section 10.5 (level-one residuals).
Carroll, Ruppert, Stefanski & Crainiceanu (2006). Measurement Error in Nonlinear Models, ch. 4.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy.special import ndtri

from core.numerics.errors_in_priors import Floats, expected_error_of_sums
from core.numerics.prior_groups import group_by_quantiles
from core.numerics.residual_shape import (
    ResidualShape,
    estimate_residual_groups,
    estimate_residual_shape,
)
from core.numerics.standard_design import standardise_design
from core.standardise import HUNDREDTHS, Population
from core.value_added.diagnostics.fitted import FittedModel
from core.value_added.inputs import require_joint

N_GROUPS, PUPILS_A_GROUP = 20, 50
"""Most groups of the prior, and pupils that each has on average where there are fewer."""

BEND = 0.1
"""Mean residual of a group, in SDs of the residuals, from which on a bend matters."""

FAN = 1.25
"""Ratio of the spreads of the upper and lower third from which on they are not alike."""

Spread = Literal["equal", "wider", "narrower"]


@dataclass(frozen=True, slots=True)
class PupilResiduals:
    """Residuals by group of the prior, and their shape over all pupils.

    Attributes
    ----------
    groups : DataFrame
        group (1 is the lowest prior), prior (mean, unit of the model), n, mean, se, sd.
    shape : ResidualShape
    """

    groups: pd.DataFrame
    shape: ResidualShape


@dataclass(frozen=True, slots=True)
class ResidualFinding:
    """What the groups of the prior say of the line.

    Attributes
    ----------
    group : int or None
        The group that lies furthest off the line, where that is more than chance and more than
        a tenth of an SD of the residuals; None where the line is straight.
    ratio : float or None
        SD of the residuals in the upper third of the groups over that in the lower third; None
        with fewer than three groups.
    spread : {"equal", "wider", "narrower"}
        How the spread goes from low to high priors.
    is_ceiling : bool
        Whether the highest group lies clearly below the line and the spread is narrower.
    """

    group: int | None
    ratio: float | None
    spread: Spread
    is_ceiling: bool


def compute_residuals(model: FittedModel) -> PupilResiduals:
    """Compute the residuals of a model of one prior from its joint histogram.

    Raises
    ------
    SettingsError
        Without the joint histogram of the same prior.
    """
    joint = require_joint(model.inputs)
    n = joint["n"].to_numpy(np.int64)
    prior = joint["prior"].to_numpy(np.int64)
    fitted = model.inputs.rows.loc[model.inputs.matched, "school"]
    school = pd.Index(fitted).get_indexer(joint["school"])
    own = _in_units(joint["prior"], model.inputs.priors[0][1], model)
    expected = _design(model, own, school) @ model.fit.beta + model.fit.effect[school]
    residual = _in_units(joint["current"], model.inputs.current, model) - expected
    wanted = int(np.clip(n.sum() // PUPILS_A_GROUP, 1, N_GROUPS))
    groups = group_by_quantiles(prior, n=n, n_groups=wanted)
    found = estimate_residual_groups(residual, predictor=own, group=groups.group, n=n)
    columns = {"prior": found.predictor, "n": found.n, "mean": found.mean, "se": found.se}
    table = pd.DataFrame({"group": np.arange(1, groups.n_groups + 1), **columns})
    return PupilResiduals(
        groups=table.assign(sd=found.sd), shape=estimate_residual_shape(residual, n=n)
    )


def judge_residuals(groups: pd.DataFrame, *, shape: ResidualShape) -> ResidualFinding:
    """Judge whether the line bends and the spread fans out, from groups that have figures.

    Parameters
    ----------
    groups : DataFrame
        As in ``PupilResiduals``; groups without figures are left out.

    Examples
    --------
    >>> groups = pd.DataFrame({"group": [1, 2, 3], "n": 400, "mean": [0.2, 0.0, -0.2],
    ...                        "se": 0.05, "sd": [1.2, 1.0, 0.8]})
    >>> shape = ResidualShape(skewness=0.0, kurtosis=0.0, sd=1.0, n_pupils=1200)
    >>> judge_residuals(groups, shape=shape)
    ResidualFinding(group=1, ratio=0.667, spread='narrower', is_ceiling=True)
    """
    known = groups[groups["mean"].notna() & (groups["se"] > 0)]
    # One group in twenty would be off by chance at 1.96: the bound is that of all together.
    bound = float(-ndtri(0.025 / max(len(known), 1)))
    clear = (known["mean"].abs() >= bound * known["se"]) & (
        known["mean"].abs() >= BEND * shape.sd
    )
    ratio, spread = _spread(known, shape)
    off = known[clear]
    order = off["mean"].abs().to_numpy(float)
    furthest = None if off.empty else int(off["group"].iloc[int(np.argmax(order))])
    is_low = len(known) > 0 and bool(clear.iloc[-1]) and bool(known["mean"].iloc[-1] < 0)
    return ResidualFinding(furthest, ratio, spread, is_low and spread == "narrower")


def _spread(groups: pd.DataFrame, shape: ResidualShape) -> tuple[float | None, Spread]:
    third = len(groups) // 3
    if not third:
        return None, "equal"
    (low, n_low), (high, n_high) = (_pooled(g) for g in (groups[:third], groups[-third:]))
    # The error of the log of an SD grows with the kurtosis.
    error = np.sqrt((2 + max(shape.kurtosis, 0.0)) / 4 * (1 / n_low + 1 / n_high))
    log_ratio = float(np.log(high / low))
    ratio = round(high / low, 3)
    if abs(log_ratio) < max(np.log(FAN), 3 * error):
        return ratio, "equal"
    return ratio, "wider" if log_ratio > 0 else "narrower"


def _pooled(groups: pd.DataFrame) -> tuple[float, float]:
    """Return the SD inside the groups, and how many pupils it rests on."""
    freedom = groups["n"].to_numpy(float) - 1
    sd = groups["sd"].to_numpy(float)
    return float(np.sqrt((freedom * sd**2).sum() / freedom.sum())), float(freedom.sum())


def _in_units(hundredths: pd.Series, population: Population, model: FittedModel) -> Floats:
    points = hundredths.to_numpy(float) / HUNDREDTHS
    if model.inputs.spec.scale != "z":
        return points
    z: Floats = (points - population.mean) / population.sd
    return z


def _design(model: FittedModel, prior: Floats, school: "np.typing.NDArray[np.intp]") -> Floats:
    """Return the columns of the design of every cell, shape (n_cells, p)."""
    mean = model.moments.xx[:, 0, 1] / model.moments.n
    x = prior - _expected_error(model, prior, school) if model.error.any() else prior
    columns = [np.ones(prior.size), x]
    if len(model.names) > len(columns):
        columns.append(mean[school])
    return np.column_stack(columns)


def _expected_error(
    model: FittedModel, prior: Floats, school: "np.typing.NDArray[np.intp]"
) -> Floats:
    moments, error = model.moments, model.error[1]
    n, sums = moments.n, moments.xx[:, 0, 1]
    within = (moments.xx[:, 1, 1] - sums**2 / n).sum() / (n.sum() - n.size)
    design = standardise_design(moments)
    sd = design.scale[0]
    of_mean = sd * expected_error_of_sums(design, np.array([0.0, error / sd**2]))[:, 1] / n
    mean = sums / n
    found: Floats = of_mean[school] + error / within * (prior - mean[school])
    return found
