"""The schools of a county in a survey: every pupil has one, and small ones are not shown.

The county's figure stands beside those of its schools, so a school that is hidden alone would
be the county less the others. Hidden schools are therefore at least two, and together have at
least the least number of pupils that is shown; where they cannot be, the county's figure goes.
One pattern serves all measures: what is hidden in one could come back from another that shares
its questions.
"""

import numpy as np
import pandas as pd

from core.errors import DataError
from core.suppression import suppressed_together

HIDDEN = ("too_few", "suppressed")
"""Statuses of schools without a figure: small itself, or hidden to protect a small one."""

_COUNTY = ""
"""Of all schools; no school has this code."""


def require_schools(school: pd.Series, *, n_pupils: int) -> None:
    """Refuse school codes that are not one for each pupil.

    Parameters
    ----------
    school : Series
        School code of each pupil.
    n_pupils : int
        Rows of the pupils' table.

    Raises
    ------
    DataError
        When the numbers differ, or codes are missing or empty.
    """
    n_null = int((school.isna() | (school == "")).sum())
    if len(school) != n_pupils or n_null:
        raise DataError(
            f"Each pupil needs one school code (pupils: {n_pupils}, codes: {len(school)}, of "
            f"them empty: {n_null}). Complete the codes, in the order of the pupils.",
            f"每名学生应有一个学校代码（学生 {n_pupils} 名，代码 {len(school)} 个，"
            f"其中为空 {n_null} 个）。请按学生顺序补全学校代码。",
        )


def shown_parts(n_pupils: pd.DataFrame, *, min_pupils: int) -> pd.DataFrame:
    """Return what may be shown of each school, and of the county, in each measure.

    Parameters
    ----------
    n_pupils : DataFrame, schools by measures
        Pupils who have the measure.
    min_pupils : int
        Fewest pupils of a school that is shown.

    Returns
    -------
    DataFrame, indexed by school and measure
        status: ok, too_few, suppressed (hidden so that a smaller one cannot be worked out) or
        not_estimable (no pupils); county_is_shown.

    Raises
    ------
    SettingsError
        When the least number is below 5.

    Examples
    --------
    >>> n_pupils = pd.DataFrame({"circles": [40, 30, 3]}, index=["A", "B", "C"])
    >>> shown_parts(n_pupils, min_pupils=10)["status"].tolist()
    ['ok', 'suppressed', 'too_few']
    """
    hidden = suppressed_together(
        (n_pupils[measure] for measure in n_pupils),
        parent=pd.Series(_COUNTY, index=n_pupils.index),
        minimum=min_pupils,
    )
    n = n_pupils.to_numpy()
    is_partner = np.isin(n_pupils.index, list(hidden))[:, None]
    status = np.select(
        [n == 0, n < min_pupils, is_partner],
        ["not_estimable", "too_few", "suppressed"],
        "ok",
    )
    is_hidden = np.isin(status, HIDDEN)
    is_safe = (is_hidden.sum(axis=0) >= 2) & ((n * is_hidden).sum(axis=0) >= min_pupils)
    county = np.broadcast_to(is_safe | ~is_hidden.any(axis=0), n.shape)
    keys = pd.MultiIndex.from_product([n_pupils.index, n_pupils.columns])
    return pd.DataFrame(
        {
            "status": pd.Series(status.ravel(), index=keys, dtype="str"),
            "county_is_shown": pd.Series(county.ravel(), index=keys),
        }
    )
