"""``publish``: publish drafts that wait, as one release of their exam."""

import argparse
from typing import Any

from core.errors import SettingsError
from data.scope import OPERATOR
from pipeline.command_line.answer import as_json, difference, say
from pipeline.drafts import drafts_of, publish_drafts
from pipeline.publish import Published
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
there; a school's draft (import --as-school) replaces the rows of that school only. A draft that
a later release overtook is refused, and so are drafts that hold the same pupil.
"""
_DIFFERENCE = ("n_added", "n_removed", "n_changed")


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
    if options.exam and numbers:
        raise SettingsError(
            f"Either an exam or batches are published; found --exam and {len(numbers)} "
            "batches. Leave out one of them.",
            f"--exam 与批次号只能给出一种；现在同时给出了 --exam 和 {len(numbers)} 个批次。"
            "请去掉其中一种。",
        )
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
    batches = sorted(set(numbers))
    is_json = options.format == "json"
    say(as_json(_document(published, batches)) if is_json else _text(published, batches))
    return True


def _document(published: Published, batches: list[int]) -> dict[str, Any]:
    release, is_new = published.release, published.is_new
    is_correction = is_new and release.number > 1
    answer = {
        "exam": release.name,
        "release": release.number,
        "is_new": is_new,
        "batches": batches,
        "supersedes": release.number - 1 if is_correction else None,
        "reason": release.reason if is_new else None,
    }
    return answer | {key: getattr(release, key) if is_new else None for key in _DIFFERENCE}


def _text(published: Published, batches: list[int]) -> str:
    release, number = published.release, published.release.number
    if not published.is_new:
        return f"内容与第 {number} 版相同，未改动。Unchanged: the content is release {number}."
    said = (
        f"{len(batches)} 份草稿已发布为“{release.name}”第 {number} 版。"
        f"Published as release {number} of {release.name!r}."
    )
    if number == 1:
        return said
    old, zh, en = number - 1, "没有说明更正原因", "no reason was stated"
    if release.reason:
        zh, en = f"原因：{release.reason}", f"reason: {release.reason}"
    replaced = (
        f"取代第 {old} 版，旧版保留；{zh}。It supersedes release {old}, which is kept; {en}."
    )
    return f"{said}\n{replaced}\n{difference(release)}"
