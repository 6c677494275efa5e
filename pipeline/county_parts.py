"""Parts of the leadership's View: key figures with their change, one row per school."""

import pandas as pd

from core.value_added import ValueAdded
from data.scope import Scope
from data.store import Store
from pipeline.rounded import SD, rounded
from pipeline.school_parts import township_of
from pipeline.view_parts import Setting, shown_indicators

KEY_FIGURES = (
    "participation",
    "score_rate",
    "excellent_rate",
    "good_rate",
    "pass_rate",
    "low_rate",
)
_FIGURE_COLUMNS = ["indicator", "estimate", "se", "low", "high", "n_pupils", "status"]


def key_figures(figures: pd.DataFrame, changes: pd.DataFrame | None) -> pd.DataFrame:
    """Return the county's figures with their change since the exam before, rounded."""
    shown = figures[_FIGURE_COLUMNS]
    if changes is None:
        nothing = pd.Series(float("nan"), index=shown.index)
        none = pd.Series([None] * len(shown), index=shown.index, dtype="str")
        changed = {"change": nothing, "change_low": nothing, "change_high": nothing}
        return rounded(shown.assign(**changed, change_verdict=none))
    return rounded(
        shown.assign(
            change=changes["change"],
            change_low=changes["low"],
            change_high=changes["high"],
            change_verdict=changes["verdict"],
        )
    )


def school_rows(
    scope: Scope,
    store: Store,
    setting: Setting,
    indicators: pd.DataFrame,
    value_added: ValueAdded | None,
) -> pd.DataFrame:
    """Return one row per school of the scope; best value-added first, then rounded."""
    units = setting.units
    visible = units[(units["level"] == "school") & units["code"].map(scope.may_see)]
    is_school = indicators["unit"].isin(visible["code"])
    z = indicators[is_school & (indicators["indicator"] == "z")].rename(
        columns={"unit": "school", "estimate": "z", "low": "z_low", "high": "z_high"}
    )
    names = units.set_index("code")["name"]
    rows = z[["school", "n_pupils", "z", "z_low", "z_high", "status"]].rename(
        columns={"n_pupils": "n_sat", "status": "z_status"}
    )
    rows = rows.assign(
        name=rows["school"].map(names),
        township=township_of(units, rows["school"]).map(names).to_numpy(),
        history=pd.Series(_histories(scope, store, setting, rows["school"]), index=rows.index),
    )
    effects = [
        "school",
        "n",
        "estimate",
        "low",
        "high",
        "index",
        "verdict",
        "coverage",
        "status",
    ]
    if value_added is None:
        rows = _without_effects(rows)
    else:
        rows = rows.merge(value_added.schools[effects], on="school", how="left")
        rows["status"] = rows["status"].fillna("not_estimable")
    hidden = rows["z_status"] == "suppressed"
    rows.loc[hidden, "status"] = "suppressed"
    ordered = rows.sort_values(
        ["estimate", "z", "school"], ascending=[False, False, True], ignore_index=True
    )
    return rounded(ordered.drop(columns="z_status"))


def _without_effects(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows as they are shown where there is no value-added to compute."""
    unknown = {name: float("nan") for name in ("estimate", "low", "high", "index", "coverage")}
    verdict = pd.Series([None] * len(rows), index=rows.index, dtype="str")
    n = pd.Series([None] * len(rows), index=rows.index, dtype="Int64")
    return rows.assign(**unknown, n=n, verdict=verdict, status="not_estimable")


def _histories(
    scope: Scope, store: Store, setting: Setting, schools: pd.Series
) -> list[list[float | None]]:
    """Return each school's z in the cohort's exams, oldest first; null where hidden."""
    columns = []
    for exam in setting.cohort:
        shown = shown_indicators(scope, store, exam, subject=setting.subject)
        z = shown[shown["indicator"] == "z"].set_index("unit")["estimate"]
        columns.append(z.reindex(schools).to_numpy())
    return [
        [None if pd.isna(value) else round(float(value), SD) for value in row]
        for row in zip(*columns, strict=True)
    ]
