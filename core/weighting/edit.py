"""An indicator tree changed by hand: one weight moved, all set anew, indicators put in or out.

Nothing is changed in place. A part of the tree is named by its path: its place at the top, then
in the node there, and so on.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from core.errors import SettingsError
from core.weighting.rebalance import rebalance
from core.weighting.scheme import IndicatorTree, Leaf, Node, share_out

Part = Node | Leaf
Path = tuple[int, ...]


def paths_of(parts: Sequence[Part], *, above: Path = ()) -> Iterator[tuple[Path, Part]]:
    """Yield every part with its path, a node before its own parts.

    Examples
    --------
    >>> node = Node("levels", 1.0, (Leaf("z", "total", 1.0),))
    >>> [path for path, _ in paths_of([node])]
    [(0,), (0, 0)]
    """
    for place, part in enumerate(parts):
        path = (*above, place)
        yield path, part
        if isinstance(part, Node):
            yield from paths_of(part.parts, above=path)


def move_weight(
    parts: Sequence[Part], path: Path, *, to: float, locked: Collection[Path] = ()
) -> tuple[Part, ...]:
    """Return the parts after one weight was moved; its neighbours in the node give way.

    Parameters
    ----------
    parts : sequence of Node or Leaf
        The top of a tree.
    path : tuple of int
        Of the part whose weight moves.
    to : float
        New share within its node, 0 to 1.
    locked : collection of paths
        Parts whose weights stay.

    Raises
    ------
    SettingsError
        When the tree has no such part.

    Examples
    --------
    >>> parts = (Leaf("z", "total", 0.5), Leaf("mean", "math", 0.5))
    >>> [part.weight for part in move_weight(parts, (1,), to=0.8)]
    [0.2, 0.8]
    """
    above, place = path[:-1], path[-1]
    stays = [own[-1] for own in locked if own[:-1] == above]
    weights = [part.weight for part in node_parts(parts, above)]
    moved = rebalance(weights, moved=place, to=to, locked=stays)
    return set_node(parts, above, [round(float(weight), 12) for weight in moved])


def node_parts(parts: Sequence[Part], path: Path) -> tuple[Part, ...]:
    """Return the parts of the node at a path; those of the top for an empty path.

    Raises
    ------
    SettingsError
        When the tree has no such node.
    """
    for place in path:
        node = parts[place] if 0 <= place < len(parts) else None
        if not isinstance(node, Node):
            where = ".".join(map(str, path))
            raise SettingsError(
                f"The tree has no node at place {where}. Choose one of it.",
                f"指标树中没有位置为 {where} 的节点。请从中选择。",
            )
        parts = node.parts
    return tuple(parts)


def set_node(parts: Sequence[Part], path: Path, weights: Sequence[float]) -> tuple[Part, ...]:
    """Return the tree with other weights of the parts of one node, the top for an empty path.

    Parameters
    ----------
    weights : sequence of float
        0 or more, one for each part, shared out to sum 1.

    Raises
    ------
    SettingsError
        When the tree has no such node, or ``share_out`` refuses the weights.

    Examples
    --------
    >>> parts = (Leaf("z", "total", 0.5), Leaf("mean", "math", 0.5))
    >>> [part.weight for part in set_node(parts, (), [1, 3])]
    [0.25, 0.75]
    """
    if not path:
        return _weighted(parts, [float(weight) for weight in share_out(weights)])
    inside = set_node(node_parts(parts, path[:1]), path[1:], weights)
    first, node = path[0], parts[path[0]]
    changed = replace(node, parts=inside) if isinstance(node, Node) else node
    return (*parts[:first], changed, *parts[first + 1 :])


def set_weights(parts: Sequence[Part], weights: Mapping[str, float]) -> tuple[Part, ...]:
    """Return the parts with other weights of the indicators in the composite.

    The weight of a node becomes the sum of its indicators' weights.

    Parameters
    ----------
    parts : sequence of Node or Leaf
    weights : mapping of indicator key to weight
        0 or more, of all indicators, shared out to sum 1.

    Raises
    ------
    SettingsError
        When ``share_out`` refuses the weights.

    Examples
    --------
    >>> node = Node("levels", 0.5, (Leaf("z", "total", 0.5), Leaf("mean", "total", 0.5)))
    >>> parts = (node, Leaf("low_rate", "total", 0.5, "lower"))
    >>> found = set_weights(parts, {"total.z": 3, "total.mean": 1, "total.low_rate": 4})
    >>> found[0].weight, [leaf.weight for leaf in found[0].parts]
    (0.5, [0.75, 0.25])
    """
    sums = [_sum(part, weights) for part in parts]
    inside = [
        replace(part, parts=set_weights(part.parts, weights))
        if isinstance(part, Node) and total > 0
        else part
        for part, total in zip(parts, sums, strict=True)
    ]
    return _weighted(inside, [float(weight) for weight in share_out(sums)])


def choose_indicators(parts: Sequence[Part], leaves: Sequence[Leaf]) -> tuple[Part, ...]:
    """Return the parts with these indicators and no others.

    Indicators that are new stand at the end of the top with an even share; those that stay keep
    their proportions. A node without an indicator goes.

    Examples
    --------
    >>> parts = (Leaf("z", "total", 0.6), Leaf("mean", "math", 0.4))
    >>> asked = [Leaf("z", "total", 1.0), Leaf("mean", "english", 1.0)]
    >>> found = choose_indicators(parts, asked)
    >>> [(part.key, part.weight) for part in found]
    [('total.z', 0.5), ('english.mean', 0.5)]
    """
    asked = {leaf.key: leaf for leaf in leaves}
    kept = _kept(parts, set(asked))
    standing = {leaf.key for leaf in _leaves(kept)}
    new = [leaf for key, leaf in asked.items() if key not in standing]
    n_parts = len(kept) + len(new)
    if not n_parts:
        return ()
    old_share = len(kept) / n_parts
    shares = list(share_out([part.weight or 0.0 for part in kept])) if _any(kept) else []
    if kept and not shares:
        shares = [1 / len(kept)] * len(kept)
    weights = [float(share) * old_share for share in shares] + [1 / n_parts] * len(new)
    return _weighted((*kept, *new), weights)


def tree_of(parts: Sequence[Part]) -> IndicatorTree:
    """Return the tree of parts whose weights need not sum to 1: they are shared out.

    Raises
    ------
    SettingsError
        When ``share_out`` or ``IndicatorTree`` refuses them.

    Examples
    --------
    >>> tree_of([Leaf("z", "total", 60), Leaf("mean", "math", 40)]).leaves[0].weight
    0.6
    """
    return IndicatorTree(_shared(parts))


def _shared(parts: Sequence[Part]) -> tuple[Part, ...]:
    inside = [
        replace(part, parts=_shared(part.parts)) if isinstance(part, Node) else part
        for part in parts
    ]
    return _weighted(inside, [float(w) for w in share_out([part.weight for part in parts])])


def _weighted(parts: Sequence[Part], weights: Sequence[float]) -> tuple[Part, ...]:
    return tuple(
        replace(part, weight=weight) for part, weight in zip(parts, weights, strict=True)
    )


def _sum(part: Part, weights: Mapping[str, float]) -> float:
    return sum(weights.get(leaf.key, 0.0) for leaf in _leaves([part]))


def _leaves(parts: Sequence[Part]) -> list[Leaf]:
    return [part for _, part in paths_of(parts) if isinstance(part, Leaf)]


def _kept(parts: Sequence[Part], keys: set[str]) -> list[Part]:
    kept: list[Part] = []
    for part in parts:
        if isinstance(part, Leaf):
            if part.key in keys:
                kept.append(part)
            continue
        inside = _kept(part.parts, keys)
        if inside:
            weights = [p.weight for p in inside]
            even = [1 / len(inside)] * len(inside)
            shares = [float(w) for w in share_out(weights)] if _any(inside) else even
            kept.append(replace(part, parts=_weighted(inside, shares)))
    return kept


def _any(parts: Sequence[Part]) -> bool:
    return any(part.weight > 0 for part in parts)
