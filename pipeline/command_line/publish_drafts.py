"""``publish``: publish drafts that wait, as one release of their exam."""

import argparse

from core.errors import SettingsError
from data.scope import OPERATOR
from pipeline.command_line.answer import as_json, say
from pipeline.drafts import drafts_of, publish_drafts
from pipeline.store import open_store

HELP = "publish drafts as one release of their exam"
EXAMPLE = """\
  python -m pipeline import school1.xlsx --exam "2026 期末" ... --as-school 3301 --draft
  python -m pipeline import school2.xlsx --exam "2026 期末" ... --as-school 3302 --draft
  python -m pipeline publish --exam "2026 期末"
"""
DESCRIPTION = """\
Publish drafts: all of an exam (--exam), or the batches that are named.

Drafts are taken in the order in which they were made. A draft of a whole exam replaces what is
there; a school's draft (import --as-school) replaces the rows of that school only.
"""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("batch", nargs="*", type=int, metavar="BATCH")
    parser.add_argument("--exam", metavar="NAME", help="all drafts of this exam")
    parser.add_argument("--reason", metavar="TEXT", help="why a published exam is corrected")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(options: argparse.Namespace) -> bool:
    """Publish drafts."""
    store = open_store()
    numbers = list(options.batch)
    if options.exam:
        numbers += drafts_of(OPERATOR, store, options.exam)
        if not numbers:
            raise SettingsError(
                f"Exam {options.exam!r} has 0 drafts. Make one with import --draft.",
                f"考试“{options.exam}”没有草稿。请先用 import --draft 存入草稿。",
            )
    published = publish_drafts(
        OPERATOR, store, numbers, actor="command line", reason=options.reason
    )
    release = published.release
    if options.format == "json":
        say(as_json({
            "exam": release.name, "release": release.number, "is_new": published.is_new,
            "batches": sorted(set(numbers)), "n_added": release.n_added,
            "n_removed": release.n_removed, "n_changed": release.n_changed,
        }))  # fmt: skip
    elif published.is_new:
        say(
            f"{len(set(numbers))} 份草稿已发布为“{release.name}”第 {release.number} 版。"
            f"Published as release {release.number} of {release.name!r}."
        )
    else:
        say(
            f"内容与第 {release.number} 版相同，未改动。"
            f"Unchanged: the content is release {release.number}."
        )
    return True
