"""Tables of odd cells in odd places: the checks answer with findings, never with an error."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.checks.draft import Draft, DraftSubject
from data.checks.screening import screen
from data.importers.grid import EMPTY, KINDS, TEXT
from data.importers.layout import lay_out
from data.importers.sheet import Sheet
from tests.corpus.pupils import HEADER, NAMES, good_rows, secrets

_ODD = (
    None, "", " ", "0", "-1", "85.5", "缺考", "作弊", "免考", "-", "xx", "1e309", "NaN", "85分",
    "八年级", "七年级", "9年级", "1班", "平均分", "合计", "制表人：张老师", "3301",
    "柳溪镇中心学校", "男",
    "G123", "9.99E+17", "=1+1", "<b>", "长" * 300, "\u200b", "😀", "2026-06-01", "TRUE", "#N/A",
    *NAMES[:2], *HEADER[4:], "性别", "总分", "乡镇", "科目", "分数", "满分",
)  # fmt: skip
_WIDTH = len(HEADER)
# A place in the table, the text that stands there instead, and the kind of the cell.
CHANGES = st.lists(
    st.tuples(
        st.integers(0, 12),
        st.integers(0, _WIDTH - 1),
        st.sampled_from(_ODD),
        st.sampled_from(range(len(KINDS))),
        st.sampled_from(("cell", "column", "row")),
    ),
    max_size=6,
)
SHAPES = st.tuples(st.integers(0, 13), st.integers(1, _WIDTH), st.booleans())


def odd_sheet(
    changes: list[tuple[int, int, str | None, int, str]], shape: tuple[int, int, bool]
) -> Sheet:
    """Return the good table, cut to a shape, turned perhaps, with cells of it changed."""
    n_rows, n_columns, is_turned = shape
    table = [[None if cell is None else str(cell) for cell in row] for row in good_rows()]
    kinds = np.full((len(table), _WIDTH), TEXT, dtype=np.int8)
    for row, column, text, kind, extent in changes:
        rows = slice(None) if extent == "column" else slice(row, row + 1)
        columns = slice(None) if extent == "row" else slice(column, column + 1)
        for line in table[1:][rows]:
            line[columns] = [text] * len(line[columns])
        kinds[1:][rows, columns] = kind if text else EMPTY
    cells = np.array(table, dtype=object)[: n_rows + 1, :n_columns]
    kinds = kinds[: n_rows + 1, :n_columns]
    if is_turned and n_rows % 5 == 0:
        cells, kinds = cells.T, np.ascontiguousarray(kinds.T)
    columns_of = {f"v{i}": pd.array(cells[:, i], dtype="str") for i in range(cells.shape[1])}
    lines = np.arange(1, len(cells) + 1, dtype=np.int64)
    return Sheet("成绩", pd.DataFrame(columns_of), kinds, lines)


def assert_answered(sheet: Sheet) -> None:
    laid_out = lay_out(sheet, declared_subjects=frozenset())
    findings = list(laid_out.findings)
    if laid_out.entries is None or laid_out.marks is None:
        assert any(finding.severity == "error" for finding in findings)
    else:
        subjects = tuple(
            DraftSubject(code, name, 10000, full_mark_given=False)
            for code, name in laid_out.subjects.items()
        )
        draft = Draft(
            laid_out.entries, laid_out.marks, subjects, 8,
            totals=laid_out.totals, headers=laid_out.headers,
        )  # fmt: skip
        screened = screen(draft)
        findings += screened.findings
        is_refused = any(finding.severity == "error" for finding in screened.findings)
        assert (screened.scores is None) is is_refused
        assert 0 <= screened.n_refused <= screened.n_rows
    for finding in findings:
        assert finding.message_zh
        assert finding.message_en
        assert (finding.message_zh + finding.message_en).isprintable()


@settings(max_examples=40)
@given(changes=CHANGES, shape=SHAPES)
def test_an_odd_table_is_answered_with_findings(
    changes: list[tuple[int, int, str | None, int, str]], shape: tuple[int, int, bool]
) -> None:
    assert_answered(odd_sheet(changes, shape))


@pytest.mark.slow
@settings(max_examples=2000)
@given(changes=CHANGES, shape=SHAPES)
def test_many_odd_tables_are_answered_with_findings(
    changes: list[tuple[int, int, str | None, int, str]], shape: tuple[int, int, bool]
) -> None:
    assert_answered(odd_sheet(changes, shape))


@pytest.mark.parametrize("column", range(_WIDTH))
@pytest.mark.parametrize("text", [None, "x"])
def test_a_whole_column_may_be_empty_or_alike(column: int, text: str | None) -> None:
    assert_answered(odd_sheet([(0, column, text, TEXT, "column")], (12, _WIDTH, False)))


def test_the_tables_hold_what_no_message_may() -> None:
    assert any(name in secrets() for name in _ODD if name)
