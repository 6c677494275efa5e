"""Flags of schools on knowledge points: false discoveries held down, the unknown left alone."""

import numpy as np
import pandas as pd

from core.items.flags import flag_mastery


def test_one_clear_school_among_many_is_flagged_and_chance_is_not() -> None:
    rng = np.random.default_rng(3)
    difference = np.append(rng.normal(0, 0.02, 99), -0.2)
    rows = flag_mastery(pd.DataFrame({"difference": difference, "difference_se": 0.02}))
    assert rows["flag"].iloc[-1] == "weak"
    assert (rows["flag"].iloc[:-1] != "none").sum() <= 1


def test_what_has_no_error_is_not_tested() -> None:
    rows = flag_mastery(
        pd.DataFrame({"difference": [0.2, np.nan, 0.2], "difference_se": [0.0, np.nan, 0.01]})
    )
    assert rows["flag"].isna().tolist() == [True, True, False]
    assert rows["q_value"].isna().tolist() == [True, True, False]
    assert rows["flag"].iloc[2] == "strong"
