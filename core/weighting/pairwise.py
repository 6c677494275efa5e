"""AHP 层次分析法: weights from judgements in pairs, and how far these contradict each other.

A judgement a_ik says how many times as much indicator i matters as indicator k does, and
a_ki = 1 / a_ik.
The weights are the principal right eigenvector of the matrix, scaled to sum 1. With lambda_max
its eigenvalue and n indicators,

    CI = (lambda_max - n) / (n - 1),    CR = CI / RI(n),

RI(n) being the mean CI of random reciprocal matrices (Saaty 1980). From CR = 0.1 on the
judgements contradict each other too much. The worst judgement is the one furthest, as a ratio,
from what the others say of it: the geometric mean over m of a_im a_mk.

References
----------
Saaty (1980). The Analytic Hierarchy Process. Saaty (1990). How to make a decision. European
Journal of Operational Research 48, 9-26. Koczkodaj (1993). A new definition of consistency of
pairwise comparisons. Mathematical and Computer Modelling 18, 79-84 (triples).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import SettingsError
from core.weighting.notice import Notice

Floats = NDArray[np.float64]

RANDOM_INDEX = (
    0,
    0,
    0.58,
    0.90,
    1.12,
    1.24,
    1.32,
    1.41,
    1.45,
    1.49,
    1.51,
    1.48,
    1.56,
    1.57,
    1.59,
)
"""Saaty's mean consistency index of random matrices of 1, 2, .. 15 indicators."""

CONSISTENT_BELOW = 0.1
"""Saaty's limit of the consistency ratio."""

ROUNDING = 0.05
"""How far a product a_ik a_ki may miss 1: 0.33 stands for 1/3, 0.13 for 1/8."""

AGREED = 1e-9
"""Logarithm of a ratio under which two judgements are the same."""


@dataclass(frozen=True, slots=True)
class WorstJudgement:
    """The judgement that agrees least with the others.

    Attributes
    ----------
    row, column, through : int
        Places of the two indicators, and of the third with which they make the triple that
        contradicts itself most.
    given, fitting : float
        The judgement, and what the others say in its place.
    """

    row: int
    column: int
    through: int
    given: float
    fitting: float


@dataclass(frozen=True, slots=True)
class PairwiseWeights:
    """Weights from judgements in pairs.

    Attributes
    ----------
    weights : ndarray, shape (n_indicators,)
        Sum 1.
    lambda_max, consistency_index, consistency_ratio : float
        Ratio 0 for one or two indicators, which cannot contradict each other.
    worst : WorstJudgement or None
        None for one or two indicators, and for judgements that agree entirely.
    notices : tuple of Notice
        A warning when the ratio is 0.1 or more.
    """

    weights: Floats
    lambda_max: float
    consistency_index: float
    consistency_ratio: float
    worst: WorstJudgement | None
    notices: tuple[Notice, ...]


def estimate_pairwise_weights(judgements: Floats, *, keys: Sequence[str]) -> PairwiseWeights:
    """Estimate weights from judgements in pairs by their principal eigenvector.

    Parameters
    ----------
    judgements : ndarray, shape (n_indicators, n_indicators)
        Positive, 1 on the diagonal, the two of a pair reciprocal up to rounding.
    keys : sequence of str
        Names of the indicators, for messages.

    Raises
    ------
    SettingsError
        When the matrix is not square, not positive, not reciprocal, has another size than the
        names or more than 15 rows; the first wrong entry is named.

    Examples
    --------
    >>> fit = estimate_pairwise_weights(
    ...     np.array([[1, 2, 6], [1 / 2, 1, 3], [1 / 6, 1 / 3, 1]]), keys=["a", "b", "c"]
    ... )
    >>> fit.weights.round(3).tolist(), round(abs(fit.consistency_ratio), 9)
    ([0.6, 0.3, 0.1], 0.0)
    """
    _require_matrix(judgements, keys=keys)
    n_indicators = len(keys)
    ratio = np.sqrt(judgements / judgements.T)
    values, vectors = np.linalg.eig(ratio)
    largest = int(values.real.argmax())
    weights = np.abs(vectors[:, largest].real)
    lambda_max = float(values[largest].real)
    index = max(0.0, (lambda_max - n_indicators) / max(1, n_indicators - 1))
    consistency = index / RANDOM_INDEX[n_indicators - 1] if n_indicators > 2 else 0.0
    worst = _worst_judgement(ratio) if n_indicators > 2 else None
    return PairwiseWeights(
        weights=weights / weights.sum(),
        lambda_max=lambda_max,
        consistency_index=index,
        consistency_ratio=consistency,
        worst=worst,
        notices=_notices(consistency, worst=worst, keys=keys),
    )


