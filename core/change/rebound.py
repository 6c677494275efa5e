"""Rebound: what a school that was picked because it was low gains by chance alone.

Beside the mean of its comparison group a school stood at b with error variance s_b^2, and now
stands at a with s_a^2. Of b the share r is signal; the rest was luck, which does not come
twice. With gap = -b

    expected gain = (1 - r) gap,    r = tau2 / (tau2 + s_b^2)
    beyond = (a - b) - (1 - r) gap = a - r b,    SE^2 = s_a^2 + r s_b^2

because the level behind b is r b with variance r s_b^2. Only ``beyond`` counts as improvement.

References
----------
Morris (1983). Parametric empirical Bayes inference. JASA 78, 47-55 (r, posterior variance).
Barnett, van der Pols & Dobson (2005). Regression to the mean. Int. J. Epidemiology 34, 215-220.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.change.difference import difference_figures
from core.change.figures import KEY
from core.errors import NotEstimableError
from core.listed_once import refuse_twice
from core.numerics.shrinkage import shrink
from core.tables import INDICATORS


@dataclass(frozen=True, slots=True)
class PickedSchools:
    """What schools that were picked together gained on average, and what chance alone gives.

    Attributes
    ----------
    n_schools : int
        Picked schools with figures in both exams.
    gap, gain, expected, beyond : float
        Means over these schools, in the unit of the indicator.
    low, high : float
        95 % interval of the mean of ``beyond``.
    verdict : str
        up flat down, of ``beyond``.
    """

    n_schools: int
    gap: float
    gain: float
    expected: float
    beyond: float
    low: float
    high: float
    verdict: str


_FIGURES = ["r", "gap", "gain", "expected", "beyond", "se", "low", "high"]


def compute_rebound(
    current: pd.DataFrame, *, previous: pd.DataFrame, group: pd.Series
) -> pd.DataFrame:
    """Compute what schools gained beyond the rebound that is expected of them.

    Parameters
    ----------
    current, previous : DataFrame
        INDICATORS rows of one exam each, with standard errors; figures that are not shrunken.
    group : Series, indexed by school
        Comparison group; units that it lacks are left out.

    Returns
    -------
    DataFrame
        One row per unit, subject and indicator of ``current`` in a group: unit, subject,
        indicator, group, r (share of the earlier figure that is signal), gap (group mean less
        the earlier figure), gain (beside the group's), expected, beyond, se, low, high (95 %
        interval), verdict (up flat down, of ``beyond``), status (ok not_estimable). Where r is
        0 all of the gap is expected to close.

    Raises
    ------
    DataError
        When a school stands in two groups.

    Examples
    --------
    >>> figure = {"unit": ["A", "B", "C"], "exam": "end", "subject": "math", "indicator": "z",
    ...           "se": 0.1, "low": 0.0, "high": 0.0, "n_pupils": 90, "reliability": 1.0,
    ...           "status": "ok"}
    >>> then = pd.DataFrame(figure).assign(estimate=[-0.2, 0.0, 0.2])
    >>> now = pd.DataFrame(figure).assign(estimate=[-0.1, 0.0, 0.1])
    >>> group = pd.Series("junior", index=["A", "B", "C"])
    >>> rebound = compute_rebound(now, previous=then, group=group)
    >>> rebound[["gap", "gain", "expected", "beyond"]].round(3).iloc[0].tolist()
    [0.2, 0.1, 0.05, 0.05]
    """
    INDICATORS.require(current)
    INDICATORS.require(previous)
    refuse_twice(group.index, where="group")
    columns = [*KEY, "estimate", "se"]
    pair = current[columns].merge(
        previous[columns], on=KEY, how="left", suffixes=("_after", "_before"), validate="1:1"
    )
    pair = pair.assign(group=pair["unit"].map(group)).dropna(subset=["group"])
    # Counted in the same schools, so that one that opened does not move the others' mean.
    known = pair.dropna(subset=["estimate_after", "estimate_before", "se_after", "se_before"])
    known = known[(known[["se_after", "se_before"]] > 0).all(axis=1)]
    parts = [_of_group(part) for _, part in known.groupby(["group", "subject", "indicator"])]
    figures = pd.concat([pd.DataFrame(columns=_FIGURES, dtype=float), *parts])
    rows = pair[[*KEY, "group"]].join(figures)
    status = np.where(rows["beyond"].notna(), "ok", "not_estimable")
    return rows.assign(status=pd.Series(status, index=rows.index, dtype="str")).reset_index(
        drop=True
    )


def summarise_rebound(rows: pd.DataFrame) -> PickedSchools:
    """Return the means over picked schools; their errors are taken as independent.

    Parameters
    ----------
    rows : DataFrame
        Rows of ``compute_rebound`` of the picked schools in one subject and indicator.

    Raises
    ------
    NotEstimableError
        When none of them has figures in both exams.

    Examples
    --------
    >>> rows = pd.DataFrame({"gap": [0.5, 0.3], "gain": [0.3, 0.1], "expected": [0.1, 0.1],
    ...                      "beyond": [0.2, 0.0], "se": [0.06, 0.08]})
    >>> picked = summarise_rebound(rows)
    >>> picked.n_schools, round(picked.beyond, 3), round(picked.high, 3), picked.verdict
    (2, 0.1, 0.198, 'up')
    """
    known = rows.dropna(subset=["beyond", "se"])
    n_schools = len(known)
    if not n_schools:
        raise NotEstimableError(
            f"None of the picked schools has figures in both exams (picked: {len(rows)}, with "
            "both: 0). Choose exams that the same schools sat.",
            f"所选学校都没有两次考试的数据（所选 {len(rows)} 所，两次都有的 0 所）。"
            "请选择这些学校都参加的考试。",
        )
    mean = known[["gap", "gain", "expected"]].mean()
    se = float(np.sqrt((known["se"] ** 2).sum()) / n_schools)
    figures = difference_figures(
        np.array([mean["gain"]]),
        before=np.array([mean["expected"]]),
        se_after=np.array([se]),
        se_before=np.zeros(1),
    ).iloc[0]
    return PickedSchools(
        n_schools=n_schools,
        gap=float(mean["gap"]),
        gain=float(mean["gain"]),
        expected=float(mean["expected"]),
        beyond=float(figures["change"]),
        low=float(figures["low"]),
        high=float(figures["high"]),
        verdict=str(figures["verdict"]),
    )


def _of_group(part: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of the schools of one group, subject and indicator."""
    before, se_before = (part[f"{name}_before"].to_numpy(float) for name in ("estimate", "se"))
    after, se_after = (part[f"{name}_after"].to_numpy(float) for name in ("estimate", "se"))
    try:
        then, now = shrink(before, se=se_before), shrink(after, se=se_after)
    except NotEstimableError:  # a group of one school: there is no mean to rebound to
        return pd.DataFrame(index=part.index)
    gap = then.mean - before
    gain = (after - now.mean) + gap
    expected = (1 - then.reliability) * gap
    figures = difference_figures(
        gain,
        before=expected,
        se_after=se_after,
        se_before=np.sqrt(then.reliability) * se_before,
    ).rename(columns={"change": "beyond"})
    own = {"r": then.reliability, "gap": gap, "gain": gain, "expected": expected}
    return pd.concat([pd.DataFrame(own), figures], axis=1).set_index(part.index)
