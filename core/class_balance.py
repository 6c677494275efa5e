"""Are the classes of a grade balanced 均衡编班: how far their means lie apart, beside chance.

With class j of n_j pupils, mean m_j, and the mean squares of the analysis of variance between
and within the J classes of one grade,

    spread = sqrt(MSB / n0),    n0 = (N - sum n_j^2 / N) / (J - 1)

is the standard deviation of the class means. Pupils drawn into classes by lot give
MSB / MSW an F distribution on J - 1 and N - J degrees of freedom; its 2.5 and 97.5 % points
times MSW / n0 bound what chance alone would give. Below them the classes are more alike than
a lot makes them, which is what dealing pupils out by their scores does.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from core.errors import NotEstimableError
from core.multiplicity import FALSE_DISCOVERY_RATE, adjust_q
from core.numerics.icc import estimate_icc
from core.standardise import HUNDREDTHS, Population

COLUMNS = [
    "subject",
    "n_classes",
    "n_pupils",
    "share",
    "share_low",
    "share_high",
    "spread",
    "chance_low",
    "chance_high",
    "p_value",
]


def compute_class_balance(
    sums: pd.DataFrame, *, populations: Mapping[str, Population]
) -> pd.DataFrame:
    """Compute how far the classes of one grade lie apart in every subject.

    Parameters
    ----------
    sums : DataFrame
        subject, n, y, y_y of each class of one school and grade, in hundredths of a point.
    populations : mapping of str to Population
        Of each subject, so that figures are in population SD.

    Returns
    -------
    DataFrame
        subject, n_classes, n_pupils, share (of the grade's variance between its classes,
        REML), share_low, share_high (95 % interval), spread (SD of the class means),
        chance_low, chance_high (what chance alone would give), p_value (two-sided), q_value
        (Benjamini-Hochberg over the subjects), verdict (more_than_chance chance
        less_than_chance). Subjects that cannot be judged are left out.

    Examples
    --------
    >>> sums = pd.DataFrame({"subject": "math", "n": 20, "y": [120000, 160000],
    ...                      "y_y": [740000000, 1300000000]})
    >>> found = compute_class_balance(sums, populations={"math": Population(70.0, 10.0)})
    >>> found["spread"].round(2).item(), found["verdict"].item()
    (1.41, 'more_than_chance')
    """
    found = []
    for subject, rows in sums[sums["n"] > 0].groupby("subject", sort=False):
        population = populations[str(subject)]
        try:
            found.append({"subject": str(subject), **_balance(rows, sd=population.sd)})
        except NotEstimableError:
            continue
    table = pd.DataFrame(found, columns=COLUMNS).astype({"subject": "str"})
    q_value = adjust_q(table["p_value"].to_numpy(float))
    clear = q_value <= FALSE_DISCOVERY_RATE
    verdict = np.select(
        [clear & (table["spread"] > table["chance_high"]), clear],
        ["more_than_chance", "less_than_chance"],
        "chance",
    )
    return table.assign(q_value=q_value, verdict=pd.Series(verdict, dtype="str"))


def _balance(classes: pd.DataFrame, *, sd: float) -> dict[str, float]:
    from scipy.special import fdtr, fdtri

    n = classes["n"].to_numpy(float)
    mean = classes["y"].to_numpy(float) / n / HUNDREDTHS / sd
    squares = classes["y_y"].to_numpy(float) / (HUNDREDTHS * sd) ** 2 - n * mean**2
    icc = estimate_icc(n=n, mean=mean, sum_of_squares=np.maximum(squares, 0.0))
    between, within = n.size - 1, n.sum() - n.size
    typical_n = (n.sum() - n @ n / n.sum()) / between
    low, high = fdtri(between, within, np.array([0.025, 0.975])) * icc.ms_within
    below = float(fdtr(between, within, icc.ms_between / icc.ms_within))
    return {
        "n_classes": int(n.size),
        "n_pupils": int(n.sum()),
        "share": icc.estimate,
        "share_low": icc.low,
        "share_high": icc.high,
        "spread": float(np.sqrt(icc.ms_between / typical_n)),
        "chance_low": float(np.sqrt(low / typical_n)),
        "chance_high": float(np.sqrt(high / typical_n)),
        "p_value": 2 * min(below, 1 - below),
    }
