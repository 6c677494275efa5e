"""What every estimator is given, and the moments in the unit of the model."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.errors import NotEstimableError, SettingsError
from core.numerics.moments import SchoolMoments, rescale, select_schools
from core.standardise import HUNDREDTHS, Population
from core.value_added.spec import Covariate, Prior, ValueAddedSpec

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ValueAddedInputs:
    """The statistics of one subject of a linked pair, and how they are to be read.

    Attributes
    ----------
    rows : DataFrame
        MOMENTS rows of one subject, sorted by school.
    current : Population
    priors : tuple of (str, Population)
    covariates : tuple of Covariate
    spec : ValueAddedSpec
    joint : DataFrame or None
        JOINT_HISTOGRAM rows of the same pupils.
    """

    rows: pd.DataFrame
    current: Population
    priors: tuple[Prior, ...]
    covariates: tuple[Covariate, ...]
    spec: ValueAddedSpec
    joint: pd.DataFrame | None

    @property
    def subject(self) -> str:
        """The subject code."""
        return str(self.rows["subject"].iloc[0])

    @property
    def matched(self) -> Bools:
        """Which schools have matched pupils, shape (n_rows,)."""
        matched: Bools = self.rows["n"].to_numpy() > 0
        return matched

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the design columns after the intercept."""
        return (*(name for name, _ in self.priors), *(c.name for c in self.covariates))

    def spread(self, values: Floats) -> Floats:
        """Put values of the schools with pupils into rows, NaN elsewhere."""
        wide = np.full(len(self.rows), np.nan)
        wide[self.matched] = values
        return wide


def sd_of_point(inputs: ValueAddedInputs) -> float:
    """Return how many points one unit of the result is.

    Examples
    --------
    >>> spec = ValueAddedSpec(method="prior_group", scale="z")
    >>> population = Population(mean=60.0, sd=12.5)
    >>> sd_of_point(ValueAddedInputs(pd.DataFrame(), population, (), (), spec, None))
    12.5
    """
    return inputs.current.sd if inputs.spec.scale == "z" else 1.0


def require_spread(inputs: ValueAddedInputs) -> None:
    """Refuse a score that does not vary over the whole grade.

    Raises
    ------
    NotEstimableError
        With the standard deviations of the priors, then of the outcome.

    Examples
    --------
    >>> spec = ValueAddedSpec(method="z_change", scale="z")
    >>> require_spread(ValueAddedInputs(
    ...     pd.DataFrame(), Population(60.0, 10.0), (("x", Population(50.0, 9.0)),), (), spec,
    ...     None))
    """
    populations = [*(population for _, population in inputs.priors), inputs.current]
    if all(population.sd > 0 for population in populations):
        return
    raise NotEstimableError(
        f"A score has no spread over the whole grade (SDs "
        f"{', '.join(f'{population.sd:g}' for population in populations)}). Value-added "
        "needs scores that differ. Choose another subject or exam.",
        f"有成绩在全年级没有差异（标准差 "
        f"{'、'.join(f'{population.sd:g}' for population in populations)}）。"
        "增值计算需要有差异的成绩。请换一个学科或一次考试。",
    )


def design_of(inputs: ValueAddedInputs) -> SchoolMoments:
    """Return the moments that a model is fitted to, in its unit, of schools with pupils.

    Raises
    ------
    NotEstimableError
        When a score does not vary over the whole grade.

    Examples
    --------
    >>> rows = pd.DataFrame({"n": [2], "y": [300], "y_y": [50000], "x1": [20], "x1_x1": [400],
    ...                      "x1_y": [4000]})
    >>> spec = ValueAddedSpec(method="random_intercept", scale="z")
    >>> inputs = ValueAddedInputs(
    ...     rows, Population(1.0, 0.5), (("x", Population(0.0, 0.1)),), (), spec, None)
    >>> design_of(inputs).xy.tolist()
    [[2.0, 4.0]]
    """
    require_spread(inputs)
    populations = [*(population for _, population in inputs.priors), inputs.current]
    unit = (
        populations
        if inputs.spec.scale == "z"
        else [Population(mean=0.0, sd=1.0)] * len(populations)
    )
    own = inputs.covariates
    shift = HUNDREDTHS * np.array([population.mean for population in unit])
    scale = HUNDREDTHS * np.array([population.sd for population in unit])
    place = len(inputs.priors)
    return rescale(
        select_schools(_in_stored_units(inputs), keep=inputs.matched),
        shift=np.insert(shift, place, [covariate.centre for covariate in own]),
        scale=np.insert(scale, place, [covariate.unit for covariate in own]),
    )


def require_joint(inputs: ValueAddedInputs) -> pd.DataFrame:
    """Return the joint histogram, refusing one that counts other pupils or another prior.

    Raises
    ------
    SettingsError
        Without a joint histogram, or when pupils or the sum of priors are not those of the
        moments.

    Examples
    --------
    >>> rows = pd.DataFrame({"n": [3], "x1": [210], "y": [240]})
    >>> joint = pd.DataFrame({"prior": [60, 90], "current": [70, 100], "n": [2, 1]})
    >>> spec = ValueAddedSpec(method="prior_group", scale="z")
    >>> inputs = ValueAddedInputs(rows, Population(1, 1), (), (), spec, joint)
    >>> len(require_joint(inputs))
    2
    """
    joint, rows = inputs.joint, inputs.rows
    if joint is None:
        raise SettingsError(
            f"Method {inputs.spec.method!r} needs the joint histogram of prior and current "
            "scores (given: 0). Choose a baseline that holds the same subject, or another "
            "method.",
            f"方法 {inputs.spec.method!r} 需要前测与本次成绩的联合分布（现有 0 份）。"
            "请选择含同一学科的基线，或换一种方法。",
        )
    n = joint["n"]
    counted = [int(total) for total in (n.sum(), (n * joint["prior"]).sum())]
    expected = [int(rows[name].sum()) for name in ("n", "x1")]
    if counted == expected:
        return joint
    raise SettingsError(
        f"The joint histogram counts {counted[0]} pupils with priors of {counted[1]} "
        f"hundredths together, the moments {expected[0]} with {expected[1]}. Both must be of "
        "the same prior. Use the subject's own prior, or another method.",
        f"联合分布含 {counted[0]} 名学生、前测合计 {counted[1]}（百分之一分），"
        f"矩统计为 {expected[0]} 名、{expected[1]}。两者须为同一前测。"
        "请使用该学科自身的前测，或换一种方法。",
    )


def _in_stored_units(inputs: ValueAddedInputs) -> SchoolMoments:
    """Gather the columns of MOMENTS into arrays; whole numbers up to 2**53 stay exact."""
    rows, names = inputs.rows, range(1, len(inputs.names) + 1)
    xx = np.empty((len(rows), len(names) + 1, len(names) + 1))
    xx[:, 0, 0] = rows["n"]
    for i in names:
        xx[:, 0, i] = xx[:, i, 0] = rows[f"x{i}"]
        for k in range(i, len(names) + 1):
            xx[:, i, k] = xx[:, k, i] = rows[f"x{i}_x{k}"]
    xy = np.column_stack([rows["y"], *(rows[f"x{i}_y"] for i in names)]).astype(float)
    return SchoolMoments(n=xx[:, 0, 0], xx=xx, xy=xy, yy=rows["y_y"].to_numpy(float))
