"""Levels of the grid: with the cells of the rules they give the very band of the grid."""

import numpy as np
import pytest

from core.warning.default_rules import DEFAULT_RULES
from core.warning.judge import judge_bands
from core.warning.levels import compute_grid_levels
from core.warning.rules import BANDS, rule_set_of
from tests.core.warning.make_figures import GROUPS, make_rows

RULES = rule_set_of(DEFAULT_RULES)
Z = np.linspace(-0.9, 0.9, 10)


@pytest.mark.parametrize("seed", range(8))
def test_the_cell_of_the_levels_gives_the_band_of_the_grid(seed: int) -> None:
    rng = np.random.default_rng(seed)
    now, then = rng.normal(0, 0.5, 10), rng.normal(0, 0.5, 10)
    bands = judge_bands(
        make_rows({"z": now}), previous=make_rows({"z": then}), groups=GROUPS, rules=RULES
    )
    levels = compute_grid_levels(bands.signals, groups=GROUPS, grid=RULES.grid)
    cells = [
        BANDS[RULES.grid.cells[status - 1][change - 1]]
        for status, change in zip(levels["status"], levels["change"], strict=True)
    ]
    assert levels["band"].tolist() == cells
    assert len(levels) == 10


def test_two_schools_of_ten_stand_on_each_level() -> None:
    bands = judge_bands(make_rows({"z": Z}), groups=GROUPS, rules=RULES)
    levels = compute_grid_levels(bands.signals, groups=GROUPS, grid=RULES.grid)
    assert levels["status"].tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_without_an_earlier_exam_the_change_is_not_known() -> None:
    bands = judge_bands(make_rows({"z": Z}), groups=GROUPS, rules=RULES)
    levels = compute_grid_levels(bands.signals, groups=GROUPS, grid=RULES.grid)
    assert levels["change"].isna().all()


def test_a_large_fall_and_a_small_one_are_told_apart() -> None:
    before = Z + np.array([0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    bands = judge_bands(
        make_rows({"z": Z}), previous=make_rows({"z": before}), groups=GROUPS, rules=RULES
    )
    levels = compute_grid_levels(bands.signals, groups=GROUPS, grid=RULES.grid)
    assert levels["change"].tolist() == [1, *[3] * 9]
