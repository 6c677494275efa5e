"""Makes pupils of a small county and the statistics tables that stand for them."""

import numpy as np
import pandas as pd

PAPERS = pd.DataFrame(
    {
        "subject": ["math", "english"],
        "name": ["数学", "英语"],
        "position": [1, 2],
        "full_mark": [12000, 10000],
        "excellent_line": [10200, 8500],
        "good_line": [9000, 7500],
        "pass_line": [7200, 6000],
        "low_line": [4800, 4000],
    }
)
SCHOOLS = ("A", "B", "C", "D")
UNITS = {"county": "ABCD", "T1": "AB", "T2": "CD", "A": "A", "B": "B", "C": "C", "D": "D"}
MEMBERSHIP = pd.DataFrame(
    [(unit, school) for unit, schools in UNITS.items() for school in schools],
    columns=["unit", "school"],
    dtype="str",
)


def make_pupils(seed: int) -> pd.DataFrame:
    """Return pupils of four schools of unlike size and level, and of E, outside of any unit."""
    rng = np.random.default_rng(seed)
    size = dict(zip("ABCDE", rng.integers(3, 40, size=5), strict=True))
    level = dict(zip("ABCDE", rng.normal(7800, 900, size=5), strict=True))
    school = [name for name, n in size.items() for _ in range(n)]
    score = [rng.normal(level[name], 2200) for name in school]
    rounded = np.clip(np.array(score) // 50 * 50, 0, 12000).astype(np.int64)
    return pd.DataFrame({"school": pd.Series(school, dtype="str"), "score": rounded})


def histogram_of(pupils: pd.DataFrame, *, subject: str = "math") -> pd.DataFrame:
    """Return the SCORE_HISTOGRAM rows of pupils."""
    rows = pupils.groupby(["school", "score"]).size().rename("n").reset_index()
    return rows.assign(subject=subject)[["subject", "school", "score", "n"]]


def states_of(pupils: pd.DataFrame, *, subject: str = "math") -> pd.DataFrame:
    """Return the STATE_COUNT rows of pupils who all were present."""
    rows = pupils.groupby("school").size().rename("n").reset_index()
    return rows.assign(subject=subject, state="present")
