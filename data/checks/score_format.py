"""A score is a plain decimal number, or one of the agreed words."""

import pandas as pd

from core.findings import Finding
from data.checks.draft import Draft
from data.checks.places import listed, mark_places

_ADVICE = "请填数字、“缺考”“违纪”“免考”，或留空。"
_ADVICE_EN = (
    "Type a number, 缺考 (absent), 违纪 (withheld) or 免考 (exempt), or leave it empty."
)
_WORDS = {
    "not_number": (
        f"第 {{line}} 行“{{column}}”的成绩{{value}}不是数字，无法识别。{_ADVICE}",
        f"Row {{line}}, {{column}}: the score{{value}} is not a number. {_ADVICE_EN}",
    ),
    "boolean": (
        f"第 {{line}} 行“{{column}}”的成绩是布尔值{{value}}，不是数字。{_ADVICE}",
        f"Row {{line}}, {{column}}: the score is a truth value, not a number. {_ADVICE_EN}",
    ),
    "date": (
        f"第 {{line}} 行“{{column}}”的成绩被存成了日期或时间，不是数字。"
        f"请把单元格设为常规格式。{_ADVICE}",
        f"Row {{line}}, {{column}}: the score is stored as a date or time. Format the cell as "
        f"general. {_ADVICE_EN}",
    ),
    "error": (
        f"第 {{line}} 行“{{column}}”是错误值，或是没有计算结果的公式，不是数字。"
        f"请在 Excel 或 WPS 中打开、重新计算并保存，或粘贴为数值后再上传。{_ADVICE}",
        f"Row {{line}}, {{column}}: an error value, or a formula without a stored result. Open "
        f"the file in Excel or WPS, recalculate and save it, or paste as values. {_ADVICE_EN}",
    ),
    "blank": (
        f"第 {{line}} 行“{{column}}”的公式结果是空文本，或数字按格式不显示，"
        "不能判断是缺考还是没有成绩。"
        f"请粘贴为数值并填写，或清空单元格。{_ADVICE}",
        f"Row {{line}}, {{column}}: the formula's result is an empty text, or the number's "
        f"format does not show it, which may mean absent or not entered. Paste as values and "
        f"fill it in, or clear the cell. "
        f"{_ADVICE_EN}",
    ),
}


def find_score_format(draft: Draft) -> pd.DataFrame:
    """Return the score cells that are no number and no agreed word."""
    return mark_places(draft, draft.read["fault"].isin(list(_WORDS)).to_numpy(bool))


def check_score_format(draft: Draft) -> list[Finding]:
    """Refuse scores that are not numbers."""
    return listed(find_score_format(draft), check="score_format", words=_WORDS)
