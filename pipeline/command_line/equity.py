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
from pipeline.compute_equity import exam_equity
from pipeline.store import open_store

HELP = "how far schools lie apart: coefficients, icc, Theil, town and country"
_LIMITS = ", ".join(f"{stage} {limit}" for stage, limit in BALANCE_LIMIT.items())
DESCRIPTION = f"""\
Print both coefficients between schools, the icc and Theil's index of county and townships.

Beside them: what each school adds to the county's coefficients (drivers), Theil's index split
by town and country, and the gap between town and country. The national limits
{_LIMITS} are meant for resources; that of the icc is {ICC_LIMIT}.
{EVERY_SCHOOL}"""
_KEYS = ["unit", "subject", "indicator", "estimate", "se", "low", "high", "n_pupils", "status"]


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_exam(parser)
    add_format(parser)


def run(options: argparse.Namespace) -> bool:
    """Print the equity of an exam."""
    store = open_store()
    exam = find_exam(OPERATOR, store, options.exam)
    equity = exam_equity(OPERATOR, store, exam)
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
        say(f"\ntown and country\n{as_text(equity.gaps)}")
        say(f"\nschools that carry the coefficients\n{as_text(equity.drivers)}")
    return True
