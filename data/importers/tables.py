"""Pieces that both layouts share: the columns of ENTRIES and of mark cells."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from core.findings import Finding
from data.importers.grid import EMPTY, KINDS
from data.importers.header_row import Columns
from data.importers.headers import FIELDS
from data.importers.sheet import Sheet, text_array

Positions = NDArray[np.intp]
Texts = pd.api.extensions.ExtensionArray


@dataclass(slots=True, eq=False)
class Tables:
    """What a layout makes of the pupils' rows; see ``LaidOut`` for the columns."""

    entries: pd.DataFrame
    marks: pd.DataFrame
    subjects: dict[str, str]
    totals: pd.DataFrame | None
    full_marks: dict[str, str]
    findings: list[Finding] = field(default_factory=list)


def entry_table(sheet: Sheet, columns: Columns, *, rows: Positions) -> pd.DataFrame:
    """Return ENTRIES with kinds and grade for the given rows of a sheet."""
    table: dict[str, object] = {"row": sheet.lines[rows]}
    for name in FIELDS:
        position = columns.fields.get(name)
        if position is None:
            table[name] = repeated(None, len(rows))
            table[f"{name}_kind"] = kind_names(np.full(len(rows), EMPTY))
        else:
            table[name] = sheet.text.iloc[:, position].array.take(rows)
            table[f"{name}_kind"] = kind_names(sheet.kinds[rows, position])
    return pd.DataFrame(table)


def cell_table(sheet: Sheet, *, rows: Positions, position: int, column: str) -> pd.DataFrame:
    """Return the cells of one column: row, line, column, text, kind."""
    lines = sheet.lines[rows]
    return pd.DataFrame({
        "row": lines,
        "line": lines,
        "column": repeated(column, len(rows)),
        "text": sheet.text.iloc[:, position].array.take(rows),
        "kind": kind_names(sheet.kinds[rows, position]),
    })  # fmt: skip


def kind_names(codes: NDArray[np.int8]) -> "pd.Categorical[str]":
    """Return the names of kinds, each of them a category."""
    return pd.Categorical.from_codes(codes, categories=pd.Index(KINDS))


def repeated(text: str | None, count: int) -> Texts:
    """Return one text many times."""
    return text_array(pa.repeat(pa.scalar(text, pa.large_string()), count))
