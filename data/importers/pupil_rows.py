"""Which rows below the header are pupils: repeated headers and summary rows are set aside."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.findings import Finding
from data.importers.header_row import Columns
from data.importers.remarks import remark
from data.importers.sheet import Sheet

Mask = NDArray[np.bool_]

_SUMMARY = (
    r"(?i)^\s*(?:合\s*计|总\s*计|小\s*计|总平均|平\s*均|均分|全校|全班|全县|全区|全镇|年级平均|班级平均|最高|最低|"
    r"及格率|优秀率|良好率|低分率|得分率|参考人数|参考率|实考|应考|人数|标准差|制表|填表|填报|审核|审批|复核|校长[:：]|"
    r"负责人|班主任[:：]|日期|打印|说明|备注|注[:：]|第\s*\d+\s*页|共\s*\d+|total\b|average\b|mean\b|sum\b|"
    r"max\b|min\b|prepared\b|notes?\b)"
)
_IDS = ("pupil_number", "exam_number")
_SHOWN = 5


def pupil_rows(
    sheet: Sheet, columns: Columns, *, at: int
) -> tuple[NDArray[np.intp], list[Finding]]:
    """Return positions of the pupils' rows in the sheet, and what was skipped."""
    below = sheet.text.iloc[at + 1 :]
    is_header = _repeats(sheet, columns, at=at)
    is_summary = _is_summary(below, columns) & ~is_header
    findings = _skipped(
        sheet.lines[at + 1 :][is_header], check="repeated_header",
        zh="重复的表头", en="Repeated header rows",
    ) + _skipped(
        sheet.lines[at + 1 :][is_summary], check="summary_row",
        zh="汇总行或说明行（如平均分、合计、制表人，没有学籍号）",
        en="Summary or note rows without a pupil number",
    )  # fmt: skip
    return np.flatnonzero(~(is_header | is_summary)) + at + 1, findings


def _repeats(sheet: Sheet, columns: Columns, *, at: int) -> Mask:
    below = sheet.text.iloc[at + 1 :]
    mask = np.ones(len(below), dtype=bool)
    for position in columns.headers:
        header = sheet.text.iloc[at, position]
        mask &= (below.iloc[:, position] == header).to_numpy(bool)
        if not mask.any():
            break
    return mask


def _is_summary(below: pd.DataFrame, columns: Columns) -> Mask:
    has_id = np.zeros(len(below), dtype=bool)
    for name in _IDS:
        if name in columns.fields:
            text = below.iloc[:, columns.fields[name]]
            has_id |= text.notna().to_numpy(bool) & ~_says_summary(text)
    without = np.flatnonzero(~has_id)
    rest = below.iloc[without]
    is_summary = ~_has_pupil(rest, columns)
    for position in columns.fields.values():
        is_summary |= _says_summary(rest.iloc[:, position])
    mask = np.zeros(len(below), dtype=bool)
    mask[without] = is_summary
    return mask


def _says_summary(text: "pd.Series[str]") -> Mask:
    return text.str.contains(_SUMMARY, regex=True, na=False).to_numpy(bool)


def _has_pupil(below: pd.DataFrame, columns: Columns) -> Mask:
    """Say where a name or a mark stands; a row with neither and no number is a remark."""
    positions = [*columns.subjects.values()]
    positions += [i for name, i in columns.long.items() if name == "score"]
    positions += [i for name, i in columns.fields.items() if name == "pupil_name"]
    return np.asarray(below.iloc[:, positions].notna().any(axis=1), dtype=bool)


def _skipped(lines: NDArray[np.int64], *, check: str, zh: str, en: str) -> list[Finding]:
    if not len(lines):
        return []
    rows = [str(line) for line in lines[:_SHOWN]]
    more = len(lines) > _SHOWN
    return [remark(
        "warning", check,
        f"跳过了 {len(lines)} 行{zh}：第 {'、'.join(rows)} 行{'等' if more else ''}。"
        f"请确认它们不是学生。",
        f"{en} were skipped: {len(lines)} (rows "
        f"{', '.join(rows)}{', ...' if more else ''}). "
        f"Check that they are no pupils.",
        row=int(lines[0]))]  # fmt: skip
