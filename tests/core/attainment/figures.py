"""Computes attainment from pupils, for the tests of its indicators."""

import pandas as pd

from core.attainment import (
    AdmissionLine,
    AttainmentSpec,
    Borderline,
    TopN,
    compute_attainment,
)
from core.tables import INDICATORS
from tests.core.make_pupils import MEMBERSHIP, PAPERS, histogram_of, states_of

FULL_SPEC = AttainmentSpec(
    top_n=(TopN(12), TopN(40, name="city")),
    admission_lines=(
        AdmissionLine("math", 8000),
        AdmissionLine("math", 6500, name="vocational"),
    ),
    borderlines=(
        Borderline(),
        Borderline("excellent_line", 0.1, name="excellent"),
        Borderline("admission_line", 0.08, name="vocational"),
    ),
)


def figures_of(
    pupils: pd.DataFrame, spec: AttainmentSpec, *, papers: pd.DataFrame = PAPERS
) -> pd.DataFrame:
    """Return the figures of mathematics, unit and indicator as index."""
    figures = compute_attainment(
        histogram_of(pupils),
        states_of(pupils),
        subjects=papers,
        membership=MEMBERSHIP,
        exam="期末",
        spec=spec,
    )
    INDICATORS.require(figures)
    return figures[figures["subject"] == "math"].set_index(["unit", "indicator"])