def _worst_judgement(ratio: Floats) -> WorstJudgement | None:
    log, n_indicators = np.log(ratio), len(ratio)
    # detour[i, k, m]: what i over m and m over k say of i over k.
    detour = log[:, None, :] + log.T[None, :, :]
    # The detours through i and through k are the judgement itself.
    said = (detour.sum(axis=2) - 2 * log) / (n_indicators - 2)
    gap = np.where(log >= 0, np.abs(log - said), 0.0)
    row, column = (int(place) for place in np.unravel_index(gap.argmax(), gap.shape))
    if gap[row, column] < AGREED:
        return None
    return WorstJudgement(
        row=row,
        column=column,
        through=int(np.abs(detour[row, column] - log[row, column]).argmax()),
        given=float(ratio[row, column]),
        fitting=float(np.exp(said[row, column])),
    )


def _notices(
    ratio: float, *, worst: WorstJudgement | None, keys: Sequence[str]
) -> tuple[Notice, ...]:
    if worst is None or ratio < CONSISTENT_BELOW:
        return ()
    a, b, c = keys[worst.row], keys[worst.column], keys[worst.through]
    message = (
        f"The judgements contradict each other: consistency ratio {ratio:.2f}, required below "
        f"{CONSISTENT_BELOW}. The one that agrees least with the others is {a} over {b} = "
        f"{worst.given:.3g}; they would fit {worst.fitting:.3g}. The triple {a}, {c}, {b} "
        "contradicts it most. Think these judgements over."
    )
    message_zh = (
        f"判断矩阵不一致：一致性比率 {ratio:.2f}，要求小于 {CONSISTENT_BELOW}。"
        f"与其他判断最不一致的是 {a} 对 {b} = {worst.given:.3g}，"
        f"由其他判断推得 {worst.fitting:.3g}；矛盾最大的三项为 {a}、{c}、{b}。请重新斟酌。"
    )
    return (Notice("inconsistent_judgements", message, message_zh),)


def _require_matrix(judgements: Floats, *, keys: Sequence[str]) -> None:
    n_indicators, most = len(keys), len(RANDOM_INDEX)
    if judgements.shape != (n_indicators, n_indicators) or not 1 <= n_indicators <= most:
        shape = " x ".join(map(str, judgements.shape))
        raise SettingsError(
            f"Judgements in pairs need a square of 1 to {most} indicators (found: {shape}, "
            f"names {n_indicators}). Divide more indicators into groups, each with its own.",
            f"判断矩阵须为 1 到 {most} 阶方阵（现为 {shape}，指标名 {n_indicators} 个）。"
            "指标更多时请分组，每组一个矩阵。",
        )
    is_positive = (judgements > 0) & np.isfinite(judgements)
    with np.errstate(invalid="ignore", over="ignore"):
        is_reciprocal = np.abs(judgements * judgements.T - 1) <= ROUNDING
    wrong = np.argwhere(~(is_positive & is_reciprocal))
    if not len(wrong):
        return
    row, column = (int(place) for place in wrong[0])
    given, back = judgements[row, column], judgements[column, row]
    pair = f"{keys[row]} / {keys[column]}"
    raise SettingsError(
        f"Judgements in pairs must be above 0 and reciprocal (wrong entries: {len(wrong)}; the "
        f"first: {pair} = {given:g}, the other way {back:g}). Correct one of the two.",
        f"判断矩阵的元素须大于 0 且互为倒数（有误的元素 {len(wrong)} 个；第一个："
        f"{pair} = {given:g}，反向为 {back:g}）。请更正其一。",
    )
