"""The one door to value-added: the estimator is chosen by the spec."""

from collections.abc import Callable
from itertools import combinations_with_replacement

import pandas as pd

from core.errors import DataError, SettingsError
from core.standardise import Population
from core.tables import JOINT_HISTOGRAM, MOMENTS
from core.value_added.contextual import estimate_by_context
from core.value_added.growth_percentile import estimate_by_growth
from core.value_added.inputs import ValueAddedInputs
from core.value_added.prior_group import estimate_by_prior_group
from core.value_added.random_intercept import estimate_by_random_intercept
from core.value_added.reliability_corrected import estimate_reliability_corrected
from core.value_added.result import ValueAdded
from core.value_added.spec import Covariate, Method, Prior, ValueAddedSpec
from core.value_added.z_change import estimate_z_change

ESTIMATORS: dict[Method, Callable[[ValueAddedInputs], ValueAdded]] = {
    "random_intercept": estimate_by_random_intercept,
    "contextual": estimate_by_context,
    "reliability_corrected": estimate_reliability_corrected,
    "prior_group": estimate_by_prior_group,
    "growth_percentile": estimate_by_growth,
    "z_change": estimate_z_change,
}

ONE_PRIOR: frozenset[Method] = frozenset({"prior_group", "growth_percentile", "z_change"})
"""Methods that compare by one prior and know no covariates."""

NEEDS_JOINT: frozenset[Method] = frozenset({"prior_group", "growth_percentile"})
"""Methods that need the joint histogram of prior and current scores."""


def compute_value_added(
    moments: pd.DataFrame,
    *,
    current: Population,
    priors: tuple[Prior, ...],
    spec: ValueAddedSpec,
    covariates: tuple[Covariate, ...] = (),
    joint: pd.DataFrame | None = None,
) -> ValueAdded:
    """Compute the value-added of the schools in one subject from its statistics.

    Parameters
    ----------
    moments : DataFrame
        MOMENTS rows of one subject, in hundredths of a point, with columns x1.., xi_xj for
        i <= j, xi_y and xi_all for as many priors as ``priors`` names, then as many without
        xi_all as ``covariates`` names, in the unit that the covariate has.
    current : Population
        Of the subject in the current exam.
    priors : tuple of (str, Population)
        Name and population of each prior score, in the order of the columns.
    spec : ValueAddedSpec
        Estimator, unit and least coverage.
    covariates : tuple of Covariate
        Further columns of the mixed models.
    joint : DataFrame, optional
        JOINT_HISTOGRAM rows of the same pupils and the first prior, for ``prior_group`` and
        ``growth_percentile``; other methods leave it alone.

    Raises
    ------
    NotEstimableError
        When the matched pupils or schools are too few, or a score does not vary.
    SettingsError
        Without priors, when the method lacks what it needs, or is given priors or covariates
        it cannot use.
    DataError
        When the moments lack a column of the priors and covariates.

    Examples
    --------
    >>> moments = pd.DataFrame({
    ...     "school": ["A", "B", "C"], "subject": "math", "n": 3, "n_sat": 3, "n_prior": 3,
    ...     "x1": [600, 900, 300], "x1_all": [600, 900, 300], "y": [900, 900, 480],
    ...     "x1_x1": [140000, 290000, 50000], "y_y": [290000, 276200, 86600],
    ...     "x1_y": [200000, 282000, 62000]})
    >>> unit = Population(mean=2.0, sd=1.0)
    >>> result = compute_value_added(
    ...     moments, current=unit, priors=(("entry", unit),),
    ...     spec=ValueAddedSpec(method="random_intercept", scale="raw"))
    >>> result.schools["school"].tolist(), result.status
    (['A', 'C', 'B'], 'ok')
    """
    inputs = gather_inputs(
        moments,
        current=current,
        priors=priors,
        spec=spec,
        covariates=covariates,
        joint=joint,
    )
    return ESTIMATORS[spec.method](inputs)


def gather_inputs(
    moments: pd.DataFrame,
    *,
    current: Population,
    priors: tuple[Prior, ...],
    spec: ValueAddedSpec,
    covariates: tuple[Covariate, ...] = (),
    joint: pd.DataFrame | None = None,
) -> ValueAddedInputs:
    """Return what an estimator is given, refusing what ``compute_value_added`` refuses.

    Examples
    --------
    >>> moments = pd.DataFrame({
    ...     "school": ["B", "A"], "subject": "math", "n": 3, "n_sat": 3, "n_prior": 3,
    ...     "x1": 600, "x1_all": 600, "y": 900, "x1_x1": 140000, "y_y": 290000, "x1_y": 200000})
    >>> unit, spec = Population(mean=2.0, sd=1.0), ValueAddedSpec("random_intercept", "raw")
    >>> inputs = gather_inputs(moments, current=unit, priors=(("entry", unit),), spec=spec)
    >>> inputs.rows["school"].tolist()
    ['A', 'B']
    """
    MOMENTS.require(moments)
    _refuse_more_columns(spec.method, n_priors=len(priors), n_covariates=len(covariates))
    n_columns = 0 if spec.method in NEEDS_JOINT else len(priors) + len(covariates)
    _require_columns(moments, n_columns=n_columns)
    return ValueAddedInputs(
        rows=moments.sort_values("school", ignore_index=True),
        current=current,
        priors=priors,
        covariates=covariates,
        spec=spec,
        joint=None if joint is None else JOINT_HISTOGRAM.require(joint),
    )


def _require_columns(moments: pd.DataFrame, *, n_columns: int) -> None:
    """Refuse moments without the sums of so many priors and covariates."""
    columns = [f"x{i}" for i in range(1, n_columns + 1)]
    pairs = [f"{a}_{b}" for a, b in combinations_with_replacement(columns, 2)]
    needed = dict.fromkeys(["x1", "x1_all", *columns, *(f"{x}_y" for x in columns), *pairs])
    lacking = [name for name in needed if name not in moments]
    if not lacking:
        return
    named = ", ".join(lacking)
    raise DataError(
        f"Value-added by priors and covariates, together {max(n_columns, 1)}, lacks columns of "
        f"the moments: {len(lacking)} ({named}). Build the moments with all of them, or name "
        "fewer priors.",
        f"增值计算共用前测与协变量 {max(n_columns, 1)} 个，矩统计缺少 {len(lacking)} 列"
        f"（{named}）。请用全部前测与协变量重新生成矩统计，或减少前测。",
    )


def _refuse_more_columns(method: Method, *, n_priors: int, n_covariates: int) -> None:
    if not n_priors:
        raise SettingsError(
            f"Method {method!r} compares by prior scores (given: 0). Name at least one.",
            f"方法 {method!r} 需按前测成绩比较（给出 0 个）。请至少指定一个前测成绩。",
        )
    if method not in ONE_PRIOR or (n_priors, n_covariates) == (1, 0):
        return
    raise SettingsError(
        f"Method {method!r} compares by 1 prior and 0 covariates (given: priors {n_priors}, "
        f"covariates {n_covariates}). Leave the others out, or choose a mixed model.",
        f"方法 {method!r} 只用 1 个前测成绩、0 个协变量"
        f"（给出前测 {n_priors} 个、协变量 {n_covariates} 个）。请去掉其余，或改用混合模型。",
    )
