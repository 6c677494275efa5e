"""No score is ever silently wrong: each dirty cell is read right, refused, or listed."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pandas as pd
import pytest

from core.findings import Finding
from data.checks.draft import Draft, DraftSubject
from data.checks.score_format import find_score_format
from data.checks.score_precision import find_score_precision
from data.checks.score_range import find_score_range
from data.checks.screening import screen
from data.importers.layout import lay_out
from data.importers.limits import Limits
from data.importers.read_file import read_sheet
from tests.corpus.dirt import FULL_MARK, KINDS, DirtyCell, dirt, dirty_cell
from tests.corpus.pupils import Row
from tests.corpus.workbook_xml import workbook

SUBJECTS = ("语文", "数学", "英语", "物理", "化学", "历史", "地理", "生物", "政治", "科学")
HEADER = ("学校名称", "班级", "学籍号", "姓名", *SUBJECTS)
CELLS, MILLION, BLOCK = 20_000, 1_000_000, 50_000
# Columns of these findings and what they say; each states in its words how many it means.
NOTED = {"score_words", "score_ambiguous"}
_COUNT = re.compile(r"有 (\d+) (?:个|人)")

Table = list[list[DirtyCell]]
Writer = Callable[[Table], tuple[str, bytes]]


def dirty_table(random: Random, n_cells: int) -> tuple[Table, list[list[str]]]:
    """Return rows of dirty cells and the kind of each."""
    n_rows = n_cells // len(SUBJECTS)
    names = list(KINDS)
    kinds = [random.choices(names, k=len(SUBJECTS)) for _ in range(n_rows)]
    return [[dirty_cell(random, kind) for kind in row] for row in kinds], kinds


def _fields(k: int) -> Row:
    return ["一中", f"{k // 50}班", f"P{k:06d}", "甲乙"]


def as_workbook(table: Table) -> tuple[str, bytes]:
    rows = [[*_fields(k), *(dirty.cell for dirty in row)] for k, row in enumerate(table)]
    return "dirt.xlsx", workbook([list(HEADER), *rows])


def as_text(table: Table) -> tuple[str, bytes]:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADER)
    writer.writerows([*_fields(k), *(d.text for d in row)] for k, row in enumerate(table))
    return "dirt.csv", text.getvalue().encode()


WRITERS: tuple[Writer, ...] = (as_workbook, as_text)


def draft_of(path: Path) -> Draft:
    reading = read_sheet(path, limits=Limits())
    assert reading.sheet is not None, reading.findings
    laid_out = lay_out(reading.sheet, declared_subjects=frozenset(SUBJECTS))
    assert laid_out.entries is not None, laid_out.findings
    assert laid_out.marks is not None
    subjects = tuple(
        DraftSubject(code, name, FULL_MARK, full_mark_given=True)
        for code, name in laid_out.subjects.items()
    )
    return Draft(laid_out.entries, laid_out.marks, subjects, 8, headers=laid_out.headers)


def silently_wrong(
    draft: Draft, table: Table, kinds: list[list[str]]
) -> tuple["Counter[str]", "Counter[str]"]:
    """Return how many cells of each kind are wrong without a word, and how many were read."""
    read = draft.read.set_index(["row", "column"])
    places = [
        find(draft) for find in (find_score_format, find_score_precision, find_score_range)
    ]
    refused = set(pd.concat(places)[["row", "column"]].itertuples(index=False, name=None))
    answers = read[["state", "value", "is_ambiguous"]].itertuples(name=None)
    found = {key: (state, value, listed) for key, state, value, listed in answers}
    wrong, right = Counter[str](), Counter[str]()
    for line, (row, names) in enumerate(zip(table, kinds, strict=True), 2):
        for subject, dirty, kind in zip(SUBJECTS, row, names, strict=True):
            state, value, is_listed = found[line, subject]
            answer = (state, None if value is pd.NA else int(value))
            if (line, subject) in refused or is_listed:
                continue
            (right if answer == dirty.truth else wrong)[kind] += 1
    return wrong, right


def assert_all_are_counted(draft: Draft, findings: tuple[Finding, ...]) -> None:
    """Every absence and every unclear word stands in a finding's number."""
    noted = draft.read[(draft.read["state"] != "present") & (draft.read["fault"] == "")]
    words = [finding.message_zh for finding in findings if finding.check in NOTED]
    counts = [int(count) for text in words for count in _COUNT.findall(text)]
    assert (len(counts), sum(counts)) == (len(words), len(noted))


def assert_none_is_silently_wrong(
    folder: Path, *, write: Writer, seed: int, n_cells: int
) -> None:
    table, kinds = dirty_table(dirt(seed), n_cells)
    name, data = write(table)
    path = folder / name
    path.write_bytes(data)
    draft = draft_of(path)
    assert len(draft.read) == n_cells
    wrong, right = silently_wrong(draft, table, kinds)
    assert wrong == Counter(), f"silently wrong, by kind: {dict(wrong)}"
    assert {"number", "text number", "formula", "absent", "zero", "empty"} <= set(right)
    assert_all_are_counted(draft, screen(draft).findings)


@pytest.mark.parametrize("write", WRITERS)
def test_no_dirty_cell_is_silently_wrong(tmp_path: Path, write: Writer) -> None:
    assert_none_is_silently_wrong(tmp_path, write=write, seed=1, n_cells=CELLS // 2)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(MILLION // BLOCK))
def test_no_cell_of_a_million_is_silently_wrong(tmp_path: Path, seed: int) -> None:
    write = WRITERS[seed % 2]
    assert_none_is_silently_wrong(tmp_path, write=write, seed=100 + seed, n_cells=BLOCK)


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize(
    "kind", ["number", "text number", "noise of the last bit", "zero", "formula", "zeros after"]
)
def test_clean_cells_are_read_and_not_refused(tmp_path: Path, kind: str, write: Writer) -> None:
    """Refusing all would be safe and useless."""
    random = dirt(5)
    table = [[dirty_cell(random, kind) for _ in SUBJECTS] for _ in range(20)]
    name, data = write(table)
    (tmp_path / name).write_bytes(data)
    draft = draft_of(tmp_path / name)
    assert (draft.read["state"] == "present").all()
    assert (draft.read["fault"] == "").all()
