"""Parts of the subject's View: the schools, their gaps, the share between them, the county."""

import pandas as pd

from core.errors import DataError, NotEstimableError
from core.scores import TOTAL
from core.subject_correlation import compute_subject_correlation
from core.subject_gaps.reference import compute_reference_gaps
from core.suppression import is_small
from core.value_added import ValueAdded
from data.catalogue import ExamRelease, list_exams, subjects_of
from data.scope import Scope
from data.store import Store
from pipeline.compute_equity import county_shares
from pipeline.compute_indicators import all_indicators
from pipeline.rounded import SD, SHARE, rounded_columns
from pipeline.school_parts import township_of
from pipeline.subject_moments import subject_moments
from pipeline.view_parts import Setting

_ENDS = dict.fromkeys(("estimate", "low", "high"), SD)
_SHARES = dict.fromkeys(("estimate", "low", "high"), SHARE)
_SIDES = {"well_above": "above", "well_below": "below"}
_STANDING = [
    "school",
    "name",
    "township",
    "n_pupils",
    "estimate",
    "low",
    "high",
    "side",
    "status",
]
_GAPS = [
    "school",
    "name",
    "n_pupils",
    "raw_gap",
    "gap",
    "low",
    "high",
    "q_value",
    "flag",
    "status",
]
_SHARE_COLUMNS = ["n_pupils", "estimate", "low", "high", "status"]
_YEAR = (300, 430)
"""Days between exams of one grade in two school years, as far as they are moved about."""


def standing_in_z(scope: Scope, setting: Setting, indicators: pd.DataFrame) -> pd.DataFrame:
    """Return every school's z, best first; above and below is the whole interval."""
    z = indicators[indicators["indicator"] == "z"].rename(columns={"unit": "school"})
    side = pd.Series("within", index=z.index, dtype="str")
    side = side.mask(z["low"] > 0, "above").mask(z["high"] < 0, "below")
    return _standing(scope, setting, z.assign(side=side.mask(z["estimate"].isna())))


def standing_in_value_added(
    scope: Scope, setting: Setting, value_added: ValueAdded | None
) -> pd.DataFrame:
    """Return every school's value-added, best first; above and below by its verdict."""
    if value_added is None:
        return pd.DataFrame(columns=_STANDING)
    rows = value_added.schools.rename(columns={"n": "n_pupils"})
    side = rows["verdict"].map(lambda verdict: _SIDES.get(verdict, "within")).astype("str")
    is_judged = rows["estimate"].notna() & (rows["status"] == "ok")
    return _standing(scope, setting, rows.assign(side=side.where(is_judged)))


def _standing(scope: Scope, setting: Setting, rows: pd.DataFrame) -> pd.DataFrame:
    units = setting.units
    visible = units[(units["level"] == "school") & units["code"].map(scope.may_see)]
    names = units.set_index("code")["name"]
    own = rows[rows["school"].isin(visible["code"])]
    named = own.assign(
        name=own["school"].map(names),
        township=township_of(units, own["school"]).map(names).to_numpy(),
    )
    ordered = named.sort_values(["estimate", "school"], ascending=[False, True])
    return rounded_columns(ordered[_STANDING].reset_index(drop=True), _ENDS)


def gap_rows(scope: Scope, setting: Setting, gaps: pd.DataFrame | None) -> pd.DataFrame:
    """Return the gaps of the setting's subject, best first, rounded; empty without any."""
    if gaps is None:
        return pd.DataFrame(columns=_GAPS)
    own = gaps[(gaps["subject"] == setting.subject) & gaps["school"].map(scope.may_see)]
    names = setting.units.set_index("code")["name"]
    ordered = own.assign(name=own["school"].map(names)).sort_values(
        ["gap", "school"], ascending=[False, True], ignore_index=True
    )
    digits = dict.fromkeys(("raw_gap", "gap", "low", "high"), SD) | {"q_value": SHARE}
    return rounded_columns(ordered[_GAPS], digits)


def tests_of(gaps: pd.DataFrame | None) -> tuple[int, int]:
    """Return how many gaps of all subjects are flagged, and how many were tested."""
    if gaps is None:
        return 0, 0
    flags = gaps.loc[gaps["q_value"].notna(), "flag"]
    return int((flags != "none").sum()), len(flags)


