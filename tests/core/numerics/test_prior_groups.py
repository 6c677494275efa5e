"""Prior groups: R's cut by hand, ties, order of cells, splitting cells."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.numerics.prior_groups import estimate_group_residuals, group_by_quantiles

Cells = list[tuple[int, int, int, int]]
CELLS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 30), st.integers(0, 50), st.integers(1, 4)),
    min_size=2,
    max_size=40,
)


def ones(size: int) -> np.ndarray:
    return np.ones(size, dtype=np.int64)


def test_ten_pupils_in_five_groups_of_two() -> None:
    groups = group_by_quantiles(np.arange(10), n=ones(10), n_groups=5)
    assert groups.group.tolist() == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert groups.n.tolist() == [2] * 5


def test_a_score_on_a_bound_belongs_to_the_group_below() -> None:
    # Quartiles of 0..8 are 2, 4 and 6 themselves.
    groups = group_by_quantiles(np.arange(9), n=ones(9), n_groups=4)
    assert groups.group.tolist() == [0, 0, 0, 1, 1, 2, 2, 3, 3]


def test_ties_merge_groups_and_leave_none_empty() -> None:
    groups = group_by_quantiles(np.array([10, 20, 30]), n=np.array([1, 97, 2]), n_groups=10)
    assert groups.n_groups == 2
    assert groups.group.tolist() == [0, 0, 1]
    alone = group_by_quantiles(np.array([10]), n=np.array([5]), n_groups=10)
    assert (alone.n_groups, alone.n.tolist()) == (1, [5])


def residuals_of(cells: Cells) -> np.ndarray:
    school, prior, current, n = np.array(cells, dtype=np.int64).T
    groups = group_by_quantiles(prior, n=n, n_groups=5)
    found = estimate_group_residuals(
        groups, school=school, current=current.astype(float), n=n, n_schools=4
    )
    return np.append(found.mean, found.sd)


@given(CELLS)
def test_each_group_takes_its_share_of_pupils_and_higher_priors_stand_higher(
    cells: Cells,
) -> None:
    _, prior, _, n = np.array(cells, dtype=np.int64).T
    groups = group_by_quantiles(prior, n=n, n_groups=5)
    assert (groups.n > 0).all()
    assert groups.n.sum() == n.sum()
    order = np.argsort(prior, kind="stable")
    assert (np.diff(groups.group[order]) >= 0).all()


@given(CELLS, st.randoms())
def test_order_and_splitting_of_cells_change_nothing(cells: Cells, random: object) -> None:
    rows = [(s, x, y, 1) for s, x, y, n in cells for _ in range(n)]
    random.shuffle(rows)  # type: ignore[attr-defined]
    assert residuals_of(rows) == pytest.approx(residuals_of(cells), nan_ok=True)


@given(CELLS, st.integers(1, 5), st.integers(-20, 20))
def test_residuals_follow_the_unit_of_the_outcome(cells: Cells, scale: int, shift: int) -> None:
    changed = [(s, 3 * x + 1, scale * y + shift, n) for s, x, y, n in cells]
    expected = scale * residuals_of(cells)
    assert residuals_of(changed) == pytest.approx(expected, abs=1e-9, nan_ok=True)
