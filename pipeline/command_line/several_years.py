"""``several-years``: the value-added of one grade over school years, weighted 3:2:1."""

import argparse
from typing import get_args

from core.value_added import ValueAddedSpec
from core.value_added.several_years import WEIGHTS
from core.value_added.spec import UNIT_OF, Method
from data.catalogue import find_exam, find_subject, subjects_of
from data.scope import OPERATOR
from pipeline.command_line.answer import Answer, add_format, plain_rows, say_answer
from pipeline.command_line.exam_options import (
    EVERY_SCHOOL,
    add_baseline,
    add_exam,
    source_document,
    source_of,
)
from pipeline.compute_value_added import ValueAddedRequest
from pipeline.compute_years import several_years, years_of
from pipeline.store import open_store

HELP = "value-added of one grade over several school years"
EXAMPLE = """\
  python -m pipeline several-years --exam "2026 期末" --baseline "2025 入学测" --subject 数学
"""
DESCRIPTION = f"""\
Pool the shrunken value-added of the same exam in this and earlier school years, weights
{":".join(f"{weight:g}" for weight in WEIGHTS)} from the latest back; a year that a school lacks
falls to its others. Where one year is known only, it stands alone.
{EVERY_SCHOOL}"""
_SINGLE = ["exam", "school", "estimate", "se", "reliability", "verdict", "status"]


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_exam(parser)
    add_baseline(parser, required=True)
    parser.add_argument("--subject", required=True, metavar="S", help="code or name")
    parser.add_argument("--method", choices=get_args(Method), default="random_intercept")
    add_format(parser)


def run(options: argparse.Namespace) -> bool:
    """Print every school's weighted mean, and in JSON the single years."""
    store = open_store()
    exam = find_exam(OPERATOR, store, options.exam)
    baseline = find_exam(OPERATOR, store, options.baseline)
    subject = find_subject(subjects_of(store, exam.release_id), options.subject, exam=exam.name)
    spec = ValueAddedSpec(method=options.method, scale=UNIT_OF[options.method][0])
    request = ValueAddedRequest(exam, baseline, subject, (), spec)
    pairs = years_of(OPERATOR, store, request)
    single, pooled = several_years(OPERATOR, store, request)
    years = [
        {"exam": one.name, "release": one.number, "baseline": start.name,
         "is_counted": not single.empty and one.name in set(single["exam"])}
        for one, start in pairs
    ]  # fmt: skip
    document = source_document(exam, baseline) | {
        "subject": subject,
        "method": options.method,
        "weights": list(WEIGHTS),
        "years": years,
        "single": [] if single.empty else plain_rows(single[_SINGLE]),
    }
    told = ", ".join(f"{year['exam']} from {year['baseline']}" for year in years)
    lines = (
        source_of(exam, baseline),
        f"{subject}: value-added by {options.method} over {len(years)} school years: {told}",
    )
    say_answer(Answer(lines, pooled, document, rows_key="schools"), form=options.format)
    return True
