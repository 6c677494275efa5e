"""The criterion of two levels: equal to the full model's, least where it says."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import NotEstimableError
from core.numerics.moments import merge_moments, moments_from_rows
from core.numerics.nested_criterion import NestedSolution, minimise_nested_criterion
from core.numerics.standard_design import StandardDesign, standardise_design
from tests.core.numerics.test_nested_model import Rows, county, dense


def solve(rows: Rows) -> tuple[StandardDesign, NestedSolution]:
    school, class_, x, y = rows
    classes = moments_from_rows(class_, x=x, y=y)
    design = standardise_design(merge_moments(classes, group=school))
    return design, minimise_nested_criterion(design, classes=classes, school=school)


@settings(max_examples=20, deadline=None)
@given(
    seed=st.integers(0, 1000),
    school_sd=st.floats(0, 1),
    class_sd=st.floats(0, 1),
    a=st.floats(0.5, 2),
    b=st.floats(0.5, 2),
)
def test_no_other_pair_of_variances_has_a_lower_criterion(
    seed: int, school_sd: float, class_sd: float, a: float, b: float
) -> None:
    rows = county(seed, school_sd=school_sd, class_sd=class_sd)
    design, best = solve(rows)
    least = best.criterion + design.log_units
    here = dense(rows, of_school=best.ratio_school, of_class=best.ratio_class)
    assert least == pytest.approx(here.criterion, rel=1e-11)
    moved = dense(
        rows,
        of_school=a * best.ratio_school + (a - 1) ** 2 / 10,
        of_class=b * best.ratio_class + (b - 1) ** 2 / 10,
    )
    assert moved.criterion >= least - 1e-8


def test_projections_are_those_of_the_inverse_covariance() -> None:
    rows = county(3)
    design, best = solve(rows)
    full = dense(rows, of_school=best.ratio_school, of_class=best.ratio_class)
    inverse = np.linalg.inv(full.v)
    residual = full.z.T @ inverse @ (full.y - full.x @ full.beta) / design.sd
    found = np.concatenate([best.school.residual, best.class_.residual])
    assert found == pytest.approx(residual, rel=1e-6, abs=1e-8)
    size = np.concatenate([best.school.size, best.class_.size])
    assert size == pytest.approx(np.diag(full.z.T @ inverse @ full.z), rel=1e-8)


def test_classes_without_spread_inside_are_refused() -> None:
    school, class_, x, _ = county(4)
    own = np.cos(np.arange(school.size))[class_]
    with pytest.raises(NotEstimableError, match=f"The {class_.size} pupils do not differ"):
        solve((school, class_, x, own + x[:, 1]))
