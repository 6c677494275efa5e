"""Load how a group of pupils stands on the county's growth chart."""

import math
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from core.errors import NotEstimableError, SettingsError
from core.growth_curves import curve_at
from core.suppression import is_small
from data.catalogue import ExamRelease, find_exam, subjects_of, units_of
from data.scope import Scope
from data.store import Store
from pipeline.compute_indicators import exam_indicators
from pipeline.growth_groups import SUPPRESSED, ShownGroups, shown_growth_groups
from pipeline.hidden_units import matched_pupils
from pipeline.rounded import POINTS, SHARE, rounded_columns, rounded_number
from pipeline.school_groups import groupings_of, trait_of
from pipeline.view_parts import (
    TOO_FEW_MATCHED,
    Model,
    Setting,
    path_of,
    setting_of,
    shown_indicators,
    stamp_of,
)
from pipeline.views import GrowthChartView, Query, Stamp
from pipeline.views.growth_chart import GroupSummary, Why

_NO_BASELINE = (
    "Growth needs an earlier exam of the same pupils. Choose a baseline.",
    "成长图需要同一批学生更早的一次考试。请选择基线。",
)
_CURVES = ["percentile", "start", "score"]
_FIFTHS = ["fifth", "n", "start", "measure", "estimate", "low", "high", "typical", "status"]
_BANDS = ["band", "n", "share", "low", "high", "county_share", "status"]
_ENDS = dict.fromkeys(("estimate", "low", "high", "start", "typical"), POINTS)
_SHARES = dict.fromkeys(("share", "low", "high", "county_share"), SHARE)
_GROUP = ("mean", "low", "high", "median", "median_low", "median_high")


@dataclass(frozen=True, slots=True)
class _Group:
    unit: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class _Part:
    """What the View holds of the group itself."""

    status: str
    summary: GroupSummary | None
    fifths: pd.DataFrame
    bands: pd.DataFrame


_NOTHING = _Part(
    "not_estimable", None, pd.DataFrame(columns=_FIFTHS), pd.DataFrame(columns=_BANDS)
)


def list_growth_groups(scope: Scope, store: Store, exam: str) -> pd.DataFrame:
    """Return unit, kind and name of the groups of an exam that may be looked at.

    Kinds are school, township, school_type and locale, in this order; several schools together
    only for who may see all of them.
    """
    release = find_exam(scope, store, exam)
    units = units_of(store, release.county)
    subject = str(subjects_of(store, release.release_id)["subject"].iloc[0])
    sat = set(exam_indicators(scope, store, release, subject=subject)["unit"])
    names = units.set_index("code")["name"]
    schools = units[(units["level"] == "school") & units["code"].isin(sat)]["code"]
    seen = schools[schools.map(scope.may_see)]
    rows = [("school", str(code), str(names[code])) for code in seen]
    for kind, of in groupings_of(units).items():
        of_sat = of.reindex(schools).dropna()
        known = of_sat.groupby(of_sat).apply(lambda own: own.index.isin(seen).all())
        whole = [str(unit) for unit in of_sat.drop_duplicates() if known[unit]]
        rows += [(kind, unit, _name_of(unit, names)) for unit in whole]
    return pd.DataFrame(rows, columns=["kind", "unit", "name"], dtype="str")


