"""``composite``: schools ranked by a weight scheme, and what the weights decide."""

import argparse
from dataclasses import asdict
from pathlib import Path

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
    add_baseline,
    add_exam,
    find_baseline,
    source_document,
    source_of,
)
from pipeline.command_line.policy_file import read_policy
from pipeline.compute_composite import exam_composite
from pipeline.compute_indicators import pupils_with_score
from pipeline.compute_value_added import DEFAULT_SPEC, default_method
from pipeline.schemes import read_values
from pipeline.store import open_store

HELP = "schools ranked by weighted indicators, with what the weights decide"
EXAMPLE = """\
  python -m pipeline composite --exam "2026 期末" --weights scheme.toml
"""
DESCRIPTION = f"""\
Rank the schools of each comparison group by a weight scheme of a TOML file.

The file names indicators of `indicators`, or value_added with --baseline (that of
`value-added --method {DEFAULT_SPEC.method}`):

    name = "两率一分"
    version = "1"
    author = "教研室"
    reason = "trial"

    [[parts]]
    indicator = "mean"        # subject = "math" for one subject; the total if not given
    weight = 0.3

    [[parts]]
    name = "rates"            # a node: the weights inside it sum to 1
    weight = 0.7
    parts = [
        {{ indicator = "excellent_rate", weight = 0.5 }},
        {{ indicator = "low_rate", weight = 0.5, better = "lower" }},
    ]

Effective weights say what each indicator decides, as its share of the composite's variance.
Rank intervals and P(bottom 20 %) come from perturbed weights: a sensitivity range, not a
confidence interval 敏感性区间，不是置信区间.
{EVERY_SCHOOL}"""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_exam(parser)
    parser.add_argument(
        "--weights", required=True, type=Path, metavar="FILE", help="a weight scheme, TOML"
    )
    add_baseline(parser, required=False)
    add_format(parser)


def run(options: argparse.Namespace) -> bool:
    """Print the composite."""
    store = open_store()
    exam = find_exam(OPERATOR, store, options.exam)
    baseline = find_baseline(store, options.baseline)
    content = read_policy(options.weights, what="weight scheme", what_zh="权重方案")
    values = read_values(content)
    scheme, composite = exam_composite(OPERATOR, store, exam, values, baseline=baseline)
    table = composite.units.rename(columns={"unit": "school"})
    sat = pupils_with_score(OPERATOR, store, exam)
    table.insert(1, "n_pupils", table["school"].map(sat).astype("Int64"))
    notices = [asdict(notice) for notice in composite.notices]
    method = default_method(baseline)
    document = source_document(exam, baseline) | {
        "value_added_method": method,
        "scheme": {
            "name": scheme.name,
            "version": scheme.version,
            "author": scheme.author,
            "reason": scheme.reason,
        },
        "effective_weights": plain_rows(composite.weights),
        "notices": notices,
    }
    lines = (
        source_of(exam, baseline),
        *([f"value-added by {method}"] if method else []),
        f"scheme {scheme.name} {scheme.version} ({scheme.author})",
        "intervals by perturbed weights: 敏感性区间，不是置信区间",
        *(f"{n['message_zh']}\n    {n['message']}" for n in notices),
    )
    say_answer(Answer(lines, table, document, rows_key="schools"), form=options.format)
    if options.format == "text":
        say(f"\nnominal and effective weights\n{as_text(composite.weights)}")
    return True
