"""A weight scheme read from a plain mapping, as a TOML reader gives it."""

from collections.abc import Collection, Mapping
from typing import cast

from core.errors import SettingsError
from core.indicator_direction import BETTER, Better, known_direction
from core.policy import Section
from core.scores import TOTAL
from core.weighting.scheme import (
    AGGREGATIONS,
    NORMALISATIONS,
    Aggregation,
    IndicatorTree,
    Leaf,
    Node,
    Normalisation,
    WeightScheme,
)


def parse_scheme(
    values: Mapping[str, object], *, known: Collection[str], subjects: Collection[str] = ()
) -> WeightScheme:
    """Return the scheme that a mapping describes.

    Parameters
    ----------
    values : mapping
        Texts ``name``, ``version``, ``author``, ``reason`` and perhaps ``release``;
        ``normalisation`` (z if not given), ``aggregation`` (mean if not given); ``parts``: a
        list of indicators (``indicator``, ``weight``, perhaps ``subject``, the total if not
        given, and ``better``, which may be left out where ``known_direction`` has one) and of
        nodes (``name``, ``weight``, ``parts``).
    known : collection of str
        Names of indicators that may be used.
    subjects : collection of str
        Subject codes that may be used; any if empty.

    Raises
    ------
    SettingsError
        When a key is missing, unknown or out of range, an indicator or subject is unknown, an
        indicator without a known direction has no ``better``, or the tree is refused.

    Examples
    --------
    >>> parts = [
    ...     {"indicator": "value_added", "weight": 0.6},
    ...     {"indicator": "low_rate", "weight": 0.4},
    ... ]
    >>> texts = dict.fromkeys(("name", "version", "author", "reason"), "trial")
    >>> scheme = parse_scheme({**texts, "parts": parts}, known=["value_added", "low_rate"])
    >>> scheme.keys, [leaf.better for leaf in scheme.tree.leaves]
    (('total.value_added', 'total.low_rate'), ['higher', 'lower'])
    """
    top = Section(values)
    normalisation = _choice(top, "normalisation", NORMALISATIONS)
    aggregation = _choice(top, "aggregation", AGGREGATIONS)
    texts = {key: top.text(key) for key in ("name", "version", "author", "reason")}
    release = top.text("release") if top.has("release") else ""
    tree = IndicatorTree(_parts(top, known=known, subjects=subjects))
    top.close()
    return WeightScheme(
        **texts,
        release=release,
        tree=tree,
        normalisation=cast("Normalisation", normalisation),
        aggregation=cast("Aggregation", aggregation),
    )


def _parts(
    section: Section, *, known: Collection[str], subjects: Collection[str]
) -> tuple[Node | Leaf, ...]:
    return tuple(
        _leaf(part, known=known, subjects=subjects)
        if part.has("indicator")
        else _node(part, known=known, subjects=subjects)
        for part in section.sections("parts")
    )


def _node(part: Section, *, known: Collection[str], subjects: Collection[str]) -> Node:
    name, weight = part.text("name"), part.number("weight")
    parts = _parts(part, known=known, subjects=subjects)
    part.close()
    return Node(name=name, weight=weight, parts=parts)


def _leaf(part: Section, *, known: Collection[str], subjects: Collection[str]) -> Leaf:
    indicator, weight = part.text("indicator"), part.number("weight")
    subject = part.text("subject", allowed=subjects) if part.has("subject") else TOTAL
    given = part.text("better", allowed=BETTER) if part.has("better") else ""
    part.close()
    if indicator not in known:
        choices = " ".join(sorted(known))
        raise SettingsError(
            f"Unknown indicator in {part.path}: {indicator}. Indicators that may be used: "
            f"{choices}. Correct the name, or compute the indicator first.",
            f"{part.path} 中的指标 {indicator} 未知。可用的指标：{choices}。"
            "请更正名称，或先计算该指标。",
        )
    better = cast("Better", given) if given else _direction(indicator, path=part.path)
    return Leaf(indicator, subject, weight, better)


def _direction(indicator: str, *, path: str) -> Better:
    better = known_direction(indicator)
    if better is None:
        choices = " ".join(BETTER)
        raise SettingsError(
            f"Which way {indicator} is better is not known, and {path} does not say. Give "
            f"better, one of: {choices}.",
            f"指标 {indicator} 没有既定方向，{path} 也未指明。请给出 better：{choices} 之一。",
        )
    return better


def _choice(section: Section, key: str, allowed: tuple[str, ...]) -> str:
    """Return one of ``allowed``, the first if the key is not given."""
    return section.text(key, allowed=allowed) if section.has(key) else allowed[0]
