"""Simulated items: points add up to every score, and the paper measures as it was meant to."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.items.analysis import compute_items
from core.items.notes import note_items
from core.simulation.items import MATH_PAPER, STEP, simulate_items, two_way_table

FULL = np.array([item.full_mark for item in MATH_PAPER])
CODES = [item.code for item in MATH_PAPER]


def simulated(score: np.ndarray, *, seed: int = 1) -> np.ndarray:
    rng = np.random.default_rng(seed)
    school = np.arange(score.size) % 20
    return simulate_items(score, school=school, paper=MATH_PAPER, rng=rng)


@pytest.fixture(scope="module")
def points() -> np.ndarray:
    """Give the points of 2000 pupils whose scores are about those of a county."""
    rate = np.clip(np.random.default_rng(2).normal(0.64, 0.17, 2000), 0, 1)
    return simulated(np.rint(rate * FULL.sum() / STEP).astype(np.int64) * STEP)


def test_points_add_up_to_every_score_there_is() -> None:
    every = np.arange(0, FULL.sum() + STEP, STEP)
    points = simulated(every)
    assert (points.sum(axis=1) == every).all()
    assert (points >= 0).all()
    assert (points <= FULL).all()


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_they_do_so_whatever_the_seed(seed: int) -> None:
    score = np.array([0, STEP, 250, 300, 6000, 11700, 11750, 11950, 12000])
    assert (simulated(score, seed=seed).sum(axis=1) == score).all()


def test_choices_and_blanks_are_all_or_nothing(points: np.ndarray) -> None:
    whole = [place for place, item in enumerate(MATH_PAPER) if item.is_whole]
    assert set(np.unique(points[:, whole])) == {0, 300}


def test_the_same_seed_gives_the_same_points() -> None:
    score = np.full(30, 7000)
    assert (simulated(score, seed=5) == simulated(score, seed=5)).all()
    assert (simulated(score, seed=5) != simulated(score, seed=6)).any()


def test_the_paper_is_reliable_and_its_bad_item_is_found(points: np.ndarray) -> None:
    table = pd.DataFrame(points / 100, columns=CODES)
    result = compute_items(table, full_mark=pd.Series(FULL / 100, index=CODES))
    assert result.reliability is not None
    assert 0.8 < result.reliability.alpha < 0.95
    notes = dict(zip(result.items["item"], note_items(result.items), strict=True))
    assert notes["7"] == "flat"
    assert notes["1"] == "too_easy"
    assert notes["25"] == "too_hard"
    assert sum(note == "" for note in notes.values()) > 12


def test_nobody_sat_is_an_empty_table() -> None:
    assert simulated(np.empty(0, dtype=np.int64)).shape == (0, len(MATH_PAPER))


def test_the_two_way_table_names_every_item_and_its_points() -> None:
    table = two_way_table(MATH_PAPER)
    assert list(table["题号"]) == CODES
    assert table["分值"].sum() == 120
    assert table["知识点"].str.len().min() > 0
