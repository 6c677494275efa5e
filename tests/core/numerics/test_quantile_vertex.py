"""Descent from vertex to vertex: by hand, from any start, and when it has to give up."""

import numpy as np
import pytest

from core.numerics.quantile_vertex import (
    CellSample,
    descend,
    first_vertex,
    multipliers,
)

MANY = 1000


def one_row(y: list[float], weight: list[float]) -> CellSample:
    """Return the cells of an intercept alone."""
    return CellSample(
        design=np.ones((1, 1)),
        row=np.zeros(len(y), dtype=np.int64),
        y=np.array(y),
        weight=np.array(weight),
        start=np.array([0, len(y)]),
        before=np.r_[0.0, np.cumsum(weight)],
    )


def noisy_line(*, n_rows: int, per_row: int) -> CellSample:
    rng = np.random.default_rng(3)
    x = np.sort(rng.uniform(0, 1, n_rows))
    row = np.repeat(np.arange(n_rows), per_row)
    y = np.sort(rng.normal(5 * x[:, None], 1, (n_rows, per_row)), axis=1).ravel()
    weight = rng.integers(1, 9, y.size).astype(float)
    start = np.arange(0, y.size + 1, per_row)
    before = np.r_[0.0, np.cumsum(weight)]
    return CellSample(np.column_stack([np.ones(n_rows), x]), row, y, weight, start, before)


def test_the_quantile_of_one_row_is_the_cell_in_which_the_weight_is_reached() -> None:
    sample = one_row([1.0, 2.0, 3.0, 4.0], [5.0, 1.0, 1.0, 3.0])
    start = first_vertex(sample, tau=0.95)
    assert start.fit.tolist() == [4.0]
    lowest = descend(sample, start, tau=0.55, max_steps=MANY)
    assert lowest is not None
    assert (lowest.fit.tolist(), lowest.basis.tolist()) == ([2.0], [1])
    # 5 pupils below pull down by 0.45 each, 4 above pull up by 0.55 each: 0.05 is left.
    assert multipliers(sample, lowest, tau=0.55) == pytest.approx([0.05])


@pytest.mark.parametrize("tau", [0.005, 0.3, 0.505, 0.995])
def test_every_start_leads_to_the_same_minimum(tau: float) -> None:
    sample = noisy_line(n_rows=40, per_row=30)
    found = []
    for first in (0.01, 0.5, 0.99):
        lowest = descend(sample, first_vertex(sample, tau=first), tau=tau, max_steps=MANY)
        assert lowest is not None
        found.append(lowest)
    assert {tuple(sorted(lowest.basis.tolist())) for lowest in found} == {
        tuple(sorted(found[0].basis.tolist()))
    }
    pull = multipliers(sample, found[0], tau=tau) / sample.weight[found[0].basis]
    assert np.all((tau - 1 <= pull) & (pull <= tau))


def test_places_split_the_cells_at_the_fit() -> None:
    sample = noisy_line(n_rows=40, per_row=30)
    lowest = descend(sample, first_vertex(sample, tau=0.2), tau=0.8, max_steps=MANY)
    assert lowest is not None
    below = sample.y < lowest.fit[sample.row]
    below[lowest.basis] = False
    assert (
        lowest.place.tolist()
        == (sample.start[:-1] + np.bincount(sample.row[below], minlength=40)).tolist()
    )
    assert lowest.spread[sample.row[lowest.basis]] == pytest.approx(np.eye(2), abs=1e-12)


def test_the_descent_gives_up_after_the_steps_that_it_is_given() -> None:
    sample = noisy_line(n_rows=40, per_row=30)
    start = first_vertex(sample, tau=0.01)
    assert descend(sample, start, tau=0.99, max_steps=1) is None
