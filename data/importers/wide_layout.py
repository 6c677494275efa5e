"""Files with one row a pupil and one column a subject."""

import re

import pandas as pd

from data.importers.header_row import Columns
from data.importers.sheet import Sheet
from data.importers.tables import Positions, Tables, cell_table, entry_table, repeated

_BRACKETED = re.compile(r"[(（\[【].*?[)）\]】]")


def wide_tables(sheet: Sheet, columns: Columns, *, rows: Positions) -> Tables:
    """Return the tables of a wide file."""
    in_file_order = sorted(columns.subjects.items(), key=lambda item: item[1])
    blocks = [
        cell_table(
            sheet, rows=rows, position=position, column=columns.headers[position]
        ).assign(subject=repeated(code, len(rows)))
        for code, position in in_file_order
    ]
    totals = None
    if columns.total is not None:
        header = columns.headers[columns.total]
        totals = cell_table(sheet, rows=rows, position=columns.total, column=header)
    return Tables(
        entries=entry_table(sheet, columns, rows=rows),
        marks=pd.concat(blocks, ignore_index=True),
        subjects={
            code: subject_name(columns.names.get(code, columns.headers[i]))
            for code, i in in_file_order
        },
        totals=totals,
        full_marks=columns.full_marks,
    )


def subject_name(header: str) -> str:
    """Return a subject's name from its header, without brackets and inner spaces.

    Examples
    --------
    >>> subject_name("数 学 (120分)"), subject_name("Math (max 120)")
    ('数学', 'Math')
    """
    bare = _BRACKETED.sub("", header).strip()
    return bare if bare.isascii() else "".join(bare.split())
