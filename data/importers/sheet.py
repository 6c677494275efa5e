"""A sheet as it came out of the child: text cells, their kinds, their own row numbers."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.findings import Finding


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """Filled rows of the sheet that was read.

    Attributes
    ----------
    name : str
        Name of the sheet; empty for a text file.
    text : DataFrame, shape (n_rows, n_columns)
        Columns v0, v1, ... of text; null where the cell is empty.
    kinds : ndarray of int8, shape (n_rows, n_columns)
        Position in ``data.importers.grid.KINDS``.
    lines : ndarray of int64, shape (n_rows,)
        Row numbers as a spreadsheet shows them; blank rows are left out.
    """

    name: str
    text: pd.DataFrame
    kinds: NDArray[np.int8]
    lines: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """Outcome of reading a file: a sheet unless it was refused, and what was seen."""

    sheet: Sheet | None
    findings: tuple[Finding, ...]
