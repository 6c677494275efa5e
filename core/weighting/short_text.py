"""An indicator tree as a short text, as a link holds it, that gives the same figures again.

    [["total.z",30],["弱项",70,[["total.low_rate",50],["total.bottom20_share",50,"higher"]]]]

Weights are per cent of their node, with three digits at most: what is shown is what is counted.
A direction stands where it is not the known one.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from core.errors import SettingsError
from core.indicator_direction import BETTER, Better
from core.weighting.edit import Part, tree_of
from core.weighting.scheme import IndicatorTree, Leaf, Node

DIGITS = 3
"""Digits of a weight in per cent."""

_DEEPEST, _LONGEST = 4, 6000


def tree_text(parts: Sequence[Part], *, directions: Mapping[str, Better]) -> str:
    """Return the parts of a tree as text.

    Parameters
    ----------
    directions : mapping of indicator key to direction
        The known one of each indicator.
    """
    values = [_value(part, directions) for part in parts]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def read_tree(text: str, *, directions: Mapping[str, Better]) -> IndicatorTree:
    """Return the tree of a text.

    Parameters
    ----------
    directions : mapping of indicator key to direction
        The indicators that may be used.

    Raises
    ------
    SettingsError
        When it is no such text, names an unknown indicator, or the tree is refused.
    """
    try:
        parts = _parts(json.loads(text[:_LONGEST]), directions, depth=1)
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        raise SettingsError(
            f"The link's weights cannot be read ({len(text)} signs). Ask for the link again, "
            "or choose a scheme.",
            f"链接中的权重无法识别（{len(text)} 个字符）。请重新索取链接，或选择一个方案。",
        ) from None
    return tree_of(parts)


def percent(weight: float) -> float:
    """Return a share in per cent, as it is shown and counted.

    Examples
    --------
    >>> percent(1 / 3)
    33.333
    """
    return round(100 * weight, DIGITS)


def _value(part: Part, directions: Mapping[str, Better]) -> list[Any]:
    if isinstance(part, Node):
        return [part.name, percent(part.weight), [_value(p, directions) for p in part.parts]]
    own = [] if part.better == directions.get(part.key) else [part.better]
    return [part.key, percent(part.weight), *own]


def _parts(values: Any, directions: Mapping[str, Better], *, depth: int) -> tuple[Part, ...]:
    if not isinstance(values, list) or not values or depth > _DEEPEST:
        raise ValueError(depth)
    return tuple(_part(value, directions, depth=depth) for value in values)


def _part(value: Any, directions: Mapping[str, Better], *, depth: int) -> Part:
    name, weight, *rest = value
    if not isinstance(name, str):
        raise TypeError(name)
    if rest and isinstance(rest[0], list):
        return Node(name, float(weight), _parts(rest[0], directions, depth=depth + 1))
    better = rest[0] if rest else directions[name]
    if name not in directions or better not in BETTER:
        raise KeyError(name)
    subject, _, indicator = name.partition(".")
    return Leaf(indicator, subject, float(weight), better)
