"""The linear program: equals the descent, proves itself, refuses what it cannot solve."""

import numpy as np
import pytest

from core.errors import NotEstimableError
from core.numerics.quantile_program import solve_by_program
from core.numerics.quantile_vertex import CellSample, descend, first_vertex
from tests.core.check_loss import check_loss


def rising_cells() -> CellSample:
    """Return 60 cells of 12 rows, scores in whole numbers so that some tie."""
    rng = np.random.default_rng(8)
    x = np.arange(12.0)
    row = np.repeat(np.arange(12), 5)
    y = np.sort(np.rint(4 * x[:, None] + 10 * rng.random((12, 5))) + np.arange(5)).ravel()
    weight = rng.integers(1, 6, 60).astype(float)
    return CellSample(
        design=np.column_stack([np.ones(12), x]),
        row=row,
        y=y.astype(np.float64),
        weight=weight,
        start=np.arange(0, 61, 5),
        before=np.r_[0.0, np.cumsum(weight)],
    )


@pytest.mark.parametrize("tau", [0.005, 0.35, 0.995])
def test_its_loss_equals_that_of_the_descent(tau: float) -> None:
    cells = rising_cells()
    lowest = descend(cells, first_vertex(cells, tau=tau), tau=tau, max_steps=1000)
    assert lowest is not None
    losses = [
        check_loss(cells.y - fit[cells.row], weight=cells.weight, tau=tau)
        for fit in (lowest.fit, solve_by_program(cells, tau=tau).fit)
    ]
    assert losses[1] == pytest.approx(losses[0], rel=1e-9)


@pytest.mark.parametrize("tau", [0.005, 0.35, 0.995])
def test_its_pulls_balance_and_add_up_to_the_loss(tau: float) -> None:
    cells = rising_cells()
    solution = solve_by_program(cells, tau=tau)
    loss = check_loss(cells.y - solution.fit[cells.row], weight=cells.weight, tau=tau)
    assert solution.pull @ cells.y == pytest.approx(loss, rel=1e-9)
    assert solution.pull @ cells.design[cells.row] == pytest.approx(np.zeros(2), abs=1e-9)


def test_cells_without_an_answer_are_refused_with_their_count() -> None:
    cells = rising_cells()
    cells.weight[3] = -1.0  # a lower limit above the upper one leaves nothing to choose
    with pytest.raises(NotEstimableError, match=r"quantile 0\.25 .* over 60 cells"):
        solve_by_program(cells, tau=0.25)
