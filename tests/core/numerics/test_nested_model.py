"""Classes in schools: brute force, closed form, statsmodels, special cases, invariances.

The comparison with lme4 is in tests/reference.
"""

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from core.errors import NotEstimableError
from core.numerics.mixed_model import estimate_random_intercept
from core.numerics.moments import moments_from_rows
from core.numerics.nested_model import NestedFit, estimate_nested
from tests.core.numerics.dense_model import DenseModel, Floats, Indices, indicator

Rows = tuple[Indices, Indices, Floats, Floats]


def county(seed: int, *, school_sd: float = 0.6, class_sd: float = 0.4) -> Rows:
    """Return school of each class, class of each pupil, design of one prior, outcome."""
    rng = np.random.default_rng(seed)
    school = np.repeat(np.arange(10), rng.integers(1, 5, size=10))
    school = np.append(school, [10, 10])
    class_ = np.repeat(np.arange(school.size), rng.integers(3, 16, size=school.size))
    prior = rng.normal(size=class_.size)
    y = 0.3 + 0.6 * prior + school_sd * rng.normal(size=11)[school[class_]]
    y = y + class_sd * rng.normal(size=school.size)[class_] + rng.normal(size=class_.size)
    return school, class_, np.column_stack([np.ones(prior.size), prior]), y


def fit_rows(rows: Rows) -> NestedFit:
    school, class_, x, y = rows
    return estimate_nested(moments_from_rows(class_, x=x, y=y), school=school)


def dense(rows: Rows, *, of_school: float, of_class: float) -> DenseModel:
    """Build the full model; the effects of schools come first, then those of classes."""
    school, class_, x, y = rows
    z = np.hstack([indicator(school[class_]), indicator(class_)])
    ratios = np.repeat([of_school, of_class], [school.max() + 1, school.size])
    return DenseModel(x=x, y=y, z=z, relative=np.diag(ratios))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_fit_equals_the_full_model_at_its_variances(seed: int) -> None:
    rows = county(seed)
    fit = fit_rows(rows)
    ratios = fit.sigma_school2 / fit.sigma_e2, fit.sigma_class2 / fit.sigma_e2
    full = dense(rows, of_school=ratios[0], of_class=ratios[1])
    assert fit.beta == pytest.approx(full.beta, rel=1e-9)
    assert fit.sigma_e2 == pytest.approx(full.sigma_e2, rel=1e-9)
    assert fit.neg2_log_reml == pytest.approx(full.criterion, rel=1e-12)
    effects = np.concatenate([fit.school_effect, fit.class_effect])
    assert effects == pytest.approx(full.effects, rel=1e-7, abs=1e-10)
    conditional = np.concatenate([fit.school_se_conditional, fit.class_se_conditional])
    prediction = np.concatenate([fit.school_se_prediction, fit.class_se_prediction])
    assert conditional == pytest.approx(np.sqrt(np.diag(full.conditional)), rel=1e-7)
    assert prediction == pytest.approx(np.sqrt(np.diag(full.prediction)), rel=1e-7)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_criterion_is_least_where_the_full_model_has_it_least(seed: int) -> None:
    rows = county(seed)
    fit = fit_rows(rows)

    def criterion(roots: Floats) -> float:
        return dense(rows, of_school=roots[0] ** 2, of_class=roots[1] ** 2).criterion

    search = minimize(criterion, np.array([0.5, 0.5]), method="Nelder-Mead")
    assert fit.neg2_log_reml <= search.fun + 1e-8
    assert fit.neg2_log_reml == pytest.approx(search.fun, abs=1e-4)


def test_equally_large_schools_and_classes_give_the_closed_form() -> None:
    rng = np.random.default_rng(8)
    mark = rng.normal(size=(6, 1, 1)) + 0.7 * rng.normal(size=(6, 3, 1))
    mark = mark + 0.5 * rng.normal(size=(6, 3, 4))
    school, class_ = np.repeat(np.arange(6), 3), np.repeat(np.arange(18), 4)
    fit = fit_rows((school, class_, np.ones((72, 1)), mark.ravel()))
    pupils = mark.var(axis=2, ddof=1).mean()
    classes = 4 * mark.mean(axis=2).var(axis=1, ddof=1).mean()
    schools = 12 * mark.mean(axis=(1, 2)).var(ddof=1)
    assert fit.sigma_e2 == pytest.approx(pupils, rel=1e-9)
    assert fit.sigma_class2 == pytest.approx((classes - pupils) / 4, rel=1e-9)
    assert fit.sigma_school2 == pytest.approx((schools - classes) / 12, rel=1e-9)


def test_variances_equal_those_of_statsmodels() -> None:
    # Its standard errors of fixed effects differ in the third digit and are no reference.
    from statsmodels.regression.mixed_linear_model import MixedLM

    school, class_, x, y = rows = county(2)
    frame = pd.DataFrame({"y": y, "x": x[:, 1], "school": school[class_], "class_": class_})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        other = MixedLM.from_formula(
            "y ~ x", frame, groups="school", re_formula="1", vc_formula={"c": "0 + C(class_)"}
        ).fit(reml=True, gtol=1e-9)
    fit = fit_rows(rows)
    assert fit.beta == pytest.approx(other.fe_params.to_numpy(), rel=1e-4)
    assert fit.sigma_school2 == pytest.approx(float(other.cov_re.iloc[0, 0]), rel=1e-3)
    assert fit.sigma_class2 == pytest.approx(float(other.vcomp[0]), rel=1e-3)
    assert fit.sigma_e2 == pytest.approx(other.scale, rel=1e-4)


