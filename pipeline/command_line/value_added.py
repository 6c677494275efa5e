"""``value-added``: what each school added between two exams, by any estimator."""

import argparse
from dataclasses import asdict
from typing import Any, get_args

from core.errors import SettingsError
from core.value_added import UNFAIR, Method, ReliabilitySpec, ValueAdded, ValueAddedSpec
from core.value_added.spec import UNIT_OF
from data.catalogue import find_exam
from data.scope import OPERATOR
from pipeline.command_line.answer import Answer, add_format, say_answer
from pipeline.command_line.exam_options import (
    EVERY_SCHOOL,
    add_baseline,
    add_exam,
    source_document,
    source_of,
)
from pipeline.command_line.unlinked_change import UNLINKED, say_unlinked_change
from pipeline.compute_value_added import ValueAddedRequest, exam_value_added
from pipeline.store import open_store

HELP = "what each school added between two exams"
EXAMPLE = """\
  python -m pipeline value-added --exam "2026 期末" --baseline "2023 入学测" --subject 数学 \\
      --method contextual
"""
DESCRIPTION = f"""\
Estimate what each school added between two exams, from the stored statistics.

random_intercept   schools at equal prior scores (REML, exactly from the moments); the default
contextual         the same with the school's mean prior, which removes the advantage that an
                   unreliable prior test gives to strong intakes, and merit that goes with them
reliability_corrected   the prior test's error taken out (--reliability, else 0.85 assumed)
prior_group        mean residual from the pupils of the same prior group, as Progress 8
growth_percentile  mean growth percentile less that of all pupils
z_change           mean z less mean prior z on the common sample
rank_change, rate_change   how ranks and the four rates moved, without linking pupils; they say
                   nothing of causes

Without --prior the same subject of the baseline is used, or its total; with --prior exactly the
named subjects of the baseline are used.
{EVERY_SCHOOL}"""
_KEYS = ["school", "n", "estimate", "se_conditional", "se_prediction", "index", "verdict"]
_UNIT = {"z": "population SD", "raw": "points", "percentile": "percentiles"}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_exam(parser)
    add_baseline(parser, required=True)
    parser.add_argument("--subject", required=True, metavar="S", help="code or name")
    parser.add_argument(
        "--prior",
        nargs="+",
        action="extend",
        default=[],
        metavar="S2",
        help="subjects of the baseline to compare at; default: the same subject",
    )
    parser.add_argument(
        "--method", choices=(*get_args(Method), *UNLINKED), default="random_intercept"
    )
    parser.add_argument(
        "--scale",
        choices=("z", "raw", "percentile"),
        help="z: population SD of the whole grade (default); raw: points; percentile: of "
        "growth_percentile alone",
    )
    parser.add_argument(
        "--reliability",
        nargs="+",
        type=float,
        default=[],
        metavar="R",
        help="of the prior tests, for reliability_corrected",
    )
    add_format(parser)


def run(options: argparse.Namespace) -> bool:
    """Print the value-added of a pair of exams."""
    store = open_store()
    exam = find_exam(OPERATOR, store, options.exam)
    baseline = find_exam(OPERATOR, store, options.baseline)
    if options.method in UNLINKED:
        _refuse_priors(options)
        say_unlinked_change(store, exam, baseline, options)
        return True
    refuse_reliability(options.method, n_given=len(options.reliability))
    spec = ValueAddedSpec(
        method=options.method,
        scale=options.scale or UNIT_OF[options.method][0],
        reliability=ReliabilitySpec(tuple(options.reliability)),
    )
    request = ValueAddedRequest(exam, baseline, options.subject, tuple(options.prior), spec)
    result = exam_value_added(OPERATOR, store, request)
    document = source_document(exam, baseline) | _document(result, options.subject)
    lines = (source_of(exam, baseline), *_lines(result, options.subject))
    keys = [*_KEYS[:3], "low", "high", *_KEYS[3:], "status"]
    if options.format != "text":
        keys = [*_KEYS, "low", "high", "coverage", "reliability", "status"]
    answer = Answer(lines, result.schools[keys], document, rows_key="schools")
    say_answer(answer, form=options.format)
    return True


def _refuse_priors(options: argparse.Namespace) -> None:
    """Refuse options that a change without linked pupils would silently ignore."""
    if not options.prior and not options.reliability and options.scale is None:
        return
    raise SettingsError(
        f"Method {options.method} compares whole schools and takes none of --prior, --scale, "
        f"--reliability (priors given: {len(options.prior)}). Leave them out.",
        f"方法 {options.method} 比较整所学校，不使用 --prior、--scale、--reliability"
        f"（给出前测 {len(options.prior)} 个）。请去掉。",
    )


def refuse_reliability(method: Method, *, n_given: int) -> None:
    """Refuse reliabilities that the method would silently ignore."""
    if not n_given or method == "reliability_corrected":
        return
    raise SettingsError(
        f"Method {method} takes no --reliability (given: {n_given}). Leave it out, or choose "
        "--method reliability_corrected.",
        f"方法 {method} 不使用 --reliability（给出 {n_given} 个）。"
        "请去掉，或选用 --method reliability_corrected。",
    )


def _document(result: ValueAdded, subject: str) -> dict[str, Any]:
    sample = result.common_sample
    return {
        "method": result.method,
        "subject": subject,
        "scale": result.scale,
        "status": result.status,
        "n_pupils": result.n_pupils,
        "n_schools": result.n_schools,
        "common_sample": {
            key: getattr(sample, key) for key in ("matched", "joined", "left", "coverage")
        },
        "fixed_effects": [asdict(effect) for effect in result.fixed_effects],
        "sigma_u2": result.sigma_u2,
        "sigma_e2": result.sigma_e2,
        "neg2_log_reml": result.neg2_log_reml,
        "fairness_r": result.fairness_r,
        "reliabilities": [asdict(reliability) for reliability in result.reliabilities],
        "n_prior_groups": result.n_prior_groups,
    }


def _lines(result: ValueAdded, subject: str) -> tuple[str, ...]:
    sample = result.common_sample
    fairness = "-" if result.fairness_r is None else f"{result.fairness_r:+.2f}"
    effects = [f"{e.name} {e.estimate:.4f} ± {e.se:.4f}" for e in result.fixed_effects]
    assumed = [
        f"reliability of {r.name} {r.value:g}{' (assumed)' if r.is_assumed else ''}"
        for r in result.reliabilities
    ]
    variances = f"variance between {result.sigma_u2:.4f}, within {result.sigma_e2:.4f}"
    return (
        f"{subject}: value-added by {result.method}, in {_UNIT[result.scale]} "
        f"({result.status})",
        f"matched {sample.matched}, joined {sample.joined}, left {sample.left}, "
        f"coverage {sample.coverage:.1%}; schools {result.n_schools}",
        "; ".join([*effects, *assumed, variances, f"r with intake {fairness}"]),
        *_unfair(result),
    )


def _unfair(result: ValueAdded) -> tuple[str, ...]:
    """Warn where the comparison favours some intakes."""
    r = result.fairness_r
    if r is None or abs(r) <= UNFAIR:
        return ()
    return (
        f"注意：估计值与学校生源均值的相关为 {r:+.2f}，超过 ±{UNFAIR}，比较可能偏向部分生源。\n"
        f"    Warning: r with intake is {r:+.2f}, beyond ±{UNFAIR}: the comparison may favour "
        "some intakes; look at contextual or reliability_corrected.",
    )
