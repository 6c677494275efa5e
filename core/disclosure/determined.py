"""Which sums of hidden counts follow exactly from the totals that are told.

With x the hidden counts every total is an equation A x = b. A sum v'x is known exactly if v
stands at right angles to all that A leaves open, its null space N: v'N = 0. That counts are
not negative is not used.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_EXACT = 1e-8


def known_sums(equations: Floats, *, sums: Sequence[Floats]) -> list[Floats]:
    """Return those of the sums that follow from the equations.

    Parameters
    ----------
    equations : ndarray, shape (n_equations, n_hidden)
        One row for each total that is told, 1 for every hidden count in it.
    sums : sequence of ndarray, shape (n_hidden,)
        What must not be known.

    Examples
    --------
    >>> equations = np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 1.0]])
    >>> [v.tolist() for v in known_sums(equations, sums=list(np.eye(3)))]
    [[0.0, 0.0, 1.0]]
    """
    open_ = _null_space(equations)
    return [v for v in sums if np.abs(v @ open_).max(initial=0.0) < _EXACT]


def _null_space(equations: Floats) -> Floats:
    """Return an orthonormal basis of what the equations leave open, one column each."""
    _, size, basis = np.linalg.svd(equations, full_matrices=True)
    rank = int((size > _EXACT * max(float(size.max(initial=0.0)), 1.0)).sum())
    left: Floats = basis[rank:].T
    return left
