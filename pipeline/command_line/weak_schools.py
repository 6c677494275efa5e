"""``weak-schools``: candidates for weak schools, with how sure that is."""

import argparse
from dataclasses import asdict

from core.scores import TOTAL
from data.catalogue import find_exam
from data.scope import OPERATOR
from pipeline.command_line.answer import Answer, add_format, plain_rows, say_answer
from pipeline.command_line.exam_options import (
    EVERY_SCHOOL,
    add_baseline,
    add_exam,
    find_baseline,
    source_document,
    source_of,
)
from pipeline.compute_indicators import pupils_with_score
from pipeline.compute_value_added import DEFAULT_SPEC, default_method
from pipeline.compute_weak_schools import exam_weak_schools
from pipeline.screening import screening_for
from pipeline.store import open_store

HELP = "candidates for weak schools (bottom 20 %), with their probability"
EXAMPLE = """\
  python -m pipeline weak-schools --exam "2026 期末" --baseline "2023 入学测" --format json
"""
DESCRIPTION = f"""\
Rank the schools of each comparison group by a composite and propose the bottom 20 %.

The composite is made of the indicators of the weight scheme that was official on the day of the
exam (see `schemes`), by default attainment (z), value-added, low rate and share of bottom-20 %
pupils, all shrunken; without --baseline there is no value-added and the other weights keep
their proportions. Value-added is that of `value-added --method {DEFAULT_SPEC.method}`. Each
school has its 90 % rank interval and its probability to be in the bottom 20 %; the expected
number of wrong flags stands with the list. A candidate is a proposal: people decide.
{EVERY_SCHOOL}"""
_KEYS = [
    "school", "group", "composite", "se", "rank", "rank_low", "rank_high", "p_bottom20",
    "candidate", "reasons", "status",
]  # fmt: skip


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_exam(parser)
    add_baseline(parser, required=False)
    parser.add_argument(
        "--subject", default=TOTAL, metavar="S", help="code or name; default: the total"
    )
    parser.add_argument(
        "--scheme", type=int, metavar="NUMBER", help="of `schemes`; 0: the project's default"
    )
    add_format(parser)


def run(options: argparse.Namespace) -> bool:
    """Print the candidates."""
    store = open_store()
    exam = find_exam(OPERATOR, store, options.exam)
    baseline = find_baseline(store, options.baseline)
    found = exam_weak_schools(
        OPERATOR,
        store,
        exam,
        baseline=baseline,
        subject=options.subject,
        scheme=options.scheme,
    )
    label = screening_for(OPERATOR, store, exam, asked=options.scheme).label
    sat = pupils_with_score(OPERATOR, store, exam, subject=options.subject)
    table = found.schools[_KEYS]
    table.insert(2, "n_pupils", table["school"].map(sat).astype("Int64"))
    reasons = table["reasons"].fillna("").map(lambda text: text.split(";") if text else [])
    n_candidates = int(table["candidate"].sum())
    method = default_method(baseline)
    document = source_document(exam, baseline) | {
        "value_added_method": method,
        "scheme": asdict(label),
        "expected_wrong_flags": found.expected_wrong_flags,
        "n_candidates": n_candidates,
        "groups": plain_rows(found.groups),
        "indicators": plain_rows(found.indicators),
    }
    weights = ", ".join(
        f"{name} {weight:.2f}"
        for name, weight in zip(
            found.indicators["indicator"], found.indicators["weight"], strict=True
        )
    )
    lines = (
        source_of(exam, baseline),
        f"scheme {label}",
        f"composite of {weights}" + (f"; value-added by {method}" if method else ""),
        f"candidates {n_candidates}, of them expected to be wrong "
        f"{found.expected_wrong_flags:.1f}",
    )
    table = table.assign(reasons=reasons) if options.format == "json" else table
    say_answer(Answer(lines, table, document, rows_key="schools"), form=options.format)
    return True
