"""Checks of a summary: rates in order, means within the full mark, a school once a subject."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from core.findings import Finding
from data.checks.places import rows_en, rows_zh
from data.importers.remarks import remark

_ORDER = (("excellent_rate", "good_rate"), ("good_rate", "pass_rate"),
          ("excellent_rate", "pass_rate"))  # fmt: skip
_ZH = {"excellent_rate": "优秀率", "good_rate": "良好率", "pass_rate": "及格率"}
_EPSILON = 1e-9


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, and the Excel rows with an error."""

    findings: list[Finding]
    refused: set[int]


def check_summary(
    table: pd.DataFrame, *, full_marks: Mapping[str, int], decimals: Mapping[str, int]
) -> Checked:
    """Check SCHOOL_SUMMARY rows.

    Parameters
    ----------
    full_marks : mapping of str to int
        Full mark by subject, hundredths; subjects without one are not checked for it.
    decimals : mapping
        Decimals of the rates in per cent, under ``rate``: two of them may be rounded.
    """
    unit = 10.0 ** -(decimals["rate"] + 2)
    faults = [
        (table[table[low] > table[high] + _EPSILON], _order(low, high)) for low, high in _ORDER
    ]
    sums = table["pass_rate"] + table["low_rate"]
    faults.append((table[sums > 1 + unit + _EPSILON], _SUM))
    full = table["subject"].map({code: mark / 100 for code, mark in full_marks.items()})
    faults.append((table[table["mean"] > full.astype("float64") + _EPSILON], _MEAN))
    faults.append((table[table.duplicated(["school", "subject"], keep=False)
                         & table["school"].notna()], _TWICE))  # fmt: skip
    findings = [_finding(rows, words) for rows, words in faults if len(rows)]
    refused = {int(row) for rows, _ in faults for row in rows["row"]}
    if not len(table):
        findings.append(_empty())
    return Checked(findings + _without_figures(table), refused)


Words = tuple[str, str, str]

_SUM: Words = (
    "rates",
    "及格率加低分率超过 100%：{n} 处（{rows}）。请核对两项的分数线。",
    "Pass rate and low rate add up to more than 100%: {n} ({rows}). Check their lines.",
)
_MEAN: Words = (
    "mean_range",
    "均分超过满分：{n} 处（{rows}）。请核对均分或满分。",
    "Means above the full mark: {n} ({rows}). Correct the means or the full mark.",
)
_TWICE: Words = (
    "duplicate_school",
    "同一学校同一科目有多行：{n} 行（{rows}）。只能保留一行。",
    "Rows that repeat a school in the same subject: {n} ({rows}). Keep one of each.",
)


def _order(low: str, high: str) -> Words:
    return (
        "rates",
        f"{_ZH[low]}高于{_ZH[high]}：{{n}} 处（{{rows}}）。{_ZH[high]}是达到该线的比例，"
        f"应包含更高的等级；若只算这一档，请改为累计比例。",
        f"{low.replace('_', ' ')} is above {high.replace('_', ' ')}: {{n}} ({{rows}}). "
        "A rate is the share at or above its line and holds the better ones too; if it "
        "counts one band only, make it cumulative.",
    )


def _finding(rows: pd.DataFrame, words: Words) -> Finding:
    check, zh, en = words
    lines = rows["row"].drop_duplicates().sort_values()
    n = len(rows)
    return remark(
        "error",
        check,
        zh.format(n=n, rows=rows_zh(lines)),
        en.format(n=n, rows=rows_en(lines)),
        row=int(lines.iloc[0]),
    )


def _empty() -> Finding:
    return remark(
        "error", "no_data", "所有学校的均分和比率都为空（0 行）。请填写后重新上传。",
        "Mean and rates are empty for every school (0 rows). Fill them in and upload again.",
    )  # fmt: skip


def _without_figures(table: pd.DataFrame) -> list[Finding]:
    """Note which of the four rates no row has: 一分三率 has three of them."""
    names = ["mean", "excellent_rate", "good_rate", "pass_rate", "low_rate"]
    lacking = [name for name in names if not len(table) or table[name].isna().all()]
    if not lacking or len(lacking) == len(names):
        return []
    zh = {**_ZH, "mean": "均分", "low_rate": "低分率"}
    return [remark(
        "note", "figures", f"表中没有：{'、'.join(zh[n] for n in lacking)}。",
        f"The file has no {', '.join(lacking).replace('_', ' ')}.")]  # fmt: skip