def shares(scope: Scope, store: Store, setting: Setting) -> pd.DataFrame:
    """Return the share between schools of every subject, largest first, exact.

    The total is no subject, unless it is all there is. Of few pupils nothing is told; hidden
    schools are in the share, of which a single number does not give them back.
    """
    rows = county_shares(scope, store, setting.exam)
    is_total = rows["subject"] == TOTAL
    rows = _without_small(rows if is_total.all() else rows[~is_total])
    named = rows.assign(
        name=rows["subject"].map(setting.names), is_own=rows["subject"] == setting.subject
    )
    columns = ["subject", "name", *_SHARE_COLUMNS, "is_own"]
    return named[columns].sort_values("estimate", ascending=False, ignore_index=True)


def share_trend(scope: Scope, store: Store, setting: Setting) -> pd.DataFrame:
    """Return the share of the setting's subject in the cohort's exams up to its own, exact."""
    rows = []
    for exam in [exam for exam in setting.cohort if exam.held_on <= setting.exam.held_on]:
        share = _without_small(county_shares(scope, store, exam, subject=setting.subject))
        own = exam.exam_id == setting.exam.exam_id
        rows.append(share.assign(date=exam.held_on, is_own=own))
    columns = ["exam", "date", *_SHARE_COLUMNS, "is_own"]
    return pd.concat(rows, ignore_index=True)[columns]


def rounded_shares(rows: pd.DataFrame) -> pd.DataFrame:
    """Return shares with the digits that are shown."""
    return rounded_columns(rows, _SHARES)


def year_before(scope: Scope, store: Store, setting: Setting) -> ExamRelease | None:
    """Return the exam of the same grade about a year before that set the subject."""
    exam = setting.exam
    same = [
        (abs((exam.held_on - e.held_on).days - 365), e.exam_id, e)
        for e in list_exams(scope, store)
        if (e.county, e.grade, e.stage) == (exam.county, exam.grade, exam.stage)
        and _YEAR[0] <= (exam.held_on - e.held_on).days <= _YEAR[1]
        and setting.subject in set(subjects_of(store, e.release_id)["subject"])
    ]
    return min(same)[2] if same else None


def county_gaps(
    scope: Scope, store: Store, setting: Setting, reference: ExamRelease | None
) -> pd.DataFrame | None:
    """Return the county's subjects against those of another exam, exact; None without any."""
    if reference is None:
        return None
    county = str(setting.county["code"])
    now, before = (
        _of_many(all_indicators(scope, store, exam), unit=county)
        for exam in (setting.exam, reference)
    )
    try:
        found = compute_reference_gaps(
            now,
            reference=before,
            correlation=compute_subject_correlation(
                subject_moments(scope, store, setting.exam)
            ),
        )
    except (DataError, NotEstimableError):
        return None
    found = found[found["status"] == "ok"].reset_index(drop=True)
    return None if found.empty else found


def _of_many(rows: pd.DataFrame, *, unit: str) -> pd.DataFrame:
    """Return the rows of a unit that rest on enough pupils to be shown."""
    own = rows[rows["unit"] == unit]
    return own[~own["n_pupils"].map(is_small).astype(bool)]


def county_rows(gaps: pd.DataFrame | None, setting: Setting) -> pd.DataFrame:
    """Return the county's gaps as they are shown, largest first."""
    columns = ["subject", "n_pupils", "estimate", "low", "high", "q_value", "flag"]
    if gaps is None:
        return pd.DataFrame(columns=["subject", "name", *columns[1:], "is_own"])
    rows = gaps.rename(columns={"gap": "estimate"})[columns]
    named = rows.assign(
        name=rows["subject"].map(setting.names), is_own=rows["subject"] == setting.subject
    )
    ordered = named.sort_values("estimate", ascending=False, ignore_index=True)
    return rounded_columns(ordered, _SHARES | {"q_value": SHARE})


def _without_small(rows: pd.DataFrame) -> pd.DataFrame:
    hidden = rows["n_pupils"].map(is_small).astype(bool)
    figures = {name: rows[name].mask(hidden) for name in ("estimate", "low", "high")}
    return rows.assign(
        **figures,
        n_pupils=rows["n_pupils"].astype("Int64").mask(hidden),
        status=rows["status"].mask(hidden, "suppressed"),
    )
