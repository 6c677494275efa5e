"""CLASS_MOMENTS and LINKED_CLASS_MOMENTS from scores, for tests of what is made of them."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from core.class_tables import CLASS_MOMENTS, LINKED_CLASS_MOMENTS

ClassKey = tuple[str, str | None]
"""School and name of the class; None for pupils without one."""


def make_class_moments(
    scores: Mapping[ClassKey, Sequence[float]], *, subject: str = "math"
) -> pd.DataFrame:
    """Return the sums of the points of each class; nobody is counted at a line."""
    rows = []
    for (school, name), points in scores.items():
        marks = np.round(np.asarray(points) * 100).astype("int64")
        rows.append(
            {
                "subject": subject,
                "school": school,
                "class_name": name,
                "n": marks.size,
                "y": marks.sum(),
                "y_y": (marks**2).sum(),
                "lowest": marks.min(),
                "highest": marks.max(),
                **dict.fromkeys(("n_excellent", "n_good", "n_pass", "n_low"), 0),
            }
        )
    table = pd.DataFrame(rows).astype({"class_name": "str", "school": "str", "subject": "str"})
    named = np.array([name is not None for _, name in scores])
    table["class_name"] = table["class_name"].where(named)
    return CLASS_MOMENTS.require(table)


def make_linked_class_moments(
    pairs: Mapping[ClassKey, tuple[Sequence[float], Sequence[float]]],
    *,
    unmatched: int = 0,
    subject: str = "math",
) -> pd.DataFrame:
    """Return the moments of each class from the points before and now of its pupils.

    Parameters
    ----------
    unmatched : int
        Pupils of every class with a score now and none before.
    """
    rows = []
    for (school, name), (before, now) in pairs.items():
        x, y = (np.round(np.asarray(points) * 100).astype("int64") for points in (before, now))
        rows.append(
            {
                "subject": subject,
                "school": school,
                "class_name": name,
                "n": x.size,
                "n_sat": x.size + unmatched,
                "n_prior": x.size,
                "y": y.sum(),
                "y_y": (y**2).sum(),
                "x1": x.sum(),
                "x1_x1": (x**2).sum(),
                "x1_y": (x * y).sum(),
                "x1_all": x.sum(),
            }
        )
    return LINKED_CLASS_MOMENTS.require(pd.DataFrame(rows))
