"""``diagnostics``: whether a value-added's assumptions hold, and which schools decide it."""

import argparse
from typing import Any

from core.value_added import ReliabilitySpec, ValueAddedSpec
from core.value_added.diagnostics import (
    MIXED,
    Diagnostics,
    SchoolNormality,
    compute_normality,
    count_changes,
    flag_influence,
    judge_residuals,
)
from data.catalogue import find_exam
from data.scope import OPERATOR
from pipeline.command_line.answer import Answer, add_format, as_text, plain_rows, say_answer
from pipeline.command_line.exam_options import (
    EVERY_SCHOOL,
    add_baseline,
    add_exam,
    source_document,
    source_of,
)
from pipeline.command_line.value_added import refuse_reliability
from pipeline.compute_diagnostics import exam_diagnostics
from pipeline.compute_value_added import ValueAddedRequest
from pipeline.store import open_store

HELP = "whether a value-added's assumptions hold, and which schools decide it"
EXAMPLE = """\
  python -m pipeline diagnostics --exam "2026 期末" --baseline "2023 入学测" --subject 数学 \\
      --method contextual
"""
DESCRIPTION = f"""\
Look at the mixed model behind a value-added, from the stored statistics.

residuals     by groups of the prior: mean (a bend), SD (a fan), skewness and kurtosis of all
normality     the schools' effects against normal quantiles, the test of Shapiro and Wilk
influence     Cook's distance, and each coefficient without the school, in standard errors
leverage      each school's hold on the line beside its share of the pupils
reliability   the model at reliabilities of the prior from 0.70 to 1.00, and the verdicts that
              are others than at 0.85

The rows are the schools, the most influential first; --format json holds all of it.
{EVERY_SCHOOL}"""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_exam(parser)
    add_baseline(parser, required=True)
    parser.add_argument("--subject", required=True, metavar="S", help="code or name")
    parser.add_argument("--prior", metavar="S2", help="subject of the baseline to compare at")
    parser.add_argument("--method", choices=MIXED, default="random_intercept")
    parser.add_argument(
        "--reliability",
        type=float,
        metavar="R",
        help="of the prior test, for reliability_corrected; the row of reliabilities is the "
        "same whatever is given",
    )
    add_format(parser)


def run(options: argparse.Namespace) -> bool:
    """Print the diagnostics of a pair of exams."""
    store = open_store()
    exam = find_exam(OPERATOR, store, options.exam)
    baseline = find_exam(OPERATOR, store, options.baseline)
    refuse_reliability(options.method, n_given=int(options.reliability is not None))
    given = () if options.reliability is None else (options.reliability,)
    spec = ValueAddedSpec(options.method, "z", reliability=ReliabilitySpec(given))
    priors = () if options.prior is None else (options.prior,)
    request = ValueAddedRequest(exam, baseline, options.subject, priors, spec)
    found = exam_diagnostics(OPERATOR, store, request)
    normality = compute_normality(found.schools)
    schools = flag_influence(found.schools, n_schools=found.n_schools)
    places = normality.schools.drop(columns="standardised")
    table = schools.merge(places, on="school", how="left", validate="1:1")
    table = table.sort_values("cook", ascending=False, kind="stable", ignore_index=True)
    document = source_document(exam, baseline) | _document(found, normality, options.subject)
    lines = (source_of(exam, baseline), *_lines(found, normality, options.subject))
    say_answer(Answer(lines, table, document, rows_key="schools"), form=options.format)
    return True


def _document(found: Diagnostics, normality: SchoolNormality, subject: str) -> dict[str, Any]:
    changes = found.sweep.rows.merge(count_changes(found.sweep.verdicts), on="reliability")
    document = {
        "method": found.method,
        "subject": subject,
        "status": found.status,
        "n_pupils": found.n_pupils,
        "n_schools": found.n_schools,
        "coefficients": list(found.coefficients),
        "normality": {"w": normality.w, "p": normality.p, "status": normality.status},
        "reliabilities": plain_rows(changes),
        "least_reliability": found.sweep.least,
    }
    if found.residuals is None:
        return document | {"residuals": None}
    shape = found.residuals.shape
    finding = judge_residuals(found.residuals.groups, shape=shape)
    return document | {
        "residuals": {
            "groups": plain_rows(found.residuals.groups),
            "skewness": shape.skewness,
            "kurtosis": shape.kurtosis,
            "sd": shape.sd,
            "furthest_group": finding.group,
            "spread_ratio": finding.ratio,
            "spread": finding.spread,
            "is_ceiling": finding.is_ceiling,
        }
    }


def _lines(found: Diagnostics, normality: SchoolNormality, subject: str) -> tuple[str, ...]:
    names = [f"change_{k} {name}" for k, name in enumerate(found.coefficients)]
    test: str = normality.status
    if normality.w is not None:
        test = f"Shapiro-Wilk W {normality.w:.3f}, p {normality.p:.3f}"
    changes = found.sweep.rows.merge(count_changes(found.sweep.verdicts), on="reliability")
    return (
        f"{subject}: diagnostics of {found.method} ({found.status}); pupils {found.n_pupils}, "
        f"schools {found.n_schools}",
        *_residual_lines(found),
        f"effects of the schools: {test}",
        f"reliability of the prior, at least {found.sweep.least:.2f}:",
        as_text(changes),
        f"schools; {', '.join(names)}, without the school, in standard errors:",
    )


def _residual_lines(found: Diagnostics) -> tuple[str, ...]:
    if found.residuals is None:
        return ("residuals: no joint histogram",)
    shape = found.residuals.shape
    return (
        f"residuals: SD {shape.sd:.3f}, skewness {shape.skewness:+.2f}, excess kurtosis "
        f"{shape.kurtosis:+.2f}; by group of the prior:",
        as_text(found.residuals.groups),
    )
