"""Figures rounded to the digits that are shown: what leaves in a View can tell no more.

Exact means and counts of subjects and schools add up, and would give single pupils back.
Verdicts, order and changes are found before the figures are rounded. A q value is rounded up,
and never reads 0: no chance of a false flag is told smaller than it is.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import overload

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.common_sample import CommonSample
from core.remarks import Remark
from core.suppression import is_small

POINTS, SD, SHARE, INDEX = 1, 2, 3, 1
_Q, _NOISE = "q_value", 9

_BY_INDICATOR = {
    **dict.fromkeys(("mean", "sd", "median", "p10", "p90"), POINTS),
    **dict.fromkeys(("z", "value_added"), SD),
    **dict.fromkeys(("n_sat", "n_enrolled"), 0),
}
"""Indicators that are no shares."""

_BY_COLUMN = {
    **dict.fromkeys(("z", "z_low", "z_high"), SD),
    "coverage": SHARE,
    "index": INDEX,
    **dict.fromkeys(("z_before", "z_now", "spread", "chance_low", "chance_high"), SD),
    **dict.fromkeys(("share", "share_low", "share_high", "q_value"), SHARE),
    **dict.fromkeys(("points", "points_sd"), POINTS),
}

_FIGURES = ("estimate", "se", "low", "high", "change", "change_low", "change_high")
"""Columns in the unit of the row's indicator, or of value-added where there is none."""

_BY_REMARK = {
    "expected": POINTS,
    "r": SD,
    "coverage": SHARE,
    **dict.fromkeys(("share", "share_low", "share_high", "county_share"), SHARE),
    **dict.fromkeys(("before", "gap", "q_value", "lowest", "paper"), SHARE),
    **dict.fromkeys(("difference", "spread", "chance_high"), SD),
    "alpha": SD,
    "sem": POINTS,
}


def rounded(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table of a View with its figures rounded to the digits that are shown."""
    own = [_BY_INDICATOR.get(code, SHARE) for code in frame.get("indicator", [])] or SD
    digits: dict[str, int | list[int]] = {**dict.fromkeys(_FIGURES, own), **_BY_COLUMN}
    return frame.assign(
        **{name: _told(name, frame[name], digits[name]) for name in digits if name in frame}
    )


def rounded_columns(frame: pd.DataFrame, digits: Mapping[str, int]) -> pd.DataFrame:
    """Return a table of a View with these columns rounded, each to its own digits."""
    return frame.assign(**{n: _told(n, frame[n], own) for n, own in digits.items()})


def up_to_share(q: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return q values rounded up to the digits of a share, at least one unit of the last.

    Examples
    --------
    >>> up_to_share(np.array([1e-9, 0.0301, 0.05, np.nan])).tolist()
    [0.001, 0.031, 0.05, nan]
    """
    scale = 10.0**SHARE
    # Cut far below the last digit first: 0.035 times 1000 is a little more than 35.
    units = np.ceil(np.round(q * scale, _NOISE))
    return np.asarray(np.maximum(units, 1.0) / scale)


def _told(name: str, values: pd.Series, digits: int | list[int]) -> NDArray[np.float64]:
    return up_to_share(values.to_numpy(float)) if name == _Q else _to(values, digits)


def _to(values: pd.Series, digits: int | list[int]) -> NDArray[np.float64]:
    scale = 10.0 ** np.asarray(digits)
    rounded_values: NDArray[np.float64] = np.round(values.to_numpy(float) * scale) / scale
    return rounded_values


@overload
def rounded_number(value: float, *, digits: int) -> float: ...
@overload
def rounded_number(value: None, *, digits: int) -> None: ...
def rounded_number(value: float | None, *, digits: int) -> float | None:
    """Return a number with so many digits after the point; an unknown one stays unknown."""
    return None if value is None else round(value, digits)


def rounded_sample(sample: CommonSample, *, sees_small_groups: bool) -> CommonSample:
    """Return a common sample as it is shown, without means that tell of a few who left.

    Those who left are all less the matched, in number and in mean; so neither mean stands where
    1 to 9 pupils left.
    """
    tells = is_small(sample.left) and not sees_small_groups
    return replace(
        sample,
        coverage=round(sample.coverage, SHARE),
        prior_mean_matched=None
        if tells
        else rounded_number(sample.prior_mean_matched, digits=SD),
        prior_mean_all=None if tells else rounded_number(sample.prior_mean_all, digits=SD),
    )


def rounded_remark(remark: Remark) -> Remark:
    """Return a remark whose numbers have the digits that are shown."""
    indicator = str(remark.values.get("indicator"))
    own = _BY_INDICATOR.get(indicator, SHARE)
    digits: Mapping[str, int] = _BY_REMARK | dict.fromkeys(("change", "se", "now"), own)
    values = {
        key: _quoted(key, value, digits) if isinstance(value, float) else value
        for key, value in remark.values.items()
    }
    return replace(remark, values=values)


def _quoted(key: str, value: float, digits: Mapping[str, int]) -> float:
    if key == _Q:
        return float(up_to_share(np.array([value]))[0])
    return round(value, digits[key]) if key in digits else value
