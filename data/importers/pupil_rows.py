"""Which rows below the header are pupils: repeated headers and summary rows are set aside."""

import re
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.findings import Finding
from data.importers.grid import ERROR
from data.importers.header_row import Columns
from data.importers.headers import squeezed
from data.importers.remarks import remark
from data.importers.sheet import Sheet

Mask = NDArray[np.bool_]
Labels = NDArray[np.int8]

# Whole cells, squeezed. What merely holds or begins with such a word may be a school or a name.
_SCOPE = r"全[校班县区镇市乡体]"
_LEVEL = "(?:及格|合格|优秀|优良|优生|良好|低分|得分|参考)"
_STATISTIC = (
    rf"(?:合计|总计|小计|共计|总?平均|均分|最高|最低|{_LEVEL}率|"
    rf"(?:{_LEVEL}|实考|应考|缺考|总)?人数|实考|应考|标准差)"
)
_FULL_MARK = "(?:卷面|各科|试卷)?满分值?|full(?:mark|score)s?"
# Whose figure it is: 本班, 县, 八年级3班, or a school by its name.
_WHOSE = (
    rf"(?:{_SCOPE}|[本该我各][校班级县区镇市乡]|年级|班级|学校|各科|[校班县区镇市乡]"
    r"|[初高小]?[一二三四五六七八九十0-9]+年?级?(?:\(?[一二三四五六七八九十0-9]+\)?班?|班)?"
    r"|.{1,20}(?:学校|[中小]学|[一二三四五六七八九十]中|[班镇乡县区市]))"
)
_LABEL = re.compile(
    rf"{_WHOSE}?{_STATISTIC}(?:分数?|成绩|值|数|率)?"
    r"(?:[:(=].*|[0-9.]+[人名分%]?)?"
    rf"|{_FULL_MARK}|{_SCOPE}|(?:制表|填表|填报|审核|审批|复核|负责人|日期|打印|说明|备注).*"
    r"|(?:校长|班主任|注)(?::.*)?|第[0-9]+页.*|共[0-9]+.*"
    r"|(?:grand|sub|class|school|grade|overall)?"
    r"(?:total|average|mean|sum|max(?:imum)?|min(?:imum)?|highest|lowest)"
    r"(?:score|mark)?s?(?:[:(=].*)?|preparedby.*|notes?(?::.*)?"
)
_FULL_MARK_CELL = re.compile(_FULL_MARK)
_NAMES_TOO = frozenset({"max", "min", "sum"})  # people and schools are called so
_NO_LABEL, _MAYBE, _SURE = range(3)
_LONGEST = 200  # characters of a cell that are looked at
_PLAIN_NUMBER = "[0-9A-Za-z]*[0-9][0-9A-Za-z]*"
_IDS = ("pupil_number", "exam_number")
_SCHOOL = ("school_code", "school_name")
_SHOWN = 5


def pupil_rows(
    sheet: Sheet, columns: Columns, *, at: int
) -> tuple[NDArray[np.intp], list[Finding]]:
    """Return positions of the pupils' rows in the sheet, and what was skipped."""
    is_header = _repeats(sheet, columns, at=at)
    is_summary = _is_summary(sheet, columns, at=at) & ~is_header
    if states_full_marks(sheet, columns, at=at):
        is_summary[0] = False  # whoever reads the rows reads it first
    findings = _skipped(
        sheet.lines[at + 1 :][is_header], check="repeated_header",
        zh="重复的表头", en="Repeated header rows",
    ) + _skipped(
        sheet.lines[at + 1 :][is_summary], check="summary_row",
        zh="汇总行或说明行（如平均分、合计、制表人，没有学籍号）",
        en="Summary or note rows without a pupil number",
    )  # fmt: skip
    return np.flatnonzero(~(is_header | is_summary)) + at + 1, findings


