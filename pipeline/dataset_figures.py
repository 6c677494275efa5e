"""Figures made of datasets about single persons: what a scope without such a level may read.

Items and questionnaires are compared with the whole county, whatever the scope of the reader;
the rows that come back are those of his schools, with small schools left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from core.comprehensive.profile import Profile, compute_profile
from core.comprehensive.scales import Scale, ScaleScores, compute_scale_scores
from core.items.analysis import ItemAnalysis, compute_items
from core.items.mastery import compute_mastery
from core.survey_tables import NORMS, TWO_WAY
from data.datasets import DatasetVersion, read_for_figures
from data.scope import Scope
from data.store import Store


@dataclass(frozen=True, slots=True, eq=False)
class ItemPoints:
    """Points of an exam's pupils on its items, as ``core.items`` takes them.

    Attributes
    ----------
    points : DataFrame, shape (n_pupils, n_items)
        Points by item; null where not present.
    school : Series, shape (n_pupils,)
    full_mark : Series, indexed by item
        Points.
    """

    points: pd.DataFrame
    school: "pd.Series[str]"
    full_mark: "pd.Series[float]"


def item_analysis(scope: Scope, store: Store, items: DatasetVersion) -> ItemAnalysis:
    """Return difficulty, discrimination and reliability over all pupils of the exam.

    Raises
    ------
    DataError
        When the stored rows were changed.
    """
    read = _item_points(scope, store, items)
    return compute_items(read.points, full_mark=read.full_mark)


def knowledge_mastery(
    scope: Scope,
    store: Store,
    items: DatasetVersion,
    two_way: DatasetVersion,
    *,
    min_pupils: int,
) -> pd.DataFrame:
    """Return MASTERY rows of the scope's schools.

    Raises
    ------
    DataError
        When the stored rows were changed, or the two-way table does not fit the items.
    SettingsError
        When the least number of pupils is below 5.
    """
    read = _item_points(scope, store, items)
    plan = read_for_figures(scope, store, two_way).rows
    rows = compute_mastery(
        read.points,
        school=read.school,
        full_mark=read.full_mark,
        two_way=plan[plan["item"].isin(read.points.columns)][TWO_WAY.names],
        min_pupils=min_pupils,
    )
    return rows[rows["school"].map(scope.may_see).astype(bool)].reset_index(drop=True)


def county_mastery(
    scope: Scope,
    store: Store,
    items: DatasetVersion,
    two_way: DatasetVersion,
    *,
    min_pupils: int,
) -> pd.DataFrame:
    """Return knowledge_point, n_items, n_pupils, mastery, se, low, high, paper, status.

    One row per knowledge point over all pupils of the exam; ``paper`` is the share of all its
    points that they earned. Where a small school could be worked out from the county's figure
    and the other schools', the figure is ``suppressed``.

    Raises
    ------
    DataError
        When the stored rows were changed, or the two-way table does not fit the items.
    SettingsError
        When the least number of pupils is below 5.
    """
    read = _item_points(scope, store, items)
    plan = read_for_figures(scope, store, two_way).rows
    county, by_school = (
        compute_mastery(
            read.points,
            school=school,
            full_mark=read.full_mark,
            two_way=plan[plan["item"].isin(read.points.columns)][TWO_WAY.names],
            min_pupils=min_pupils,
        )
        for school in (pd.Series("county", index=read.school.index), read.school)
    )
    told = by_school.groupby("knowledge_point")["county"].count()
    is_hidden = (county["knowledge_point"].map(told) == 0).to_numpy() & (
        county["status"] == "ok"
    )
    figures = ["mastery", "se", "low", "high"]
    columns = ["knowledge_point", "n_items", "n_pupils", *figures, "paper", "status"]
    return county.assign(
        **{name: county[name].mask(is_hidden) for name in figures},
        paper=_earned_share(read),
        status=county["status"].mask(is_hidden, "suppressed"),
    )[columns]


def _earned_share(read: ItemPoints) -> float:
    """Return what was earned of all points that the present items could give."""
    full_mark = read.full_mark.reindex(read.points.columns).to_numpy(float)
    possible = float((read.points.notna().to_numpy() * full_mark).sum())
    return float(np.nansum(read.points.to_numpy())) / possible if possible else float("nan")


def scale_scores(
    scope: Scope, store: Store, survey: DatasetVersion, key: DatasetVersion
) -> ScaleScores:
    """Return the reliability of each scale; the scores of single persons are left out.

    Raises
    ------
    DataError
        When the stored rows were changed.
    """
    found, _ = _scored(scope, store, survey, key)
    return ScaleScores(found.scores.iloc[:0], found.scales)


def survey_profile(
    scope: Scope,
    store: Store,
    survey: DatasetVersion,
    key: DatasetVersion,
    *,
    min_pupils: int,
    norms: pd.DataFrame | None = None,
) -> Profile:
    """Return the PROFILE of the scope's schools on the scales of a questionnaire.

    Raises
    ------
    DataError
        When the stored rows were changed, or a norm does not fit.
    SettingsError
        When the least number of pupils is below 5.
    """
    found, school = _scored(scope, store, survey, key)
    profile = compute_profile(
        found.scores,
        school=school,
        norms=NORMS.empty() if norms is None else norms,
        min_pupils=min_pupils,
    )
    own = profile.rows["unit"].map(scope.may_see).astype(bool)
    return Profile(rows=profile.rows[own].reset_index(drop=True))


def _item_points(scope: Scope, store: Store, items: DatasetVersion) -> ItemPoints:
    found = read_for_figures(scope, store, items)
    paper: Sequence[Mapping[str, Any]] = found.about["items"]
    columns = {f"item_{own['position']}": str(own["item"]) for own in paper}
    points = found.rows[list(columns)].rename(columns=columns)
    return ItemPoints(
        points=points.astype("Float64").astype("float64") / 100,
        school=found.rows["school"],
        full_mark=pd.Series({str(own["item"]): own["full_mark"] / 100 for own in paper}),
    )


def _scored(
    scope: Scope, store: Store, survey: DatasetVersion, key: DatasetVersion
) -> tuple[ScaleScores, "pd.Series[str]"]:
    rows = read_for_figures(scope, store, survey).rows
    scales = _scales(read_for_figures(scope, store, key).rows)
    questions = [item for scale in scales for item in scale.items if item in rows]
    answers = rows[questions].astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan)
    table = pd.DataFrame(answers, columns=questions, index=rows.index)
    return compute_scale_scores(table, scales=scales), rows["school"]


def _scales(key: pd.DataFrame) -> tuple[Scale, ...]:
    return tuple(
        Scale(
            str(name),
            tuple(own["question"]),
            float(own["lowest"].iloc[0]),
            float(own["highest"].iloc[0]),
            reversed_items=tuple(own.loc[own["is_reversed"], "question"]),
        )
        for name, own in key.groupby("scale", sort=False)
    )
