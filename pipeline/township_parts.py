"""Parts of a township's View: its schools among the county's, sample, subjects, what is due."""

from dataclasses import replace
from datetime import date

import pandas as pd

from core.common_sample import CommonSample
from core.value_added import ValueAdded
from data.cases import list_cases
from data.scope import Scope
from data.store import Store
from pipeline.bottom20_parts import bottom20_rows, county_shares
from pipeline.compute_bands import exam_before
from pipeline.exam_statistics import comparison_groups
from pipeline.hidden_units import hidden_in_pair
from pipeline.link_exams import link_exams
from pipeline.pooled_units import counted_units
from pipeline.rounded import SHARE, rounded
from pipeline.shown_judgements import Why, shown_bands, shown_gaps_of_units
from pipeline.township_units import OwnUnits
from pipeline.view_parts import (
    Model,
    Setting,
    request_of,
    shown_indicators,
    shown_value_added,
)

_EFFECTS = ["n", "n_sat", "n_prior", "estimate", "low", "high", "index", "verdict", "coverage"]
_Z = {"estimate": "z", "low": "z_low", "high": "z_high"}
_DONE = "closed"
_CASES = ["unit", "name", "title", "status", "owner", "due_on", "is_overdue"]


def model_of_units(scope: Scope, store: Store, setting: Setting, own: OwnUnits) -> Model:
    """Return the value-added of the subject with schools counted as the own units are."""
    request = request_of(setting, subject=setting.subject)
    if request is None:
        return Model(None, None)
    return shown_value_added(scope, store, replace(request, counted_as=own.pools))


def z_of(indicators: pd.DataFrame, units: list[str]) -> pd.DataFrame:
    """Return z of units with its interval and n, as they may be shown."""
    rows = indicators[(indicators["indicator"] == "z") & indicators["unit"].isin(units)]
    columns = ["unit", "subject", *_Z, "n_pupils", "status"]
    return rows[columns].rename(columns=_Z).reset_index(drop=True)


def unit_rows(
    setting: Setting, own: OwnUnits, indicators: pd.DataFrame, value_added: ValueAdded | None
) -> pd.DataFrame:
    """Return one row per own unit with level, value-added and common sample, exact."""
    z = z_of(indicators, own.units).rename(
        columns={"n_pupils": "n_present", "status": "z_status"}
    )
    tree = setting.units.set_index("code")
    n_schools = pd.Series(own.counted).value_counts()
    rows = z.drop(columns="subject").assign(
        name=z["unit"].map(tree["name"]),
        level=z["unit"].map(tree["level"]),
        n_schools=z["unit"].map(n_schools),
    )
    if value_added is None:
        rows = _without_effects(rows)
    else:
        effects = value_added.schools[["school", *_EFFECTS, "status"]]
        rows = rows.merge(
            effects.rename(columns={"school": "unit"}), on="unit", how="left"
        ).assign(status=lambda frame: frame["status"].fillna("not_estimable"))
    hidden = rows["z_status"] == "suppressed"
    rows = rows.assign(
        status=rows["status"].mask(hidden, "suppressed"),
        joined=(rows["n_sat"] - rows["n"]).astype("Int64"),
        left=(rows["n_prior"] - rows["n"]).astype("Int64"),
        n_sat=rows["n_present"],
    )
    return rows.drop(columns=["n_prior", "n_present", "z_status"]).sort_values(
        ["estimate", "z", "name", "unit"],
        ascending=[False, False, True, True],
        ignore_index=True,
    )


def other_rows(
    scope: Scope,
    setting: Setting,
    own: OwnUnits,
    indicators: pd.DataFrame,
    value_added: ValueAdded | None,
) -> pd.DataFrame:
    """Return the other units of the county as points; nameless where they are not visible."""
    if value_added is None:
        return pd.DataFrame({"school": [], "name": [], "z": [], "estimate": []}).astype(
            {"school": "str", "name": "str"}
        )
    schools = value_added.schools
    foreign = schools[(schools["status"] == "ok") & ~schools["school"].isin(own.units)]
    z = z_of(indicators, list(foreign["school"])).set_index("unit")["z"]
    tree = setting.units
    all_schools = tree.loc[tree["level"] == "school", "code"]
    counted = counted_units(all_schools, own.pools)
    unseen = set(counted[~all_schools.map(scope.may_see)])
    visible = ~foreign["school"].isin(unseen)
    names = foreign["school"].map(tree.set_index("code")["name"])
    rows = pd.DataFrame(
        {
            "school": foreign["school"].where(visible, ""),
            "name": names.where(visible, ""),
            "z": foreign["school"].map(z),
            "estimate": foreign["estimate"],
        }
    ).dropna(subset=["z", "estimate"])
    return rounded(rows.sort_values(["z", "estimate"], ignore_index=True))


def sample_of(
    scope: Scope, store: Store, setting: Setting, own: OwnUnits
) -> CommonSample | None:
    """Return who of the whole unit is compared; None where it is hidden or has no baseline."""
    if setting.baseline is None or not own.sees_all:
        return None
    if own.code in hidden_in_pair(scope, store, setting.exam, setting.baseline):
        return None
    moments = link_exams(scope, store, setting.exam, setting.baseline)
    mine = moments[
        (moments["subject"] == setting.subject) & moments["school"].isin(own.schools)
    ]
    n, n_sat, n_prior = (int(mine[name].sum()) for name in ("n", "n_sat", "n_prior"))
    if not n_sat:
        return None
    coverage = round(n / n_sat, SHARE)
    return CommonSample(n, n_sat - n, n_prior - n, coverage, None, None)


