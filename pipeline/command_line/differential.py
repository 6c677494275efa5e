"""``differential``: for whom each school adds more, its lowest starts or its highest."""

import argparse
from typing import get_args

from core.errors import NotEstimableError
from core.multiplicity import FALSE_DISCOVERY_RATE
from core.value_added import ValueAddedSpec, compute_start_gaps
from core.value_added.differential import WITHIN_FIFTHS
from core.value_added.spec import Method
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
from pipeline.compute_differential import exam_differential
from pipeline.compute_value_added import ValueAddedRequest
from pipeline.store import open_store

HELP = "for whom each school adds more: its lowest or its highest starts"
EXAMPLE = """\
  python -m pipeline differential --exam "2026 期末" --baseline "2023 入学测" --subject 数学
"""
DESCRIPTION = f"""\
Estimate what each school adds to the pupils of each fifth of the county's prior scores, and
compare its lowest fifth with its highest.

The difference is that of mean residuals as they were found, less the same of all schools
together; q values are adjusted over all schools (Benjamini-Hochberg). Every fifth has its own
zero. Methods: {", ".join(WITHIN_FIFTHS)}.
{EVERY_SCHOOL}"""
_FIFTHS = [
    *("school", "quintile", "n", "estimate", "se_prediction", "low", "high", "reliability"),
    *("index", "residual", "se_residual", "verdict", "status"),
]


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_exam(parser)
    add_baseline(parser, required=True)
    parser.add_argument("--subject", required=True, metavar="S", help="code or name")
    parser.add_argument("--method", choices=get_args(Method), default=WITHIN_FIFTHS[0])
    add_format(parser)


def run(options: argparse.Namespace) -> bool:
    """Print the schools' differences between low and high starts."""
    store = open_store()
    exam = find_exam(OPERATOR, store, options.exam)
    baseline = find_exam(OPERATOR, store, options.baseline)
    subject = find_subject(subjects_of(store, exam.release_id), options.subject, exam=exam.name)
    spec = ValueAddedSpec(method=options.method, scale="z")
    fifths = exam_differential(
        OPERATOR, store, ValueAddedRequest(exam, baseline, subject, (), spec)
    )
    if isinstance(fifths, tuple):
        raise NotEstimableError(*fifths)
    gaps = compute_start_gaps(fifths)
    flags = gaps.schools["flag"].value_counts()
    counts = {flag: int(flags.get(flag, 0)) for flag in ("low_more", "high_more")}
    p_all = None if gaps.n_compared == 0 else gaps.p_all
    document = source_document(exam, baseline) | {
        "subject": subject,
        "method": options.method,
        "false_discovery_rate": FALSE_DISCOVERY_RATE,
        "n_fifths": gaps.n_fifths,
        "n_compared": gaps.n_compared,
        "flagged": counts,
        "p_all": p_all,
        "spread": gaps.spread,
        "fifths": plain_rows(fifths[_FIFTHS]),
    }
    lines = (
        source_of(exam, baseline),
        f"{subject}: low less high starts by {options.method}, population SD: more for low "
        f"{counts['low_more']}, more for high {counts['high_more']} of {gaps.n_compared}; "
        f"false discovery rate {FALSE_DISCOVERY_RATE:.0%}",
        f"all schools together: p {'-' if p_all is None else f'{p_all:.3f}'}, SD of true "
        f"differences {gaps.spread:.3f}",
    )
    say_answer(Answer(lines, gaps.schools, document, rows_key="schools"), form=options.format)
    return True
