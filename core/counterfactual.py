"""What the county would be if schools reached their peer mean in a subject and grade.

Arithmetic, not a forecast. A place is one school in one subject and grade. If its mean lies
below the mean of its peers, all its scores are shifted by the gap, to the hundredth of a point,
and capped at the full mark; nothing else changes. The county's figures rest on all scores of
all subjects and grades that are given, each as a share of its full mark:

    score_rate = sum share / N,    low_rate = scores below their low line / N,
    between_cv_weighted = sqrt(sum_j n_j / N (m_j - M)^2) / M

with n_j scores of school j and their mean share m_j. Changes of the first two add over places;
those of the coefficient do not, and sets are searched (``core.numerics.raised_places``).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.errors import DataError, NotEstimableError
from core.numerics.raised_places import (
    BestPlaces,
    RaisedPlaces,
    best_places_by_cv,
    best_places_by_sum,
    weighted_cv_after,
)
from core.standardise import HUNDREDTHS
from core.survey_tables import COUNTERFACTUAL, GOAL_PLACES, GOALS

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

PLACE = ["school", "subject", "grade"]
GOAL_NAMES = ("score_rate", "low_rate", "between_cv_weighted")


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """Every place alone, and the best three places for each goal.

    Attributes
    ----------
    places : DataFrame
        COUNTERFACTUAL rows by school, subject and grade.
    goals : DataFrame
        GOALS rows: the county before and after the best three.
    best : DataFrame
        GOAL_PLACES rows: which three they are.
    """

    places: pd.DataFrame
    goals: pd.DataFrame
    best: pd.DataFrame


@dataclass(frozen=True, slots=True)
class _Shift:
    """What the shift does to each place that it raises, shape (n_raised,)."""

    mean_after: Floats
    gain: Floats
    n_low_less: Floats


def compute_counterfactual(
    histogram: pd.DataFrame, *, papers: pd.DataFrame, peer_mean: pd.DataFrame
) -> Counterfactual:
    """Compute which places, brought to their peer mean, would move the county most.

    Parameters
    ----------
    histogram : DataFrame
        Columns school, subject, grade, score in hundredths of a point, and n pupils: the whole
        county.
    papers : DataFrame
        Columns subject, grade, full_mark and low_line, in hundredths of a point.
    peer_mean : DataFrame
        Columns school, subject, grade and peer_mean in points; null or missing without peers.

    Raises
    ------
    DataError
        When a subject and grade has no paper, or rows are repeated.
    NotEstimableError
        With fewer than two schools, or no place below its peer mean.

    Examples
    --------
    >>> histogram = pd.DataFrame({"school": ["A", "A", "B"], "subject": "s", "grade": 9,
    ...                           "score": [3000, 5000, 6000], "n": [1, 1, 2]})
    >>> papers = pd.DataFrame({"subject": ["s"], "grade": 9, "full_mark": 10000,
    ...                        "low_line": 4000})
    >>> peer_mean = pd.DataFrame({"school": ["A"], "subject": "s", "grade": 9,
    ...                           "peer_mean": 50.0})
    >>> fit = compute_counterfactual(histogram, papers=papers, peer_mean=peer_mean)
    >>> fit.goals["before"].round(3).tolist(), fit.goals["after"].round(3).tolist()
    ([0.5, 0.25, 0.2], [0.55, 0.0, 0.091])
    """
    scores = _scores(histogram, papers=papers, peer_mean=peer_mean)
    rows, code = _places(scores, peer_mean=peer_mean)
    gap = (HUNDREDTHS * rows["peer_mean"] - rows["points"] / rows["n_pupils"]).to_numpy(float)
    shift = np.where(np.isnan(gap), 0, np.round(gap)).astype(np.int64)
    is_raised = shift > 0
    school, schools = pd.factorize(rows["school"])
    _require_spread(len(schools), n_raised=int(is_raised.sum()), n_places=len(rows))
    moved = _shifted(scores, code=code, shift=np.maximum(shift, 0), n_places=len(rows))
    n, total = (
        np.bincount(school, weights=rows[name], minlength=len(schools)).astype(np.float64)
        for name in ("n_pupils", "total")
    )
    raised = RaisedPlaces(
        n=n, total=total, school=school[is_raised].astype(np.int64), gain=moved.gain[is_raised]
    )
    before = _before(scores, raised=raised)
    alone = _alone(raised, n_low_less=moved.n_low_less[is_raised], before=before)
    status = np.select([is_raised, np.isnan(gap)], ["ok", "no_peer_mean"], "not_below_peers")
    places = rows.assign(
        mean_after=np.where(is_raised, moved.mean_after, np.nan),
        status=pd.Series(status, dtype="str"),
    )
    places.loc[is_raised, list(GOAL_NAMES)] = alone.to_numpy()
    goals, best = _best(raised, alone=alone, before=before, places=places[is_raised])
    return Counterfactual(places=places[COUNTERFACTUAL.names], goals=goals, best=best)


def _scores(
    histogram: pd.DataFrame, *, papers: pd.DataFrame, peer_mean: pd.DataFrame
) -> pd.DataFrame:
    """Return the histogram with full mark and low line, once every row has them."""
    keys = ((papers, PLACE[1:]), (peer_mean, PLACE), (histogram, [*PLACE, "score"]))
    repeated = sum(int(table.duplicated(key).sum()) for table, key in keys)
    seen = papers.drop_duplicates(["subject", "grade"])
    joined = histogram[histogram["n"] > 0].merge(seen, on=["subject", "grade"], how="left")
    without = int((~(joined["full_mark"] > 0) | joined["low_line"].isna()).sum())
    outside = int(((joined["score"] < 0) | (joined["score"] > joined["full_mark"])).sum())
    if repeated or without or outside:
        raise DataError(
            f"Scores and papers do not fit: repeated rows {repeated}, rows without a full mark "
            f"or low line {without}, rows outside 0 to the full mark {outside}. Give one paper "
            f"per subject and grade.",
            f"成绩与试卷信息不符：重复 {repeated} 行，没有满分或低分线 {without} 行，"
            f"超出 0 至满分 {outside} 行。每个学科年级应有一份试卷信息。",
        )
    return joined


def _places(scores: pd.DataFrame, *, peer_mean: pd.DataFrame) -> tuple[pd.DataFrame, Indices]:
    """Return one row per place, in order, and the place of each row of the scores."""
    by_place = scores.groupby(PLACE, sort=True)
    points = scores["n"] * scores["score"]  # hundredths: whole numbers, whatever their order
    sums = pd.DataFrame(
        {
            "n_pupils": scores["n"],
            "points": points,
            "total": points / scores["full_mark"],
        }
    )
    rows = sums.groupby([scores[name] for name in PLACE], sort=True).sum().reset_index()
    rows["mean"] = rows["points"] / rows["n_pupils"] / HUNDREDTHS
    rows = rows.merge(peer_mean[[*PLACE, "peer_mean"]], on=PLACE, how="left", validate="1:1")
    rows[["school", "subject"]] = rows[["school", "subject"]].astype("str")
    return rows, by_place.ngroup().to_numpy().astype(np.int64)


def _shifted(scores: pd.DataFrame, *, code: Indices, shift: Indices, n_places: int) -> _Shift:
    """Shift the scores of each place, shape (n_places,); whole hundredths, so it is exact."""
    score, n, full, low = (
        scores[name].to_numpy(np.int64) for name in ("score", "n", "full_mark", "low_line")
    )
    after = np.minimum(score + shift[code], full)
    crossed = (score < low) & (after >= low)
    points, gain, less = (
        np.bincount(code, weights=value, minlength=n_places).astype(np.float64)
        for value in (n * after / HUNDREDTHS, n * (after - score) / full, n * crossed)
    )
    pupils = np.bincount(code, weights=n, minlength=n_places)
    return _Shift(mean_after=points / pupils, gain=gain, n_low_less=less)


def _before(scores: pd.DataFrame, *, raised: RaisedPlaces) -> dict[str, float]:
    n_low = scores.loc[scores["score"] < scores["low_line"], "n"].sum()
    nothing = np.empty((1, 0), dtype=np.int64)
    values = (
        raised.total.sum() / raised.n.sum(),
        n_low / raised.n.sum(),
        weighted_cv_after(raised, sets=nothing)[0],
    )
    return {name: float(value) for name, value in zip(GOAL_NAMES, values, strict=True)}


def _alone(
    raised: RaisedPlaces, *, n_low_less: Floats, before: dict[str, float]
) -> pd.DataFrame:
    """Return what each place does alone, one column per goal."""
    each = np.arange(raised.gain.size)[:, None]
    cv = weighted_cv_after(raised, sets=each) - before["between_cv_weighted"]
    changes = (raised.gain / raised.n.sum(), -n_low_less / raised.n.sum(), cv)
    return pd.DataFrame(dict(zip(GOAL_NAMES, changes, strict=True)))


def _best(
    raised: RaisedPlaces,
    *,
    alone: pd.DataFrame,
    before: dict[str, float],
    places: pd.DataFrame,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return GOALS and GOAL_PLACES rows."""
    rate, low = alone["score_rate"].to_numpy(float), -alone["low_rate"].to_numpy(float)
    found = {
        "score_rate": best_places_by_sum(rate, school=raised.school),
        "low_rate": best_places_by_sum(low, school=raised.school),
        "between_cv_weighted": best_places_by_cv(raised),
    }
    after = {goal: before[goal] + alone[goal].iloc[f.places].sum() for goal, f in found.items()}
    chosen = found["between_cv_weighted"].places[None, :]
    after["between_cv_weighted"] = weighted_cv_after(raised, sets=chosen)[0]
    goals = pd.DataFrame(
        {
            "goal": pd.Series(list(GOAL_NAMES), dtype="str"),
            "before": [before[goal] for goal in GOAL_NAMES],
            "after": [float(after[goal]) for goal in GOAL_NAMES],
            "change": [float(after[goal] - before[goal]) for goal in GOAL_NAMES],
            "search": pd.Series([_search(found[goal]) for goal in GOAL_NAMES], dtype="str"),
        }
    )
    best = [
        places.iloc[fit.places][PLACE].assign(
            goal=goal,
            place=np.arange(1, fit.places.size + 1),
            change=alone[goal].to_numpy(float)[fit.places],
        )
        for goal, fit in found.items()
    ]
    rows = pd.concat(best, ignore_index=True).astype({"goal": "str"})
    return goals[GOALS.names], rows[GOAL_PLACES.names]


def _search(found: BestPlaces) -> str:
    return "exact" if found.is_exact else "greedy"


def _require_spread(n_schools: int, *, n_raised: int, n_places: int) -> None:
    if n_schools < 2 or not n_raised:
        raise NotEstimableError(
            f"Nothing to bring to its peer mean: this needs two schools, and a place below the "
            f"mean of its peers (schools {n_schools}, places {n_places}, of them below "
            f"{n_raised}). Widen the county, or give peer means.",
            f"没有可以提升到相似学校均值的情形：至少需要 2 所学校，且有学科年级低于相似学校均值"
            f"（学校 {n_schools} 所，学科年级 {n_places} 个，其中低于均值的 {n_raised} 个）。"
            f"请扩大范围，或提供相似学校均值。",
        )
