"""Change between exams: its error, its verdict, missing figures, errors that go together."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.change import compute_change
from core.change.difference import difference_figures
from core.errors import DataError
from core.interval import Z95


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


def test_errors_that_go_together_make_a_change_clearer() -> None:
    after, before = indicators(("mean", 70.7, 0.3)), indicators(("mean", 70.0, 0.4))
    together = after[["unit", "subject", "indicator"]].assign(cov=0.1)
    apart = compute_change(after, previous=before).iloc[0]
    paired = compute_change(after, previous=before, cov=together).iloc[0]
    assert apart["verdict"] == "flat"
    assert paired["se"] == pytest.approx(np.sqrt(0.09 + 0.16 - 0.2))
    assert paired["verdict"] == "up"


def test_a_row_without_covariance_is_taken_as_independent() -> None:
    after = indicators(("mean", 72.0, 0.3), ("z", 0.2, 0.3))
    before = indicators(("mean", 70.0, 0.4), ("z", 0.1, 0.4))
    together = after[["unit", "subject", "indicator"]].assign(cov=0.05).iloc[:1]
    change = compute_change(after, previous=before, cov=together)
    assert change["se"].tolist() == pytest.approx([np.sqrt(0.25 - 0.1), 0.5])


def test_a_covariance_that_cannot_be_is_refused_with_the_numbers() -> None:
    after, before = indicators(("mean", 72.0, 0.3)), indicators(("mean", 70.0, 0.4))
    together = after[["unit", "subject", "indicator"]].assign(cov=0.5)
    with pytest.raises(
        DataError, match=r"allow: 1 \(first: covariance 0.5, errors 0.3 and 0.4"
    ):
        compute_change(after, previous=before, cov=together)


@given(
    st.lists(st.floats(-100, 100), min_size=2, max_size=2),
    st.lists(st.floats(0.01, 10), min_size=2, max_size=2),
    st.floats(-1, 1),
    st.floats(0.1, 20),
)
def test_the_verdict_does_not_depend_on_the_unit(
    value: list[float], se: list[float], correlation: float, scale: float
) -> None:
    def verdict(unit: float) -> tuple[str, float]:
        figures = difference_figures(
            np.array([unit * value[1]]),
            before=np.array([unit * value[0]]),
            se_after=np.array([unit * se[1]]),
            se_before=np.array([unit * se[0]]),
            cov=np.array([unit**2 * correlation * se[0] * se[1]]),
        )
        return figures["verdict"].item(), figures["se"].item() / unit

    assert verdict(scale)[1] == pytest.approx(verdict(1.0)[1], abs=1e-6)
    # On the very limit rounding may decide either way.
    change, limit = abs(value[1] - value[0]), Z95 * verdict(1.0)[1]
    if abs(change - limit) > 1e-6:
        assert verdict(scale)[0] == verdict(1.0)[0]
