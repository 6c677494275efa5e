"""``bands``: proposed warning bands with the signals that they rest on."""

import argparse

import pandas as pd

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
from pipeline.compute_bands import default_baseline, exam_bands, exam_before
from pipeline.compute_indicators import all_indicators
from pipeline.compute_value_added import DEFAULT_SPEC, default_method
from pipeline.store import open_store

HELP = "proposed warning bands: none, blue, yellow, red"
EXAMPLE = """\
  python -m pipeline bands --exam "2026 期末" --previous "2025 期末"
"""
DESCRIPTION = f"""\
Propose a warning band for every school in every subject, by the project's default rules.

A grid of status and change gives a band, and so do the signals: value-added, low rate, subject
gap, falling participation, growing share of bottom-20 % pupils. Red needs two of them. Where
data are too thin the answer is insufficient, which is neither a colour nor none. The thresholds
are defaults and no policy. A band is a proposal: people decide.
Value-added is that of `value-added --method {DEFAULT_SPEC.method}`.
Without --baseline the first exam of the stage is used, without --previous the exam before.
{EVERY_SCHOOL}"""
_SIGNALS = ["unit", "subject", "signal", "value", "threshold", "n_pupils", "band", "reason"]


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_exam(parser)
    add_baseline(parser, required=False)
    parser.add_argument("--previous", metavar="NAME", help="the exam that changes count from")
    add_format(parser)


def run(options: argparse.Namespace) -> bool:
    """Print the bands."""
    store = open_store()
    exam = find_exam(OPERATOR, store, options.exam)
    baseline = find_baseline(store, options.baseline) or default_baseline(OPERATOR, store, exam)
    previous = find_baseline(store, options.previous) or exam_before(OPERATOR, store, exam)
    bands = exam_bands(OPERATOR, store, exam, baseline=baseline, previous=previous)
    table = bands.judgements.rename(columns={"unit": "school"})
    rules = table[["rule", "version"]].drop_duplicates()
    sat = all_indicators(OPERATOR, store, exam).query("indicator == 'n_sat'")
    n_pupils = sat.set_index(["unit", "subject"])["n_pupils"]
    keys = pd.MultiIndex.from_frame(table[["school", "subject"]])
    table["n_pupils"] = n_pupils.reindex(keys).astype("Int64").to_numpy()
    table = table[["school", "subject", "n_pupils", "band", "signals", "reason"]]
    signals = table["signals"].fillna("").map(lambda text: text.split(";") if text else [])
    method = default_method(baseline)
    document = source_document(exam, baseline) | {
        "value_added_method": method,
        "previous": previous.name if previous else None,
        "rules": plain_rows(rules),
        "counts": {str(k): int(v) for k, v in table["band"].value_counts().items()},
        "evidence": plain_rows(bands.signals[_SIGNALS].rename(columns={"unit": "school"})),
    }
    named = ", ".join(f"{r['rule']} {r['version']}" for r in plain_rows(rules))
    lines = (
        source_of(exam, baseline),
        f"changes since {previous.name if previous else '-'}; value-added by {method or '-'}; "
        f"rule set {named}",
        ", ".join(f"{band} {n}" for band, n in table["band"].value_counts().items()),
    )
    table = table.assign(signals=signals) if options.format == "json" else table
    say_answer(Answer(lines, table, document, rows_key="bands"), form=options.format)
    return True
