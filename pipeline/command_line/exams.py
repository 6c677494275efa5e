"""``exams``: list the exams of the store."""

import argparse

from data.catalogue import list_exams
from data.scope import OPERATOR
from pipeline.command_line.answer import as_json, say
from pipeline.store import open_store

HELP = "list the exams of the store"
EXAMPLE = """\
  python -m pipeline exams --format json
"""
DESCRIPTION = "List the exams in their current releases, newest first."


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(options: argparse.Namespace) -> bool:
    """List the exams in their current releases."""
    keys = (
        "name",
        "held_on",
        "grade",
        "stage",
        "county",
        "n_rows",
        "n_schools",
        "published_at",
    )
    exams = [
        {key: getattr(exam, key) for key in keys}
        | {"release": exam.number, "demonstration": exam.is_demonstration}
        for exam in list_exams(OPERATOR, open_store())
    ]
    if options.format == "json":
        say(as_json(exams))
    else:
        lines = [
            f"{e['held_on']}  grade {e['grade']:>2}  {e['n_rows']:>7} pupils  "
            f"{e['n_schools']:>4} schools  release {e['release']}  {e['name']}"
            for e in exams
        ]
        say("\n".join(lines) or "No exams yet. See: python -m pipeline import --help")
    return True