def own_bottom20(setting: Setting, own: OwnUnits, shares: pd.DataFrame) -> pd.DataFrame:
    """Return the share below the county's 20th percentile, of the unit itself first."""
    names = setting.units.set_index("code")["name"]
    whole = [own.code] if own.sees_all and own.code not in own.units else []
    county = county_shares(setting, shares)
    frames = [
        bottom20_rows(setting, rows.assign(name=rows["unit"].map(names)), county=county)
        for rows in (shares[shares["unit"].isin(codes)] for codes in (whole, own.units))
    ]
    return pd.concat([frame for frame in frames if len(frame)], ignore_index=True)


def unit_gaps(
    scope: Scope, store: Store, setting: Setting, own: OwnUnits
) -> tuple[pd.DataFrame, Why | None]:
    """Return level and gap of the unit itself by subject, and why there is no gap."""
    levels = pd.concat(
        [
            z_of(shown_indicators(scope, store, setting.exam, subject=subject), [own.code])
            for subject in setting.names
        ]
    )
    if not own.sees_all:
        levels = levels.iloc[:0]
    tree = setting.units
    peers = tree.loc[tree["level"] == own.row["level"], "code"]
    groups = tuple((str(code), str(own.row["level"])) for code in peers)
    found = shown_gaps_of_units(scope, store, setting.exam, groups=groups)
    gaps = found if isinstance(found, pd.DataFrame) else _no_gaps()
    mine = gaps[gaps["school"] == own.code][["subject", "gap", "low", "high", "flag"]]
    rows = levels.drop(columns="unit").merge(mine, on="subject", how="left")
    rows.insert(1, "name", rows["subject"].map(setting.names))
    why = None if isinstance(found, pd.DataFrame) else found
    return rounded(rows).assign(gap=rows["gap"].round(2)), why


def school_gaps(scope: Scope, store: Store, setting: Setting, own: OwnUnits) -> pd.DataFrame:
    """Return the gaps of the own units beside their comparison groups."""
    groups = comparison_groups(setting.units)
    if own.pools:
        centres = {centre for _, centre in own.pools}
        alone = groups[~groups.index.isin(dict(own.pools))]
        groups = pd.concat([alone, pd.Series("centre_school", index=sorted(centres))])
    pairs = tuple((str(code), str(group)) for code, group in groups.items())
    found = shown_gaps_of_units(scope, store, setting.exam, groups=pairs)
    gaps = found if isinstance(found, pd.DataFrame) else _no_gaps()
    mine = gaps[gaps["school"].isin(own.units)].rename(columns={"school": "unit"})
    names = setting.units.set_index("code")["name"]
    rows = mine.assign(
        name=mine["unit"].map(names), subject_name=mine["subject"].map(setting.names)
    )
    columns = ["unit", "name", "subject", "subject_name", "gap", "low", "high", "flag"]
    shown = rounded(rows[[*columns, "status"]].reset_index(drop=True))
    return shown.assign(gap=shown["gap"].round(2))


def own_bands(scope: Scope, store: Store, setting: Setting, own: OwnUnits) -> pd.DataFrame:
    """Return the proposed bands of the own schools in every subject."""
    bands = shown_bands(
        scope,
        store,
        setting.exam,
        baseline=setting.baseline,
        previous=exam_before(scope, store, setting.exam),
    ).judgements
    mine = bands[bands["unit"].isin(own.schools)].rename(columns={"unit": "school"})
    names = setting.units.set_index("code")["name"]
    rows = mine.assign(
        name=mine["school"].map(names), subject_name=mine["subject"].map(setting.names)
    )
    columns = ["school", "name", "subject", "subject_name", "band", "signals", "reason"]
    return rows[columns].reset_index(drop=True)


def open_cases(
    scope: Scope, store: Store, setting: Setting, own: OwnUnits, *, today: date
) -> pd.DataFrame:
    """Return the cases of the unit and its schools that are not closed, earliest due first."""
    names = setting.units.set_index("code")["name"].to_dict()
    mine = {own.code, *own.schools, *own.counted.values()}
    rows = [
        {
            "unit": case.unit,
            "name": names.get(case.unit, case.unit),
            "title": case.title,
            "status": case.newest.status,
            "owner": case.newest.owner,
            "due_on": case.newest.due_on,
            "is_overdue": case.is_overdue(today),
        }
        for case in list_cases(scope, store, setting.exam.county)
        if case.unit in mine and case.newest.status != _DONE
    ]
    frame = pd.DataFrame(rows, columns=_CASES).astype({"is_overdue": "bool"})
    return frame.sort_values("due_on", na_position="last", kind="stable", ignore_index=True)


def _without_effects(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows as they are shown where there is no value-added to compute."""
    numbers = ("estimate", "low", "high", "index", "coverage")
    counts = pd.Series(pd.NA, index=rows.index, dtype="Int64")
    return rows.assign(
        **dict.fromkeys(numbers, float("nan")),
        **dict.fromkeys(("n", "n_sat", "n_prior"), counts),
        verdict=pd.Series([None] * len(rows), index=rows.index, dtype="str"),
        status="not_estimable",
    )


def _no_gaps() -> pd.DataFrame:
    columns = ["school", "subject", "gap", "low", "high", "flag", "status"]
    return pd.DataFrame({name: [] for name in columns})
