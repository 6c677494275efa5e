"""What precision a sample will have, before it is drawn, and how many schools one needs.

n schools are drawn out of N, m pupils in each; pupils have standard deviation sd, and of its
square the share icc lies between schools:

    var(mean) = sd^2 (icc (1 - n / N) / n + (1 - icc) / (n m))

With N unknown or large that is sd^2 / (n m) times the design effect 1 + (m - 1) icc.

References
----------
Kish (1965). Survey Sampling, ch. 5.4. Cochran (1977). Sampling Techniques, ch. 10.
"""

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np

from core.errors import NotEstimableError, SettingsError
from core.interval import student_interval


@dataclass(frozen=True, slots=True)
class SampleSize:
    """A two-stage sample as it is planned.

    Attributes
    ----------
    pupils_per_school : int
        m, at least 1.
    icc : float
        Share of the pupils' variance between the schools of a stratum, 0 to 1.
    sd : float
        Pupils' standard deviation; sqrt(p (1 - p)) for a rate of about p.
    n_strata : int
        Strata, each of which costs a degree of freedom.
    n_schools_frame : int or None
        N; None for a frame that is large against the sample.
    """

    pupils_per_school: int
    icc: float
    sd: float
    n_strata: int
    n_schools_frame: int | None


@dataclass(frozen=True, slots=True)
class PlannedPrecision:
    """Precision that a plan will reach if its assumptions hold.

    Attributes
    ----------
    n_pupils : int
        Pupils drawn.
    design_effect, n_effective : float
        Variance over that of as many pupils drawn one by one, and how many of those would be
        as precise.
    se, margin : float
        Standard error of the mean, and half the width of its 95 % interval.
    """

    n_pupils: int
    design_effect: float
    n_effective: float
    se: float
    margin: float


def estimate_precision(n_schools: int, *, size: SampleSize) -> PlannedPrecision:
    """Estimate the margin of error of a mean before the sample is drawn.

    Parameters
    ----------
    n_schools : int
        Schools to draw, more than there are strata.
    size : SampleSize
        The rest of the plan.

    Raises
    ------
    SettingsError
        When a number of the plan is out of its range.

    Examples
    --------
    >>> size = SampleSize(pupils_per_school=25, icc=0.2, sd=15.0, n_strata=6,
    ...                   n_schools_frame=None)
    >>> plan = estimate_precision(40, size=size)
    >>> plan.n_pupils, round(plan.design_effect, 2), round(plan.margin, 2)
    (1000, 5.8, 2.32)
    """
    _require_plan(n_schools, size=size)
    frame = size.n_schools_frame
    share = 0.0 if frame is None else n_schools / frame
    m, n_pupils = size.pupils_per_school, n_schools * size.pupils_per_school
    design_effect = 1 - size.icc + m * size.icc * (1 - share)
    se = size.sd * float(np.sqrt(design_effect / n_pupils))
    return PlannedPrecision(
        n_pupils=n_pupils,
        design_effect=design_effect,
        n_effective=n_pupils / design_effect if design_effect > 0 else np.inf,
        se=se,
        margin=float(student_interval(0.0, se=se, df=n_schools - size.n_strata).high),
    )


def schools_needed(margin: float, *, size: SampleSize) -> int:
    """Return the fewest schools whose margin of error is at most ``margin``.

    Raises
    ------
    SettingsError
        When the margin is not above 0, or a number of the plan is out of its range.
    NotEstimableError
        When all schools of the frame, or 100,000, do not reach it.

    Examples
    --------
    >>> size = SampleSize(pupils_per_school=25, icc=0.2, sd=15.0, n_strata=6,
    ...                   n_schools_frame=None)
    >>> schools_needed(2.0, size=size)
    53
    """
    if not margin > 0:
        raise SettingsError(
            f"The margin of error is set to {margin:g}. It must be above 0. Correct it.",
            f"误差限设为 {margin:g}，须大于 0。请更正。",
        )
    least = size.n_strata + 1
    most = size.n_schools_frame or 100_000
    tried = range(least, most + 1)
    place = bisect_left(
        tried, True, key=lambda n: estimate_precision(n, size=size).margin <= margin
    )
    if place == len(tried):
        reached = estimate_precision(max(most, least), size=size).margin
        raise NotEstimableError(
            f"No sample of up to {most} schools has a margin of {margin:g} (the least is "
            f"{reached:.3g}). Draw more pupils per school, or accept a wider margin.",
            f"最多抽取 {most} 所学校也达不到 {margin:g} 的误差限（最小为 {reached:.3g}）。"
            f"请增加每校人数，或接受更大的误差限。",
        )
    return tried[place]


def _require_plan(n_schools: int, *, size: SampleSize) -> None:
    frame = size.n_schools_frame
    fits = n_schools > size.n_strata >= 1 and (frame is None or n_schools <= frame)
    if not (fits and size.pupils_per_school >= 1 and 0 <= size.icc <= 1 and size.sd > 0):
        raise SettingsError(
            f"The plan of the sample is out of range: schools {n_schools}, strata "
            f"{size.n_strata}, schools in the frame {frame or '-'}, pupils per school "
            f"{size.pupils_per_school}, icc {size.icc:g}, sd {size.sd:g}. Schools must be more "
            f"than strata and no more than the frame has; icc lies in 0 to 1; sd is above 0.",
            f"抽样方案的数值不合理：学校 {n_schools} 所，层数 {size.n_strata}，抽样框 "
            f"{frame or '-'} 所，每校 {size.pupils_per_school} 名学生，校际差异率 "
            f"{size.icc:g}，标准差 {size.sd:g}。学校数应大于层数且不超过抽样框；"
            f"校际差异率在 0 至 1 之间；标准差大于 0。",
        )
