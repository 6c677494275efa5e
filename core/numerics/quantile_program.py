"""The least check loss as a linear program, for the rare case that descent does not settle.

Quantile regression is the dual program

    maximise sum_i y_i a_i    subject to    X'a = 0,    (tau - 1) w_i <= a_i <= tau w_i

whose prices of the p equations are the coefficients. It takes tens of times longer than going
from vertex to vertex, and does not mind ties.

References
----------
Koenker (2005). Quantile Regression, section 6.2. Huangfu & Hall (2018). Parallelizing the dual
revised simplex method. Mathematical Programming Computation 10, 119-142 (HiGHS).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import NotEstimableError
from core.numerics.quantile_vertex import CellSample

Floats = NDArray[np.float64]

ON_THE_FIT = 1e-6
"""Distance from the fit, in parts of the range of y, that the solver does not tell from 0."""


@dataclass(frozen=True, slots=True)
class ProgramSolution:
    """Minimum of the check loss, and what proves it.

    Attributes
    ----------
    fit : ndarray, shape (n_rows,)
        Fitted values, through the cells that the solver puts on the fit.
    pull : ndarray, shape (n_cells,)
        The dual variable a_i of each cell.
    """

    fit: Floats
    pull: Floats


def solve_by_program(sample: CellSample, *, tau: float) -> ProgramSolution:
    """Find the least check loss with the dual simplex of HiGHS.

    Parameters
    ----------
    sample : CellSample
        Cells; the fit may meet any number of them.
    tau : float
        Above 0 and below 1.

    Raises
    ------
    NotEstimableError
        When the solver gives up.

    Examples
    --------
    >>> start, before = np.array([0, 3]), np.array([0.0, 1.0, 2.0, 6.0])
    >>> row, y, weight = np.zeros(3, int), np.array([1.0, 2.0, 9.0]), np.array([1.0, 1.0, 4.0])
    >>> cells = CellSample(np.ones((1, 1)), row, y, weight, start, before)
    >>> solve_by_program(cells, tau=0.25).fit.tolist()
    [2.0]
    """
    from scipy.optimize import linprog  # slow to import, and hardly ever needed

    middle, range_ = float(np.mean(sample.y)), float(np.ptp(sample.y))
    y, design = (sample.y - middle) / (range_ or 1.0), sample.design[sample.row]
    weight = sample.weight / sample.weight.max()
    solved = linprog(
        -y,
        A_eq=design.T,
        b_eq=np.zeros(design.shape[1]),
        bounds=list(zip((tau - 1) * weight, tau * weight, strict=True)),
        method="highs-ds",
    )
    if solved.x is None:
        raise NotEstimableError(
            f"The quantile {tau:g} was not found over {y.size} cells ({solved.message}). The "
            "scores leave it open. Widen the cohort, or choose another pair of exams.",
            f"在 {y.size} 个成绩组合上未能求得分位数 {tau:g}（{solved.message}）。"
            "这些成绩不足以确定它。请扩大范围，或换一对考试。",
        )
    off = np.abs(y + design @ solved.eqlin.marginals)
    on = off <= ON_THE_FIT
    # The cells on the fit determine it; solving for them again gives back the last digits.
    exact, *_ = np.linalg.lstsq(design[on], sample.y[on], rcond=None)
    return ProgramSolution(
        fit=sample.design @ exact, pull=solved.x * float(sample.weight.max())
    )
