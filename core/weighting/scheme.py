"""A weight scheme: an indicator tree with its normalisation and aggregation, and who made it.

Weights sum to 1 inside every node. The weight of an indicator in the composite is the product
of the weights on its path, so a tree acts as the flat list of its leaves. A scheme that rests
on admission indicators alone is refused (003-篇6 三: admission must not be the only criterion).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.errors import SettingsError
from core.indicator_direction import Better, require_better

Floats = NDArray[np.float64]

Normalisation = Literal["z", "min_max", "rank", "share_of_best"]
Aggregation = Literal["mean", "geometric"]

NORMALISATIONS: tuple[Normalisation, ...] = ("z", "min_max", "rank", "share_of_best")
AGGREGATIONS: tuple[Aggregation, ...] = ("mean", "geometric")

ADMISSION_INDICATORS = frozenset({"line_rate", "top_n_count", "top_n_rate", "admission_rate"})
"""Indicators of admission 升学; further ones are named ``top_n_count_<name>`` and alike."""

SUM_TOLERANCE = 1e-6
"""How far weights may miss 1: six decimals are typed at most."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """An indicator of the tree.

    Attributes
    ----------
    indicator, subject : str
        As in INDICATORS.
    weight : float
        Share within its node, 0 to 1.
    better : {"higher", "lower"}

    Raises
    ------
    SettingsError
        When ``better`` is anything else.
    """

    indicator: str
    subject: str
    weight: float
    better: Better = "higher"

    def __post_init__(self) -> None:
        require_better(self.better, of=self.key)

    @property
    def key(self) -> str:
        """Subject and indicator in one word, such as ``total.z``."""
        return f"{self.subject}.{self.indicator}"

    @property
    def is_admission(self) -> bool:
        """Whether it counts pupils above a line or among the first of the county."""
        return any(
            self.indicator == name or self.indicator.startswith(f"{name}_")
            for name in ADMISSION_INDICATORS
        )


@dataclass(frozen=True, slots=True)
class Node:
    """A dimension of the tree: its name, its share of the node above, and its parts."""

    name: str
    weight: float
    parts: tuple["Node | Leaf", ...]


@dataclass(frozen=True, slots=True)
class IndicatorTree:
    """The parts of a composite.

    Raises
    ------
    SettingsError
        When weights of a node are negative or do not sum to 1, an indicator stands twice, the
        tree is empty, or all weight lies on admission indicators.
    """

    parts: tuple[Node | Leaf, ...]

    def __post_init__(self) -> None:
        _require_sums(self.parts, name="-")
        leaves = self.leaves
        keys = [leaf.key for leaf in leaves]
        repeated = sorted({key for key in keys if keys.count(key) > 1})
        if repeated:
            raise SettingsError(
                f"Indicators that stand in the tree more than once: {len(repeated)} "
                f"({', '.join(repeated[:5])}). Each may stand once. Join them.",
                f"指标树中重复的指标：{len(repeated)} 个（{'、'.join(repeated[:5])}）。"
                "每个指标只能出现一次，请合并。",
            )
        _refuse_admission_alone(leaves)

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """The indicators with their weights in the composite, which sum to 1."""
        flat = list(_flatten(self.parts, share=1.0))
        total = sum(leaf.weight for leaf in flat)
        return tuple(replace(leaf, weight=leaf.weight / total) for leaf in flat)


@dataclass(frozen=True, slots=True)
class WeightScheme:
    """A named, versioned way to make one composite of several indicators.

    Attributes
    ----------
    name, version, author, reason : str
    release : str
        The data it was tried on; empty when it was not.
    tree : IndicatorTree
    normalisation : {"z", "min_max", "rank", "share_of_best"}
    aggregation : {"mean", "geometric"}
    """

    name: str
    version: str
    author: str
    reason: str
    release: str
    tree: IndicatorTree
    normalisation: Normalisation = "z"
    aggregation: Aggregation = "mean"

    @property
    def keys(self) -> tuple[str, ...]:
        """The indicators, in the order of the tree."""
        return tuple(leaf.key for leaf in self.tree.leaves)

    @property
    def weights(self) -> Floats:
        """The weights of the indicators in the composite, shape (n_indicators,)."""
        return np.array([leaf.weight for leaf in self.tree.leaves])


def share_out(raw: Sequence[float]) -> Floats:
    """Return raw weights, such as the places of sliders, as shares that sum to 1.

    Raises
    ------
    SettingsError
        When one is negative or not a number, or all are 0.

    Examples
    --------
    >>> share_out([60, 70, 70]).round(2).tolist()
    [0.3, 0.35, 0.35]
    """
    weights = np.asarray(raw, dtype=np.float64)
    bad, total = int((~(weights >= 0)).sum()), float(weights.sum())
    if bad or not 0 < total < np.inf:
        raise SettingsError(
            f"Weights must be 0 or more with a sum above 0 (found: negative or missing {bad}, "
            f"sum {total:g}). Correct them.",
            f"权重须不小于 0 且总和大于 0（负值或缺失 {bad} 个，总和 {total:g}）。请更正。",
        )
    shares: Floats = weights / total
    return shares


def reweigh(scheme: WeightScheme, raw: Mapping[str, float]) -> WeightScheme:
    """Return the scheme as a flat list with other weights, shared out to sum 1.

    Parameters
    ----------
    scheme : WeightScheme
    raw : mapping of indicator key to weight
        0 or more; all indicators of the scheme.

    Raises
    ------
    SettingsError
        When indicators are missing or unknown, or ``share_out`` refuses the weights.

    Examples
    --------
    >>> leaves = (Leaf("z", "total", 0.5), Leaf("low_rate", "total", 0.5, "lower"))
    >>> scheme = WeightScheme("A", "1", "office", "trial", "", IndicatorTree(leaves))
    >>> reweigh(scheme, {"total.z": 3, "total.low_rate": 1}).weights.tolist()
    [0.75, 0.25]
    """
    leaves = scheme.tree.leaves
    different = sorted(set(raw) ^ set(scheme.keys))
    if different:
        raise SettingsError(
            f"Weights must be given for the indicators of the scheme and no others (different: "
            f"{', '.join(different[:5])}). Correct the names.",
            f"权重须与方案的指标一一对应（不一致：{'、'.join(different[:5])}）。请更正名称。",
        )
    shares = share_out([raw[leaf.key] for leaf in leaves])
    parts = tuple(
        replace(leaf, weight=float(share)) for leaf, share in zip(leaves, shares, strict=True)
    )
    return replace(scheme, tree=IndicatorTree(parts))


def _flatten(parts: Sequence[Node | Leaf], *, share: float) -> Iterator[Leaf]:
    for part in parts:
        if isinstance(part, Leaf):
            yield replace(part, weight=share * part.weight)
        else:
            yield from _flatten(part.parts, share=share * part.weight)


def _require_sums(parts: Sequence[Node | Leaf], *, name: str) -> None:
    weights = [part.weight for part in parts]
    bad = sum(not weight >= 0 for weight in weights)
    total = sum(weights)
    if bad or not abs(total - 1) <= SUM_TOLERANCE:
        raise SettingsError(
            f"Weights inside the node {name} must be 0 or more and sum to 1 (found: sum "
            f"{total:g} of {len(weights)}, negative or missing {bad}). Correct them.",
            f"节点 {name} 内的权重须不小于 0 且总和为 1（现为 {len(weights)} 项，"
            f"总和 {total:g}，负值或缺失 {bad} 个）。请更正。",
        )
    for part in parts:
        if isinstance(part, Node):
            _require_sums(part.parts, name=part.name)


def _refuse_admission_alone(leaves: Sequence[Leaf]) -> None:
    admission = sum(leaf.weight for leaf in leaves if leaf.is_admission)
    if admission < 1 - SUM_TOLERANCE:
        return
    raise SettingsError(
        f"Admission indicators hold {100 * admission:.0f} % of the weight. A composite must "
        "not rest on admission alone, because admission is not to be the only criterion of a "
        "school's work (003-篇6 三). Give weight to another indicator.",
        f"升学类指标占权重 {100 * admission:.0f} %。综合评价不得只看升学，"
        "升学率不能作为评价学校的唯一标准（003-篇6 三）。请为其他指标赋权。",
    )
