"""Standard errors of small groups, drawn toward the pupils' variance common to all groups.

A school of eight pupils knows its own variance badly; a rate of 0 claims a variance of 0. With
s_j^2 = n_j se_j^2 the variance of a pupil in group j, and s^2 its mean weighted by pupils,

    se_j*^2 = (m s^2 + n_j s_j^2) / (m + n_j) / n_j,    m = PRIOR_PUPILS

A group of m pupils thus stands half on its own variance, a large one almost wholly. As the
common variance is known well, the degrees of freedom are about ((m + n) / n)^2 (n - 1).

References
----------
Smyth (2004). Linear models and empirical Bayes methods for assessing differential expression.
Statistical Applications in Genetics and Molecular Biology 3(1), 3 (moderated variances; there
m is estimated, here it is fixed, because a county has too few schools to estimate it well).
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

PRIOR_PUPILS = 20.0
"""m: a school of 8 pupils has 86 degrees of freedom with it, and 7 without."""


def moderate_se(se: Floats, *, n_pupils: Floats) -> Floats:
    """Draw standard errors of means toward what the common pupil variance gives.

    Parameters
    ----------
    se : ndarray, shape (n_groups,) or (n_groups, n_measures)
        Standard errors of means or rates, at least 0; NaN stays NaN and counts for nothing.
    n_pupils : ndarray, shape of ``se``
        Pupils of each, at least 1 where ``se`` is known.

    Returns
    -------
    ndarray, shape of ``se``
        Moderated standard errors, column by column; 0 only where all of a column are.

    Examples
    --------
    >>> moderate_se(np.array([0.0, 0.1]), n_pupils=np.array([20.0, 80.0])).round(3).tolist()
    [0.126, 0.098]
    """
    known = ~np.isnan(se * n_pupils)
    n = np.where(known, n_pupils, 0.0)
    own = np.where(known, n * se**2, 0.0)
    total = n.sum(axis=0)
    common = (n * own).sum(axis=0) / np.where(total > 0, total, np.nan)
    variance = (PRIOR_PUPILS * common + n * own) / (PRIOR_PUPILS + n)
    return np.asarray(np.sqrt(variance / np.where(known, n, np.nan)))


def moderated_freedom(n_pupils: Floats) -> Floats:
    """Return the degrees of freedom of moderated standard errors, for Student's t.

    Parameters
    ----------
    n_pupils : ndarray, any shape
        Pupils, at least 2; NaN stays NaN.

    Examples
    --------
    >>> moderated_freedom(np.array([8.0, 100.0])).round(1).tolist()
    [85.8, 142.6]
    """
    return (n_pupils - 1) * ((PRIOR_PUPILS + n_pupils) / n_pupils) ** 2
