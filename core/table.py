"""What a table of the flow is: declared columns, and a check that a frame has them."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from core.errors import DataError

Kind = Literal["text", "integer", "number", "flag"]
_IS_KIND = {
    "text": pd.api.types.is_string_dtype,
    "integer": pd.api.types.is_integer_dtype,
    "number": pd.api.types.is_numeric_dtype,
    "flag": pd.api.types.is_bool_dtype,
}
_EMPTY_DTYPE = {"text": "str", "integer": "int64", "number": "float64", "flag": "bool"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its kind, its meaning with the unit, and whether it may be null."""

    name: str
    kind: Kind
    meaning: str
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A declared table of the flow; ``key`` names the columns that identify a row."""

    name: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """The column names, in the declared order."""
        return [column.name for column in self.columns]

    def empty(self) -> pd.DataFrame:
        """Return the table without rows."""
        return pd.DataFrame(
            {c.name: pd.Series(dtype=_EMPTY_DTYPE[c.kind]) for c in self.columns}
        )

    def require(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return ``frame`` if it is this table; further columns are allowed.

        Raises
        ------
        DataError
            Naming missing columns, columns of a wrong kind, nulls, or repeated keys.
        """
        faults = self._faults(frame)
        if faults:
            found = "; ".join(faults)
            raise DataError(
                f"Table {self.name} is not as declared: {found}. Rebuild it from its source.",
                f"数据表 {self.name} 与声明不符：{found}。请从来源重新生成。",
            )
        return frame

    def _faults(self, frame: pd.DataFrame) -> list[str]:
        missing = [c.name for c in self.columns if c.name not in frame]
        if missing:
            return [f"missing columns {', '.join(missing)}"]
        if frame.empty:
            return []
        faults = [f"{c.name} is not {c.kind}" for c in self.columns if not _fits(frame, c)]
        faults += [
            f"nulls in {c.name}: {frame[c.name].isna().sum()}"
            for c in self.columns
            if not c.nullable and frame[c.name].isna().any()
        ]
        repeated = int(frame.duplicated(list(self.key)).sum()) if self.key else 0
        return [*faults, f"repeated keys: {repeated}"] if repeated else faults


def _fits(frame: pd.DataFrame, column: Column) -> bool:
    values = frame[column.name]
    return bool(_IS_KIND[column.kind](values)) or bool(column.nullable and values.isna().all())


def text(name: str, meaning: str, *, nullable: bool = False) -> Column:
    """Declare a column of text."""
    return Column(name, "text", meaning, nullable)


def integer(name: str, meaning: str, *, nullable: bool = False) -> Column:
    """Declare a column of whole numbers."""
    return Column(name, "integer", meaning, nullable)


def number(name: str, meaning: str, *, nullable: bool = True) -> Column:
    """Declare a column of numbers, null unless said otherwise."""
    return Column(name, "number", meaning, nullable)


def flag(name: str, meaning: str) -> Column:
    """Declare a column of true and false."""
    return Column(name, "flag", meaning)
