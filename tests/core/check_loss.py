"""The check loss and its minimum by a plain linear program, for tests."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

Floats = NDArray[np.float64]


def check_loss(residual: Floats, *, weight: Floats, tau: float) -> float:
    """Return sum w r (tau - [r < 0])."""
    return float(np.sum(weight * np.where(residual < 0, tau - 1, tau) * residual))


def least_check_loss(x: Floats, *, y: Floats, weight: Floats, tau: float) -> float:
    """Return the least check loss; each residual is a part above less a part below."""
    n, p = x.shape
    solved = linprog(
        np.r_[np.zeros(p), tau * weight, (1 - tau) * weight],
        A_eq=np.column_stack([x, np.eye(n), -np.eye(n)]),
        b_eq=y,
        bounds=[(None, None)] * p + [(0, None)] * (2 * n),
        method="highs",
    )
    assert solved.fun is not None
    return float(solved.fun)
