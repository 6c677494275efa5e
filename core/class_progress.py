"""Classes against their own past: the same pupils before and now, and what the class adds.

What a class adds is the class effect of the nested model (``core.numerics.nested_model``): its
pupils' scores beside those that their own earlier scores and their school led to expect. It
compares a class with the other classes of its school, shrunk as far as chance asks for.
"""

import numpy as np
import pandas as pd

from core.class_figures import class_codes
from core.class_tables import LINKED_CLASS_MOMENTS
from core.common_sample import prior_mean_of
from core.interval import normal_interval
from core.numerics.nested_model import estimate_nested
from core.standardise import Population
from core.value_added.inputs import ValueAddedInputs, design_of
from core.value_added.spec import ValueAddedSpec
from core.verdict import NO_DIFFERENCE, judge_index

SPEC = ValueAddedSpec(method="random_intercept", scale="z")


def compute_class_progress(
    moments: pd.DataFrame, *, current: Population, prior: Population
) -> pd.DataFrame:
    """Compute where the matched pupils of each class stood and stand, and what it added.

    Parameters
    ----------
    moments : DataFrame
        LINKED_CLASS_MOMENTS rows of one subject, of all classes of the exam.
    current, prior : Population
        Of the subject in this exam, and of its prior.

    Returns
    -------
    DataFrame
        class_, school, n (matched), n_sat, coverage, z_before and z_now (means of the
        matched), estimate (class effect beside its school, population SD, shrunken), se, low,
        high (95 % interval), index, verdict, status (ok low_coverage not_estimable). Where no
        class differs from its school the estimate is null and the verdict
        ``no_difference_found``.

    Raises
    ------
    NotEstimableError
        With no school of two classes with matched pupils, or scores that do not vary.
    """
    LINKED_CLASS_MOMENTS.require(moments)
    rows = moments[moments["n"] > 0].reset_index(drop=True)
    inputs = ValueAddedInputs(rows, current, (("x", prior),), (), SPEC, None)
    school, _ = pd.factorize(rows["school"].astype("str"))
    fit = estimate_nested(design_of(inputs), school=school.astype(np.int64))
    is_found = fit.sigma_class2 > 0
    alone = pd.Series(school).groupby(school).transform("size").to_numpy() < 2
    effect = np.where(is_found & ~alone, fit.class_effect, np.nan)
    se = np.where(is_found & ~alone, fit.class_se_prediction, np.nan)
    ends, index = normal_interval(effect, se=se), effect / se
    verdict = pd.Series(judge_index(index), dtype="str")
    coverage = rows["n"] / rows["n_sat"].where(rows["n_sat"] > 0)
    thin = coverage < SPEC.min_coverage
    status = np.select([alone, thin], ["not_estimable", "low_coverage"], "ok")
    return pd.DataFrame(
        {
            "class_": class_codes(rows["school"], rows["class_name"]),
            "school": rows["school"].astype("str"),
            "n": rows["n"],
            "n_sat": rows["n_sat"],
            "coverage": coverage,
            "z_before": prior_mean_of(rows["x1"], n=rows["n"], prior=prior),
            "z_now": prior_mean_of(rows["y"], n=rows["n"], prior=current),
            "estimate": effect,
            "se": se,
            "low": ends.low,
            "high": ends.high,
            "index": index,
            "verdict": verdict if is_found else verdict.mask(~alone, NO_DIFFERENCE),
            "status": pd.Series(status, dtype="str"),
        }
    )
