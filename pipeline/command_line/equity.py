"""``equity``: how far the schools lie apart, and which of them carry it."""

import argparse

from core.equity import BALANCE_LIMIT, ICC_LIMIT
from data.catalogue import find_exam
from data.scope import OPERATOR
from pipeline.command_line.answer import (
    Answer,
    add_format,
    as_text,
    plain_rows,
    say,
    say_answer,
)
from pipeline.command_line.exam_options import (
    EVERY_SCHOOL,
    add_exam,
    source_document,
    source_of,
)
from pipeline.compute_equity import Equity, exam_equity
from pipeline.store import open_store

HELP = "how far schools lie apart: coefficients, icc, Theil, town and country"
EXAMPLE = """\
  python -m pipeline equity --exam "2026 期末" --subject 数学
"""
_LIMITS = ", ".join(f"{stage} {limit}" for stage, limit in BALANCE_LIMIT.items())
DESCRIPTION = f"""\
Print both coefficients between schools, the icc and Theil's index of county and townships.

Beside them: what each school adds to the county's coefficients (drivers), Theil's index split
by town and country, and the gap between town and country. The national limits
{_LIMITS} are meant for resources; that of the icc is {ICC_LIMIT}.
{EVERY_SCHOOL}"""
_DRIVERS = 3
_KEYS = ["unit", "subject", "indicator", "estimate", "se", "low", "high", "n_pupils", "status"]


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_exam(parser)
    parser.add_argument("--subject", metavar="S", help="one subject, by code or name")
    add_format(parser)


def run(options: argparse.Namespace) -> bool:
    """Print the equity of an exam."""
    store = open_store()
    exam = find_exam(OPERATOR, store, options.exam)
    equity = exam_equity(OPERATOR, store, exam, subject=options.subject)
    document = source_document(exam) | {
        "limits": {"resources": dict(BALANCE_LIMIT), "icc": ICC_LIMIT},
        "drivers": plain_rows(equity.drivers),
        "theil": None if equity.theil is None else plain_rows(equity.theil),
        "gaps": plain_rows(equity.gaps),
    }
    answer = Answer(
        (source_of(exam),), equity.indicators[_KEYS], document, rows_key="indicators"
    )
    say_answer(answer, form=options.format)
    if options.format == "text":
        _say_beside(equity)
    return True


def _say_beside(equity: Equity) -> None:
    """Print what stands beside the coefficients; of the drivers the first of each subject."""
    say(f"\nlimits: {_LIMITS} (meant for resources); icc {ICC_LIMIT}")
    say(f"\ntown and country\n{as_text(equity.gaps)}")
    if equity.theil is not None:
        say(f"\nTheil's index, split by town and country\n{as_text(equity.theil)}")
    drivers = equity.drivers.groupby("subject", sort=False).head(_DRIVERS)
    say(f"\nschools that carry the coefficients, {_DRIVERS} a subject\n{as_text(drivers)}")
