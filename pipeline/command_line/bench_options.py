"""Options of the benches' views: weights, and definitions of value-added."""

import argparse
from typing import get_args

from core.value_added import Method
from core.weighting.scheme import AGGREGATIONS, NORMALISATIONS
from pipeline.views import CompositeChoice, EstimatorChoice, PriorSet

METHODS: tuple[Method, ...] = get_args(Method)


def add_bench(parser: argparse.ArgumentParser) -> None:
    """Add what the views of the benches take: weights, or definitions of value-added."""
    parser.add_argument(
        "--weights", metavar="JSON", help='of composite: \'[["total.z",60],["math.z",40]]\''
    )
    parser.add_argument("--scale", choices=NORMALISATIONS, help="of composite")
    parser.add_argument("--sum", choices=AGGREGATIONS, help="of composite")
    parser.add_argument(
        "--against", nargs="+", choices=METHODS, default=[], help="methods of estimators"
    )
    parser.add_argument("--priors", nargs="+", choices=get_args(PriorSet), default=["own"])
    parser.add_argument(
        "--traits", nargs="+", choices=("locale", "school_type"), default=[],
        help="covariates of the mixed models of estimators",
    )  # fmt: skip
    parser.add_argument(
        "--coverage", nargs="+", type=float, default=[70.0], metavar="PERCENT",
        help="least coverage of estimators",
    )  # fmt: skip


def composite_choice(options: argparse.Namespace) -> CompositeChoice:
    """Return which composite a call asks for."""
    return CompositeChoice(options.group, options.weights, options.scale, options.sum)


def estimator_choice(options: argparse.Namespace) -> EstimatorChoice:
    """Return which definitions of value-added a call holds beside each other."""
    return EstimatorChoice(
        methods=tuple(dict.fromkeys([options.method, *options.against])),
        prior_sets=tuple(options.priors),
        traits=tuple(options.traits),
        coverages=tuple(share / 100 for share in options.coverage),
    )
