"""Cross-moments by school: all that the mixed model needs to know of the pupils.

With design rows x_i (first entry 1) and outcome y_i of the pupils i of school j:

    n_j,    xx_j = sum x_i x_i',    xy_j = sum x_i y_i,    yy_j = sum y_i^2

Moments of disjoint sets of pupils add, so a school is the sum of its classes. A change of
unit and a column of school means are computed from the moments themselves, without a pupil.

References
----------
Bates, Maechler, Bolker & Walker (2015). Fitting linear mixed-effects models using lme4.
Journal of Statistical Software 67(1), section 3 (the cross-products that a fit needs).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class SchoolMoments:
    """Cross-moments of the design and the outcome, one entry per school.

    Attributes
    ----------
    n : ndarray, shape (n_schools,)
        Pupils.
    xx : ndarray, shape (n_schools, p, p)
        Sums of x x'; the first column of the design is the intercept.
    xy : ndarray, shape (n_schools, p)
        Sums of x y.
    yy : ndarray, shape (n_schools,)
        Sums of squared outcomes.
    """

    n: Floats
    xx: Floats
    xy: Floats
    yy: Floats


def moments_from_rows(school_index: Indices, *, x: Floats, y: Floats) -> SchoolMoments:
    """Sum pupil rows into the moments of their schools.

    Parameters
    ----------
    school_index : ndarray, shape (n_pupils,)
        0 to n_schools - 1.
    x : ndarray, shape (n_pupils, p)
        Design; the first column is all ones.
    y : ndarray, shape (n_pupils,)
        Outcome.

    Examples
    --------
    >>> school, x = np.array([0, 0, 1]), np.array([[1.0, 2.0], [1.0, 4.0], [1.0, 3.0]])
    >>> moments = moments_from_rows(school, x=x, y=np.array([5.0, 7.0, 6.0]))
    >>> moments.n.tolist(), moments.xy.tolist()
    ([2.0, 1.0], [[12.0, 38.0], [6.0, 18.0]])
    """
    row = np.column_stack([x, y])
    n_schools, width = int(school_index.max()) + 1, row.shape[1]
    joint = np.empty((n_schools, width, width))
    for a in range(width):
        for b in range(a, width):
            sums = np.bincount(school_index, weights=row[:, a] * row[:, b], minlength=n_schools)
            joint[:, a, b] = joint[:, b, a] = sums
    return _split(joint)


def merge_moments(moments: SchoolMoments, *, group: Indices) -> SchoolMoments:
    """Add the moments of all entries of one group, such as the classes of a school.

    Parameters
    ----------
    moments : SchoolMoments
        Of disjoint sets of pupils.
    group : ndarray, shape (n_entries,)
        Index of the group that each entry belongs to, 0 to n_groups - 1.

    Examples
    --------
    >>> ones = np.ones((3, 1))
    >>> classes = moments_from_rows(np.arange(3), x=ones, y=np.array([5.0, 7.0, 6.0]))
    >>> merge_moments(classes, group=np.array([0, 0, 1])).xy.ravel().tolist()
    [12.0, 6.0]
    """
    joint = _joint(moments)
    merged = np.zeros((int(group.max()) + 1, *joint.shape[1:]))
    np.add.at(merged, group, joint)
    return _split(merged)


def select_schools(moments: SchoolMoments, *, keep: NDArray[np.bool_]) -> SchoolMoments:
    """Return the schools where ``keep``, shape (n_schools,), is true.

    Examples
    --------
    >>> ones = np.ones((2, 1))
    >>> moments = moments_from_rows(np.arange(2), x=ones, y=np.array([5.0, 7.0]))
    >>> select_schools(moments, keep=np.array([False, True])).yy.tolist()
    [49.0]
    """
    return SchoolMoments(
        n=moments.n[keep], xx=moments.xx[keep], xy=moments.xy[keep], yy=moments.yy[keep]
    )


def rescale(moments: SchoolMoments, *, shift: Floats, scale: Floats) -> SchoolMoments:
    """Return the moments of (column - shift) / scale.

    Parameters
    ----------
    moments : SchoolMoments
        With p columns of the design.
    shift, scale : ndarray, shape (p,)
        Of the p - 1 columns after the intercept, then of the outcome; scale is not 0.

    Examples
    --------
    >>> ones = np.ones((2, 1))
    >>> moments = moments_from_rows(np.array([0, 0]), x=ones, y=np.array([60.0, 76.0]))
    >>> rescale(moments, shift=np.array([68.0]), scale=np.array([8.0])).yy.tolist()
    [2.0]
    """
    joint = _joint(moments)
    change = np.diag(np.concatenate([[1.0], 1 / scale]))
    change[1:, 0] = -shift / scale
    return _split(change @ joint @ change.T)


def with_school_means(moments: SchoolMoments, *, column: int) -> SchoolMoments:
    """Add the school's own mean of a column as a last column of the design.

    Parameters
    ----------
    moments : SchoolMoments
        Every school with at least one pupil.
    column : int
        Which column of the design; 1 is the first after the intercept.

    Examples
    --------
    >>> x = np.array([[1.0, 2.0], [1.0, 4.0]])
    >>> moments = moments_from_rows(np.array([0, 0]), x=x, y=np.array([5.0, 7.0]))
    >>> with_school_means(moments, column=1).xx[0, 0].tolist()
    [2.0, 6.0, 6.0]
    """
    mean = moments.xx[:, 0, column] / moments.n
    with_column = moments.xx[:, 0, :] * mean[:, None]
    corner = (moments.n * mean**2)[:, None, None]
    xx = np.block([[moments.xx, with_column[:, :, None]], [with_column[:, None, :], corner]])
    xy = np.column_stack([moments.xy, moments.xy[:, 0] * mean])
    return SchoolMoments(n=moments.n, xx=xx, xy=xy, yy=moments.yy)


def _joint(moments: SchoolMoments) -> Floats:
    """Return the moments of (x, y) together, shape (n_schools, p + 1, p + 1)."""
    border = moments.xy[:, :, None]
    corner = moments.yy[:, None, None]
    return np.block([[moments.xx, border], [border.transpose(0, 2, 1), corner]])


def _split(joint: Floats) -> SchoolMoments:
    return SchoolMoments(
        n=joint[:, 0, 0],
        xx=joint[:, :-1, :-1],
        xy=joint[:, :-1, -1],
        yy=joint[:, -1, -1],
    )
