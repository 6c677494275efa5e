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
    estimates, verdicts = _wide(definitions, "estimate"), _wide(definitions, "verdict")
    known = estimates.notna().to_numpy()
    n_schools = known.T.astype("int64") @ known.astype("int64")
    tables = {
        name: estimates.corr(method=name, min_periods=MIN_SCHOOLS).to_numpy()
        for name in ("pearson", "spearman")
    }
    codes = verdicts.where(estimates.notna())
    places = combinations(range(len(estimates.columns)), 2)
    rows = [
        (
            estimates.columns[i],
            estimates.columns[k],
            n_schools[i, k],
            *(tables[name][i, k] for name in tables),
            int((codes.iloc[:, i] == codes.iloc[:, k]).sum()),
            "ok" if np.isfinite(tables["pearson"][i, k]) else "not_estimable",
        )
        for i, k in places
    ]
    return pd.DataFrame(rows, columns=_COLUMNS)


def _wide(definitions: Mapping[str, pd.DataFrame], column: str) -> pd.DataFrame:
    """Return a column of the schools that are judged, one column for each definition."""
    parts = {
        name: frame[frame["status"] == "ok"].set_index("school")[column]
        for name, frame in definitions.items()
    }
    return pd.concat(parts, axis=1) if parts else pd.DataFrame()