def states_full_marks(sheet: Sheet, columns: Columns, *, at: int) -> bool:
    """Whether the row right below the header is the row 满分, without a number of a pupil."""
    if at + 1 >= len(sheet.lines):
        return False
    cells = sheet.text.iloc[at + 1]
    ids = cells.iloc[_positions(columns, _IDS)].dropna()
    if any(_label(str(cell)) == _NO_LABEL for cell in ids):
        return False
    marks = {*columns.subjects.values()} - {*columns.fields.values()}
    others = cells.drop(cells.index[sorted(marks)]).dropna()
    return any(_FULL_MARK_CELL.fullmatch(squeezed(str(c)[:_LONGEST])) for c in others)


def _repeats(sheet: Sheet, columns: Columns, *, at: int) -> Mask:
    """Say which rows below repeat a row of the header, word for word."""
    below = sheet.text.iloc[at + 1 :]
    mask = np.zeros(len(below), dtype=bool)
    for row in range(at if columns.top is None else columns.top, at + 1):
        same = np.ones(len(below), dtype=bool)
        for position in columns.headers:
            header = sheet.text.iloc[row, position]
            if isinstance(header, str):
                same &= (below.iloc[:, position] == header).to_numpy(bool)
            if not same.any():
                break
        mask |= same
    return mask


def _is_summary(sheet: Sheet, columns: Columns, *, at: int) -> Mask:
    """Say which rows have no number and are a label's; any doubt leaves a row a pupil's."""
    below, kinds = sheet.text.iloc[at + 1 :], sheet.kinds[at + 1 :]
    # A formula that lost its result held something: such a row is not silently set aside.
    filled = below.notna().to_numpy(bool) | (kinds == ERROR)
    has_id = np.zeros(len(below), dtype=bool)
    for i in _positions(columns, _IDS):
        has_id |= filled[:, i] & (_labels(below.iloc[:, i]) == _NO_LABEL)
    without = np.flatnonzero(~has_id)
    rest, filled = below.iloc[without], filled[without]
    labels = {i: _labels(rest.iloc[:, i]) for i in columns.fields.values()}
    marks = [*columns.subjects.values()]
    marks += [i for name, i in columns.long.items() if name == "score"]
    names = _positions(columns, ("pupil_name",))
    has_mark = filled[:, marks].any(axis=1)
    is_pupil = _any(filled, labels, _positions(columns, _SCHOOL)) & has_mark
    is_pupil &= _any(filled, labels, names)
    is_labelled = np.any([found != _NO_LABEL for found in labels.values()], axis=0)
    is_remark = ~has_mark & ~filled[:, names].any(axis=1)  # nothing to read in it
    mask = np.zeros(len(below), dtype=bool)
    mask[without] = is_remark | (is_labelled & ~is_pupil)
    return mask


def _positions(columns: Columns, names: Iterable[str]) -> list[int]:
    return [columns.fields[name] for name in names if name in columns.fields]


def _any(filled: Mask, labels: Mapping[int, Labels], positions: Iterable[int]) -> Mask:
    """Say where one of the columns holds something that is not surely a label."""
    mask = np.zeros(len(filled), dtype=bool)
    for i in positions:
        mask |= filled[:, i] & (labels[i] != _SURE)
    return mask


def _labels(text: "pd.Series[str]") -> Labels:
    """Return _NO_LABEL, _MAYBE or _SURE for each cell."""
    found = np.zeros(len(text), dtype=np.int8)
    odd = np.flatnonzero(~text.str.fullmatch(_PLAIN_NUMBER, na=True).to_numpy(bool))
    codes, distinct = pd.factorize(text.iloc[odd])
    found[odd] = np.array([_label(str(cell)) for cell in distinct], dtype=np.int8)[codes]
    return found


def _label(cell: str) -> int:
    plain = squeezed(cell[:_LONGEST])
    if not _LABEL.fullmatch(plain):
        return _NO_LABEL
    return _MAYBE if plain in _NAMES_TOO else _SURE


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
