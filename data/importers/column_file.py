"""Files whose columns are known by name: return text columns by spec.

Every file that is no exam goes through here: rosters, enrolment, measures, lines of admission.
Nothing is read as a number yet; the kind of each cell stands beside its text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from core.findings import Finding
from data.importers.column_header import NOT_READ, ColumnSpec, Located, locate_columns
from data.importers.column_words import unknown_headers
from data.importers.header_row import Columns
from data.importers.headers import FIELDS
from data.importers.merged_cells import filled_down
from data.importers.remarks import plain
from data.importers.sheet import Sheet
from data.importers.tables import Positions, kind_names

__all__ = [
    "NOT_READ", "ColumnFile", "ColumnSpec", "Located", "column_cells", "columns_at",
    "locate_columns", "read_columns_file",
]  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class ColumnFile:
    """What a file says, cell by cell.

    Attributes
    ----------
    frame : DataFrame or None, shape (n_rows, 1 + n_specs)
        ``row`` (Excel row number) and one text column per spec, null where the cell is empty
        or the file lacks the column. None where no table could be made out.
    kinds : DataFrame, shape (n_rows, n_specs)
        Kind of each cell: a name of ``data.importers.grid.KINDS``.
    headers : dict of str to str
        Header by spec, as the file writes it; a spec that the file lacks is no key.
    findings : tuple of Finding
    """

    frame: pd.DataFrame | None
    kinds: pd.DataFrame
    headers: dict[str, str]
    findings: tuple[Finding, ...]


def read_columns_file(
    sheet: Sheet,
    specs: Sequence[ColumnSpec],
    *,
    remembered: Mapping[str, str] = {},
) -> ColumnFile:
    """Return the columns of a sheet by name; headers that no spec knows are not read.

    Parameters
    ----------
    sheet : Sheet
        As ``read_sheet`` returns it.
    specs : sequence of ColumnSpec
    remembered : mapping of str to str
        What a header of the bureau's own means: a spec by its name, title or synonym, or
        ``NOT_READ``. A word that means no spec leaves the header unknown.
    """
    located, findings = locate_columns(sheet, specs, remembered=remembered)
    if located is None:
        return ColumnFile(None, pd.DataFrame(), {}, findings)
    names = {spec.name for spec in specs}
    others = located.others | {
        i: str(sheet.text.iloc[located.at, i])
        for name, i in located.positions.items()
        if name not in names
    }
    findings = tuple(unknown_headers(others, line=located.line))
    return columns_at(sheet, specs, located, findings=findings)


def columns_at(
    sheet: Sheet,
    specs: Sequence[ColumnSpec],
    located: Located,
    *,
    findings: Sequence[Finding] = (),
) -> ColumnFile:
    """Return the columns that were located, with further findings about the rest."""
    places = {name: i for name, i in located.positions.items() if name in FIELDS}
    shown = {i: str(sheet.text.iloc[located.at, i]) for i in places.values()}
    sheet, merged = filled_down(sheet, Columns(fields=places, headers=shown), at=located.at)
    frame: dict[str, object] = {"row": sheet.lines[located.rows]}
    kinds: dict[str, object] = {}
    for spec in specs:
        frame[spec.name], kinds[spec.name] = column_cells(
            sheet, located.rows, located.positions.get(spec.name)
        )
    headers = {
        name: plain(str(sheet.text.iloc[located.at, i]))
        for name, i in located.positions.items()
    }
    found = (*located.findings, *merged, *findings)
    return ColumnFile(pd.DataFrame(frame), pd.DataFrame(kinds), headers, found)


def column_cells(
    sheet: Sheet, rows: Positions, position: int | None
) -> tuple[pd.api.extensions.ExtensionArray, pd.api.extensions.ExtensionArray]:
    """Return text and kinds of one column's cells in some rows; empty without a column."""
    n_rows = len(rows)
    if position is None:
        return pd.array([None] * n_rows, dtype="str"), pd.array(["empty"] * n_rows, dtype="str")
    text = sheet.text.iloc[:, position].array.take(rows)
    return text, kind_names(sheet.kinds[rows, position])
