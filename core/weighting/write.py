"""A weight scheme as a plain mapping, as a TOML writer takes it; the inverse of ``parse``."""

from core.weighting.scheme import Leaf, Node, WeightScheme


def scheme_values(scheme: WeightScheme) -> dict[str, object]:
    """Return the mapping that ``parse_scheme`` turns into this scheme again.

    Examples
    --------
    >>> from core.weighting.scheme import IndicatorTree
    >>> tree = IndicatorTree((Leaf("z", "total", 1.0),))
    >>> scheme_values(WeightScheme("A", "1", "office", "trial", "", tree))["parts"]
    [{'indicator': 'z', 'subject': 'total', 'weight': 1.0, 'better': 'higher'}]
    """
    texts = {name: getattr(scheme, name) for name in ("name", "version", "author", "reason")}
    release = {"release": scheme.release} if scheme.release else {}
    return {
        **texts,
        **release,
        "normalisation": scheme.normalisation,
        "aggregation": scheme.aggregation,
        "parts": [_values(part) for part in scheme.tree.parts],
    }


def _values(part: Node | Leaf) -> dict[str, object]:
    if isinstance(part, Leaf):
        return {
            "indicator": part.indicator,
            "subject": part.subject,
            "weight": part.weight,
            "better": part.better,
        }
    below = [_values(each) for each in part.parts]
    return {"name": part.name, "weight": part.weight, "parts": below}
