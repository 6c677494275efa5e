"""Mastery of knowledge points 知识点掌握率 by school, with the county as the reference.

A two-way table 双向细目表 says which share w_qk of item q belongs to knowledge point k. Pupil i
earned sum_q w_qk y_iq of sum_q w_qk F_q that were possible, over the items present; a school's
mastery is the sum of points earned over the sum of points possible. With all items present
that is the mean of its pupils' proportions.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.county_parts import HIDDEN, require_schools, shown_parts
from core.errors import DataError
from core.interval import Interval, normal_interval, wilson_interval
from core.items.item_scores import item_scores_of
from core.numerics.part_of_whole import PartRates, estimate_part_rates
from core.survey_tables import MASTERY, TWO_WAY

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

FIGURES = [column.name for column in MASTERY.columns if column.kind == "number"]


def compute_mastery(
    points: pd.DataFrame,
    *,
    school: pd.Series,
    full_mark: pd.Series,
    two_way: pd.DataFrame,
    min_pupils: int,
) -> pd.DataFrame:
    """Compute how much of each knowledge point the pupils of each school master.

    Parameters
    ----------
    points : DataFrame
        One row per pupil of the county, one column per item; null where not present.
    school : Series
        School code of each row of ``points``, in its order.
    full_mark : Series, indexed by item
        Most points possible.
    two_way : DataFrame
        TWO_WAY rows; an item may test several knowledge points.
    min_pupils : int
        Schools with fewer pupils lose every figure, and at least one more with them, so that
        theirs cannot be worked out from the county's; at least 5.

    Returns
    -------
    DataFrame
        MASTERY rows by school, then knowledge point, both in order of their text.

    Raises
    ------
    DataError
        Naming items of the two-way table that the exam lacks, weights outside 0 to 1, and
        pupils without a school.
    SettingsError
        When the least number of pupils is below 5.

    Examples
    --------
    >>> table = pd.DataFrame({"1": [1.0, 0, 1, 1], "2": [4.0, 2, 3, 3]})
    >>> table = pd.concat([table] * 5, ignore_index=True)
    >>> two_way = pd.DataFrame({"item": ["1", "2"], "knowledge_point": ["circles"] * 2,
    ...                         "weight": [1.0, 1.0]})
    >>> rows = compute_mastery(table, school=pd.Series(["A", "A", "B", "B"] * 5),
    ...                        two_way=two_way, full_mark=pd.Series({"1": 1, "2": 4}),
    ...                        min_pupils=10)
    >>> rows[["mastery", "county"]].round(3).to_numpy().tolist()
    [[0.7, 0.75], [0.8, 0.75]]
    """
    require_schools(school, n_pupils=len(points))
    scores = item_scores_of(points, full_mark=full_mark)
    names, weight = _weights(two_way, items=scores.items)
    present = ~np.isnan(scores.points)
    earned = np.where(present, scores.points, 0.0) @ weight
    possible = (present * scores.full_mark) @ weight
    part, schools = pd.factorize(school.to_numpy()[scores.is_kept], sort=True)
    tables = []
    for k, name in enumerate(names):
        rates = estimate_part_rates(
            earned[:, k],
            possible=possible[:, k],
            part=part.astype(np.int64),
            n_parts=len(schools),
        )
        share = earned[:, k] / np.where(possible[:, k] > 0, possible[:, k], np.nan)
        all_or_nothing = bool(np.all(np.isnan(share) | (share == 0) | (share == 1)))
        table = _rows(rates, ends=_interval(rates, all_or_nothing=all_or_nothing))
        n_items = int((weight[:, k] > 0).sum())
        tables.append(table.assign(school=schools, knowledge_point=name, n_items=n_items))
    return _ordered(pd.concat(tables, ignore_index=True), min_pupils=min_pupils)


def _weights(two_way: pd.DataFrame, *, items: pd.Index) -> tuple[list[str], Floats]:
    """Return the knowledge points, sorted, and the weights, shape (n_items, n_points)."""
    TWO_WAY.require(two_way)
    item = pd.Index(items.astype(str)).get_indexer(pd.Index(two_way["item"]))
    point, names = pd.factorize(two_way["knowledge_point"], sort=True)
    share = two_way["weight"].to_numpy(float)
    unknown, wrong = int((item < 0).sum()), int((~((share > 0) & (share <= 1))).sum())
    if unknown or wrong or two_way.empty:
        raise DataError(
            f"The two-way table does not fit the exam: rows {len(two_way)}, rows with an item "
            f"that the exam lacks {unknown}, weights outside 0 to 1 {wrong}. Every row names "
            f"an item of the exam and a weight above 0 and at most 1. Correct the table.",
            f"双向细目表与试卷不符：共 {len(two_way)} 行，其中试卷没有的小题 {unknown} 行，"
            f"权重不在 0 至 1 之间 {wrong} 行。每行应为试卷中的小题，权重大于 0 且不超过 1。"
            f"请更正细目表。",
        )
    weight = np.zeros((len(items), len(names)))
    weight[item, point] = share
    return list(names), weight


def _interval(rates: PartRates, *, all_or_nothing: bool) -> Interval:
    """Return Wilson's interval where each pupil has all or nothing, else the normal one."""
    if all_or_nothing:
        return wilson_interval(rates.rate * rates.n, n=rates.n)
    ends = normal_interval(rates.rate, se=rates.se)
    return Interval(low=np.maximum(ends.low, 0.0), high=np.minimum(ends.high, 1.0))


def _rows(rates: PartRates, *, ends: Interval) -> pd.DataFrame:
    apart = normal_interval(rates.difference, se=rates.difference_se)
    return pd.DataFrame(
        {
            "n_pupils": rates.n,
            "mastery": rates.rate,
            "se": rates.se,
            "low": ends.low,
            "high": ends.high,
            "county": rates.whole,
            "difference": rates.difference,
            "difference_se": rates.difference_se,
            "difference_low": apart.low,
            "difference_high": apart.high,
        }
    )


def _ordered(rows: pd.DataFrame, *, min_pupils: int) -> pd.DataFrame:
    """Take out what may not be shown, and put the rows in order."""
    keys = ["school", "knowledge_point"]
    rows[keys] = rows[keys].astype("str")
    wide = rows.pivot_table("n_pupils", "school", "knowledge_point", aggfunc="sum")
    rows = rows.join(shown_parts(wide, min_pupils=min_pupils), on=keys)
    own = [name for name in FIGURES if name != "county"]
    rows.loc[rows["status"] != "ok", own] = np.nan
    rows["n_pupils"] = rows["n_pupils"].astype("Int64").mask(rows["status"].isin(HIDDEN))
    rows["county"] = rows["county"].where(rows["county_is_shown"])
    return rows[MASTERY.names].sort_values(keys, ignore_index=True)
