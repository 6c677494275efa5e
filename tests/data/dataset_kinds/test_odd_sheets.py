"""Whatever stands below a template's header: rows of the declared table, or errors."""

import random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.dataset_kinds.kind import DatasetKind, Surroundings
from data.dataset_kinds.registry import KINDS
from data.importers.grid import KINDS as CELL_KINDS
from tests.data.dataset_kinds.books import SCHOOLS, make_sheet

PUPIL = "P77"
# Cells that some column welcomes and others must refuse.
CELLS = [
    None, "S01", "青禾二中", "S09", "七年级", 8, "1班", "合计", "注：", 0, 1, 3, 12, 0.5, 85.5,
    -1, "85%", "0.85", "缺考", "-", "A", "非常同意", "2026-03-01", "转出", "数学", "1",
    "21(2)", "男", "=1+1", "٨٥", "1e9", "nan", "\u0000", "　", "a" * 300, "100%", "是",
    "近视率",
    "Q1", 2025, "满分",
]  # fmt: skip

PUPILS = [f"{PUPIL}{i}" for i in range(20)]


def odd_sheet(kind: DatasetKind, seed: int, n_rows: int) -> object:
    """Return a sheet of random cells below the template's header, some of an odd kind."""
    rng = random.Random(seed)  # noqa: S311
    width = len(kind.template)
    rows = [[_cell(rng, title) for title in kind.template] for _ in range(n_rows)]
    sheet = make_sheet([list(kind.template), *rows])
    for _ in range(rng.randrange(3)):
        i, j = rng.randrange(len(sheet.lines)), rng.randrange(width)
        sheet.kinds[i, j] = rng.randrange(1, len(CELL_KINDS)) if i else 1
    return sheet


def _cell(rng: random.Random, title: str) -> object:
    is_pupil = title in ("学籍号", "考号", "姓名")
    return rng.choice([*PUPILS, *CELLS]) if is_pupil else rng.choice(CELLS)


def check(kind: DatasetKind, seed: int, n_rows: int) -> None:
    subjects = pd.DataFrame({"subject": ["math"], "name": ["数学"], "full_mark": [12000]})
    around = Surroundings(SCHOOLS, subjects=subjects, subject="math", grade=8)
    content = kind.read(odd_sheet(kind, seed, n_rows), around)  # type: ignore[arg-type]
    has_error = any(f.severity == "error" for f in content.findings)
    assert (content.rows is None) == has_error
    assert PUPIL not in str(content.findings)
    if content.rows is not None:
        rows = content.rows
        if kind.names_pupils:
            rows = rows.assign(pupil=range(len(rows)))
        kind.table.require(rows)


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
@given(st.integers(0, 10**9), st.integers(0, 6))
@settings(max_examples=6)
def test_random_cells_give_a_sound_table_or_errors(
    kind: DatasetKind, seed: int, n_rows: int
) -> None:
    check(kind, seed, n_rows)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
@given(st.integers(0, 10**9), st.integers(0, 6))
@settings(max_examples=200)
def test_many_random_cells_give_a_sound_table_or_errors(
    kind: DatasetKind, seed: int, n_rows: int
) -> None:
    check(kind, seed, n_rows)
