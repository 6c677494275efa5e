"""Counts of nearly the same pupils, whose means together tell of the few that differ.

With the mean m over n pupils and the mean m' over n - d of them, the d others have the sum
n m - (n - d) m'. For one or two pupils that is their mark to within the rounding of the means
times n: the total of those who sat everything beside a subject's mean tells what the pupil who
missed one paper got in the other.
"""

from collections.abc import Sequence

import pandas as pd

from core.errors import DataError
from core.suppression import MIN_PUPILS_SHOWN, is_small


def differing_counts(
    counts: pd.DataFrame,
    *,
    nested: Sequence[tuple[str, str]],
    minimum: int = MIN_PUPILS_SHOWN,
) -> pd.DataFrame:
    """Return where the mean of the smaller set of pupils must not be told beside the larger's.

    Parameters
    ----------
    counts : DataFrame, one row for each unit, one column for each set of pupils
        Numbers of pupils of a mean, such as those with a total and those with a subject; null
        where nothing is told.
    nested : sequence of (str, str)
        Columns of a set and of one that contains it: ``("total", "math")``.
    minimum : int
        Differences of 1 to minimum - 1 pupils are found.

    Returns
    -------
    DataFrame
        One row for each find, in the order of ``nested``: unit, smaller, larger (the two
        columns) and n_pupils, how many are in the larger set alone.

    Raises
    ------
    DataError
        When a set has more pupils than the one that contains it.

    Examples
    --------
    >>> counts = pd.DataFrame({"total": [40, 52], "math": [41, 52]}, index=["a", "b"])
    >>> differing_counts(counts, nested=[("total", "math")]).to_numpy().tolist()
    [['a', 'total', 'math', 1]]
    """
    found = []
    for smaller, larger in nested:
        both = counts[[smaller, larger]].dropna()
        difference = (both[larger] - both[smaller]).astype("int64")
        _refuse_larger(difference, smaller=smaller, larger=larger)
        few = difference[[is_small(n, minimum=minimum) for n in difference]]
        units = few.index.astype("str")
        rows = {"unit": units, "smaller": smaller, "larger": larger, "n_pupils": few.to_numpy()}
        found.append(pd.DataFrame(rows))
    columns = ["unit", "smaller", "larger", "n_pupils"]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=columns)


def _refuse_larger(difference: pd.Series, *, smaller: str, larger: str) -> None:
    wrong = difference[difference < 0]
    if wrong.empty:
        return
    unit, excess = wrong.index[0], -int(wrong.iloc[0])
    raise DataError(
        f"{smaller} of {unit} has {excess} more than {larger}, which should contain it "
        f"(units where it does: {len(wrong)}). Name the sets the right way round.",
        f"{unit} 的 {smaller} 比应包含它的 {larger} 多 {excess} 人"
        f"（此类单位 {len(wrong)} 个）。请核对两个集合的顺序。",
    )
