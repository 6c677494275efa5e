"""Move one weight of a node and let the others give way, so that their sum stays 1.

Locked weights stay. The free ones share what is left in their own proportion, equally if all of
them are 0. The moved weight goes no further than the locked ones allow; where every other
weight is locked it cannot move at all.
"""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from core.errors import SettingsError
from core.weighting.scheme import share_out

Floats = NDArray[np.float64]


def rebalance(
    raw: Sequence[float], *, moved: int, to: float, locked: Collection[int] = ()
) -> Floats:
    """Return the weights of a node after one of them was moved.

    Parameters
    ----------
    raw : sequence of float, length n_parts
        Weights of the node before, 0 or more; shared out to sum 1 first.
    moved : int
        Place of the weight that was moved; moved by hand, it moves also when it is locked.
    to : float
        What it was moved to, as a share, 0 to 1; nearer values are taken beyond.
    locked : collection of int
        Places of the weights that stay.

    Returns
    -------
    ndarray, shape (n_parts,)
        0 or more, sum 1.

    Raises
    ------
    SettingsError
        When ``share_out`` refuses the weights, or the node has no such place.

    Examples
    --------
    >>> rebalance([0.5, 0.3, 0.2], moved=0, to=0.6, locked=[2]).round(3).tolist()
    [0.6, 0.2, 0.2]
    >>> rebalance([0.5, 0.3, 0.2], moved=0, to=0.6).round(3).tolist()
    [0.6, 0.24, 0.16]
    """
    weights = share_out(raw)
    n_parts = len(weights)
    if not 0 <= moved < n_parts:
        raise SettingsError(
            f"The node has {n_parts} parts and none at place {moved}. Choose one of them.",
            f"该节点有 {n_parts} 项，没有第 {moved} 项。请从中选择。",
        )
    stays = np.isin(np.arange(n_parts), list(locked))
    stays[moved] = False
    free = ~stays
    free[moved] = False
    room = 1 - weights[stays].sum()
    if not free.any():
        return weights
    weights[moved] = min(max(to, 0.0), room)
    left, others = room - weights[moved], weights[free]
    even = np.full(others.size, 1 / others.size)
    weights[free] = left * (others / others.sum() if others.sum() > 0 else even)
    return weights