def load_growth_chart(scope: Scope, store: Store, query: Query, group: str) -> GrowthChartView:
    """Return how a group of pupils stands on the county's growth chart.

    Parameters
    ----------
    group : str
        A unit of ``list_growth_groups``.

    Raises
    ------
    SettingsError
        When the exam has no such group in this scope.
    """
    setting = setting_of(scope, store, query)
    asked = _find(list_growth_groups(scope, store, setting.exam.name), group)
    found = _groups_of(scope, store, setting)
    part = _NOTHING if isinstance(found, tuple) else _part_of(found, asked.unit)
    return GrowthChartView(
        stamp=_stamp(scope, store, setting, found),
        path=path_of(setting.units, str(setting.county["code"])),
        unit=asked.unit,
        kind=asked.kind,
        name=asked.name,
        status=part.status,
        why=found if isinstance(found, tuple) else None,
        summary=part.summary,
        county_mean=None
        if isinstance(found, tuple)
        else rounded_number(found.growth.mean_percentile, digits=POINTS),
        curves=pd.DataFrame(columns=_CURVES)
        if isinstance(found, tuple)
        else rounded_columns(found.curves[_CURVES], {"start": POINTS, "score": POINTS}),
        fifths=part.fifths,
        bands=part.bands,
        warnings=() if isinstance(found, tuple) else found.growth.warnings,
    )


def _name_of(unit: str, names: pd.Series) -> str:
    trait = trait_of(unit)
    return str(names[unit]) if trait is None else trait[1]


def _find(groups: pd.DataFrame, group: str) -> _Group:
    own = groups[groups["unit"] == group]
    if own.empty:
        raise SettingsError(
            f"No group of pupils has the code {group!r} here (groups: {len(groups)}). Choose "
            "one of the list.",
            f"这里没有代码为“{group}”的学生群体（共 {len(groups)} 个）。请从列表中选择。",
        )
    row = own.iloc[0]
    return _Group(str(row["unit"]), str(row["kind"]), str(row["name"]))


def _groups_of(scope: Scope, store: Store, setting: Setting) -> ShownGroups | Why:
    exam, baseline, subject = setting.exam, setting.baseline, setting.subject
    if baseline is None:
        return _NO_BASELINE
    if _is_too_small(scope, store, exam, baseline, subject):
        return TOO_FEW_MATCHED
    try:
        return shown_growth_groups(scope, store, exam, baseline, subject=subject)
    except (NotEstimableError, SettingsError) as error:
        return error.message, error.message_zh


def _is_too_small(
    scope: Scope, store: Store, exam: ExamRelease, baseline: ExamRelease, subject: str
) -> bool:
    matched = matched_pupils(scope, store, exam, baseline, subject=subject)
    return is_small(matched) and not scope.sees_small_groups


def _stamp(scope: Scope, store: Store, setting: Setting, found: ShownGroups | Why) -> Stamp:
    """Return the stamp of a growth chart, whatever method value-added is shown by."""
    indicators = shown_indicators(scope, store, setting.exam, subject=setting.subject)
    stamp = stamp_of(setting, indicators, Model(None, None))
    n_linked = None if isinstance(found, tuple) else found.growth.n_pupils
    return replace(stamp, method="growth_percentile", n_linked=n_linked)


def _part_of(found: ShownGroups, unit: str) -> _Part:
    """Return the group's own figures, rounded."""
    own = found.groups[found.groups["unit"] == unit]
    if own.empty or own["status"].iloc[0] == SUPPRESSED:
        return replace(_NOTHING, status="not_estimable" if own.empty else SUPPRESSED)
    row = own.iloc[0]
    numbers = {name: rounded_number(float(row[name]), digits=POINTS) for name in _GROUP}
    known = {name: None if math.isnan(value) else value for name, value in numbers.items()}
    fifths, bands = (t[t["unit"] == unit] for t in (found.fifths, found.bands))
    start = fifths["start"].to_numpy(float)
    typical = curve_at(found.growth.curves, start, percentile=50)
    placed = fifths.assign(typical=np.where(np.isnan(start), np.nan, typical))
    return _Part(
        status=str(row["status"]),
        summary=GroupSummary(
            n_pupils=int(row["n"]),
            n_schools=int(row["n_schools"]),
            side=str(row["side"]),
            **known,
        ),
        fifths=rounded_columns(placed[_FIFTHS].reset_index(drop=True), _ENDS),
        bands=rounded_columns(bands[_BANDS].reset_index(drop=True), _SHARES),
    )
