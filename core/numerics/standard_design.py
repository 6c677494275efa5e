"""Moments about the mean and per SD, and what they must hold before a mixed model is fitted.

With m and s the mean and SD (divisor N) of each column after the intercept and of the outcome,
the model is solved for (x - m) / s and (y - m_y) / s_y, whose total cross-moments are N times
a correlation matrix, and brought back by

    beta = s_y back beta_standard + (m_y, 0, ..),    back = [[1, -m/s], [0, diag(1/s)]]

because x' back beta_standard is the standardised row times beta_standard.
"""

from dataclasses import dataclass

import numpy as np
import scipy.linalg
from numpy.typing import NDArray

from core.errors import NotEstimableError
from core.numerics.moments import SchoolMoments, rescale

Floats = NDArray[np.float64]

COLLINEAR = 1e-9
"""Share of a column's variance that the others leave over, below which it counts as none."""

CONSTANT = 1e-13
"""Variance against the mean square below which a column is constant up to rounding."""


@dataclass(frozen=True, slots=True)
class StandardDesign:
    """Moments in standard units with their totals, and the way back.

    Attributes
    ----------
    moments : SchoolMoments
        Of the standardised columns; schools in the order of the input.
    shift, scale : ndarray, shape (p,)
        Mean and SD of the p - 1 columns after the intercept, then of the outcome.
    xx : ndarray, shape (p, p)
        Sum of the moments' ``xx`` over schools; ``xy``, shape (p,), and ``yy`` alike.
    n_pupils : int
        All pupils.
    """

    moments: SchoolMoments
    shift: Floats
    scale: Floats
    xx: Floats
    xy: Floats
    yy: float
    n_pupils: int

    @property
    def freedom(self) -> int:
        """Pupils less the columns of the design."""
        return self.n_pupils - self.xy.size

    @property
    def sd(self) -> float:
        """SD of the outcome."""
        return float(self.scale[-1])

    @property
    def back(self) -> Floats:
        """Matrix, shape (p, p), that takes coefficients to the units of the columns."""
        back = np.diag(np.append(1.0, 1 / self.scale[:-1]))
        back[0, 1:] = -self.shift[:-1] / self.scale[:-1]
        return back

    @property
    def log_units(self) -> float:
        """What -2 log REML gains when it is told in the units of the moments."""
        of_columns = 2 * np.log(self.scale[:-1]).sum()
        return float(of_columns + 2 * self.freedom * np.log(self.sd))

    @property
    def n_between(self) -> int:
        """Columns that do not vary inside schools, the intercept and combinations included."""
        sums = self.moments.xx[:, 0, :]
        inside = (self.xx - (sums / self.moments.n[:, None]).T @ sums) / self.n_pupils
        return int((np.linalg.eigvalsh(inside) <= COLLINEAR).sum())

    def to_units(self, beta: Floats) -> Floats:
        """Return coefficients, shape (p,), in the units of the moments."""
        intercept = np.append(self.shift[-1], np.zeros(beta.size - 1))
        changed: Floats = self.sd * (self.back @ beta) + intercept
        return changed


def standardise_design(moments: SchoolMoments) -> StandardDesign:
    """Return the moments about the mean and per SD, refusing what no model can be fitted to.

    Parameters
    ----------
    moments : SchoolMoments
        Every school with at least one pupil; the first design column is the intercept.

    Raises
    ------
    NotEstimableError
        With too few schools or pupils for the columns of the design, a column that is
        constant or follows from the others, or an outcome without any spread.

    Examples
    --------
    >>> from core.numerics.moments import moments_from_rows
    >>> x = np.column_stack([np.ones(4), [60.0, 80.0, 60.0, 80.0]])
    >>> moments = moments_from_rows(np.array([0, 0, 1, 1]), x=x, y=np.arange(4.0))
    >>> design = standardise_design(moments)
    >>> design.shift.tolist(), design.scale.round(3).tolist()
    ([70.0, 1.5], [10.0, 1.118])
    """
    refuse_few(moments, within=1)
    n = moments.n.sum()
    total = moments.xx.sum(axis=0)
    mean = np.append(total[0, 1:], moments.xy[:, 0].sum()) / n
    mean_square = np.append(np.diag(total)[1:], moments.yy.sum()) / n
    variance = mean_square - mean**2
    _refuse_constant(variance <= CONSTANT * mean_square, n=n)
    scale = np.sqrt(variance)
    standard = rescale(moments, shift=mean, scale=scale)
    design = StandardDesign(
        moments=standard,
        shift=mean,
        scale=scale,
        xx=standard.xx.sum(axis=0),
        xy=standard.xy.sum(axis=0),
        yy=float(standard.yy.sum()),
        n_pupils=round(float(n)),
    )
    _refuse_singular(design)
    return design


