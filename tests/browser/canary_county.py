"""A county whose pupils cannot be mistaken: names, numbers and scores that nothing else has.

It goes the way of a bureau's own files: workbooks, the importer, a store. Half of the schools
write pupil numbers as text, half as numbers, so that they pass through as floats as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import xlsxwriter

from core.simulation.items import MATH_PAPER, Item, simulate_items, two_way_table
from data.home import Home
from data.store import Store, open_store_at
from pipeline.import_dataset import DatasetRequest, import_dataset
from pipeline.import_scores import ImportRequest, import_scores

NAME_MARK = "鱻龘"
"""Begins every pupil's name; no font has to draw it, no other text holds it."""

TEXT_MARK, DIGIT_MARK = "ZQ9X", 8_170_637_0000
"""Begins pupil numbers written as text; the smallest of those written as numbers."""

SCHOOL_MARK, TOWNSHIP_MARK = "赑屃", "饕餮镇"
"""Stand in every school's and every township's name."""

SUBJECTS = ("语文", "数学", "英语")
SIZES = (34, 30, 28, 36, 31, 29, 33, 27, 35, 32, 7, 14)
EXAMS = (
    ("初一期末", date(2024, 6, 20), 7),
    ("初二期末", date(2025, 6, 20), 8),
    ("初三期末", date(2026, 6, 20), 9),
)
SMALL = "S11"
"""The school that is too small to be shown."""

_HEADERS = ("学校代码", "学校名称", "乡镇", "班级", "学籍号", "姓名")
_FULL_MARK, _LEAST = 200_00, 100_01
_PAPER = (*MATH_PAPER, Item("26", "解答题", 80_00, ("统计与概率",), 0.5))
_MATH = SUBJECTS.index("数学")


@dataclass(frozen=True, slots=True)
class Canaries:
    """What must not reach a browser.

    Attributes
    ----------
    marks : tuple of str
        Texts that stand in every pupil's name or number.
    numbers : ndarray of float
        Pupil numbers that are numbers.
    hundredths : ndarray of int
        Every single score, and every pupil's total, in hundredths of a point.
    """

    marks: tuple[str, ...]
    numbers: np.ndarray
    hundredths: np.ndarray


def build_canary_county(folder: Path) -> Canaries:
    """Import the county's exams and the items of the last one into an empty store."""
    store = open_store_at(Home(folder / "store"))
    pupils, scores = make_pupils(), _scores()
    for (name, day, grade), exam in zip(EXAMS, scores, strict=True):
        path = write_workbook(folder / f"{name}.xlsx", pupils, exam)
        full_marks = dict.fromkeys(SUBJECTS, _FULL_MARK)
        request = ImportRequest(path, name, day, grade, None, full_marks)
        report = import_scores(store, request, is_dry_run=False, actor="clerk")
        assert report.release is not None, report.findings[:3]
    _import_items(store, folder, pupils, scores[-1][:, _MATH])
    store.close()
    digits = [int(number) for number in pupils["number"] if number.isdigit()]
    single = np.concatenate([*(exam.ravel() for exam in scores), *(e.sum(1) for e in scores)])
    marks = (NAME_MARK, TEXT_MARK, str(DIGIT_MARK)[:7])
    # What ends in a zero could be a rounded figure as well.
    return Canaries(marks, np.array(digits, float), np.unique(single[single % 10 != 0]))


def write_workbook(path: Path, pupils: pd.DataFrame, hundredths: np.ndarray) -> Path:
    """Write one exam as a bureau has it."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("成绩")
        sheet.write_row(0, 0, (*_HEADERS, *SUBJECTS))
        for row, (pupil, marks) in enumerate(zip(_cells(pupils), hundredths, strict=True), 1):
            sheet.write_row(row, 0, (*pupil, *(mark / 100 for mark in marks)))
    return path


def make_pupils() -> pd.DataFrame:
    """Make code, school, township, class, number and name of every pupil."""
    rows = [
        {
            "code": f"S{school:02d}",
            "school": f"{SCHOOL_MARK}第{school}中学",
            "township": f"{TOWNSHIP_MARK}{(school - 1) // 4 + 1}",
            "class": f"{pupil % 2 + 1}班",
            "number": _number(school, pupil),
            "name": f"{NAME_MARK}{chr(0x4E00 + 40 * school + pupil)}",
        }
        for school, size in enumerate(SIZES, 1)
        for pupil in range(size)
    ]
    return pd.DataFrame(rows)


def _number(school: int, pupil: int) -> str:
    place = 100 * school + pupil
    return f"{DIGIT_MARK + place}" if school % 2 else f"{TEXT_MARK}{place:06d}"


def _cells(pupils: pd.DataFrame) -> Iterator[tuple[str | float, ...]]:
    """Return the text of every row; numbers that are digits are cells with a number."""
    for row in pupils.itertuples(index=False):
        yield tuple(float(v) if k == 4 and v.isdigit() else v for k, v in enumerate(row))


def _scores() -> list[np.ndarray]:
    """Return hundredths by exam, pupil and subject; no two scores of all are the same.

    None ends in a zero, and all are above 100: rounded figures and percentages are of groups.

    Pupils are ranked by ability, school and chance, and take unused scores in that order.
    """
    rng = np.random.default_rng(20260620)
    school = np.repeat(np.arange(len(SIZES)), SIZES)
    ability = rng.normal(size=len(school)) + rng.normal(scale=0.4, size=len(SIZES))[school]
    pool = rng.permutation([h for h in range(_LEAST, _FULL_MARK) if h % 10])
    parts = iter(np.split(pool[: 9 * len(school)], 9))
    exams = []
    for _ in EXAMS:
        effects = rng.normal(scale=0.3, size=(len(SUBJECTS), len(SIZES)))[:, school]
        chance = rng.normal(scale=0.5, size=(len(SUBJECTS), len(school)))
        places = (ability + effects + chance).argsort(axis=1).argsort(axis=1)
        exams.append(np.column_stack([np.sort(next(parts))[place] for place in places]))
    return exams


def _import_items(store: Store, folder: Path, pupils: pd.DataFrame, score: np.ndarray) -> None:
    points = simulate_items(
        score // 50 * 50,
        school=pupils["code"].factorize()[0].astype(np.int64),
        paper=_PAPER,
        rng=np.random.default_rng(1),
    )
    odd = score % 50  # goes to the first item that has room for it
    full = np.array([item.full_mark for item in _PAPER])
    place = (points + odd[:, None] <= full).argmax(axis=1)
    points[np.arange(len(score)), place] += odd
    named = {"code": "学校代码", "school": "学校名称", "number": "学籍号"}
    who = pupils[list(named)].rename(columns=named)
    codes = [item.code for item in _PAPER]
    table = pd.concat([who, pd.DataFrame(points / 100, columns=codes)], axis=1)
    for kind, content in (("two_way", two_way_table(_PAPER)), ("items", table)):
        path = folder / f"{kind}.csv"
        content.to_csv(path, index=False, encoding="utf-8-sig")
        request = DatasetRequest(path, kind, "数学小题", exam=EXAMS[-1][0], subject="math")
        report = import_dataset(store, request, is_dry_run=False, actor="clerk")
        assert report.version is not None, report.findings[:3]
