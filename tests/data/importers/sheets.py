"""Small sheets for tests, written as lines of comma-separated text."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from data.importers.grid import KINDS
from data.importers.sheet import Sheet


def make_sheet(
    text: str, *, kinds: Mapping[tuple[int, int], str] | None = None, name: str = "成绩"
) -> Sheet:
    """Return a sheet; ``kinds`` names the kind of (row, column), both from 1.

    Blank lines are blank rows: they are left out and still counted, as the reader does.
    """
    rows = [(line, row.split(",")) for line, row in enumerate(text.strip("\n").split("\n"), 1)]
    filled = [(line, row) for line, row in rows if any(row)]
    width = max(len(row) for _, row in filled)
    cells = [[cell or None for cell in row] + [None] * (width - len(row)) for _, row in filled]
    codes = np.array([[int(cell is not None) for cell in row] for row in cells], dtype=np.int8)
    lines = np.array([line for line, _ in filled], dtype=np.int64)
    for (line, column), kind in (kinds or {}).items():
        codes[lines == line, column - 1] = KINDS.index(kind)
    columns = {f"v{i}": pd.array([row[i] for row in cells], dtype="str") for i in range(width)}
    return Sheet(name=name, text=pd.DataFrame(columns), kinds=codes, lines=lines)