def refuse_few(moments: SchoolMoments, *, within: int, between: int = 1) -> None:
    """Refuse when ``between`` school-level and ``within`` pupil-level columns use all up.

    Raises
    ------
    NotEstimableError
        Unless there are more than ``between`` schools and ``within`` more pupils than schools.

    Examples
    --------
    >>> from core.numerics.moments import moments_from_rows
    >>> two = moments_from_rows(np.array([0, 0, 1]), x=np.ones((3, 1)), y=np.arange(3.0))
    >>> refuse_few(two, within=1) is None
    True
    """
    n_schools, n_pupils = moments.n.size, moments.n.sum()
    if n_schools > between and n_pupils - n_schools >= within:
        return
    raise NotEstimableError(
        f"School effects need more than {between} schools and at least {within} more pupils "
        f"than schools (found: schools {n_schools}, pupils {n_pupils:.0f}). Widen the cohort "
        "or use fewer prior scores.",
        f"估计学校效应需要多于 {between} 所学校，且学生数至少比学校数多 {within}"
        f"（现有学校 {n_schools} 所、学生 {n_pupils:.0f} 名）。请扩大范围或减少前测成绩。",
    )


def no_spread(design: StandardDesign) -> NotEstimableError:
    """Return the refusal of an outcome that the model explains to the last point.

    Examples
    --------
    >>> from core.numerics.moments import moments_from_rows
    >>> school, y = np.array([0, 0, 1, 1]), np.array([1.0, 1.0, 2.0, 2.0])
    >>> design = standardise_design(moments_from_rows(school, x=np.ones((4, 1)), y=y))
    >>> no_spread(design).message[:46]
    'The 4 pupils do not differ inside their school'
    """
    n = design.n_pupils
    return NotEstimableError(
        f"The {n} pupils do not differ inside their schools beyond what the prior scores "
        "tell. School effects need some spread. Check that prior and current exam differ.",
        f"{n} 名学生在校内的差异已完全由前测成绩决定。估计学校效应需要有差异。"
        "请检查前测与本次考试是否为同一份数据。",
    )


def _refuse_constant(constant: NDArray[np.bool_], *, n: float) -> None:
    if constant[-1]:
        raise NotEstimableError(
            f"All {n:.0f} pupils have the same outcome; nothing to compare. "
            "Choose another subject or exam.",
            f"全部 {n:.0f} 名学生的成绩相同，无从比较。请换一个学科或一次考试。",
        )
    if constant.any():
        raise _singular(int(np.flatnonzero(constant)[0]) + 1)


def _refuse_singular(design: StandardDesign) -> None:
    """Refuse columns that follow from others, then schools too few for the columns."""
    standard, total = design.moments, design.xx / design.n_pupils
    # Pivoting takes the column with most variance left over, so what follows comes last.
    triangle, order = scipy.linalg.qr(total, mode="r", pivoting=True)
    dependent = order[np.abs(np.diag(triangle)) < COLLINEAR]
    if dependent.size:
        raise _singular(int(dependent.max()))
    n_between = design.n_between
    refuse_few(standard, within=total.shape[0] - n_between + 1, between=n_between)


def _singular(column: int) -> NotEstimableError:
    return NotEstimableError(
        f"Column {column} of the model is constant or follows from the other columns. "
        "Each prior score must tell something of its own. Leave this one out.",
        f"模型的第 {column} 列为常数或可由其他列推出。每个前测成绩须含自身的信息。请去掉该列。",
    )
