"""Two nested levels equal lme4: schools of Chem97 in their local education authorities."""

from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from core.numerics.nested_model import NestedFit, estimate_nested
from tests.reference.sources import FOLDER, moments_of, read_figures, read_pupils

PRECISION = 1e-8
EFFECT = 1e-8  # absolute; the outcome has an SD of about 3


@cache
def fit() -> NestedFit:
    """Fit with the authority in the place of the school, the school in that of the class."""
    lea = pd.read_csv(FOLDER / "Chem97_lea.csv").sort_values("school")["lea"]
    index, _ = pd.factorize(lea, sort=True)
    schools = moments_of(read_pupils("Chem97"), columns=["gcsecnt"], outcome="score")
    return estimate_nested(schools, school=index.astype(np.int64))


@cache
def lme4() -> Any:
    return read_figures("nested_Chem97.json")


def level(name: str) -> pd.DataFrame:
    units = pd.DataFrame(lme4()[name])
    return units.sort_values("level", key=lambda level: level.astype(int))


def test_fixed_effects_equal_lme4() -> None:
    assert lme4()["largest_gradient"] < 1e-6
    assert fit().beta == pytest.approx(np.array(lme4()["beta"]), rel=PRECISION)
    assert fit().beta_se == pytest.approx(np.array(lme4()["se"]), rel=PRECISION)


def test_the_three_variances_and_the_criterion_equal_lme4() -> None:
    expected = lme4()["varcomp"]
    assert fit().sigma_school2 == pytest.approx(expected["lea"], rel=PRECISION)
    assert fit().sigma_class2 == pytest.approx(expected["school"], rel=PRECISION)
    assert fit().sigma_e2 == pytest.approx(expected["Residual"], rel=PRECISION)
    assert fit().neg2_log_reml == pytest.approx(lme4()["neg2loglik"], rel=1e-12)


def test_every_upper_unit_equals_lme4() -> None:
    expected = level("lea")
    assert fit().n_schools == len(expected) == 131
    assert fit().school_effect == pytest.approx(expected["blup"], abs=EFFECT)
    assert fit().school_se_conditional == pytest.approx(expected["condSD"], rel=PRECISION)


def test_every_lower_unit_equals_lme4() -> None:
    expected = level("school")
    assert (fit().n_classes, fit().n_pupils) == (len(expected), lme4()["n"]) == (2410, 31022)
    assert fit().class_effect == pytest.approx(expected["blup"], abs=EFFECT)
    assert fit().class_se_conditional == pytest.approx(expected["condSD"], rel=PRECISION)
