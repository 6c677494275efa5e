"""Parts of the View of weak schools: candidates, groups, years, indicators, the lowest 20 %."""

import numpy as np
import pandas as pd

from core.interval import normal_interval
from core.numerics.rank import bottom_count
from core.remarks import is_near_line
from core.school_year import school_year
from core.told_apart import tell_apart
from core.weak_schools import WeakSchools, count_years_running
from data.catalogue import ExamRelease
from data.scope import Scope
from data.store import Store
from pipeline.bottom20_parts import bottom20_rows, county_shares
from pipeline.exam_statistics import linked_baselines
from pipeline.rounded import SHARE, rounded
from pipeline.school_parts import township_of
from pipeline.shown_judgements import shown_weak_schools
from pipeline.view_parts import Setting

_PERCENT, _PUPILS = 2, 1


def yearly_exams(store: Store, setting: Setting) -> tuple[ExamRelease, ...]:
    """Return this exam, and the cohort's last one of each earlier school year, oldest first.

    Only exams that are linked with a baseline: without one a screening would know nothing of
    what the schools add, and be another screening than this year's.
    """
    now = setting.exam
    latest: dict[int, ExamRelease] = {}
    for exam in setting.cohort:
        is_earlier = school_year(exam.held_on) < school_year(now.held_on)
        if is_earlier and linked_baselines(store, exam, setting.cohort):
            latest[school_year(exam.held_on)] = exam
    return (*latest.values(), now)


def screening_history(
    scope: Scope, store: Store, setting: Setting, exams: tuple[ExamRelease, ...]
) -> pd.DataFrame:
    """Return school, year and candidate of each exam's screening; null where not judged."""
    frames = []
    for exam in exams:
        baseline = _baseline_of(store, setting, exam)
        found = shown_weak_schools(
            scope,
            store,
            exam,
            baseline=baseline,
            subject=setting.subject,
            scheme=setting.query.scheme,
        )
        if isinstance(found, WeakSchools):
            rows = found.schools[["school", "candidate", "status"]]
            judged = rows["candidate"].astype(object).where(rows["status"] == "ok")
            year = school_year(exam.held_on)
            frames.append(rows[["school"]].assign(year=year, candidate=judged))
    return pd.concat(frames, ignore_index=True)


def candidate_rows(
    scope: Scope, setting: Setting, found: WeakSchools, *, history: pd.DataFrame
) -> pd.DataFrame:
    """Return one row per school of the scope with its doubt in every form, exact.

    A hidden school stands last in its group: its place in the list would be its rank.
    """
    schools = found.schools[found.schools["school"].map(scope.may_see)]
    names = setting.units.set_index("code")["name"]
    ends = normal_interval(schools["composite"], se=schools["se"])
    is_near = is_near_line(schools["p_bottom20"]).fillna(False)
    running = count_years_running(history)
    judged = history.groupby("school")["candidate"].count()
    is_ok = schools["status"] == "ok"
    rows = schools.assign(
        name=schools["school"].map(names),
        township=township_of(setting.units, schools["school"]).map(names),
        estimate=schools["composite"],
        low=ends.low,
        high=ends.high,
        is_near=is_near,
        n_alike=_alike(found.schools).reindex(schools.index).where(is_near),
        years_running=schools["school"].map(running).where(is_ok).astype("Int64"),
        years_judged=schools["school"].map(judged).where(is_ok).astype("Int64"),
    )
    return rows.sort_values(
        ["group", "composite", "name", "school"],
        ascending=[True, False, True, True],
        ignore_index=True,
    )


