"""How much a file may ask of the reader: size, cells, processor time, memory."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one reading; a file beyond any of them is refused, never cut short.

    Attributes
    ----------
    max_mb : int
        Size of the file, MiB.
    max_rows, max_columns, max_cells : int
        Filled area of a sheet; the area that the sheet claims for itself is ignored.
    seconds : int
        Processor seconds of the child; its wall clock ends five seconds later.
    memory_mb : int
        Address space of the child, MiB.
    max_entries, max_sheets : int
        Parts of the archive, and worksheets among them.
    max_part_mb, max_unpacked_mb : int
        One unpacked part, and all of them, MiB.
    max_ratio : int
        Unpacked to packed size of a part above 1 MiB; honest workbooks stay near 12.
    max_line : int
        Characters of one line of a text file.
    """

    max_mb: int = 20
    max_rows: int = 60_000
    max_columns: int = 120
    seconds: int = 20
    memory_mb: int = 1024
    max_cells: int = 2_000_000
    max_entries: int = 500
    max_sheets: int = 40
    max_part_mb: int = 120
    max_unpacked_mb: int = 200
    max_ratio: int = 200
    max_line: int = 20_000
