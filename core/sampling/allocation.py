"""How many schools of each stratum a sample takes."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.errors import SettingsError

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

Allocation = Literal["proportional", "square_root", "fixed"]
POWER: dict[Allocation, float] = {"proportional": 1.0, "square_root": 0.5, "fixed": 0.0}
"""A stratum's claim is its pupils to this power: in full, softened, or equal for all."""


def allocate_schools(
    n_pupils: Floats,
    *,
    capacity: Indices,
    n_schools: int,
    rule: Allocation,
    min_per_stratum: int,
) -> Indices:
    """Return the schools to draw in each stratum, shape (n_strata,); they sum to n_schools.

    After the least number, each place goes to the stratum with the highest claim / (places +
    0.5), by the method of Sainte-Laguë, which favours neither large nor small strata; a tie
    goes to the stratum that stands first.

    Parameters
    ----------
    n_pupils : ndarray, shape (n_strata,)
        Pupils of the frame, above 0.
    capacity : ndarray, shape (n_strata,)
        Schools of the frame.
    n_schools : int
        Schools to draw in all.
    rule : {"proportional", "square_root", "fixed"}
        Claim: pupils, their square root (better for the small strata), or the same for all.
    min_per_stratum : int
        Least number where the stratum has as many; 2 lets each stratum show its own error.

    Raises
    ------
    SettingsError
        When the least numbers need more schools than the sample has, or the frame has fewer.

    References
    ----------
    Balinski & Young (2001). Fair Representation, ch. 4 (method of Webster and Sainte-Laguë).

    Examples
    --------
    >>> strata = dict(capacity=np.array([30, 20, 9]), n_schools=12, min_per_stratum=2)
    >>> pupils = np.array([8000.0, 3000.0, 400.0])
    >>> [allocate_schools(pupils, rule=rule, **strata).tolist() for rule in POWER]
    [[7, 3, 2], [6, 4, 2], [4, 4, 4]]
    """
    taken = np.minimum(capacity, min_per_stratum).astype(np.int64)
    if taken.sum() > n_schools or capacity.sum() < n_schools:
        raise SettingsError(
            f"A sample of {n_schools} schools cannot be spread over the strata (strata "
            f"{capacity.size}, schools needed at least {taken.sum()}, schools in the frame "
            f"{capacity.sum()}). Change the number of schools, or use fewer strata.",
            f"{n_schools} 所学校的抽样无法分配到各层（层数 {capacity.size}，至少需要 "
            f"{taken.sum()} 所，抽样框共 {capacity.sum()} 所）。请调整学校数或减少分层。",
        )
    claim = n_pupils ** POWER[rule]
    while taken.sum() < n_schools:
        standing = np.where(taken < capacity, claim / (taken + 0.5), -np.inf)
        taken[np.argmax(standing)] += 1
    return taken
