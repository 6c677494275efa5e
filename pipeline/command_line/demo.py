"""``demo``: fill an empty store with the demonstration."""

import argparse
import sys

from data.catalogue import list_exams
from data.scope import OPERATOR
from pipeline.command_line.answer import say
from pipeline.demo import build_demonstration, needs_demonstration
from pipeline.store import open_store

HELP = "fill an empty store with the demonstration county"
EXAMPLE = """\
  python -m pipeline demo
"""
DESCRIPTION = "Fill an empty store with a simulated county and public exam data."


def add_options(_parser: argparse.ArgumentParser) -> None:
    """Add no options."""


def _progress(share: float, name: str) -> None:
    sys.stderr.write(f"{share:4.0%}  {name}\n")


def run(_options: argparse.Namespace) -> bool:
    """Fill an empty store with the demonstration."""
    store = open_store(may_be_new=True)
    if needs_demonstration(store):
        build_demonstration(store, _progress)
    say(f"Exams in the store: {len(list_exams(OPERATOR, store))}. Now: streamlit run app.py")
    return True
