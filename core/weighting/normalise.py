"""Indicators of different units put on one scale, within one comparison group.

With v_1 .. v_J the values of the J schools, for an indicator of which more is better:

    z               (v - mean) / sd, sd with divisor J
    min_max         (v - min) / (max - min)
    rank            (J + 1/2 - rank) / J, equal values sharing the mean of their ranks
    share_of_best   v / max

If less is better, z changes its sign, min_max becomes 1 - v, rank counts from below, and
share_of_best is taken of the complement 1 - v, which needs a rate.

``share_of_best`` is what many bureaus do. One school sets the scale: whatever moves it moves
everybody. It also leaves indicators with different spreads, so that the nominal weights are not
what decides; see ``effective``.

References
----------
OECD & JRC (2008). Handbook on Constructing Composite Indicators, section 5.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from core.errors import SettingsError
from core.weighting.scheme import NORMALISATIONS, Leaf, Normalisation

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

SAME = 1e-12
"""Spread, relative to the largest value, under which an indicator is constant."""


@dataclass(frozen=True, slots=True)
class Normalised:
    """Indicators on one scale.

    Attributes
    ----------
    value : ndarray, shape (n_units, n_indicators)
        Higher is better.
    has_spread : ndarray of bool, shape (n_indicators,)
        False for a constant indicator, which is neutral: 0 for z, 1/2 for min_max and rank.
    """

    value: Floats
    has_spread: Bools


def normalise(value: Floats, *, leaves: Sequence[Leaf], method: Normalisation) -> Normalised:
    """Put the indicators of one comparison group on one scale.

    Parameters
    ----------
    value : ndarray, shape (n_units, n_indicators)
        Complete: without NaN.
    leaves : sequence of Leaf
        The indicators, in the order of the columns: name and direction.
    method : {"z", "min_max", "rank", "share_of_best"}

    Raises
    ------
    SettingsError
        When the method is unknown, or ``share_of_best`` meets a negative value, a best value
        of 0, or an indicator of which less is better and that is no rate.

    Examples
    --------
    >>> leaves = [Leaf("mean", "total", 0.5), Leaf("low_rate", "total", 0.5, "lower")]
    >>> value = np.array([[80.0, 0.0], [60.0, 0.25], [70.0, 1.0]])
    >>> normalise(value, leaves=leaves, method="min_max").value.tolist()
    [[1.0, 1.0], [0.0, 0.75], [0.5, 0.0]]
    """
    if method not in NORMALISATIONS:
        choices = " ".join(NORMALISATIONS)
        raise SettingsError(
            f"Normalisation is {method!r}. Choose one of: {choices}.",
            f"标准化方法为 {method!r}，应为以下之一：{choices}。",
        )
    is_lower = np.array([leaf.better == "lower" for leaf in leaves], dtype=bool)
    has_spread = spread_of(value)
    if method == "share_of_best":
        return Normalised(_shares_of_best(value, leaves=leaves), has_spread)
    oriented = np.where(is_lower, -value, value)
    scaled = {"z": _z, "min_max": _min_max, "rank": _rank}[method](oriented, has_spread)
    return Normalised(scaled, has_spread)


def spread_of(value: Floats) -> Bools:
    """Return which columns differ between the units, beyond the last digits of a float.

    Examples
    --------
    >>> spread_of(np.array([[0.3, 1.0], [0.1 + 0.2, 2.0]])).tolist()
    [False, True]
    """
    if not len(value):
        return np.zeros(value.shape[1], dtype=bool)
    spread: Bools = np.ptp(value, axis=0) > SAME * np.abs(value).max(axis=0)
    return spread


def _z(value: Floats, has_spread: Bools) -> Floats:
    sd = np.where(has_spread, value.std(axis=0), 1.0)
    z: Floats = np.where(has_spread, (value - value.mean(axis=0)) / sd, 0.0)
    return z


def _min_max(value: Floats, has_spread: Bools) -> Floats:
    span = np.where(has_spread, np.ptp(value, axis=0), 1.0)
    share: Floats = np.where(has_spread, (value - value.min(axis=0)) / span, 0.5)
    return share


def _rank(value: Floats, has_spread: Bools) -> Floats:
    from_below = rankdata(value, method="average", axis=0)
    share: Floats = np.where(has_spread, (from_below - 0.5) / len(value), 0.5)
    return share


def _shares_of_best(value: Floats, *, leaves: Sequence[Leaf]) -> Floats:
    columns = [
        _share_of_best(column, leaf=leaf) for column, leaf in zip(value.T, leaves, strict=True)
    ]
    return np.column_stack(columns)


def _share_of_best(column: Floats, *, leaf: Leaf) -> Floats:
    low, high = float(column.min()), float(column.max())
    if leaf.better == "lower":
        if low < 0 or high > 1:
            raise SettingsError(
                f"Shares of the best need a rate from 0 to 1 where less is better: "
                f"{leaf.key} goes from {low:g} to {high:g}. Choose z, min_max or rank.",
                f"“与最好值之比”要求越低越好的指标为 0 到 1 的比率：{leaf.key} 的范围为 "
                f"{low:g} 到 {high:g}。请改用 z、min_max 或 rank。",
            )
        column, low, high = 1 - column, 1 - high, 1 - low
    if low < 0 or high <= 0:
        raise SettingsError(
            f"Shares of the best need values of 0 or more with a best above 0: {leaf.key} goes "
            f"from {low:g} to {high:g}. Choose z, min_max or rank.",
            f"“与最好值之比”要求取值不小于 0 且最好值大于 0：{leaf.key} 的范围为 "
            f"{low:g} 到 {high:g}。请改用 z、min_max 或 rank。",
        )
    share: Floats = column / high
    return share
