"""The pupils whom the roster expects in an exam should stand in its file, absent ones too."""

import pandas as pd

from core.findings import Finding
from data.checks.by_school import at_most_listed, school_names
from data.checks.draft import Draft
from data.checks.enrolment import enrolled_on
from data.checks.remarks import percent, remark

_CHECK = "pupils_missing"
_MANY, _FEW = 0.05, 2
_NAMED = 20


def check_pupils_missing(draft: Draft) -> list[Finding]:
    """Count, school by school, the pupils of the roster who have no row in the file."""
    expected = _expected(draft)
    if expected.empty:
        return []
    present = draft.enrolment["pupil"].dropna().astype("int64")
    counts = (
        expected.assign(missing=~expected["pupil"].isin(present))
        .groupby("school")["missing"]
        .agg(["sum", "size"])
    )
    inside = counts.index.isin(draft.school.categories)
    return [
        *_by_school(draft, counts[inside]),
        *_without_rows(draft, counts[~inside]),
    ]


def _expected(draft: Draft) -> pd.DataFrame:
    """Return pupil and school of whom the roster and the moves expect on the day."""
    known = draft.known
    if known.cohort is None or known.roster.empty:
        return known.roster[["pupil", "school"]].iloc[:0]
    own = known.roster[(known.roster["cohort"] == known.cohort).to_numpy(bool, na_value=False)]
    then = enrolled_on(known.moves, known.held_on).reindex(own["pupil"].to_numpy())
    school = then["school"].astype("str").fillna(own["school"].set_axis(then.index))
    enrolled = then["is_enrolled"].fillna(
        own["is_enrolled"].astype("boolean").set_axis(then.index)
    )
    expected = pd.DataFrame({"pupil": own["pupil"].array, "school": school.array})
    return expected[enrolled.to_numpy(bool)]


def _by_school(draft: Draft, counts: pd.DataFrame) -> list[Finding]:
    missing = counts[counts["sum"] > 0]
    is_many = (missing["sum"] > _FEW) & (missing["sum"] > _MANY * missing["size"])
    names = school_names(draft)
    findings = [
        _school(names.get(str(school), str(school)), int(n), int(of))
        for school, n, of in missing[is_many].itertuples()
    ]
    few = missing[~is_many]
    if len(few):
        findings.append(_scattered(int(few["sum"].sum()), len(few)))
    return at_most_listed(findings, check=_CHECK, severity="warning")


def _school(school: str, n: int, of: int) -> Finding:
    share = percent(n / of)
    return remark("warning", _CHECK, (
        f"{school}：花名册中应考 {of} 人，有 {n} 人（{share}）应考未列。"
        f"缺考的学生也应列入并写“缺考”；请补全，或登记离校、转学。",
        f"{school}: of {of} pupils expected by the roster, {n} ({share}) have no row. List "
        f"absent pupils too, with 缺考; add them, or record that they left.",
    ), value=str(n))  # fmt: skip


def _scattered(n: int, n_schools: int) -> Finding:
    return remark("note", _CHECK, (
        f"另有 {n_schools} 所学校共 {n} 名花名册中的学生应考未列（每校不超过 2 人或 5%）。",
        f"Pupils of the roster without a row in another {n_schools} schools: {n} (at most 2 or "
        f"5% a school).",
    ), value=str(n))  # fmt: skip


def _without_rows(draft: Draft, counts: pd.DataFrame) -> list[Finding]:
    if counts.empty or draft.known.as_school is not None:
        return []
    names = [
        f"{draft.known.schools.get(code, code)}（{code}）" for code in map(str, counts.index)
    ]
    listed = "、".join(names[:_NAMED]) + ("等" if len(names) > _NAMED else "")
    n = int(counts["size"].sum())
    return [remark("warning", _CHECK, (
        f"花名册中有 {len(counts)} 所学校（应考 {n} 人）在文件中没有任何学生：{listed}。"
        f"请确认这些学校是否漏报。",
        f"Schools of the roster without any pupil in the file: {len(counts)} (pupils expected "
        f"{n}): {listed}. Check whether they were forgotten.",
    ), value=str(len(counts)))]  # fmt: skip
