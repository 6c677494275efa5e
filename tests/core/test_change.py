"""Change between exams: its error, its verdict, missing figures."""

import numpy as np
import pandas as pd
import pytest

from core.change import compute_change


def indicators(*figures: tuple[str, float, float]) -> pd.DataFrame:
    """Return INDICATORS rows of one unit from (indicator, estimate, se)."""
    frame = pd.DataFrame(figures, columns=["indicator", "estimate", "se"])
    frame["indicator"] = frame["indicator"].astype("str")
    return frame.assign(
        unit="county",
        exam="期末",
        subject="math",
        low=np.nan,
        high=np.nan,
        n_pupils=100,
        reliability=np.nan,
        status="ok",
    )


def change_of(current: tuple[float, float], previous: tuple[float, float]) -> pd.Series:
    after, before = indicators(("mean", *current)), indicators(("mean", *previous))
    return compute_change(after, previous=before).iloc[0]


def test_the_error_of_a_change_adds_in_squares() -> None:
    change = change_of((72.0, 0.3), (70.0, 0.4))
    assert change["change"] == pytest.approx(2.0)
    assert change["se"] == pytest.approx(0.5)
    assert (change["low"], change["high"]) == pytest.approx((1.02, 2.98), abs=1e-4)
    assert change["verdict"] == "up"


@pytest.mark.parametrize(
    ("change", "verdict"), [(0.97, "flat"), (0.99, "up"), (-0.97, "flat"), (-0.99, "down")]
)
def test_below_1_96_errors_nothing_changed(change: float, verdict: str) -> None:
    assert change_of((70 + change, 0.3), (70.0, 0.4))["verdict"] == verdict


def test_equal_figures_without_any_error_are_flat() -> None:
    assert change_of((0.0, 0.0), (0.0, 0.0))["verdict"] == "flat"


def test_a_change_is_null_when_either_figure_is() -> None:
    for current, previous in (((np.nan, 0.3), (70.0, 0.4)), ((70.0, 0.4), (np.nan, 0.3))):
        assert change_of(current, previous).drop(["unit", "subject", "indicator"]).isna().all()


def test_a_figure_without_error_changes_without_verdict() -> None:
    change = change_of((240, np.nan), (250, np.nan))
    assert change["change"] == -10
    assert change[["se", "low", "high", "verdict"]].isna().all()


def test_every_current_figure_has_a_row_and_earlier_ones_that_ended_have_none() -> None:
    current = indicators(("pass_rate", 0.8, 0.01), ("mean", 70.0, 0.3))
    previous = indicators(("mean", 69.0, 0.3), ("z", 0.0, 0.1))
    changes = compute_change(current, previous=previous)
    assert changes["indicator"].tolist() == ["pass_rate", "mean"]
    assert changes["change"].isna().tolist() == [True, False]
