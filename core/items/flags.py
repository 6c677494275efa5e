"""Schools that differ from the county on a knowledge point, with few false flags."""

import numpy as np
import pandas as pd
from scipy.special import ndtr

from core.multiplicity import FALSE_DISCOVERY_RATE, adjust_q


def flag_mastery(mastery: pd.DataFrame) -> pd.DataFrame:
    """Add the q value and the flag of each school's difference to the county.

    Tested are all schools and knowledge points together (Benjamini-Hochberg): of the flags,
    about one in twenty is false. A difference without an error, or with an error of 0, is not
    tested, since it would be certain.

    Parameters
    ----------
    mastery : DataFrame
        MASTERY rows.

    Returns
    -------
    DataFrame
        With q_value, and flag: strong, weak, none; null where nothing was tested.

    Examples
    --------
    >>> rows = pd.DataFrame({"difference": [0.1, -0.1, 0.01], "difference_se": [0.02] * 3})
    >>> flag_mastery(rows)["flag"].tolist()
    ['strong', 'weak', 'none']
    """
    se = mastery["difference_se"].to_numpy(float)
    difference = mastery["difference"].to_numpy(float)
    ratio = difference / np.where(se > 0, se, np.nan)
    q_value = adjust_q(np.asarray(2 * ndtr(-np.abs(ratio))))
    side = np.where(difference > 0, "strong", "weak")
    flag = pd.Series(
        np.where(q_value <= FALSE_DISCOVERY_RATE, side, "none"),
        index=mastery.index,
        dtype="str",
    )
    return mastery.assign(q_value=q_value, flag=flag.mask(np.isnan(q_value)))
