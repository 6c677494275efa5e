"""Class shares of the lowest 20 %: counted below the cut, ties at the cut stay above it."""

import pandas as pd

from core.attainment import AttainmentSpec, compute_class_bottom20, compute_cuts
from core.attainment.class_shares import BOTTOM20
from core.interval import wilson_interval


def make_histogram() -> pd.DataFrame:
    rows = [
        ("math", "1", 4000, 3),
        ("math", "1", 6050, 5),
        ("math", "2", 6050, 4),
        ("math", None, 3000, 2),
    ]
    frame = pd.DataFrame(rows, columns=["subject", "class_name", "score", "n"])
    return frame.astype({"subject": "str", "class_name": "str"})


def shares_at(score: float) -> pd.DataFrame:
    cuts = pd.DataFrame({"subject": ["math"], "cut": [BOTTOM20], "score": [score]})
    rows = compute_class_bottom20(make_histogram(), cuts=cuts, exam="E")
    return rows.set_index("unit")


def test_a_score_at_the_cut_is_not_below_it() -> None:
    assert shares_at(60.5)["estimate"].to_dict() == {"": 1.0, "1": 3 / 8, "2": 0.0}


def test_every_pupil_counts_for_one_class_or_for_none() -> None:
    assert shares_at(60.5)["n_pupils"].to_dict() == {"": 2, "1": 8, "2": 4}


def test_the_interval_is_wilsons() -> None:
    row = shares_at(60.5).loc["1"]
    ends = wilson_interval(3, n=8)
    assert (row["low"], row["high"]) == (float(ends.low), float(ends.high))


def test_the_cut_of_the_county_serves_every_class() -> None:
    papers = pd.DataFrame(
        {
            "subject": ["math"],
            "name": ["数学"],
            "position": [1],
            "full_mark": [12000],
            "excellent_line": [10200],
            "good_line": [9600],
            "pass_line": [7200],
            "low_line": [4800],
        }
    ).astype({"subject": "str", "name": "str"})
    histogram = make_histogram().assign(school="S").astype({"school": "str"})
    whole = histogram.groupby(["subject", "school", "score"])[["n"]].sum().reset_index()
    cuts = compute_cuts(whole, subjects=papers, spec=AttainmentSpec())
    rows = compute_class_bottom20(make_histogram(), cuts=cuts, exam="E")
    below = (rows["estimate"] * rows["n_pupils"]).sum()
    assert below == cuts.set_index("cut")["n_counted"][BOTTOM20]
