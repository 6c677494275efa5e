"""``undo``: take back a draft; a published release is never taken back."""

import argparse

from data.scope import OPERATOR
from pipeline.command_line.answer import say
from pipeline.drafts import undo_draft
from pipeline.store import open_store

HELP = "take back a draft that is not published"
EXAMPLE = """\
  python -m pipeline undo 12
"""
DESCRIPTION = """\
Take back a batch that was imported with --draft: nothing of its content stays in the store.

A published release is never taken back: import the right file under the same exam name with
--reason; it becomes the next release, and the old one is kept.
"""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("batch", type=int, metavar="BATCH", help="number of the import batch")


def run(options: argparse.Namespace) -> bool:
    """Undo a draft."""
    batch = undo_draft(OPERATOR, open_store(), options.batch, actor="command line")
    say(
        f"已撤回批次 {batch.id}（{batch.n_rows} 行）。Batch {batch.id} was taken back: rows "
        f"{batch.n_rows}."
    )
    return True
