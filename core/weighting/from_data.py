"""Weights from the spread of the indicators themselves: entropy, CRITIC, first component.

Such weights say where schools differ, not what matters. They are starting points for people.
With v_jk the normalised values of J schools (higher is better):

entropy 熵权     p_jk = v_jk / sum_j v_jk,  d_k = 1 + sum_j p_jk log p_jk / log J,
                w_k proportional to d_k
CRITIC          C_k = sd_k sum_l (1 - r_kl), w_k proportional to C_k: spread, and disagreement
                with the other indicators
first component w_k proportional to the loadings of the first principal component of the
                correlations; refused when loadings differ in sign, or when the first root is
                larger than the second by less than a millionth: any direction between the
                two components would do, and rounding or the order of columns would choose

References
----------
Zeleny (1982). Multiple Criteria Decision Making, ch. 7 (entropy weights). Diakoulaki, Mavrotas
& Papayannakis (1995). Determining objective weights in multiple criteria problems: the CRITIC
method. Computers & Operations Research 22, 763-770. OECD & JRC (2008).
Handbook on Constructing Composite Indicators, section 6.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import xlogy

from core.errors import DataError, NotEstimableError, SettingsError
from core.weighting.normalise import SAME, spread_of

Floats = NDArray[np.float64]

MIN_UNITS = 3
"""Fewest schools from whose spread weights are taken: two give correlations of 1 or -1."""

APART = 1e-6
"""By how much the first root of the correlations, which sum to K, must exceed the second."""


@dataclass(frozen=True, slots=True)
class ComponentWeights:
    """Weights from the first principal component.

    Attributes
    ----------
    weights : ndarray, shape (n_indicators,)
        Loadings scaled to sum 1.
    loading : ndarray, shape (n_indicators,)
        Correlations of the indicators with the component.
    variance_share : float
        Share of the variance of all indicators that the component holds, 0 to 1.
    """

    weights: Floats
    loading: Floats
    variance_share: float


def equal_weights(n_indicators: int) -> Floats:
    """Return equal weights that sum to 1.

    Raises
    ------
    SettingsError
        Without an indicator.

    Examples
    --------
    >>> equal_weights(4).tolist()
    [0.25, 0.25, 0.25, 0.25]
    """
    if n_indicators < 1:
        raise SettingsError(
            f"Weights need at least one indicator (found: {n_indicators}). Choose some.",
            f"赋权至少需要一个指标（现有 {n_indicators} 个）。请选择指标。",
        )
    return np.full(n_indicators, 1 / n_indicators)


def estimate_entropy_weights(value: Floats, *, keys: Sequence[str]) -> Floats:
    """Estimate weights by the entropy of the schools' shares.

    Parameters
    ----------
    value : ndarray, shape (n_units, n_indicators)
        Normalised values of 0 or more, such as min_max.
    keys : sequence of str
        Names of the indicators, for messages.

    Raises
    ------
    SettingsError
        With negative values.
    DataError
        When a value is missing or infinite.
    NotEstimableError
        With fewer than three schools, or when no indicator has spread.

    Examples
    --------
    >>> value = np.array([[1.0, 1.0], [0.0, 1.0], [0.0, 1.0]])
    >>> estimate_entropy_weights(value, keys=["a", "b"]).tolist()
    [1.0, 0.0]
    """
    _require_spread(value, keys=keys)
    if value.min() < 0:
        negative = [key for key, low in zip(keys, value.min(axis=0), strict=True) if low < 0]
        raise SettingsError(
            f"Entropy weights need values of 0 or more (the smallest: {value.min():g}, in "
            f"{', '.join(negative[:5])}). Normalise by min_max, rank or share_of_best.",
            f"熵权法要求取值不小于 0（最小 {value.min():g}，指标 {'、'.join(negative[:5])}）。"
            "请用 min_max、rank 或 share_of_best 标准化。",
        )
    total = value.sum(axis=0)
    share = value / np.where(total > 0, total, 1.0)
    uniform = 1 / len(value)
    # Schools that are all 0 do not differ, which is what equal shares say.
    share = np.where(total > 0, share, uniform)
    divergence = np.maximum(0.0, 1 + xlogy(share, share).sum(axis=0) / np.log(len(value)))
    divergence = np.where(np.ptp(share, axis=0) > SAME, divergence, 0.0)
    weights: Floats = divergence / divergence.sum()
    return weights


def estimate_critic_weights(value: Floats, *, keys: Sequence[str]) -> Floats:
    """Estimate weights by CRITIC: spread times disagreement with the other indicators.

    Parameters
    ----------
    value : ndarray, shape (n_units, n_indicators)
        Normalised values; with z all spreads are equal and correlations alone decide.
    keys : sequence of str
        Names of the indicators, for messages.

    Raises
    ------
    DataError
        When a value is missing or infinite.
    NotEstimableError
        With fewer than three schools, when no indicator has spread, or when all agree entirely.

    Examples
    --------
    >>> value = np.array([[0.0, 0.0], [0.5, 1.0], [1.0, 1.0]])
    >>> estimate_critic_weights(value, keys=["a", "b"]).round(3).tolist()
    [0.464, 0.536]
    """
    has_spread = _require_spread(value, keys=keys)
    sd, correlation = value.std(axis=0), _correlation(value, has_spread)
    # An indicator does not disagree with itself, nor with one that says nothing.
    conflict = np.where(np.outer(has_spread, has_spread), 1 - correlation, 0.0).sum(axis=1)
    contrast = np.where(has_spread, sd * np.where(conflict > SAME, conflict, 0.0), 0.0)
    if not contrast.any():
        names = ", ".join(keys[:5])
        raise NotEstimableError(
            f"CRITIC needs indicators that disagree somewhere (indicators with spread: "
            f"{has_spread.sum()} of {len(keys)}: {names}). Take equal weights.",
            f"CRITIC 法要求指标之间存在差异（有离散度的指标 {has_spread.sum()} 个，共 "
            f"{len(keys)} 个：{names}）。请改用等权。",
        )
    weights: Floats = contrast / contrast.sum()
    return weights


def estimate_component_weights(value: Floats, *, keys: Sequence[str]) -> ComponentWeights:
    """Estimate weights by the first principal component of the correlations.

    Parameters
    ----------
    value : ndarray, shape (n_units, n_indicators)
        Normalised values, higher is better.
    keys : sequence of str
        Names of the indicators, for messages.

    Raises
    ------
    DataError
        When a value is missing or infinite.
    NotEstimableError
        With fewer than three schools, an indicator without spread, or a first root that is not
        apart from the second, as with indicators that do not correlate.
    SettingsError
        When loadings differ in sign: some indicator would count against the school.

    Examples
    --------
    >>> value = np.array([[0.0, 0.0], [0.5, 1.0], [1.0, 1.0]])
    >>> fit = estimate_component_weights(value, keys=["a", "b"])
    >>> fit.weights.round(3).tolist(), round(fit.variance_share, 3)
    ([0.5, 0.5], 0.933)
    """
    has_spread = _require_spread(value, keys=keys)
    if not has_spread.all():
        flat = [key for key, spread in zip(keys, has_spread, strict=True) if not spread]
        raise NotEstimableError(
            f"A principal component needs indicators that differ between schools (without "
            f"spread: {len(flat)}: {', '.join(flat[:5])}). Leave them out.",
            f"主成分要求指标在学校间存在差异（无离散度的 {len(flat)} 个："
            f"{'、'.join(flat[:5])}）。请先剔除。",
        )
    variance, vectors = np.linalg.eigh(_correlation(value, has_spread))
    _require_first(variance)
    loading = vectors[:, -1] * np.sqrt(max(0.0, float(variance[-1])))
    loading = loading if loading.sum() >= 0 else -loading
    if loading.min() < -SAME:
        worst = int(loading.argmin())
        raise SettingsError(
            f"The first component gives {keys[worst]} the loading {loading[worst]:.2f} "
            f"(below 0: {(loading < -SAME).sum()} of {len(keys)}), so that it would count "
            "against the school. Required are loadings of 0 or more. Take other weights, or "
            "check which way the indicator is better.",
            f"第一主成分中 {keys[worst]} 的载荷为 {loading[worst]:.2f}（负载荷 "
            f"{(loading < -SAME).sum()} 个，共 {len(keys)} 个），会使该指标反向计分。"
            "要求载荷不小于 0。请改用其他赋权方法，或检查指标方向。",
        )
    kept = np.maximum(loading, 0.0)
    return ComponentWeights(
        weights=kept / kept.sum(),
        loading=loading,
        variance_share=float(variance[-1] / variance.sum()),
    )


def _require_spread(value: Floats, *, keys: Sequence[str]) -> NDArray[np.bool_]:
    """Return which indicators have spread, of which there must be one."""
    unknown = ~np.isfinite(value)
    if unknown.any():
        named = [keys[k] for k in np.flatnonzero(unknown.any(axis=0)).tolist()]
        raise DataError(
            f"Weights from data need a finite value of every school in every indicator "
            f"(missing or infinite: {unknown.sum()} of {value.size}, in "
            f"{', '.join(named[:5])}). Leave out schools without a value.",
            f"由数据赋权要求每所学校的每个指标均有有限数值（缺失或无穷大 {unknown.sum()} 个，"
            f"共 {value.size} 个，指标 {'、'.join(named[:5])}）。请剔除缺值的学校。",
        )
    n_units, has_spread = len(value), spread_of(value)
    if n_units < MIN_UNITS or not has_spread.any():
        raise NotEstimableError(
            f"Weights from data need at least {MIN_UNITS} schools and an indicator that "
            f"differs between them (found: schools {n_units}, indicators with spread "
            f"{has_spread.sum()}). Widen the group, or take equal weights.",
            f"由数据赋权至少需要 {MIN_UNITS} 所学校和一个有差异的指标（现有学校 {n_units} 所，"
            f"有差异的指标 {has_spread.sum()} 个）。请扩大比较组或改用等权。",
        )
    return has_spread


def _require_first(variance: Floats) -> None:
    """Refuse roots, in rising order, of which no component is the first."""
    if variance.size < 2 or variance[-1] - variance[-2] >= APART:
        return
    raise NotEstimableError(
        f"No component is the first: the two largest roots of the correlations are "
        f"{variance[-1]:.6f} and {variance[-2]:.6f} (required: {APART:g} apart), as with "
        "indicators that do not correlate. Take equal weights.",
        f"无法确定第一主成分：相关矩阵最大的两个特征根为 {variance[-1]:.6f} 和 "
        f"{variance[-2]:.6f}（要求相差至少 {APART:g}），例如各指标互不相关时。请改用等权。",
    )


def _correlation(value: Floats, has_spread: NDArray[np.bool_]) -> Floats:
    """Return correlations of the indicators, 0 with one that has no spread."""
    sd = np.where(has_spread, value.std(axis=0), 1.0)
    z = np.where(has_spread, (value - value.mean(axis=0)) / sd, 0.0)
    correlation: Floats = z.T @ z / len(value)
    return correlation