def test_classes_that_do_not_differ_leave_the_random_intercept_model() -> None:
    school, class_ = np.repeat(np.arange(5), 3), np.repeat(np.arange(15), 4)
    y = (
        np.tile([1.0, -1.0, 2.0, -2.0], 15)
        + np.array([-2.0, 0.0, 0.5, 1.0, 2.0])[school[class_]]
    )
    x = np.ones((60, 1))
    fit = fit_rows((school, class_, x, y))
    common = estimate_random_intercept(moments_from_rows(school[class_], x=x, y=y))
    assert fit.sigma_class2 == 0
    assert fit.sigma_school2 == pytest.approx(common.sigma_u2, rel=1e-9)
    assert fit.neg2_log_reml == pytest.approx(common.neg2_log_reml, rel=1e-12)
    assert fit.school_effect == pytest.approx(common.effect, rel=1e-8, abs=1e-12)
    assert fit.school_se_prediction == pytest.approx(common.se_prediction, rel=1e-8)
    assert not fit.class_effect.any()
    assert not fit.class_se_prediction.any()


def test_schools_that_do_not_differ_leave_classes_as_units_of_their_own() -> None:
    school, class_ = np.repeat(np.arange(4), 2), np.repeat(np.arange(8), 5)
    own = np.array([-1.0, 1.0, 2.0, -2.0, -1.5, 1.5, 0.5, -0.5])[class_]
    y = np.tile([1.0, -1.0, 0.5, -0.5, 0.0], 8) + own
    x = np.ones((40, 1))
    fit = fit_rows((school, class_, x, y))
    alone = estimate_random_intercept(moments_from_rows(class_, x=x, y=y))
    assert fit.sigma_school2 == 0
    assert fit.sigma_class2 == pytest.approx(alone.sigma_u2, rel=1e-9)
    assert fit.class_effect == pytest.approx(alone.effect, rel=1e-8)
    assert not fit.school_effect.any()


def test_one_class_in_each_school_is_refused_with_the_numbers() -> None:
    class_ = np.repeat(np.arange(4), 5)
    moments = moments_from_rows(class_, x=np.ones((20, 1)), y=np.arange(20.0))
    refused = r"with two classes, .* classes 4, schools 4, pupils 20"
    with pytest.raises(NotEstimableError, match=refused) as refusal:
        estimate_nested(moments, school=np.arange(4))
    assert "现有班级 4 个、学校 4 所" in refusal.value.message_zh


def test_one_pupil_in_each_class_is_refused() -> None:
    moments = moments_from_rows(np.arange(6), x=np.ones((6, 1)), y=np.arange(6.0) ** 2)
    with pytest.raises(NotEstimableError, match=r"at least 1 more pupils .* pupils 6"):
        estimate_nested(moments, school=np.repeat([0, 1, 2], 2))


def test_a_single_school_is_refused() -> None:
    _, class_, x, y = county(1)
    moments = moments_from_rows(class_, x=x, y=y)
    with pytest.raises(NotEstimableError, match=r"more than 1 schools .*schools 1,"):
        estimate_nested(moments, school=np.zeros(moments.n.size, dtype=np.int64))


def test_pupils_that_do_not_differ_inside_their_classes_are_refused() -> None:
    school, class_ = np.repeat(np.arange(3), 2), np.repeat(np.arange(6), 4)
    y = np.array([1.0, 3.0, 4.0, 9.0, 2.0, 6.0])[class_]
    with pytest.raises(NotEstimableError, match="The 24 pupils do not differ"):
        fit_rows((school, class_, np.ones((24, 1)), y))


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 500))
def test_numbering_of_schools_and_classes_only_orders_the_result(seed: int) -> None:
    school, class_, x, y = county(seed)
    rng = np.random.default_rng(seed)
    new_class, new_school = rng.permutation(school.size), rng.permutation(11)
    moved = np.empty_like(school)
    moved[new_class] = new_school[school]
    one, other = fit_rows((school, class_, x, y)), fit_rows((moved, new_class[class_], x, y))
    assert other.neg2_log_reml == pytest.approx(one.neg2_log_reml, rel=1e-11)
    assert other.school_effect[new_school] == pytest.approx(
        one.school_effect, rel=1e-4, abs=1e-6
    )
    assert other.class_effect[new_class] == pytest.approx(one.class_effect, rel=1e-4, abs=1e-6)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 500), shift=st.floats(-900, 900), scale=st.floats(0.01, 100))
def test_effects_follow_a_change_of_unit(seed: int, shift: float, scale: float) -> None:
    school, class_, x, y = county(seed)
    one = fit_rows((school, class_, x, y))
    other = fit_rows((school, class_, x * np.array([1, 7]), shift + scale * y))
    assert other.school_effect == pytest.approx(
        scale * one.school_effect, rel=1e-4, abs=1e-5 * scale
    )
    error = scale * one.class_se_prediction
    assert other.class_se_prediction == pytest.approx(error, rel=1e-4, abs=1e-5 * scale)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 5000), school_sd=st.floats(0, 1), class_sd=st.floats(0, 1))
def test_no_fit_is_worse_than_with_either_level_alone(
    seed: int, school_sd: float, class_sd: float
) -> None:
    rows = school, class_, x, y = county(seed, school_sd=school_sd, class_sd=class_sd)
    fit = fit_rows(rows)
    for unit in (class_, school[class_]):
        alone = estimate_random_intercept(moments_from_rows(unit, x=x, y=y))
        assert fit.neg2_log_reml <= alone.neg2_log_reml + 1e-7
    assert min(fit.sigma_school2, fit.sigma_class2) >= 0
    assert np.all(fit.school_se_prediction >= fit.school_se_conditional)
    assert np.all(fit.school_se_conditional**2 <= fit.sigma_school2 + 1e-12)
    assert np.all(fit.class_se_conditional**2 <= fit.sigma_class2 + 1e-12)
