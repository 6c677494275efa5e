"""Bands of scores: known values, and properties that hold for every distribution."""

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import NotEstimableError
from core.suppression import MIN_PUPILS_SHOWN, N_BANDS, band_scores

FULL = 120_00
LINES = (36_00, 72_00, 96_00, 102_00)

distributions = st.dictionaries(
    st.integers(0, FULL // 50).map(lambda half: half * 50), st.integers(1, 9), max_size=80
).filter(lambda found: sum(found.values()) >= MIN_PUPILS_SHOWN)


def bands_of(n_pupils: dict[int, int], lines: tuple[int, ...] = LINES) -> pd.DataFrame:
    return band_scores(pd.Series(n_pupils, dtype="int64"), full_mark=FULL, lines=lines)


@given(distributions)
def test_every_band_has_enough_pupils_and_all_pupils_are_in_one(
    n_pupils: dict[int, int],
) -> None:
    bands = bands_of(n_pupils)
    assert bands["n_pupils"].min() >= MIN_PUPILS_SHOWN
    assert bands["n_pupils"].sum() == sum(n_pupils.values())
    assert bands["low"].iloc[0] == 0
    assert bands["high"].iloc[-1] == FULL
    assert list(bands["low"].iloc[1:]) == list(bands["high"].iloc[:-1])


@given(distributions)
def test_the_counts_at_the_lines_divide_no_band_into_a_small_group(
    n_pupils: dict[int, int],
) -> None:
    """Bands beside rates give no group under ten that rates alone do not tell."""
    bands, scores = bands_of(n_pupils), pd.Series(n_pupils, dtype="int64").sort_index()

    def between(low: int, high: int) -> int:
        return int(scores[(scores.index >= low) & (scores.index < high)].sum())

    zones = list(zip((0, *LINES), (*LINES, FULL + 1), strict=True))
    for begin, end_of_band in bands[["low", "high"]].to_numpy(int).tolist():
        # The full mark itself belongs to the last band.
        high = end_of_band + (end_of_band == FULL)
        for low, end in zones:
            inside = (max(begin, low), min(high, end))
            if inside[0] < inside[1] and inside != (low, end):
                assert not 0 < between(*inside) < MIN_PUPILS_SHOWN


def test_a_full_county_has_every_band_of_grid_and_lines() -> None:
    n_pupils = dict.fromkeys(range(0, FULL + 1, 50), 20)
    grid = {FULL * k // N_BANDS for k in range(N_BANDS)}
    assert list(bands_of(n_pupils)["low"]) == sorted(grid | set(LINES))


def test_too_few_above_a_line_join_the_band_below_it() -> None:
    bands = bands_of({90_00: 40, 110_00: 3}, lines=(102_00,))
    assert bands.to_numpy().tolist() == [[0, FULL, 43]]


def test_fewer_than_ten_pupils_have_no_distribution() -> None:
    with pytest.raises(NotEstimableError, match="Fewer than 10 pupils") as refused:
        bands_of({60_00: 9})
    assert "不足 10 人" in refused.value.message_zh


def test_scores_move_no_edge_but_by_merging() -> None:
    """The grid is of the paper, so the edges themselves tell of no mark."""
    grid = {FULL * k // N_BANDS for k in range(N_BANDS)} | set(LINES)
    for seed in (1, 2):
        marks = np.random.default_rng(seed).integers(0, FULL + 1, 300).tolist()
        assert set(bands_of(Counter(marks))["low"]) <= grid
