"""How far definitions of value-added order the schools alike."""

from collections.abc import Mapping
from itertools import combinations

import numpy as np
import pandas as pd

MIN_SCHOOLS = 5
"""Fewest schools over which a correlation of two estimates says anything."""

_COLUMNS = ["first", "second", "n_schools", "pearson", "spearman", "n_same_verdict", "status"]


def correlate_definitions(definitions: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Correlate the estimates of every pair of definitions over the schools of both.

    Parameters
    ----------
    definitions : mapping of str to DataFrame
        Name of the definition to its SCHOOL_EFFECTS; schools with status ok take part.

    Returns
    -------
    DataFrame
        One row per pair: first, second, n_schools (in both), pearson, spearman (of the
        estimates; null with fewer than 5 schools or without spread), n_same_verdict (schools
        with the same verdict by both), status (ok not_estimable).

    Examples
    --------
    >>> first = pd.DataFrame({"school": list("ABCDE"), "estimate": [1.0, 2, 3, 4, 5],
    ...                       "verdict": "above", "status": "ok"})
    >>> second = first.assign(estimate=[1.0, 2, 4, 3, 5])
    >>> table = correlate_definitions({"a": first, "b": second})
    >>> table[["n_schools", "pearson", "spearman"]].round(2).to_numpy().tolist()
    [[5.0, 0.9, 0.9]]
    """
    known = {
        name: frame[(frame["status"] == "ok") & frame["estimate"].notna()].set_index("school")
        for name, frame in definitions.items()
    }
    rows = [
        {"first": first, "second": second, **_of_pair(known[first], known[second])}
        for first, second in combinations(known, 2)
    ]
    columns = [
        "first",
        "second",
        "n_schools",
        "pearson",
        "spearman",
        "n_same_verdict",
        "status",
    ]
    return pd.DataFrame(rows, columns=columns)


def _of_pair(first: pd.DataFrame, second: pd.DataFrame) -> dict[str, object]:
    columns = ["estimate", "verdict"]
    other = second[columns].add_suffix("_2")
    both = first[columns].join(other, how="inner")
    values = both[["estimate", "estimate_2"]].astype("float64")
    is_known = len(both) >= MIN_SCHOOLS and bool((values.max() > values.min()).all())
    ranks = values.rank()
    return {
        "n_schools": len(both),
        "pearson": _correlation(values) if is_known else np.nan,
        "spearman": _correlation(ranks) if is_known else np.nan,
        "n_same_verdict": int((both["verdict"] == both["verdict_2"]).sum()),
        "status": "ok" if is_known else "not_estimable",
    }


def _correlation(pair: pd.DataFrame) -> float:
    return float(np.corrcoef(pair.to_numpy().T)[0, 1])
