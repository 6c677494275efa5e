"""Answers to a question: choices as numbers, by digits, letters or words of agreement."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.dataset_kinds.cells import Column, Format, Parsed, plain_decimal, read_cells

MOST = 20
"""Most choices of a question."""

_LETTER = re.compile(r"([A-Ta-t])(?:[.、:．：].*)?", re.DOTALL)
_WORDS = {
    word: value
    for words in (
        ("非常不同意", "不同意", "不确定", "同意", "非常同意"),
        ("非常不符合", "不符合", "不确定", "符合", "非常符合"),
        ("完全不同意", "比较不同意", "一般", "比较同意", "完全同意"),
        ("完全不符合", "比较不符合", "一般", "比较符合", "完全符合"),
        ("非常不满意", "不满意", "一般", "满意", "非常满意"),
        ("很不满意", "不太满意", "一般", "比较满意", "很满意"),
        ("从不", "很少", "有时", "经常", "总是"),
    )
    for value, word in enumerate(words, start=1)
}
_NOT_ANSWERED = {
    "(空)",
    "（空）",
    "(跳过)",
    "（跳过）",
    "-3",
    "-2",
}  # as survey tools export it


@dataclass(frozen=True, slots=True, eq=False)
class Answered:
    """One question as it was answered.

    Attributes
    ----------
    column : Column
        Choices as whole numbers, and the places of answers that are none.
    share : float
        Of the answers, how many are choices; 1 without any answer.
    """

    column: Column
    share: float


def read_answers(
    text: pd.Series,
    kind: pd.Series,
    *,
    rows: pd.Series,
    header: str,
    ends: tuple[int, int] | None,
) -> Answered:
    """Read the answers to one question.

    Parameters
    ----------
    ends : (int, int) or None
        Lowest and highest choice of its scale; without one, 0 to ``MOST``.
    """
    lowest, highest = ends or (0, MOST)

    def parse(cell: str) -> Parsed:
        bare = "".join(cell.split())
        if bare in _NOT_ANSWERED:
            return None, ""
        value = _choice(bare)
        is_right = value is not None and lowest <= value <= highest
        return (value, "") if is_right else (None, "wrong")

    form = Format(
        parse,
        "Int64",
        f"{lowest} 到 {highest} 的整数，或选项字母",
        f"a whole number from {lowest} to {highest}, or the letter of a choice",
    )
    column = read_cells(text, kind, rows=rows, header=header, form=form)
    n_filled = int(text.notna().sum())
    share = 1.0 if n_filled == 0 else 1 - len(column.faults) / n_filled
    return Answered(column, float(np.clip(share, 0, 1)))


def _choice(text: str) -> int | None:
    """Return the number of a choice.

    Examples
    --------
    >>> [_choice(text) for text in ("3", "B", "b、经常", "非常同意", "AC", "2.5")]
    [3, 2, 2, 5, None, None]
    """
    number = plain_decimal(text)
    if number is not None:
        return int(number) if number % 1 == 0 else None
    letter = _LETTER.fullmatch(text)
    return ord(letter[1].upper()) - ord("A") + 1 if letter else _WORDS.get(text)
