"""The composite of normalised indicators: weighted mean, or weighted geometric mean.

    mean        c_j = sum_k w_k v_jk
    geometric   c_j = exp(sum_k w_k log v_jk)

The geometric mean lets a weakness be made good less easily than the mean does. Both are linear
in the weights on their own scale, v or log v; whatever asks how the ranks depend on the weights
works on that scale (``terms_of``), since the logarithm changes no rank.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import SettingsError
from core.numerics.rank import competition_rank
from core.weighting.scheme import AGGREGATIONS, Aggregation

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Terms:
    """What the weights multiply.

    Attributes
    ----------
    value : ndarray, shape (n_units, n_indicators)
        Normalised values, or their logarithms; 0 where the weight is 0.
    weights : ndarray, shape (n_indicators,)
        Sum 1.
    is_log : bool
    """

    value: Floats
    weights: Floats
    is_log: bool

    @property
    def composite(self) -> Floats:
        """The composite of the units, shape (n_units,)."""
        # Summed term by term: a product of matrices may give equal rows different last digits.
        total: Floats = (self.value * self.weights).sum(axis=1)
        composite: Floats = np.exp(total) if self.is_log else total
        return composite


def terms_of(
    value: Floats, *, weights: Floats, aggregation: Aggregation, keys: Sequence[str]
) -> Terms:
    """Return the scale on which the composite is linear in its weights.

    Parameters
    ----------
    value : ndarray, shape (n_units, n_indicators)
        Normalised values, higher is better.
    weights : ndarray, shape (n_indicators,)
        0 or more, sum 1.
    aggregation : {"mean", "geometric"}
    keys : sequence of str
        Names of the indicators, for messages.

    Raises
    ------
    SettingsError
        When the aggregation is unknown, or a geometric mean meets a value that is not above 0
        in an indicator with weight.

    Examples
    --------
    >>> value = np.array([[1.0, 0.25], [0.5, 0.5]])
    >>> halves = np.array([0.5, 0.5])
    >>> terms = terms_of(value, weights=halves, aggregation="geometric", keys=["a", "b"])
    >>> terms.composite.tolist()
    [0.5, 0.5]
    """
    if aggregation not in AGGREGATIONS:
        choices = " ".join(AGGREGATIONS)
        raise SettingsError(
            f"Aggregation is {aggregation!r}. Choose one of: {choices}.",
            f"合成方式为 {aggregation!r}，应为以下之一：{choices}。",
        )
    used = np.where(weights > 0, value, 0.0)
    if aggregation == "mean":
        return Terms(used, weights, is_log=False)
    _require_positive(value, weights=weights, keys=keys)
    positive = np.where(weights > 0, value, 1.0)
    return Terms(np.log(positive), weights, is_log=True)


def rank_composite(composite: Floats) -> Floats:
    """Return competition ranks, 1 is best, of composites that agree in eleven digits as tied.

    Examples
    --------
    >>> rank_composite(np.array([0.3, 0.1 + 0.2, 0.5, np.nan])).tolist()
    [2.0, 2.0, 1.0, nan]
    """
    scale = float(np.nanmax(np.abs(composite), initial=0.0))
    in_digits: Floats = np.round(composite / (scale or 1.0), 11)
    return competition_rank(in_digits)


def _require_positive(value: Floats, *, weights: Floats, keys: Sequence[str]) -> None:
    bad = (value <= 0) & (weights > 0)
    if not bad.any():
        return
    count, smallest = int(bad.sum()), float(value[bad].min())
    where = [keys[int(k)] for k in np.flatnonzero(bad.any(axis=0))]
    named = ", ".join(where[:5])
    raise SettingsError(
        f"A geometric mean needs normalised values above 0 (found: not above 0 {count}, the "
        f"smallest {smallest:g}, in {named}). Normalise by rank or share_of_best, or "
        "take the weighted mean.",
        f"几何平均要求标准化后的值大于 0（不大于 0 的 {count} 个，最小 {smallest:g}，"
        f"指标 {named}）。请改用 rank 或 share_of_best 标准化，或改用加权平均。",
    )
