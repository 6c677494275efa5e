"""``batches``: every attempt to import and what came of it."""

import argparse

import pandas as pd

from data.batches import Batch, list_batches
from data.scope import OPERATOR
from pipeline.command_line.answer import Answer, add_format, say_answer
from pipeline.store import open_store

HELP = "list attempts to import and what came of them"
EXAMPLE = """\
  python -m pipeline batches --status draft
"""
DESCRIPTION = """\
List the attempts to import, newest first: refused, checked (dry run), draft, published, undone,
unchanged (the content was there already).
"""
_STATUSES = ("refused", "checked", "draft", "published", "undone", "unchanged")
_COLUMNS = ("id", "at", "status", "kind", "exam", "school", "file_name", "n_rows", "n_refused",
            "actor", "reason")  # fmt: skip


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("--status", choices=_STATUSES, action="append", default=[])
    parser.add_argument("--last", type=int, default=50, metavar="N", help="at most so many")
    add_format(parser)


def run(options: argparse.Namespace) -> bool:
    """List the batches."""
    found = list_batches(OPERATOR, open_store(), statuses=tuple(options.status))
    shown = found[: max(options.last, 0)]
    line = (
        f"批次 {len(found)} 个，列出 {len(shown)} 个。"
        f"Batches {len(found)}, listed {len(shown)}."
    )
    table = pd.DataFrame([_row(batch) for batch in shown], columns=list(_COLUMNS))
    say_answer(
        Answer((line,), table, {"n_batches": len(found)}, "batches"), form=options.format
    )
    return True


def _row(batch: Batch) -> tuple[object, ...]:
    at = batch.at.isoformat(timespec="seconds") + "Z"
    return tuple(at if name == "at" else getattr(batch, name) for name in _COLUMNS)
