"""Share of each class of one school that lies below the county's 20th percentile."""

import numpy as np
import pandas as pd

from core.interval import wilson_interval
from core.standardise import HUNDREDTHS
from core.tables import INDICATORS

BOTTOM20 = "bottom20"
SHARE = "bottom20_share"


def compute_class_bottom20(
    histogram: pd.DataFrame, *, cuts: pd.DataFrame, exam: str
) -> pd.DataFrame:
    """Count the pupils of each class below the cut, as a share with Wilson's interval.

    Parameters
    ----------
    histogram : DataFrame
        subject, class_name, score (hundredths), n of one school.
    cuts : DataFrame
        CUTS rows; those of ``bottom20`` are used.
    exam : str
        Name of the exam.

    Returns
    -------
    DataFrame
        INDICATORS rows of ``bottom20_share``; the unit is the name of the class, empty for
        pupils without one.

    Examples
    --------
    >>> histogram = pd.DataFrame({"class_name": ["1", "1"], "score": [4000, 8000], "n": [1, 3]})
    >>> cuts = pd.DataFrame({"subject": ["math"], "cut": ["bottom20"], "score": [50.0]})
    >>> rows = compute_class_bottom20(histogram.assign(subject="math"), cuts=cuts, exam="E")
    >>> rows[["unit", "estimate", "n_pupils"]].values.tolist()
    [['1', 0.25, 4]]
    """
    line = cuts[cuts["cut"] == BOTTOM20].set_index("subject")["score"]
    # Points are hundredths divided: rounded back, so that a score at the cut is not below it.
    cut = (histogram["subject"].astype("str").map(line) * HUNDREDTHS).round(6)
    counted = pd.DataFrame(
        {
            "subject": histogram["subject"].astype("str"),
            "unit": histogram["class_name"].astype("str").fillna(""),
            "n_pupils": histogram["n"],
            "below": histogram["n"].where(histogram["score"] < cut, 0),
        }
    )
    sums = counted.groupby(["subject", "unit"], as_index=False, sort=True).sum()
    n, below = sums["n_pupils"].to_numpy(float), sums["below"].to_numpy(float)
    share, ends = below / n, wilson_interval(below, n=n)
    rows = sums[["unit", "subject"]].assign(
        exam=pd.Series([exam] * len(sums), dtype="str"),
        indicator=pd.Series([SHARE] * len(sums), dtype="str"),
        estimate=share,
        se=np.sqrt(share * (1 - share) / n),
        low=ends.low,
        high=ends.high,
        n_pupils=sums["n_pupils"].astype("Int64"),
        reliability=np.nan,
        status=pd.Series(["ok"] * len(sums), dtype="str"),
    )
    return INDICATORS.require(rows[INDICATORS.names])
