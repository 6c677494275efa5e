"""Which raised places move a county most: sums for additive goals, a search for the spread.

School j has W_j scores with mean R_j; all of them have W scores with mean M. A place is a part
of a school that could be raised, which would add g to the school's sum. With D_j = R_j - M, for
a set of places in different schools and d = sum g / W:

    V after = sum_j W_j D_j^2 / W + sum (2 D_j g + g^2 / W_j) / W - d^2,    M after = M + d

so sqrt(V) / M, the weighted coefficient between schools, is known for any set without its
schools being summed again.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

N_BEST = 3
"""Places of a set, each in another school."""

EXACT_PLACES = 40
"""Up to this many places all sets are tried; beyond it, all sets of the best so many."""


@dataclass(frozen=True, slots=True)
class RaisedPlaces:
    """Schools, and the places in them that could be raised.

    Attributes
    ----------
    n, total : ndarray, shape (n_schools,)
        Scores of each school, above 0, and their sum.
    school : ndarray, shape (n_places,)
        Index of the school of each place.
    gain : ndarray, shape (n_places,)
        What raising it adds to the school's sum, 0 or above.
    """

    n: Floats
    total: Floats
    school: Indices
    gain: Floats


@dataclass(frozen=True, slots=True)
class BestPlaces:
    """The best set of places.

    Attributes
    ----------
    places : ndarray, shape (min(3, schools with a place),)
        Indices of the places, in order of what each does alone.
    is_exact : bool
        Whether no other set can do more; otherwise it is the better of a greedy search and all
        sets of the 40 places that do most alone.
    """

    places: Indices
    is_exact: bool


def weighted_cv_after(raised: RaisedPlaces, *, sets: Indices) -> Floats:
    """Return the weighted coefficient between schools after each set, shape (n_sets,).

    Parameters
    ----------
    raised : RaisedPlaces
        At least two schools; the coefficient is NaN where the mean is 0.
    sets : ndarray, shape (n_sets, n_in_set)
        Indices of places, those of a set in different schools; n_in_set may be 0.

    Examples
    --------
    >>> raised = RaisedPlaces(n=np.array([10.0, 10.0]), total=np.array([4.0, 6.0]),
    ...                       school=np.array([0]), gain=np.array([2.0]))
    >>> weighted_cv_after(raised, sets=np.array([[0]])).tolist()
    [0.0]
    """
    n_all = raised.n.sum()
    mean = raised.total.sum() / n_all
    deviation = raised.total / raised.n - mean
    gain, school = raised.gain[sets], raised.school[sets]
    added = (gain * (2 * deviation[school] + gain / raised.n[school])).sum(axis=1)
    shift = gain.sum(axis=1) / n_all
    variance = (raised.n @ deviation**2 + added) / n_all - shift**2
    # Rounding may leave a hair below zero where all schools become equal.
    floor = 1e-15 * mean**2
    level = np.where(mean + shift > 0, mean + shift, np.nan)
    cv: Floats = np.sqrt(np.where(variance > floor, variance, 0.0)) / level
    return cv


def best_places_by_sum(benefit: Floats, *, school: Indices) -> BestPlaces:
    """Return the places in three schools whose benefits sum to most; of equal ones the first.

    Parameters
    ----------
    benefit : ndarray, shape (n_places,)
        What each does alone; they add.
    school : ndarray, shape (n_places,)
        Index of the school of each place.

    Examples
    --------
    >>> school = np.array([0, 0, 1, 2, 3])
    >>> best_places_by_sum(np.array([9.0, 8.0, 3.0, 5.0, 4.0]), school=school).places.tolist()
    [0, 3, 4]
    """
    order = np.argsort(-benefit, kind="stable")
    _, first = np.unique(school[order], return_index=True)
    return BestPlaces(places=order[np.sort(first)][:N_BEST], is_exact=True)


def best_places_by_cv(raised: RaisedPlaces) -> BestPlaces:
    """Return the places in three schools that leave the smallest coefficient between schools.

    Examples
    --------
    >>> raised = RaisedPlaces(n=np.full(4, 10.0), total=np.array([4.0, 5.0, 7.0, 8.0]),
    ...                       school=np.arange(4), gain=np.array([2.0, 1.0, 1.0, 1.0]))
    >>> best_places_by_cv(raised).places.tolist()
    [0, 1, 2]
    """
    n_places = raised.gain.size
    alone = weighted_cv_after(raised, sets=np.arange(n_places)[:, None])
    order = np.argsort(alone, kind="stable")
    size = min(N_BEST, np.unique(raised.school).size)
    tried = _sets(np.sort(order[:EXACT_PLACES]), school=raised.school, size=size)
    if n_places > EXACT_PLACES:
        tried = np.concatenate([tried, _greedy(raised, size=size)[None, :]])
    best = tried[np.argmin(weighted_cv_after(raised, sets=tried))]
    return BestPlaces(
        places=best[np.argsort(alone[best], kind="stable")], is_exact=n_places <= EXACT_PLACES
    )


def _sets(places: Indices, *, school: Indices, size: int) -> Indices:
    """Return all sets of places in different schools, shape (n_sets, size)."""
    sets = np.array(list(combinations(places, size)), dtype=np.int64).reshape(-1, size)
    of = np.sort(school[sets], axis=1)
    return sets[np.all(np.diff(of, axis=1) > 0, axis=1)]


def _greedy(raised: RaisedPlaces, *, size: int) -> Indices:
    """Return the set to which each step adds the place that then does most."""
    chosen = np.empty(0, dtype=np.int64)
    for _ in range(size):
        free = np.flatnonzero(~np.isin(raised.school, raised.school[chosen]))
        sets = np.column_stack([np.tile(chosen, (free.size, 1)), free])
        chosen = sets[np.argmin(weighted_cv_after(raised, sets=sets))]
    return chosen
