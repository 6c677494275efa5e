"""Options and sentences that the commands about one exam, or a pair, have in common."""

import argparse
from typing import Any

from data.catalogue import ExamRelease, find_exam
from data.scope import OPERATOR
from data.store import Store

EVERY_SCHOOL = """\
The answer holds every school, however small: it is for whoever runs the store. Pages and
pictures leave groups of fewer than ten pupils out.
"""


def add_exam(parser: argparse.ArgumentParser) -> None:
    """Add the option that names the exam."""
    parser.add_argument("--exam", required=True, metavar="NAME", help="the exam")


def add_baseline(parser: argparse.ArgumentParser, *, required: bool) -> None:
    """Add the option that names the earlier exam of the same pupils."""
    parser.add_argument(
        "--baseline", required=required, metavar="NAME", help="an earlier exam of these pupils"
    )


def find_baseline(store: Store, name: str | None) -> ExamRelease | None:
    """Return the exam that --baseline names, if it was given."""
    return None if name is None else find_exam(OPERATOR, store, name)


def source_of(exam: ExamRelease, baseline: ExamRelease | None = None) -> str:
    """Say on which releases and rules an answer rests."""
    start = f" from {baseline.name} (release {baseline.number})" if baseline else ""
    return f"{exam.name} (release {exam.number}){start}, rules {exam.rule_version}"


def source_document(exam: ExamRelease, baseline: ExamRelease | None = None) -> dict[str, Any]:
    """Return the same for the JSON answer."""
    return {
        "exam": exam.name,
        "release": exam.number,
        "baseline": baseline.name if baseline else None,
        "baseline_release": baseline.number if baseline else None,
        "rule_version": exam.rule_version,
    }
