"""``indicators``: every figure of an exam, one row per unit, subject and indicator."""

import argparse

from data.catalogue import find_exam
from data.scope import OPERATOR
from pipeline.command_line.answer import Answer, add_format, say_answer
from pipeline.command_line.exam_options import (
    EVERY_SCHOOL,
    add_exam,
    source_document,
    source_of,
)
from pipeline.compute_indicators import all_indicators, of_unit
from pipeline.store import open_store

HELP = "attainment of every unit: means, rates, quantiles, with intervals"
EXAMPLE = """\
  python -m pipeline indicators --exam "2026 期末" --unit S01 --format csv
"""
DESCRIPTION = f"""\
Print the long table of indicators: participation, mean, quantiles, the four rates and more.

Rates have Wilson intervals, means normal ones. A figure that cannot be had is null with a
status, never 0.
{EVERY_SCHOOL}"""
_KEYS = ["unit", "subject", "indicator", "estimate", "se", "low", "high", "n_pupils", "status"]


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_exam(parser)
    parser.add_argument("--unit", metavar="CODE", help="one unit: a school, township, county")
    parser.add_argument("--subject", metavar="S", help="one subject, by code or name")
    add_format(parser)


def run(options: argparse.Namespace) -> bool:
    """Print the indicators of an exam."""
    store = open_store()
    exam = find_exam(OPERATOR, store, options.exam)
    rows = all_indicators(OPERATOR, store, exam, subject=options.subject)
    if options.unit is not None:
        rows = of_unit(rows, options.unit, exam=exam.name)
    answer = Answer(
        (source_of(exam),), rows[_KEYS], source_document(exam), rows_key="indicators"
    )
    say_answer(answer, form=options.format)
    return True
