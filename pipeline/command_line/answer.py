"""What a command says: a sentence of its source and a table, as text, CSV or JSON."""

import csv
import json
import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import pandas as pd

FORMATS = ("text", "csv", "json")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a command, before it takes a form.

    Attributes
    ----------
    lines : tuple of str
        What stands above the table in text: source, common sample, warnings.
    table : DataFrame
        The rows, for text and CSV.
    document : mapping
        The JSON answer but for its rows.
    rows_key : str
        Under which the rows stand in the JSON answer.
    """

    lines: tuple[str, ...]
    table: pd.DataFrame
    document: Mapping[str, Any] = field(default_factory=dict)
    rows_key: str = "rows"


class Counted(Protocol):
    """How many pupils a release changes against the one before."""

    @property
    def n_added(self) -> int | None:
        """Pupils who came."""

    @property
    def n_removed(self) -> int | None:
        """Pupils who went."""

    @property
    def n_changed(self) -> int | None:
        """Pupils who differ."""


def difference(found: Counted) -> str:
    """Say how a release differs from the one before."""
    added, removed, changed = found.n_added, found.n_removed, found.n_changed
    return (
        f"与上一版相比：新增 {added} 人，删去 {removed} 人，改动 {changed} 人。"
        f"Pupils added {added}, removed {removed}, changed {changed}."
    )


def add_format(parser: ArgumentParser) -> None:
    """Add the option that says in which form to answer."""
    parser.add_argument("--format", choices=FORMATS, default="text")


def say_answer(answer: Answer, *, form: str) -> None:
    """Print an answer as text, CSV or JSON."""
    if form == "json":
        say(as_json({**answer.document, answer.rows_key: plain_rows(answer.table)}))
    elif form == "csv":
        say(_csv(answer.table))
    else:
        say("\n".join([*answer.lines, as_text(answer.table)]))


def as_text(table: pd.DataFrame) -> str:
    """Lay a table out in columns, numbers to three digits, nulls as a dash."""
    if table.empty:
        return "-"
    # Whole numbers that may be null print as <NA>, whatever na_rep says.
    whole = {
        str(name): table[name].astype("object").where(table[name].notna(), "-")
        for name in table
        if isinstance(table[name].dtype, pd.Int64Dtype)
    }
    text: str = table.assign(**whole).to_string(
        index=False, float_format=lambda x: f"{x:.3f}", na_rep="-"
    )
    return text


def plain_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows whose missing numbers are null, as JSON knows no NaN."""
    plain = table.astype(object).where(table.notna(), None)
    return [{str(key): value for key, value in row.items()} for row in plain.to_dict("records")]


def as_json(answer: object) -> str:
    """Write an answer as JSON; dates as ISO text, numpy numbers as Python's own."""
    return json.dumps(answer, ensure_ascii=False, indent=1, default=_basic, allow_nan=False)


def say(text: str) -> None:
    """Print to the standard output."""
    sys.stdout.write(text + "\n")


def _csv(table: pd.DataFrame) -> str:
    texts = table.select_dtypes(exclude="number")
    safe = table.assign(**{str(name): texts[name].map(_as_no_formula) for name in texts})
    rows: str = safe.to_csv(index=False, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    return rows.rstrip("\n")


def _as_no_formula(value: object) -> object:
    """Put an apostrophe before a text that a spreadsheet would run."""
    is_formula = isinstance(value, str) and value.startswith(_FORMULA_STARTS)
    return f"'{value}" if is_formula else value


def _basic(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value.item()
