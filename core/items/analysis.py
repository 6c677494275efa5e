"""Item analysis 小题分析 of an exam: every item, and the reliability of the whole test."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.errors import NotEstimableError
from core.interval import Interval, normal_interval, wilson_interval
from core.items.item_scores import ItemScores, item_scores_of
from core.items.statistics import ItemStatistics, estimate_item_statistics
from core.numerics.reliability import Reliability, estimate_reliability


@dataclass(frozen=True, slots=True)
class ItemAnalysis:
    """What an exam's items say about the exam.

    Attributes
    ----------
    items : DataFrame
        ITEMS rows, in the order of the columns.
    reliability : Reliability or None
        Of the whole test; None where it cannot be estimated, and ``reason`` says why.
    reason : NotEstimableError or None
        With the numbers found.
    n_pupils, n_complete, n_left_out : int
        Pupils with at least one item, with all items, and without any.
    group_size : int
        Pupils in the top group, and in the bottom group, of the discrimination.
    """

    items: pd.DataFrame
    reliability: Reliability | None
    reason: NotEstimableError | None
    n_pupils: int
    n_complete: int
    n_left_out: int
    group_size: int


def compute_items(points: pd.DataFrame, *, full_mark: pd.Series) -> ItemAnalysis:
    """Compute difficulty, discrimination, item-rest correlation and alpha of a test.

    Parameters
    ----------
    points : DataFrame
        One row per pupil, one column per item; null where the item is not present. Pupils
        without any item are left out; pupils without some count for the difficulty of the
        items they have, and for nothing that needs a total.
    full_mark : Series, indexed by item
        Most points possible.

    Raises
    ------
    DataError
        Naming items without a full mark, or with points outside 0 to full mark.

    Examples
    --------
    >>> table = pd.DataFrame({"1": [0, 1, 1, 1.0], "2": [0, 0, 1, 1.0], "3": [0, 1, 0, 1.0]})
    >>> result = compute_items(table, full_mark=pd.Series({"1": 1, "2": 1, "3": 1}))
    >>> result.items["difficulty"].tolist(), round(result.reliability.alpha, 2)
    ([0.75, 0.5, 0.5], 0.63)
    """
    scores = item_scores_of(points, full_mark=full_mark)
    fit = estimate_item_statistics(scores.points, full_mark=scores.full_mark)
    reliability, reason = None, None
    try:
        reliability = estimate_reliability(scores.complete)
    except NotEstimableError as error:
        reason = error
    return ItemAnalysis(
        items=_rows(scores, fit=fit, reliability=reliability),
        reliability=reliability,
        reason=reason,
        n_pupils=len(scores.points),
        n_complete=fit.n_complete,
        n_left_out=int((~scores.is_kept).sum()),
        group_size=fit.group_size,
    )


def _rows(
    scores: ItemScores, *, fit: ItemStatistics, reliability: Reliability | None
) -> pd.DataFrame:
    ends = _interval(scores, fit=fit)
    unknown = np.full(len(scores.items), np.nan)
    varies = fit.difficulty_se > 0
    return pd.DataFrame(
        {
            "item": pd.Series([str(item) for item in scores.items], dtype="str"),
            "full_mark": scores.full_mark,
            "n_pupils": fit.n_pupils,
            "difficulty": fit.difficulty,
            "se": fit.difficulty_se,
            "low": ends.low,
            "high": ends.high,
            "discrimination": fit.discrimination,
            "item_rest": fit.item_rest,
            "alpha_if_dropped": unknown
            if reliability is None
            else reliability.alpha_if_dropped,
            "status": pd.Series(
                np.select([fit.n_pupils == 0, ~varies], ["not_estimable", "no_spread"], "ok"),
                dtype="str",
            ),
        }
    )


def _interval(scores: ItemScores, *, fit: ItemStatistics) -> Interval:
    """Return Wilson's interval for items of all or nothing, else the normal one."""
    share = scores.points / scores.full_mark
    dichotomous = (np.isnan(share) | (share == 0) | (share == 1)).all(axis=0)
    wilson = wilson_interval(fit.difficulty * fit.n_pupils, n=fit.n_pupils)
    normal = normal_interval(fit.difficulty, se=fit.difficulty_se)
    return Interval(
        low=np.where(dichotomous, wilson.low, np.maximum(normal.low, 0.0)),
        high=np.where(dichotomous, wilson.high, np.minimum(normal.high, 1.0)),
    )
