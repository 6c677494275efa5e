"""Least value of a smooth criterion of a few variables whose gradient is known.

Quasi-Newton steps from several starts, then Newton steps on the gradient from the best of them.
The criterion alone is flat to about the square root of its rounding error; the gradient has a
sign change there, so its root is known to many more digits.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Floats = NDArray[np.float64]
Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
Criterion = Callable[[Floats], tuple[float, Floats]]

STEP = 1e-4
"""Half the distance over which the gradient is differenced for the second derivatives."""

FLAT = 1e-9
"""Curvature, beside the largest, below which a direction is left alone."""

MAX_POLISH = 30


@dataclass(frozen=True, slots=True)
class Minimum:
    """Where the search ended.

    Attributes
    ----------
    point : ndarray, shape (n_variables,)
    value : float
        Of the criterion there.
    gradient : ndarray, shape (n_variables,)
        Of the criterion there; all but 0.
    """

    point: Floats
    value: float
    gradient: Floats


def find_minimum(criterion: Criterion, *, starts: Sequence[Floats], bound: float) -> Minimum:
    """Return the least of the minima that are reached from the starts.

    Parameters
    ----------
    criterion : callable
        Takes a point, shape (n_variables,), and gives its value and gradient.
    starts : sequence of ndarray, shape (n_variables,)
        Not at a point where the gradient is 0 by symmetry.
    bound : float
        No variable goes beyond this size.

    References
    ----------
    Nocedal & Wright (2006). Numerical Optimization, 2nd ed., ch. 3 (Newton), 7 (L-BFGS).

    Examples
    --------
    >>> def bowl(x):
    ...     return float((x**2 - 2) @ (x**2 - 2)), 4 * x * (x**2 - 2)
    >>> find_minimum(bowl, starts=[np.array([1.0])], bound=10.0).point.round(9).tolist()
    [1.414213562]
    """

    def at(point: Vector) -> tuple[float, Floats]:
        return criterion(point)

    box = [(-bound, bound)] * starts[0].size
    found = [
        minimize(
            at,
            start.ravel(),
            jac=True,
            method="L-BFGS-B",
            bounds=box,
            options={"maxiter": 500, "ftol": 1e-13, "gtol": 1e-7},
        )
        for start in starts
    ]
    best = min(found, key=lambda result: float(result.fun))
    return _polished(criterion, best.x)


def _polished(criterion: Criterion, point: Floats) -> Minimum:
    """Take Newton steps as long as each makes the gradient smaller."""
    value, gradient = criterion(point)
    for _ in range(MAX_POLISH):
        ahead = point - _newton_step(criterion, point, gradient=gradient)
        next_value, next_gradient = criterion(ahead)
        is_lower = next_value <= value + 1e-9 * max(1.0, abs(value))
        if not is_lower or np.linalg.norm(next_gradient) >= np.linalg.norm(gradient):
            break
        point, value, gradient = ahead, next_value, next_gradient
    return Minimum(point=point, value=value, gradient=gradient)


def _newton_step(criterion: Criterion, point: Floats, *, gradient: Floats) -> Floats:
    """Return the step to the root of the gradient, in the directions that are not flat."""
    rows = np.array(
        [
            (criterion(point + unit)[1] - criterion(point - unit)[1]) / (2 * STEP)
            for unit in STEP * np.eye(point.size)
        ]
    )
    curvature, direction = np.linalg.eigh((rows + rows.T) / 2)
    steep = np.abs(curvature) > FLAT * np.abs(curvature).max()
    along = direction[:, steep]
    step: Floats = along @ ((along.T @ gradient) / np.abs(curvature[steep]))
    return step
