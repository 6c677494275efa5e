"""Compare a file with the exam that it belongs to: stated figures, and item totals.

Differences are warnings: two sources disagree, and a person decides which one is right.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from core.findings import Finding
from data import lake
from data.bundles import SCORES_FILE
from data.catalogue import ExamRelease, subjects_of
from data.scope import OPERATOR
from data.store import Store
from pipeline.compute_indicators import all_indicators

_FIGURES = {
    "mean": "均分", "excellent_rate": "优秀率", "good_rate": "良好率", "pass_rate": "及格率",
    "low_rate": "低分率",
}  # fmt: skip
_EPSILON = 1e-9
_SHOWN = 5
_MOST_OF = 0.8  # share of the differing schools that one cause must explain
_KEYS = ["school", "subject"]


def compare_summary(
    store: Store, exam: ExamRelease, rows: pd.DataFrame, about: Mapping[str, Any]
) -> list[Finding]:
    """Compare SCHOOL_SUMMARY rows with the exam's own figures, to the decimals of the file.

    Where the stated figures are ours times n_sat / n_enrolled, absent pupils were counted as
    zeros (rates: as pupils below the line), and the finding says so.
    """
    own = _own_figures(store, exam)
    subjects = subjects_of(store, exam.release_id)
    both = rows.merge(own, on=_KEYS, how="left", suffixes=("", "_own"), indicator=True)
    findings = _unmatched(both)
    both = both[both["_merge"] == "both"]
    both = both.merge(subjects[["subject", "name"]], on="subject", how="left")
    decimals = about.get("decimals", {})
    for name in _FIGURES:
        digits = decimals.get("mean", 2) if name == "mean" else decimals.get("rate", 2) + 2
        findings += _differences(both, name, unit=10.0**-digits)
    counted = both[both["n_sat"].notna() & (both["n_sat"] != both["n_sat_own"])]
    if len(counted):
        findings.append(_other_count(counted))
    return findings


def compare_items(
    store: Store, exam: ExamRelease, rows: pd.DataFrame, *, subject: str
) -> list[Finding]:
    """Compare the sum of the items of each pupil with his score in the exam.

    Parameters
    ----------
    rows : DataFrame
        ITEM_POINTS rows.
    """
    scores = _scores(store, exam, subject)
    points = rows[[name for name in rows if str(name).startswith("item_")]]
    total = points.sum(axis=1, skipna=False).astype("Int64")
    own = pd.DataFrame({"pupil": rows["pupil"], "items": total})
    both = own.merge(scores, on="pupil", how="left", indicator=True)
    lost = int((both["_merge"] == "left_only").sum())
    known = both.dropna(subset=["items", "score"])
    n_unlike = int((known["items"] != known["score"]).sum())
    findings = [_unlinked(lost, len(rows))] if lost else []
    if n_unlike:
        findings.append(_item_totals(n_unlike, len(known)))
    return findings


def _own_figures(store: Store, exam: ExamRelease) -> pd.DataFrame:
    """Return the exam's figures, one row a school and subject."""
    table = all_indicators(OPERATOR, store, exam)
    names = [*_FIGURES, "n_sat", "n_enrolled"]
    wide = table[table["indicator"].isin(names)].pivot_table(
        "estimate", ["unit", "subject"], "indicator"
    )
    wide = wide.reindex(columns=names).rename_axis(columns=None)
    wide = wide.rename_axis(index={"unit": "school"})
    wide.columns = [name if name == "n_enrolled" else f"{name}_own" for name in wide.columns]
    return wide.reset_index()


def _differences(both: pd.DataFrame, name: str, *, unit: float) -> list[Finding]:
    stated, own = both[name], both[f"{name}_own"]
    differs = (stated - own).abs() > unit / 2 + _EPSILON
    if not differs.any():
        return []
    part = both[differs]
    shrunk = _with_absent(part, name)
    is_shrunk = (part[name] - shrunk).abs() <= unit / 2 + _EPSILON
    is_shrunk &= part["n_sat_own"] < part["n_enrolled"]
    findings = [_differ(part, name, n_rows=len(both))]
    if is_shrunk.sum() >= max(2, _MOST_OF * len(part)):
        findings.append(_absent_as_zero(name, int(is_shrunk.sum()), len(part)))
    return findings


