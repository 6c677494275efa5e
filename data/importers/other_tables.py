"""Tables that are no pupils' scores but look like it: summaries by school, scores by item."""

import re
from collections.abc import Sequence
from itertools import pairwise

from core.findings import Finding
from data.importers.header_search import row_texts
from data.importers.header_words import HeaderWords
from data.importers.headers import squeezed
from data.importers.remarks import remark
from data.importers.sheet import Sheet

_SEARCHED_ROWS = 12
_MIN_FIGURES = _MIN_ITEMS = 3
_PUPIL = frozenset({"pupil_number", "exam_number", "pupil_name"})
_FIGURE = re.compile(
    r".*?((参考|实考|应考|参加|考试|实有|在籍|及格|优秀|低分|良好|合格|缺考)(人数|数)|人数|平均分?|均分|"
    r"(及格|合格|优秀|优良|优生|良好|低分|学困|达标|参考|得分)率|最高分?|最低分?|标准差|一分三率|综合指数|"
    r"(pass|excellent|low)rate|average|mean|candidates)(\(?%?\)?)"
)
_PART = r"([(.-]?[0-9]{1,2}\)?)?"
_ITEM = re.compile(
    rf"第?[0-9]{{1,2}}(题|小题|\.)?{_PART}|(第|t|q|题|item|question)[0-9]{{1,2}}{_PART}"
    rf"|第?[一二三四五六七八九十]{{1,3}}[题.、]{_PART}|(客观|主观|选择|填空|解答)题.*"
)
_NUMBER = re.compile(r"[0-9]+")


def other_table(sheet: Sheet, *, words: HeaderWords) -> Finding | None:
    """Return the error that says what a table is and which command takes it, if it is one."""
    rows = [row_texts(sheet, i) for i in range(min(_SEARCHED_ROWS, len(sheet.lines)))]
    pupil_columns: set[int] = set()
    for texts, line in zip(rows, sheet.lines.tolist(), strict=False):
        headers = {i: words.of(text) for i, text in texts.items()}
        own = {i for i, h in headers.items() if h.role == "field" and h.name in _PUPIL}
        pupil_columns |= own
        n_figures = sum(bool(_FIGURE.fullmatch(squeezed(text))) for text in texts.values())
        is_header = bool(own) or not (n_figures or pupil_columns & texts.keys())
        n_items = _items_in_order([squeezed(text) for text in texts.values()])
        n_subjects = sum(header.role == "subject" for header in headers.values())
        if pupil_columns and is_header and n_items > n_subjects:
            return _items(line, n_items)
    for texts, line in zip(rows, sheet.lines.tolist(), strict=False):
        n_figures = sum(bool(_FIGURE.fullmatch(squeezed(text))) for text in texts.values())
        if n_figures >= _MIN_FIGURES and not pupil_columns:
            return _summary(line, n_figures)
    return None


def _items_in_order(texts: Sequence[str]) -> int:
    """Return how many headers are items 1, 2, 3 .. in this order; 0 where they are not."""
    items = [text for text in texts if _ITEM.fullmatch(text)]
    numbers = [int(found[0]) for text in items if (found := _NUMBER.search(text))]
    steps = [after - before for before, after in pairwise(numbers)]
    is_ordered = not numbers or (numbers[0] == 1 and set(steps) <= {0, 1})
    return len(items) if is_ordered and len(items) >= _MIN_ITEMS else 0


def _summary(line: int, count: int) -> Finding:
    return remark(
        "error", "summary_table",
        f"第 {line} 行表头像是成绩汇总表（有 {count} 列人数、平均分、及格率等，没有学籍号），"
        "不是学生成绩。学校汇总数据请用 dataset summary 命令导入；学生成绩请上传每人一行的表。",
        f"Header row {line} looks like a summary by school (columns such as counts, averages "
        f"and rates: {count}; no pupil number), not like pupils' scores. Import it with the "
        f"command: dataset summary. For scores, upload a table with one row a pupil.",
        row=line)  # fmt: skip


def _items(line: int, count: int) -> Finding:
    return remark(
        "error", "item_table",
        f"第 {line} 行表头像是小题分表（有 {count} 列题号）。小题分用 dataset items 命令导入；"
        f"考试成绩请上传含各科总分的表。",
        f"Header row {line} looks like scores by item (columns with item numbers: {count}). "
        f"Import them with the command: dataset items. For an exam, upload marks by subject.",
        row=line)  # fmt: skip
