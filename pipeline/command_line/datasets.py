"""``datasets``: list the datasets of the store."""

import argparse

from data.dataset_kinds.registry import KINDS
from data.datasets import list_datasets
from data.scope import OPERATOR
from pipeline.command_line.answer import as_json, say
from pipeline.store import open_store

HELP = "list the datasets of the store"
EXAMPLE = """\
  python -m pipeline datasets --kind items --format json
"""
DESCRIPTION = "List the datasets in their current versions, newest first."
_KEYS = ("kind", "name", "exam", "county", "n_rows", "published_at", "reason")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("--kind", choices=tuple(KINDS), metavar="KIND", help="one kind only")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(options: argparse.Namespace) -> bool:
    """List the datasets in their current versions."""
    found = list_datasets(OPERATOR, open_store(), kind=options.kind)
    if options.format == "json":
        say(as_json([{k: getattr(d, k) for k in _KEYS} | {"version": d.number} for d in found]))
        return True
    lines = [
        f"{d.kind:16} {d.n_rows:>7} rows  version {d.number}  {d.name}"
        f"{f'  ({d.exam})' if d.exam else ''}"
        for d in found
    ]
    say("\n".join(lines) or "No datasets yet. See: python -m pipeline dataset --help")
    return True