def shown_candidates(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the columns and digits of the View."""
    columns = ["school", "name", "township", "group", "estimate", "low", "high", "rank"]
    columns += ["rank_low", "rank_high", "p_bottom20", "candidate", "is_near", "n_alike"]
    columns += ["reasons", "years_running", "years_judged", "status"]
    shown = rounded(rows[columns])
    return shown.assign(p_bottom20=shown["p_bottom20"].round(_PERCENT))


def group_rows(rows: pd.DataFrame, found: WeakSchools) -> pd.DataFrame:
    """Return how many of each group are ranked, hidden, proposed and perhaps wrongly so."""
    wrong = (1 - rows["p_bottom20"]).where(rows["candidate"], 0.0)
    counted = rows.assign(
        n_shown=(rows["status"] == "ok").astype(int),
        n_hidden=(rows["status"] == "suppressed").astype(int),
        n_candidates=rows["candidate"].astype(int),
        expected_wrong=wrong,
    )
    names = ["n_shown", "n_hidden", "n_candidates", "expected_wrong"]
    sums = counted.groupby("group", as_index=False)[names].sum()
    ranked = found.groups.set_index("group")["n_schools"]
    stage, _, kind = zip(*(group.partition("/") for group in sums["group"]), strict=True)
    n_schools = sums["group"].map(ranked)
    n_bottom = n_schools.map(bottom_count)
    return sums.assign(
        stage=pd.Series(stage, dtype="str"),
        school_type=pd.Series(kind, dtype="str"),
        n_schools=n_schools,
        expected_wrong=sums["expected_wrong"].round(_PUPILS),
        is_judged=n_bottom > 0,
        line_rank=n_schools - n_bottom,
    )


def expected_wrong(rows: pd.DataFrame) -> float:
    """Return how many of the proposals that are shown may be wrong."""
    return round(float((1 - rows.loc[rows["candidate"], "p_bottom20"]).sum()), _PUPILS)


def indicator_rows(setting: Setting, found: WeakSchools) -> pd.DataFrame:
    """Return what each indicator counts, beside its weight in the scheme."""
    by = setting.screening
    spec = by.indicators if setting.baseline else by.without_value_added()
    nominal = {indicator.name: indicator.weight for indicator in spec}
    rows = found.indicators.assign(nominal=found.indicators["indicator"].map(nominal))
    digits = {"weight": SHARE, "nominal": SHARE, "true_sd": SHARE, "reliability": _PERCENT}
    return rows.round(digits)[["indicator", *digits]]


def bottom20_of_schools(scope: Scope, setting: Setting, shares: pd.DataFrame) -> pd.DataFrame:
    """Return the share of each visible school, and how many of the county's it holds."""
    units = setting.units
    visible = units[(units["level"] == "school") & units["code"].map(scope.may_see)]
    own = shares[shares["unit"].isin(visible["code"])]
    own = own[(own["n_pupils"] > 0).fillna(True)]
    county = shares[shares["unit"] == setting.county["code"]].set_index("subject")
    all_below = own["subject"].map(county["estimate"] * county["n_pupils"])
    below = own["estimate"] * own["n_pupils"].astype("Float64").to_numpy(float, na_value=np.nan)
    named = own.assign(
        name=own["unit"].map(units.set_index("code")["name"]),
        of_county=(below / all_below.where(all_below > 0)).round(SHARE),
    )
    return bottom20_rows(setting, named, county=county_shares(setting, shares))


def _baseline_of(store: Store, setting: Setting, exam: ExamRelease) -> ExamRelease | None:
    """Return the query's baseline where the exam is linked with it, else its first one."""
    if exam.exam_id == setting.exam.exam_id:
        return setting.baseline
    linked = linked_baselines(store, exam, setting.cohort)
    if setting.baseline in linked:
        return setting.baseline
    return linked[0]


def _alike(schools: pd.DataFrame) -> pd.Series:
    """Return from how many candidates of its group each school cannot be told apart."""
    alike = pd.Series(0, index=schools.index, dtype="Int64")
    for _, group in schools[schools["status"] == "ok"].groupby("group"):
        value, se = (group[name].to_numpy(float) for name in ("composite", "se"))
        candidate = group["candidate"].to_numpy(bool)
        with_candidate = ~tell_apart(value, se=se) & candidate[None, :]
        np.fill_diagonal(with_candidate, val=False)
        alike.loc[group.index] = with_candidate.sum(axis=1)
    return alike
