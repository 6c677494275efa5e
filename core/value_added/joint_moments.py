"""Moments of pupils of whom the joint histogram is known."""

import pandas as pd

from core.tables import MOMENTS


def moments_of_joint(joint: pd.DataFrame) -> pd.DataFrame:
    """Return MOMENTS rows of one prior from JOINT_HISTOGRAM rows, exact to the pupil.

    All pupils of a joint histogram are matched; nobody else is known of, so coverage is 1.

    Examples
    --------
    >>> joint = pd.DataFrame({"subject": "math", "school": "A", "prior": [100, 200],
    ...                       "current": [300, 300], "n": [2, 1]})
    >>> moments_of_joint(joint)[["n", "x1", "x1_x1", "x1_y"]].to_numpy().tolist()
    [[3, 400, 60000, 120000]]
    """
    n, x, y = (joint[name].astype("int64") for name in ("n", "prior", "current"))
    sums = {"n": n, "y": n * y, "y_y": n * y * y, "x1": n * x}
    sums |= {"x1_x1": n * x * x, "x1_y": n * x * y}
    by = [joint["subject"], joint["school"]]
    moments = pd.DataFrame(sums).groupby(by).sum().reset_index()
    counts = {"n_sat": moments["n"], "n_prior": moments["n"], "x1_all": moments["x1"]}
    return MOMENTS.require(moments.assign(**counts))
