"""A small made View of diagnostics: twelve schools, six groups of the prior."""

from dataclasses import replace

import numpy as np
import pandas as pd

from pipeline.views import DiagnosticsView, ReliabilityFigures
from pipeline.views.diagnostics import NormalityPart, PriorReliabilityPart, ResidualsPart
from tests.ui.made_views import MADE_STAMP

N_SCHOOLS = 12


def make_residuals() -> ResidualsPart:
    """Return six groups of 200 pupils on a straight line; the last is hidden."""
    group = np.arange(1, 7)
    hidden = group == 6
    figures = {
        "prior": np.linspace(-1.5, 1.5, 6),
        "mean": [0.04, -0.02, 0.01, -0.01, -0.02, 0.0],
        "se": [0.04] * 6,
        "sd": [0.62, 0.6, 0.58, 0.6, 0.59, 0.6],
    }
    groups = pd.DataFrame({"group": group, **figures})
    groups = groups.assign(
        **{name: groups[name].mask(hidden) for name in figures},
        n=pd.Series([200] * 6, dtype="Int64").mask(hidden),
        status=["suppressed" if own else "ok" for own in hidden],
    )
    return ResidualsPart(
        groups, -0.2, 0.1, group=None, ratio=0.96, spread="equal", is_ceiling=False, status="ok"
    )


def make_schools() -> pd.DataFrame:
    """Return schools of which the first moves the line and the second, small, holds it."""
    place = np.arange(N_SCHOOLS)
    return pd.DataFrame(
        {
            "school": [f"S{k:03}" for k in place],
            "name": [f"第{k + 1}实验学校" for k in place],
            "n": [300, 20, *[90] * 10],
            "share": [0.246, 0.016, *[0.0738] * 10],
            "leverage": [0.4, 0.5, *[0.11] * 10],
            "hold": [0.2, 0.25, *[0.055] * 10],
            "cook": [0.9, 0.1, *[0.01] * 10],
            "change_intercept": [0.2, 0.1, *[0.01] * 10],
            "change_prior": [-1.31, 0.3, *[-0.02] * 10],
            "change_mean_prior": [np.nan] * N_SCHOOLS,
            "is_influential": place == 0,
            "holds_much": place < 2,
            "status": ["ok"] * N_SCHOOLS,
        }
    )


def make_normality() -> NormalityPart:
    """Return effects on the normal line but for the highest."""
    expected = np.linspace(-1.6, 1.6, N_SCHOOLS)
    standardised = expected.copy()
    standardised[-1] = 4.2
    schools = make_schools()[["school", "name"]].assign(
        standardised=standardised,
        expected=expected,
        low=expected - 0.8,
        high=expected + 0.8,
        is_outside=standardised > expected + 0.8,
    )
    return NormalityPart(schools, 0.842, 0.029, N_SCHOOLS, 1, "ok")


def make_reliability() -> PriorReliabilityPart:
    """Return a row of reliabilities; at the lowest nothing can be estimated."""
    value = np.round(np.arange(0.70, 1.01, 0.05), 2)
    known = value > 0.7
    n_changed = np.array([0, 4, 2, 0, 1, 3, 3])
    rows = pd.DataFrame(
        {
            "reliability": value,
            "slope": np.where(known, 0.8 / value, np.nan),
            "slope_se": np.where(known, 0.02, np.nan),
            "fairness_r": np.where(known, 2 * (value - 0.85), np.nan),
            "sigma_u2": np.where(known, 0.05, np.nan),
            "n_changed": pd.Series(n_changed, dtype="Int64").where(known),
            "n_compared": pd.Series([12] * 7, dtype="Int64").where(known),
            "share": np.where(known, n_changed / 12, np.nan),
            "status": np.where(known, "ok", "not_estimable"),
        }
    )
    return PriorReliabilityPart(rows, 0.58, ReliabilityFigures(0.91, 0.9, 0.92, 4.1, 3900))


def make_diagnostics() -> DiagnosticsView:
    """Return the view of a model in which one school stands out in each way."""
    return DiagnosticsView(
        stamp=MADE_STAMP,
        status="ok",
        why=None,
        residuals=make_residuals(),
        normality=make_normality(),
        schools=make_schools(),
        n_schools=14,
        n_hidden=2,
        n_influential=1,
        n_holding=2,
        reliability=make_reliability(),
    )


def make_equal_schools() -> DiagnosticsView:
    """Return the view of a model that finds no difference between schools."""
    view = make_diagnostics()
    none = replace(
        make_normality(),
        schools=make_normality().schools.iloc[:0],
        w=None,
        p=None,
        n_schools=0,
        n_outside=0,
        status="no_difference_found",
    )
    return replace(view, status="no_difference_found", normality=none)
