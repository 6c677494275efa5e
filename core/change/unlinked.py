"""Changes of rank and of rates, for exams whose pupils cannot be linked.

They say where a school stands now and stood then, of different pupils perhaps; they say nothing
of what the school did.
"""

import numpy as np
import pandas as pd

from core.change.figures import KEY
from core.errors import DataError
from core.interval import Z95
from core.listed_once import refuse_twice
from core.numerics.rank import competition_rank
from core.tables import INDICATORS

RATES = ("excellent_rate", "good_rate", "pass_rate", "low_rate")
"""The four rates; a rise of the last is no good news."""


def compute_rank_change(
    current: pd.DataFrame, *, previous: pd.DataFrame, group: pd.Series, indicator: str
) -> pd.DataFrame:
    """Compute how many places the schools of a comparison group rose or fell.

    Parameters
    ----------
    current, previous : DataFrame
        INDICATORS rows of one exam each.
    group : Series, indexed by school
        Comparison group; units that it lacks are not ranked.
    indicator : str
        What is ranked, such as z or mean; higher is better.

    Returns
    -------
    DataFrame
        One row per school and subject with the figure in both exams, by subject, group and
        place: unit, subject, group, indicator, before, after (ranks, 1 is best, ties share the
        better), change (places risen; negative for fallen), n_units (schools ranked). Only
        schools with both figures are counted, so that one that opened or closed moves nobody.

    Raises
    ------
    DataError
        When no school has the figure in both exams, or a school stands in two groups.

    Examples
    --------
    >>> figure = {"unit": ["A", "B"], "exam": "end", "subject": "math", "indicator": "z",
    ...           "se": 0.1, "low": 0.0, "high": 0.0, "n_pupils": 90, "reliability": 1.0,
    ...           "status": "ok"}
    >>> now = pd.DataFrame(figure).assign(estimate=[0.5, 0.2])
    >>> then = pd.DataFrame(figure).assign(estimate=[0.1, 0.2])
    >>> group = pd.Series({"A": "junior", "B": "junior"})
    >>> change = compute_rank_change(now, previous=then, group=group, indicator="z")
    >>> change[["unit", "before", "after", "change"]].to_numpy().tolist()
    [['A', 2, 1, 1], ['B', 1, 2, -1]]
    """
    refuse_twice(group.index, where="group")
    now, then = (
        _figures(exam, group=group, indicator=indicator) for exam in (current, previous)
    )
    pair = then.merge(now, on=["unit", "subject", "group"], suffixes=("_before", "_after"))
    if pair.empty:
        raise DataError(
            f"Schools with {indicator!r} in both exams: 0 (now {len(now)}, before "
            f"{len(then)}). Choose exams with a subject and schools in common.",
            f"两次考试都有“{indicator}”的学校为 0 所（本次 {len(now)}，上次 {len(then)}）。"
            "请选择有相同学科和学校的考试。",
        )
    within = pair.groupby(["subject", "group"])
    for moment in ("before", "after"):
        rank = within[f"estimate_{moment}"].transform(lambda x: competition_rank(x.to_numpy()))
        pair[moment] = rank.astype("int64")
    pair["change"] = pair["before"] - pair["after"]
    pair["n_units"] = within["unit"].transform("size")
    pair["indicator"] = indicator
    columns = ["unit", "subject", "group", "indicator", "before", "after", "change", "n_units"]
    return pair.sort_values(["subject", "group", "after", "unit"], ignore_index=True)[columns]


def compute_rate_change(current: pd.DataFrame, *, previous: pd.DataFrame) -> pd.DataFrame:
    """Compute the change of the four rates, with Newcombe's interval.

    The interval is made of the Wilson intervals of both rates, so that nobody before and nobody
    after is not taken for certainty: with few pupils it is wide.

    Parameters
    ----------
    current, previous : DataFrame
        INDICATORS rows of one exam each, rates with their Wilson intervals; other indicators
        are left out.

    Returns
    -------
    DataFrame
        One row per unit, subject and rate of ``current``: unit, subject, indicator, before,
        after, change, se (half the interval by 1.96), low, high (95 % interval), verdict (up,
        down where the interval leaves 0 out, else flat), status (ok not_estimable).

    References
    ----------
    Newcombe (1998). Interval estimation for the difference between independent proportions.
    Statistics in Medicine 17, 873-890 (method 10).

    Examples
    --------
    >>> figure = {"unit": ["A"], "exam": "end", "subject": "math", "indicator": "pass_rate",
    ...           "se": 0.03, "n_pupils": 90, "reliability": 1.0, "status": "ok"}
    >>> now = pd.DataFrame(figure).assign(estimate=0.8, low=0.7, high=0.87)
    >>> then = pd.DataFrame(figure).assign(estimate=0.75, low=0.65, high=0.83)
    >>> change = compute_rate_change(now, previous=then)
    >>> change[["before", "after", "low", "high", "verdict"]].round(3).to_numpy().tolist()
    [[0.75, 0.8, -0.078, 0.172, 'flat']]
    """
    INDICATORS.require(current)
    INDICATORS.require(previous)
    now, then = (
        exam[exam["indicator"].isin(RATES)].reset_index(drop=True)
        for exam in (current, previous)
    )
    ends = [*KEY, "estimate", "low", "high"]
    pair = now[ends].merge(
        then[ends], on=KEY, how="left", suffixes=("", "_before"), validate="1:1"
    )
    after, before = pair["estimate"], pair["estimate_before"]
    change = after - before
    low = change - np.hypot(after - pair["low"], pair["high_before"] - before)
    high = change + np.hypot(pair["high"] - after, before - pair["low_before"])
    moved = np.where(low > 0, "up", np.where(high < 0, "down", "flat"))
    known = change.notna() & low.notna() & high.notna()
    return pair[KEY].assign(
        before=before,
        after=after,
        change=change,
        se=(high - low) / (2 * Z95),
        low=low,
        high=high,
        verdict=pd.Series(moved, dtype="str").where(known),
        status=pd.Series(np.where(known, "ok", "not_estimable"), dtype="str"),
    )


def _figures(exam: pd.DataFrame, *, group: pd.Series, indicator: str) -> pd.DataFrame:
    INDICATORS.require(exam)
    rows = exam[(exam["indicator"] == indicator) & exam["estimate"].notna()]
    found = rows[["unit", "subject", "estimate"]].assign(group=rows["unit"].map(group))
    return found.dropna(subset=["group"])
