"""How many years running a school has been a candidate."""

import pandas as pd


def count_years_running(history: pd.DataFrame) -> pd.Series:
    """Count the latest judged years in a row in which each school was a candidate.

    A year in which a school was not judged neither counts nor ends the row.

    Parameters
    ----------
    history : DataFrame
        school, year (a number that grows) and candidate (bool; null where not judged), one
        row per school and year.

    Returns
    -------
    Series of int, indexed by school
        0 where the school was not a candidate when last judged, or was never judged.

    Examples
    --------
    >>> years = {"school": ["a"] * 4, "year": [2022, 2023, 2024, 2025]}
    >>> history = pd.DataFrame(years | {"candidate": [False, True, None, True]})
    >>> count_years_running(history).to_dict()
    {'a': 2}
    """
    latest_first = history.sort_values("year", ascending=False, kind="stable")
    judged = latest_first[latest_first["candidate"].notna()]
    candidate = judged["candidate"].astype(bool)
    was_clear = (~candidate).groupby(judged["school"]).cummax().astype(bool)
    running = (~was_clear).groupby(judged["school"]).sum()
    schools = pd.Index(history["school"].unique(), name="school").sort_values()
    return running.reindex(schools, fill_value=0).astype("int64").rename("years_running")
