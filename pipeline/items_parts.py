"""Parts of the View of items: the paper's items, knowledge points, and schools on them."""

from collections.abc import Mapping

import pandas as pd

from core.items.analysis import ItemAnalysis
from core.items.flags import flag_mastery
from core.suppression import MIN_PUPILS_SHOWN, is_small
from data.catalogue import ExamRelease
from data.datasets import read_for_figures
from data.scope import Scope
from data.store import Store
from pipeline.dataset_figures import county_mastery, knowledge_mastery
from pipeline.hidden_units import hidden_in_exam
from pipeline.item_sets import ItemSet
from pipeline.remember import remember
from pipeline.rounded import SD, SHARE, rounded_columns
from pipeline.views import ReliabilityFigures

SUPPRESSED = "suppressed"
EXTREME = "extreme"
"""Nobody or everybody has the points: the figure would tell the same of every single pupil."""

_ITEM_FIGURES = [
    "difficulty",
    "se",
    "low",
    "high",
    "discrimination",
    "item_rest",
    "alpha_if_dropped",
]
_ITEMS = ["item", "full_mark", "knowledge", "n_pupils", *_ITEM_FIGURES, "note", "status"]
_POINTS = [
    "knowledge_point",
    "n_items",
    "n_pupils",
    "mastery",
    "low",
    "high",
    "paper",
    "is_weak",
    "status",
]
_SCHOOL_FIGURES = [
    "mastery",
    "low",
    "high",
    "difference",
    "difference_se",
    "difference_low",
    "difference_high",
]
_SCHOOLS = [
    "school",
    "name",
    "knowledge_point",
    "n_pupils",
    *[name for name in _SCHOOL_FIGURES if name != "difference_se"],
    "q_value",
    "flag",
    "status",
]


def shown_items(analysis: ItemAnalysis) -> pd.DataFrame:
    """Return the ITEMS rows as they may be shown, exact.

    An item of few pupils has no figures, nor one in which nobody or everybody has the points.
    """
    items = analysis.items
    is_few = items["n_pupils"].map(is_small).astype(bool)
    is_hidden = is_few | (items["status"] == "no_spread")
    return items.assign(
        **{name: items[name].mask(is_hidden) for name in _ITEM_FIGURES},
        n_pupils=items["n_pupils"].astype("Int64").mask(is_few),
        status=items["status"].mask(is_few, SUPPRESSED),
    )


def item_rows(
    items: pd.DataFrame, *, notes: "pd.Series[str]", knowledge: Mapping[str, str]
) -> pd.DataFrame:
    """Return the items with notes and knowledge points, rounded."""
    rows = items.assign(note=notes, knowledge=items["item"].map(knowledge).astype("str"))
    digits = dict.fromkeys(("difficulty", "se", "low", "high"), SHARE)
    digits |= dict.fromkeys(("discrimination", "item_rest", "alpha_if_dropped"), SD)
    return rounded_columns(rows[_ITEMS].reset_index(drop=True), digits)


def knowledge_of_items(scope: Scope, store: Store, found: ItemSet) -> dict[str, str]:
    """Return the knowledge points of each item, those of one item in one text."""
    if found.two_way is None:
        return {}
    plan = read_for_figures(scope, store, found.two_way).rows
    listed = plan.groupby("item", sort=False)["knowledge_point"].agg(
        "\N{IDEOGRAPHIC COMMA}".join
    )
    return {str(item): str(points) for item, points in listed.items()}


def reliability_of(analysis: ItemAnalysis) -> ReliabilityFigures | None:
    """Return the reliability of the paper, rounded; None where there is none."""
    found = analysis.reliability
    if found is None or is_small(found.n_pupils):
        return None
    return ReliabilityFigures(
        alpha=round(found.alpha, SD),
        low=round(found.low, SD),
        high=round(found.high, SD),
        sem=round(found.sem, 1),
        n_pupils=found.n_pupils,
    )


@remember(most=32)
def shown_mastery(
    scope: Scope, store: Store, exam: ExamRelease, found: ItemSet
) -> pd.DataFrame | None:
    """Return flagged MASTERY rows of the scope's schools; None without a two-way table.

    Beside the schools that are small here, those are hidden that are hidden in the exam: all
    knowledge points together are nearly a school's mean score.
    """
    if found.two_way is None:
        return None
    rows = flag_mastery(
        knowledge_mastery(scope, store, found.items, found.two_way, min_pupils=MIN_PUPILS_SHOWN)
    )
    is_hidden = rows["school"].isin(hidden_in_exam(scope, store, exam)) & (
        rows["status"] == "ok"
    )
    is_extreme = rows["mastery"].isin([0.0, 1.0]) & ~is_hidden
    blank = is_hidden | is_extreme
    figures = {name: rows[name].mask(blank) for name in [*_SCHOOL_FIGURES, "q_value", "flag"]}
    return rows.assign(
        **figures,
        n_pupils=rows["n_pupils"].mask(is_hidden),
        status=rows["status"].mask(is_hidden, SUPPRESSED).mask(is_extreme, EXTREME),
    )


@remember(most=32)
def shown_points(scope: Scope, store: Store, found: ItemSet) -> pd.DataFrame | None:
    """Return the county's mastery of each knowledge point, weakest first, exact.

    With ``paper``, the share of all points earned over the knowledge points, and ``is_weak``:
    the whole interval lies below it. The county's figure goes where it would give back a small
    school, and where nobody or everybody has the points.
    """
    if found.two_way is None:
        return None
    rows = county_mastery(scope, store, found.items, found.two_way, min_pupils=MIN_PUPILS_SHOWN)
    is_extreme = rows["mastery"].isin([0.0, 1.0])
    figures = {name: rows[name].mask(is_extreme) for name in ("mastery", "low", "high")}
    status = rows["status"].mask(is_extreme, EXTREME)
    shown = rows.assign(**figures, status=status)
    weak = (shown["high"] < shown["paper"]).to_numpy()
    return shown.assign(is_weak=weak).sort_values("mastery", ignore_index=True)


def point_rows(points: pd.DataFrame | None) -> pd.DataFrame:
    """Return the county's knowledge points, rounded; empty without a two-way table."""
    if points is None:
        return pd.DataFrame(columns=_POINTS)
    digits = dict.fromkeys(("mastery", "low", "high", "paper"), SHARE)
    return rounded_columns(points[_POINTS], digits)


def school_rows(mastery: pd.DataFrame | None, names: "pd.Series[str]") -> pd.DataFrame:
    """Return the schools' knowledge points, rounded; empty without a two-way table."""
    if mastery is None:
        return pd.DataFrame(columns=_SCHOOLS)
    rows = mastery.assign(name=mastery["school"].map(names))[_SCHOOLS]
    digits = {name: SHARE for name in _SCHOOLS if name in _SCHOOL_FIGURES} | {"q_value": SHARE}
    return rounded_columns(rows.reset_index(drop=True), digits)
