"""What a reader of all pages can work out: linear facts, and the range they leave a number."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import linprog

Place = tuple[str, str]
"""School, and what is counted there."""


@dataclass(slots=True)
class Told:
    """Facts about numbers of pupils by school and measure.

    Attributes
    ----------
    equal : list
        Places whose sum is a number that was told.
    at_most : list
        Pairs of places of which the first is never the larger one.
    """

    equal: list[tuple[tuple[Place, ...], float]] = field(default_factory=list)
    at_most: list[tuple[Place, Place]] = field(default_factory=list)

    def tell(self, schools: Iterable[str], measure: str, n: float | None) -> None:
        """Add a number over schools; one that is not shown tells nothing."""
        if n is not None and not pd.isna(n):
            places = tuple((school, measure) for school in schools)
            self.equal.append((places, float(n)))

    def ranges(self, wanted: Iterable[Place]) -> Iterator[tuple[Place, float, float]]:
        """Yield the least and the largest number that agrees with all facts, for each place."""
        terms = [place for places, _ in self.equal for place in places]
        terms += [place for pair in self.at_most for place in pair]
        column = {place: k for k, place in enumerate(dict.fromkeys([*terms, *wanted]))}
        # Pages repeat each other; a fact counts once.
        sums, pairs = list(dict.fromkeys(self.equal)), list(dict.fromkeys(self.at_most))
        solve = partial(
            linprog,
            A_eq=_matrix([dict.fromkeys(places, 1.0) for places, _ in sums], column),
            b_eq=[n for _, n in sums],
            A_ub=_matrix([{a: 1.0, b: -1.0} for a, b in pairs], column),
            b_ub=[0.0] * len(pairs),
        )
        for place in wanted:
            aim = np.zeros(len(column))
            aim[column[place]] = 1.0
            least, largest = solve(aim), solve(-aim)
            assert least.fun is not None, least.message
            yield place, least.fun, np.inf if largest.fun is None else -largest.fun


def _matrix(rows: list[dict[Place, float]], column: dict[Place, int]) -> NDArray[np.float64]:
    matrix = np.zeros((len(rows), len(column)))
    for i, terms in enumerate(rows):
        for place, factor in terms.items():
            matrix[i, column[place]] += factor
    return matrix
