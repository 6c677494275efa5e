"""A sheet as it leaves the child: texts end to end, cells that point to them, plain bytes."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from data.importers.grid import KINDS, Grid
from data.importers.sheet_scan import Range

NO_TEXT = -1


@dataclass(frozen=True, slots=True)
class Texts:
    """A row of texts; millions of cells may point to few of them.

    Attributes
    ----------
    blob : bytes
        All texts in UTF-8, one after the other.
    offsets : bytes
        Where each begins and where the last ends: n_texts + 1 numbers of 32 bits.
    """

    blob: bytes
    offsets: bytes

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Texts":
        """Return texts in this form; half of a surrogate pair becomes a question mark."""
        encoded = [text.encode("utf-8", "replace") for text in texts]
        ends = accumulate(map(len, encoded), initial=0)
        return cls(b"".join(encoded), array("i", ends).tobytes())


@dataclass(frozen=True, slots=True)
class PackedSheet:
    """Filled rows of a sheet.

    Attributes
    ----------
    name : str
        Name of the sheet; empty for a text file.
    n_rows, n_columns : int
    texts : Texts
    codes : bytes
        Place of each cell's text, column after column, 32 bits each; -1 for none.
    kinds : bytes
        Position in ``KINDS`` of each cell, column after column.
    lines : bytes
        Number of each row as a spreadsheet shows it, 32 bits each.
    merged : list of (int, int, int, int)
        Merged cells: first and last row, first and last column, all from 1.
    """

    name: str
    n_rows: int
    n_columns: int
    texts: Texts
    codes: bytes
    kinds: bytes
    lines: bytes
    merged: Sequence[Range] = field(default_factory=list)

    def text(self, row: int, column: int) -> str | None:
        """Return one cell's text; both places count from 0."""
        code = self._numbers(self.codes)[column * self.n_rows + row]
        if code == NO_TEXT:
            return None
        ends = self._numbers(self.texts.offsets)
        return self.texts.blob[ends[code] : ends[code + 1]].decode("utf-8")

    def unpacked(self) -> Grid:
        """Return the sheet as lists."""
        n = self.n_rows
        return Grid(
            name=self.name,
            lines=self._numbers(self.lines).tolist(),
            columns=[[self.text(i, j) for i in range(n)] for j in range(self.n_columns)],
            kinds=[
                "".join(map(str, self.kinds[j * n : j * n + n])) for j in range(self.n_columns)
            ],
        )

    @staticmethod
    def _numbers(raw: bytes) -> "array[int]":
        return array("i", raw)


def pack(grid: Grid, *, merged: Sequence[Range] = ()) -> PackedSheet:
    """Return a grid in the form in which it leaves the child."""
    places: dict[str, int] = {}
    codes = array("i")
    for column in grid.columns:
        codes.extend(
            NO_TEXT if text is None else places.setdefault(text, len(places)) for text in column
        )
    digits = bytes.maketrans(bytes(range(48, 48 + len(KINDS))), bytes(range(len(KINDS))))
    return PackedSheet(
        name=grid.name,
        n_rows=len(grid.lines),
        n_columns=len(grid.columns),
        texts=Texts.of(places),
        codes=codes.tobytes(),
        kinds="".join(grid.kinds).encode("ascii").translate(digits),
        lines=array("i", grid.lines).tobytes(),
        merged=merged,
    )
