"""How much the ranks owe to the choice of weights: perturbed weights, and any weights (SMAA).

Perturbed: w' ~ Dirichlet(kappa w). Its mean is w, the standard deviation of w'_k is
sqrt(w_k (1 - w_k) / (kappa + 1)). The setting ``spread`` is the standard deviation of a weight
of average size 1/K, as a share of that weight, whence

    kappa = (K - 1) / spread^2 - 1

A spread of 0.25 lets a weight of average size vary by a quarter of itself; larger weights vary
less in proportion, smaller ones more. A weight of 0 stays 0.

Any weights (SMAA-2): w' uniform over all weights that are 0 or more and sum to 1.

The ranges that come out are labelled: they say what the choice of weights does, not what chance
does to the data.

References
----------
Lahdelma & Salminen (2001). SMAA-2. Operations Research 49, 444-454. Saisana, Saltelli &
Tarantola (2005). Uncertainty and sensitivity analysis of composite indicators. JRSS A 168,
307-323.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import SettingsError
from core.numerics.rank_draws import BLOCK_DRAWS

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

SENSITIVITY_LABEL = "sensitivity range, not a confidence interval"
SENSITIVITY_LABEL_ZH = "敏感性区间，不是置信区间"


@dataclass(frozen=True, slots=True)
class Perturbation:
    """How weights are perturbed.

    Attributes
    ----------
    spread : float
        Standard deviation of a weight of average size, as a share of it; above 0, and below
        the root of one less than the number of indicators.
    n_draws : int
        At least 1.
    level : float
        Share of the draws within a rank interval.

    Raises
    ------
    SettingsError
        When one is out of range.
    """

    spread: float = 0.25
    n_draws: int = 10_000
    level: float = 0.9

    def __post_init__(self) -> None:
        if self.spread > 0 and self.n_draws >= 1 and 0 < self.level < 1:
            return
        raise SettingsError(
            f"Weights are perturbed with spread {self.spread:g}, draws {self.n_draws}, level "
            f"{self.level:g}. Choose a spread above 0, at least one draw, and a level between "
            "0 and 1.",
            f"权重扰动设置为：幅度 {self.spread:g}，次数 {self.n_draws}，水平 {self.level:g}。"
            "幅度须大于 0，次数至少 1，水平须在 0 与 1 之间。",
        )


@dataclass(frozen=True, slots=True)
class CentralWeights:
    """The typical weights that bring a unit to certain places.

    Attributes
    ----------
    weights : ndarray, shape (n_units, n_indicators)
        Mean of the weights that do so; rows sum to 1, NaN for a unit that never gets there.
    share : ndarray, shape (n_units,)
        Share of the draws that do so, 0 to 1.
    is_kept : ndarray of bool, shape (n_units,)
        Whether the central weights themselves bring the unit there: the confidence factor of
        indicators that are taken as exact.
    """

    weights: Floats
    share: Floats
    is_kept: Bools


def perturb_weights(
    weights: Floats, *, spread: float, n_draws: int, rng: np.random.Generator
) -> Floats:
    """Return weights drawn around given ones, shape (n_draws, n_indicators).

    Parameters
    ----------
    weights : ndarray, shape (n_indicators,)
        0 or more, sum 1.
    spread, n_draws
        As in ``Perturbation``.
    rng : Generator

    Raises
    ------
    SettingsError
        When the spread is too wide for the number of indicators.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> draws = perturb_weights(np.array([0.5, 0.3, 0.2]), spread=0.25, n_draws=4000, rng=rng)
    >>> draws.mean(axis=0).round(2).tolist()
    [0.5, 0.3, 0.2]
    """
    used = weights > 0
    n_used = int(used.sum())
    draws = np.zeros((n_draws, weights.size))
    if n_used == 1:
        draws[:, used] = 1.0
        return draws
    concentration = (n_used - 1) / spread**2 - 1
    if concentration <= 0:
        limit = (n_used - 1) ** 0.5
        raise SettingsError(
            f"The spread of the weights is {spread:g}; with {n_used} indicators it must be "
            f"below {limit:.3g}. Choose a smaller one.",
            f"权重扰动幅度为 {spread:g}，{n_used} 个指标时须小于 {limit:.3g}。请调小。",
        )
    draws[:, used] = rng.dirichlet(concentration * weights[used], n_draws)
    return draws


def draw_any_weights(n_indicators: int, *, n_draws: int, rng: np.random.Generator) -> Floats:
    """Return weights drawn evenly from all that are 0 or more and sum to 1.

    Examples
    --------
    >>> draws = draw_any_weights(3, n_draws=2, rng=np.random.default_rng(1))
    >>> draws.sum(axis=1).round(9).tolist()
    [1.0, 1.0]
    """
    return rng.dirichlet(np.ones(n_indicators), n_draws)


def score_blocks(value: Floats, *, draws: Floats) -> Iterator[Floats]:
    """Yield the scores of units under drawn weights, block by block.

    Units with equal indicators get scores that are equal to the last digit.

    Parameters
    ----------
    value : ndarray, shape (n_units, n_indicators)
    draws : ndarray, shape (n_draws, n_indicators)

    Yields
    ------
    ndarray, shape (n_draws_in_block, n_units)

    Examples
    --------
    >>> value = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]])
    >>> [block.tolist() for block in score_blocks(value, draws=np.array([[0.25, 0.75]]))]
    [[[0.25, 0.75, 0.25]]]
    """
    # A product of matrices may sum the columns of its edge in another order than the others.
    _, first, place = np.unique(value, axis=0, return_index=True, return_inverse=True)
    equal_to = first[place.reshape(-1)]
    repeats = np.flatnonzero(equal_to != np.arange(len(value)))
    columns = np.ascontiguousarray(value.T)
    for start in range(0, len(draws), BLOCK_DRAWS):
        scores: Floats = draws[start : start + BLOCK_DRAWS] @ columns
        scores[:, repeats] = scores[:, equal_to[repeats]]
        yield scores


def central_weights(value: Floats, *, draws: Floats, first: int, last: int) -> CentralWeights:
    """Return the mean of the weights that bring each unit to a place from first to last.

    Parameters
    ----------
    value : ndarray, shape (n_units, n_indicators)
    draws : ndarray, shape (n_draws, n_indicators)
        Such as of ``draw_any_weights``.
    first, last : int
        Places, 1 is best; 1 to n_units.

    Raises
    ------
    SettingsError
        When the places are not within the group.

    Examples
    --------
    >>> value = np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, -1.0]])
    >>> draws = np.array([[0.9, 0.1], [0.7, 0.3], [0.2, 0.8]])
    >>> central = central_weights(value, draws=draws, first=1, last=1)
    >>> central.weights.round(2).tolist()
    [[0.8, 0.2], [0.2, 0.8], [nan, nan]]
    """
    n_units = len(value)
    if not 1 <= first <= last <= n_units:
        raise SettingsError(
            f"Places go from {first} to {last}. Choose them within the 1 to {n_units} of the "
            "group, the better first.",
            f"名次范围为 {first} 到 {last}，须在本组 1 到 {n_units} 名之内，且先好后差。",
        )
    total, n_inside = np.zeros(value.shape), np.zeros(n_units)
    start = 0
    for scores in score_blocks(value, draws=draws):
        inside = _is_placed(scores, first=first, last=last)
        total += inside.T.astype(float) @ draws[start : start + len(scores)]
        n_inside += inside.sum(axis=0)
        start += len(scores)
    centre = total / np.where(n_inside > 0, n_inside, np.nan)[:, None]
    return CentralWeights(
        weights=centre,
        share=n_inside / len(draws),
        is_kept=_is_kept(value, centre=centre, first=first, last=last),
    )


def _is_placed(scores: Floats, *, first: int, last: int) -> Bools:
    """Return whether each unit's rank in each draw lies from first to last."""
    descending = -np.sort(-scores, axis=1)
    placed: Bools = scores >= descending[:, [last - 1]]
    if first > 1:
        placed &= scores < descending[:, [first - 2]]
    return placed


def _is_kept(value: Floats, *, centre: Floats, first: int, last: int) -> Bools:
    kept = np.zeros(len(value), dtype=bool)
    known = np.flatnonzero(~np.isnan(centre[:, 0]))
    row = 0
    for scores in score_blocks(value, draws=centre[known]):
        own = known[row : row + len(scores)]
        placed = _is_placed(scores, first=first, last=last)
        kept[own] = placed[np.arange(len(own)), own]
        row += len(scores)
    return kept
