"""``gaps``: strong and weak subjects of the schools."""

import argparse

from core.multiplicity import FALSE_DISCOVERY_RATE
from data.catalogue import find_exam
from data.scope import OPERATOR
from pipeline.command_line.answer import Answer, add_format, say_answer
from pipeline.command_line.exam_options import (
    EVERY_SCHOOL,
    add_baseline,
    add_exam,
    find_baseline,
    source_document,
    source_of,
)
from pipeline.compute_gaps import exam_gaps
from pipeline.compute_value_added import DEFAULT_SPEC, default_method
from pipeline.store import open_store

HELP = "strong and weak subjects of each school"
EXAMPLE = """\
  python -m pipeline gaps --exam "2026 期末" --baseline "2023 入学测"
"""
DESCRIPTION = f"""\
Hold each school's subjects against its own mean over subjects and its comparison group.

Gaps are shrunken; flags are Benjamini-Hochberg at 5 % over the whole table, so that of all
flags about one in twenty is expected to be chance. With --baseline it is value-added that is
compared, not attainment, by `value-added --method {DEFAULT_SPEC.method}`.
{EVERY_SCHOOL}"""
_KEYS = [
    "school", "subject", "n_pupils", "gap", "se", "low", "high", "raw_gap", "raw_se", "q_value",
    "flag", "status",
]  # fmt: skip


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_exam(parser)
    add_baseline(parser, required=False)
    add_format(parser)


def run(options: argparse.Namespace) -> bool:
    """Print the subject gaps."""
    store = open_store()
    exam = find_exam(OPERATOR, store, options.exam)
    baseline = find_baseline(store, options.baseline)
    gaps = exam_gaps(OPERATOR, store, exam, baseline=baseline)
    of = "z" if baseline is None else "value_added"
    flags = gaps["flag"].value_counts()
    counts = {flag: int(flags.get(flag, 0)) for flag in ("strong", "weak")}
    method = default_method(baseline)
    document = source_document(exam, baseline) | {
        "value_added_method": method,
        "indicator": of,
        "false_discovery_rate": FALSE_DISCOVERY_RATE,
        "flagged": counts,
    }
    lines = (
        source_of(exam, baseline),
        *([f"value-added by {method}"] if method else []),
        f"subject gaps in {of}, population SD: strong {counts['strong']}, weak "
        f"{counts['weak']} of {int(gaps['gap'].notna().sum())}; false discovery rate "
        f"{FALSE_DISCOVERY_RATE:.0%}",
    )
    say_answer(Answer(lines, gaps[_KEYS], document, rows_key="gaps"), form=options.format)
    return True