def _with_absent(part: pd.DataFrame, name: str) -> "pd.Series[float]":
    """Return our figure as it is when everyone who did not sit counts with zero."""
    share = part["n_sat_own"] / part["n_enrolled"]
    own = part[f"{name}_own"]
    return own * share + (1 - share) if name == "low_rate" else own * share


def _scores(store: Store, exam: ExamRelease, subject: str) -> pd.DataFrame:
    path = f"{exam.bundle}/{SCORES_FILE}"
    wide = lake.read_table(store.home, path, sha256=exam.scores_sha256)
    subjects = subjects_of(store, exam.release_id)
    k = int(subjects.loc[subjects["subject"] == subject, "position"].iloc[0])
    return pd.DataFrame({"pupil": wide["pupil"], "score": wide[f"score_{k}"].astype("Int64")})


def _warning(check: str, zh: str, en: str, *, value: str | None = None) -> Finding:
    return Finding("warning", check, None, None, value, zh, en)


def _unmatched(both: pd.DataFrame) -> list[Finding]:
    lost = both[both["_merge"] == "left_only"]
    if lost.empty:
        return []
    schools = ", ".join(lost["school"].drop_duplicates().head(_SHOWN))
    return [_warning(
        "summary_unmatched",
        f"有 {len(lost)} 行（学校 × 科目）在该考试中没有成绩，无法核对，如学校 {schools}。",
        f"Rows (school and subject) of which the exam has no scores: {len(lost)}, such as "
        f"schools {schools}. They were not compared.",
    )]  # fmt: skip


def _differ(part: pd.DataFrame, name: str, *, n_rows: int) -> Finding:
    shown = part.assign(gap=(part[name] - part[f"{name}_own"]).abs()).nlargest(_SHOWN, "gap")
    scale, form = (1, ".2f") if name == "mean" else (100, ".2f")
    pairs = [
        (row["school"], row["name"], row[name] * scale, row[f"{name}_own"] * scale)
        for row in shown.to_dict("records")
    ]
    listed = "；".join(f"{s} {c} 表中 {x:{form}} 本系统 {y:{form}}" for s, c, x, y in pairs)
    listed_en = "; ".join(f"{s} {c} {x:{form}} against {y:{form}}" for s, c, x, y in pairs)
    sign = "" if name == "mean" else "（%）"
    figure = f"{name.replace('_', ' ')}{' (%)' if sign else ''}"
    return _warning(
        "summary_differs",
        f"{_FIGURES[name]}{sign}与考试成绩计算的不同：{len(part)} 处，共 {n_rows} 处"
        f"（{listed}）。请核对分数线、人数口径和缺考的处理。",
        f"Stated {figure} that differs from the exam's own: {len(part)} of {n_rows} "
        f"({listed_en}). Check lines, who is counted, and absences.",
        value=name,
    )


def _absent_as_zero(name: str, n: int, n_differing: int) -> Finding:
    return _warning(
        "absent_as_zero",
        f"{_FIGURES[name]}不同的 {n_differing} 处中，有 {n} 处恰好等于把缺考按 0 分、"
        "以在籍人数为分母的结果：汇总表很可能把缺考算成了 0 分。",
        f"Of the {n_differing} differences of {name.replace('_', ' ')}, {n} are just what "
        "counting the absent as zeros among all enrolled gives: the summary most likely takes "
        "absences for zeros.",
        value=name,
    )


def _other_count(rows: pd.DataFrame) -> Finding:
    n_all = int((rows["n_sat"] == rows["n_enrolled"]).sum())
    return _warning(
        "summary_count",
        f"实考人数与考试成绩不同：{len(rows)} 处，其中 {n_all} 处等于在籍（含缺考）人数。",
        f"Stated numbers of pupils that differ from the exam's: {len(rows)}; of them equal to "
        f"the enrolled, absent pupils included: {n_all}.",
    )


def _unlinked(n: int, n_rows: int) -> Finding:
    return _warning(
        "items_unlinked",
        f"小题分中有 {n} 名学生（共 {n_rows} 名）不在该考试的成绩中。请核对学籍号。",
        f"Pupils with item points who are not in the exam: {n} of {n_rows}. Check the numbers.",
    )


def _item_totals(n: int, n_compared: int) -> Finding:
    return _warning(
        "item_total",
        f"小题分之和与该科成绩不一致：{n} 名，共核对 {n_compared} 名。"
        "请核对是否缺题、加分或更正过成绩。",
        f"Pupils whose items do not add up to their score: {n} of {n_compared} compared. Check "
        "for missing items or corrected scores.",
    )
