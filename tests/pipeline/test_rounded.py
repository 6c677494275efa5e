"""Rounding: the digits that are shown and none beyond, whatever was computed."""

import pandas as pd
import pytest

from core.common_sample import CommonSample
from core.remarks import Remark
from pipeline.rounded import SHARE, rounded, rounded_columns, rounded_remark, rounded_sample

SAMPLE = CommonSample(
    matched=40,
    joined=3,
    left=0,
    coverage=0.930232,
    prior_mean_matched=0.12345,
    prior_mean_all=0.12345,
)


@pytest.mark.parametrize(
    ("indicator", "value", "shown"),
    [
        ("mean", 78.2345, 78.2),
        ("sd", 12.345, 12.3),
        ("p90", 101.25, 101.2),
        ("pass_rate", 0.62345, 0.623),
        ("participation", 0.98765, 0.988),
        ("z", -0.4567, -0.46),
        ("value_added", 0.1234, 0.12),
        ("n_sat", 41.0, 41.0),
    ],
)
def test_a_figure_has_the_digits_of_its_indicator(
    indicator: str, value: float, shown: float
) -> None:
    names = ["estimate", "se", "low", "high", "change"]
    row = pd.DataFrame([{"indicator": indicator, **dict.fromkeys(names, value)}])
    assert rounded(row)[names].iloc[0].tolist() == [shown] * 5


def test_each_row_is_rounded_by_its_own_indicator() -> None:
    table = pd.DataFrame({"indicator": ["mean", "z", "mean"], "estimate": [70.06, 0.456, None]})
    first, second, missing = rounded(table)["estimate"]
    assert (first, second) == (70.1, 0.46)
    assert pd.isna(missing)


def test_a_table_of_value_added_is_rounded_by_its_columns() -> None:
    row = {"estimate": 0.1234, "low": -0.0567, "index": 1.9623, "coverage": 0.93456}
    others = {"n": 41, "verdict": "above"}
    shown = rounded(pd.DataFrame([row | others])).iloc[0].to_dict()
    assert shown == {"estimate": 0.12, "low": -0.06, "index": 2.0, "coverage": 0.935} | others


@pytest.mark.parametrize(
    ("q", "shown"),
    [
        (0.0, 0.001),
        (1e-12, 0.001),
        (0.001, 0.001),
        (0.0301, 0.031),
        (0.035, 0.035),
        (0.05, 0.05),
        (0.05004, 0.051),
        (1.0, 1.0),
    ],
)
def test_a_q_value_is_rounded_up_and_never_reads_0(q: float, shown: float) -> None:
    row = pd.DataFrame({"q_value": [q, None]})
    for told in (rounded(row), rounded_columns(row, {"q_value": SHARE})):
        assert told["q_value"].iloc[0] == shown
        assert pd.isna(told["q_value"].iloc[1])
    assert rounded_remark(Remark("r", {"q_value": q}, "")).values == {"q_value": shown}


def test_a_table_without_rows_stays_one() -> None:
    assert rounded(pd.DataFrame({"indicator": [], "estimate": []})).empty


def test_a_common_sample_is_rounded() -> None:
    shown = rounded_sample(SAMPLE, sees_small_groups=False)
    assert (shown.coverage, shown.prior_mean_all, shown.matched) == (0.93, 0.12, 40)


@pytest.mark.parametrize(("left", "tells"), [(0, True), (1, False), (9, False), (10, True)])
def test_mean_priors_stand_unless_a_few_pupils_left(left: int, tells: bool) -> None:
    sample = CommonSample(40, 3, left, 0.93, 0.1, 0.2)
    shown = rounded_sample(sample, sees_small_groups=False)
    means = (shown.prior_mean_matched, shown.prior_mean_all)
    assert means == ((0.1, 0.2) if tells else (None, None))
    assert rounded_sample(sample, sees_small_groups=True).prior_mean_all == 0.2


def test_a_remark_quotes_the_digits_that_are_shown() -> None:
    values: dict[str, float | int | str] = {
        "indicator": "pass_rate",
        "change": 0.04567,
        "se": 0.0123456,
        "n_beyond": 3,
    }
    shown = rounded_remark(Remark("largest_change", values, "rule"))
    assert shown.values == values | {"change": 0.046, "se": 0.012}
    assert shown.test == "rule"
