"""Regression quantiles: by hand, linear programs, statsmodels, ties, invariances, proof."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.errors import NotEstimableError
from core.numerics.quantile_regression import QuantileFits, WeightedCells, fit_quantiles
from tests.core.check_loss import check_loss, least_check_loss

Floats = NDArray[np.float64]

LOSS = 1e-9  # relative, and for the solver of the linear program also absolute
STATSMODELS = 1e-6  # it stops its iterations early; its loss is higher by up to 3e-8
TAUS = np.array([0.005, 0.1, 0.25, 0.505, 0.75, 0.995])


def fits_of(
    x: Floats, y: Floats, *, weight: Floats | None = None, max_steps: int = 20_000
) -> QuantileFits:
    """Fit pupils or cells with any design; equal rows are found first."""
    design, row = np.unique(x, axis=0, return_inverse=True)
    pupils = np.ones(y.size) if weight is None else weight
    cells = WeightedCells(row=row, y=y, weight=pupils)
    return fit_quantiles(design, cells=cells, taus=TAUS, max_steps=max_steps)


def line_with_noise(n: int) -> tuple[Floats, Floats]:
    rng = np.random.default_rng(5)
    x = rng.integers(0, 20, n).astype(float)
    return np.column_stack([np.ones(n), x, x**2]), np.rint(3 * x + rng.normal(0, 8, n))


def test_an_intercept_alone_gives_the_quantiles_of_the_scores() -> None:
    y = np.array([1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0])
    fits = fits_of(np.ones((7, 1)), y)
    assert fits.fit[:, 0].tolist() == [1.0, 1.0, 2.0, 8.0, 32.0, 64.0]


def test_a_median_line_goes_through_two_points_and_ignores_how_far_the_others_are() -> None:
    x = np.column_stack([np.ones(5), np.arange(5.0)])
    near = fits_of(x, np.array([0.0, 1.0, 2.0, 3.0, 9.0]))
    far = fits_of(x, np.array([0.0, 1.0, 2.0, 3.0, 900.0]))
    assert near.fit[3] == pytest.approx(np.arange(5.0), abs=1e-12)
    assert far.fit[3] == pytest.approx(np.arange(5.0), abs=1e-12)
    assert near.loss[3] == pytest.approx(0.505 * 5)


def test_each_fit_passes_exactly_through_as_many_cells_as_columns() -> None:
    x, y = line_with_noise(300)
    fits, (_, row) = fits_of(x, y), np.unique(x, axis=0, return_inverse=True)
    for fit in fits.fit:
        met = np.unique(np.column_stack([row, y])[np.abs(y - fit[row]) < 1e-10], axis=0)
        assert len(met) >= 3


def test_the_loss_is_that_of_the_fit_and_proved_to_the_last_digits() -> None:
    x, y = line_with_noise(300)
    fits, (_, row) = fits_of(x, y), np.unique(x, axis=0, return_inverse=True)
    for tau, fit, loss in zip(TAUS.tolist(), fits.fit, fits.loss, strict=True):
        assert loss == pytest.approx(check_loss(y - fit[row], weight=np.ones(300), tau=tau))
    assert np.all(fits.gap < 1e-12 * fits.loss)
    assert fits.n_programs == 0


def test_fits_equal_statsmodels_within_its_own_precision() -> None:
    from statsmodels.regression.quantile_regression import QuantReg

    x, y = line_with_noise(300)
    fits, (design, _) = fits_of(x, y), np.unique(x, axis=0, return_inverse=True)
    for i, tau in enumerate(TAUS.tolist()[1:-1], 1):
        theirs = QuantReg(y, x).fit(q=tau, p_tol=1e-10, max_iter=10_000)
        loss = check_loss(y - x @ theirs.params, weight=np.ones(y.size), tau=tau)
        assert fits.loss[i] <= loss * (1 + LOSS)
        assert fits.loss[i] == pytest.approx(loss, rel=STATSMODELS)
        assert fits.fit[i] == pytest.approx(design @ theirs.params, abs=0.05)


def test_columns_that_follow_from_others_are_left_out() -> None:
    x, y = line_with_noise(100)
    twice = np.column_stack([x, x[:, 0] - 2 * x[:, 1], x[:, 1]])
    fits = fits_of(twice, y)
    assert fits.rank == 3
    assert fits.loss == pytest.approx(fits_of(x, y).loss, rel=LOSS)


def test_rows_without_pupils_have_no_fit() -> None:
    cells = WeightedCells(
        row=np.array([0, 0, 1, 2]), y=np.array([1.0, 2, 3, 4]), weight=np.array([1.0, 2, 0, 5])
    )
    fits = fit_quantiles(np.eye(3), cells=cells, taus=np.array([0.5]))
    assert fits.fit.ravel().tolist() == pytest.approx([2.0, np.nan, 4.0], nan_ok=True)
    assert fits.rank == 2


def test_no_pupils_at_all_are_refused_with_their_number() -> None:
    cells = WeightedCells(row=np.zeros(3, int), y=np.arange(3.0), weight=np.zeros(3))
    with pytest.raises(NotEstimableError, match=r"cells 3, pupils 0\)\. Widen"):
        fit_quantiles(np.ones((1, 1)), cells=cells, taus=TAUS)


def test_equal_scores_are_fitted_without_loss() -> None:
    fits = fits_of(np.ones((4, 1)), np.full(4, 7.0))
    assert fits.fit.ravel().tolist() == [7.0] * TAUS.size
    assert fits.loss.tolist() == [0.0] * TAUS.size


def test_the_linear_program_takes_over_and_finds_the_same_minima() -> None:
    x, y = line_with_noise(120)
    straight, by_program = fits_of(x, y), fits_of(x, y, max_steps=0)
    assert by_program.n_programs == TAUS.size
    assert by_program.loss == pytest.approx(straight.loss, rel=LOSS)
    assert by_program.fit == pytest.approx(straight.fit, abs=1e-9)


def test_scores_closer_than_the_linear_program_can_see_are_refused_without_a_descent() -> None:
    y = np.array([0.0, 5e-7, 1.0])
    assert fits_of(np.ones((3, 1)), y).n_programs == 0
    with pytest.raises(NotEstimableError, match=r"quantile 0\.005 .* over 3 cells: .* by"):
        fits_of(np.ones((3, 1)), y, max_steps=0)


def test_many_rows_are_fitted_as_exactly_as_few() -> None:
    rng = np.random.default_rng(4)
    x = np.column_stack([np.ones(2500), rng.normal(0, 1, (2500, 2))])
    y = np.rint(50 + 10 * x[:, 1] - 5 * x[:, 2] + rng.normal(0, 10, 2500))
    fits = fits_of(x, y)
    assert fits.n_programs == 0
    assert np.all(fits.gap < 1e-12 * fits.loss)
    by_program = fit_quantiles(
        x, cells=WeightedCells(np.arange(2500), y, np.ones(2500)), taus=TAUS[3:4], max_steps=0
    )
    assert fits.loss[3] == pytest.approx(by_program.loss[0], rel=LOSS)


@st.composite
def problems(draw: st.DrawFn) -> tuple[Floats, Floats, Floats]:
    """Draw few small whole numbers, so that ties and dependent columns abound."""
    n, p = draw(st.integers(1, 14)), draw(st.integers(1, 3))
    numbers = st.lists(st.integers(-3, 3), min_size=n * p, max_size=n * p)
    x = np.array(draw(numbers), dtype=float).reshape(n, p)
    y = np.array(draw(st.lists(st.integers(-4, 4), min_size=n, max_size=n)), dtype=float)
    weight = np.array(draw(st.lists(st.integers(1, 5), min_size=n, max_size=n)), dtype=float)
    return np.column_stack([np.ones(n), x]), y, weight


@settings(deadline=None, max_examples=40)
@given(problem=problems())
def test_the_loss_equals_that_of_a_plain_linear_program(
    problem: tuple[Floats, Floats, Floats],
) -> None:
    x, y, weight = problem
    fits, (_, row) = fits_of(x, y, weight=weight), np.unique(x, axis=0, return_inverse=True)
    for i, tau in enumerate(TAUS.tolist()):
        least = least_check_loss(x, y=y, weight=weight, tau=tau)
        assert fits.loss[i] == pytest.approx(least, rel=LOSS, abs=1e-8)
        own = check_loss(y - fits.fit[i][row], weight=weight, tau=tau)
        assert own == pytest.approx(fits.loss[i], rel=LOSS, abs=1e-9)


@settings(deadline=None, max_examples=40)
@given(problem=problems(), scale=st.sampled_from([0.25, 3.0, 100.0]), shift=st.integers(-9, 9))
def test_losses_follow_a_change_of_unit(
    problem: tuple[Floats, Floats, Floats], scale: float, shift: int
) -> None:
    x, y, weight = problem
    before, after = fits_of(x, y, weight=weight), fits_of(x, shift + scale * y, weight=weight)
    assert after.loss == pytest.approx(scale * before.loss, rel=LOSS, abs=1e-9)


@settings(deadline=None, max_examples=40)
@given(problem=problems(), seed=st.integers(0, 100))
def test_fits_do_not_depend_on_the_order_of_cells_or_on_how_they_are_split(
    problem: tuple[Floats, Floats, Floats], seed: int
) -> None:
    x, y, weight = problem
    order = np.random.default_rng(seed).permutation(np.repeat(np.arange(y.size), 2))
    before = fits_of(x, y, weight=2 * weight)
    after = fits_of(x[order], y[order], weight=weight[order])
    assert after.fit.tolist() == before.fit.tolist()
    assert after.loss.tolist() == before.loss.tolist()


@settings(deadline=None)
@given(problem=problems())
def test_higher_quantiles_have_more_pupils_below(
    problem: tuple[Floats, Floats, Floats],
) -> None:
    x, y, weight = problem
    fits, (_, row) = fits_of(x, y, weight=weight), np.unique(x, axis=0, return_inverse=True)
    for tau, fit in zip(TAUS.tolist(), fits.fit, strict=True):
        residual = y - fit[row]
        below, above = weight[residual < -1e-9].sum(), weight[residual > 1e-9].sum()
        # Koenker & Bassett (1978), theorem 3.4: true of every fit with an intercept.
        assert below <= tau * weight.sum() + 1e-9
        assert above <= (1 - tau) * weight.sum() + 1e-9
