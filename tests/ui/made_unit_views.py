"""Small made Views of a township and of a screening, for the tests of the screen."""

import numpy as np
import pandas as pd

from pipeline.views import ClassSharesView, TownshipView, WeakSchoolsView
from tests.ui.made_views import (
    MADE_COUNTY,
    MADE_MODEL,
    MADE_SAMPLE,
    MADE_STAMP,
    make_schools,
)

GROUP = "primary/村小"


def make_screening(n_schools: int = 10) -> pd.DataFrame:
    """Return schools from best to worst; the last two are candidates, one of them doubtful."""
    place = np.arange(n_schools)
    estimate = np.linspace(1.0, -1.0, n_schools)
    p = np.zeros(n_schools)
    p[-3:] = (0.3, 0.45, 0.9)
    return pd.DataFrame(
        {
            "school": [f"S{k}" for k in place],
            "name": [f"第{k + 1}小学" for k in place],
            "township": "甲镇",
            "group": GROUP,
            "estimate": estimate,
            "low": estimate - 0.4,
            "high": estimate + 0.4,
            "rank": pd.array(place + 1, dtype="Int64"),
            "rank_low": pd.array(np.maximum(place - 1, 1), dtype="Int64"),
            "rank_high": pd.array(np.minimum(place + 3, n_schools), dtype="Int64"),
            "p_bottom20": p,
            "candidate": place >= n_schools - 2,
            "is_near": (p >= 0.2) & (p <= 0.5),
            "n_alike": pd.array([None] * (n_schools - 3) + [2, 1, None], dtype="Int64"),
            "reasons": ["value_added;z" if k >= n_schools - 2 else "" for k in place],
            "years_running": pd.array([0] * (n_schools - 2) + [1, 3], dtype="Int64"),
            "years_judged": pd.array([3] * n_schools, dtype="Int64"),
            "status": "ok",
        }
    )


def make_shares(n_units: int = 3) -> pd.DataFrame:
    """Return the shares of units in two subjects: one is hidden, one is coded."""
    rows = [
        {
            "unit": f"S{k}",
            "name": f"第{k + 1}小学",
            "subject": subject,
            "subject_name": name,
            "estimate": 0.4 - 0.1 * k,
            "low": 0.3 - 0.1 * k,
            "high": 0.5 - 0.1 * k,
            "n_pupils": 90,
            "of_county": 0.05,
            "side": ("more", "alike", "fewer")[min(k, 2)],
            "status": "ok",
        }
        for k in range(n_units)
        for subject, name in (("math", "数学"), ("chinese", "语文"))
    ]
    frame = pd.DataFrame(rows)
    hidden = pd.Series(frame.index == len(frame) - 1)
    blank = ("estimate", "low", "high", "of_county", "side")
    return frame.assign(
        **{name: frame[name].mask(hidden) for name in blank},
        n_pupils=frame["n_pupils"].astype("Int64").mask(hidden),
        status=frame["status"].mask(hidden, "suppressed"),
    )


def make_weak_schools_view(
    schools: pd.DataFrame | None = None, *, is_judged: bool = True
) -> WeakSchoolsView:
    """Return the screening of one group of ten village schools."""
    rows = make_screening() if schools is None else schools
    groups = pd.DataFrame(
        {
            "group": [GROUP],
            "stage": ["primary"],
            "school_type": ["村小"],
            "n_schools": [len(rows)],
            "n_shown": [len(rows)],
            "n_hidden": [0],
            "n_candidates": [int(rows["candidate"].sum())],
            "expected_wrong": [0.7],
            "is_judged": [is_judged],
            "line_rank": [len(rows) - 2],
        }
    )
    indicators = pd.DataFrame(
        {
            "indicator": ["z", "low_rate"],
            "weight": [1.0, 0.0],
            "nominal": [0.85, 0.15],
            "true_sd": [0.3, 0.0],
            "reliability": [0.7, 0.0],
        }
    )
    return WeakSchoolsView(
        stamp=MADE_STAMP,
        path=(MADE_COUNTY,),
        why=None,
        schools=rows,
        groups=groups,
        indicators=indicators,
        expected_wrong=0.7,
        screened=("2025年6月 八年级期末", "2026年6月 九年级期末"),
        has_value_added=True,
        bottom20=make_shares(),
        county20=0.197,
        remarks=(),
    )


def make_class_shares_view() -> ClassSharesView:
    """Return the shares of three classes, the last without a name."""
    shares = make_shares().assign(name=["1班", "1班", "2班", "2班", "", ""])
    return ClassSharesView(MADE_STAMP, "S1", "第1小学", shares, 0.197)


def make_township_view() -> TownshipView:
    """Return a township of three schools, the last with low coverage."""
    schools = make_schools(3).rename(columns={"school": "unit"})
    schools = schools.assign(level="school", n_schools=1, joined=4, left=5)
    schools["status"] = ["ok", "ok", "low_coverage"]
    gaps = pd.DataFrame(
        {
            "subject": ["math", "chinese", "total"],
            "name": ["数学", "语文", "总分"],
            "z": [-0.2, 0.1, -0.1],
            "z_low": [-0.3, 0.0, -0.2],
            "z_high": [-0.1, 0.2, 0.0],
            "n_pupils": [180, 181, 179],
            "status": "ok",
            "gap": [-0.14, 0.14, np.nan],
            "low": [-0.2, 0.08, np.nan],
            "high": [-0.08, 0.2, np.nan],
            "flag": ["weak", "strong", None],
        }
    )
    school_gaps = pd.DataFrame(
        {
            "unit": ["S000", "S001"],
            "name": ["第1实验学校", "第2实验学校"],
            "subject": "math",
            "subject_name": "数学",
            "gap": [-0.2, np.nan],
            "low": [-0.3, np.nan],
            "high": [-0.1, np.nan],
            "flag": ["weak", None],
            "status": ["ok", "suppressed"],
        }
    )
    bands = pd.DataFrame(
        {
            "school": ["S000", "S000", "S001"],
            "name": ["第1实验学校", "第1实验学校", "第2实验学校"],
            "subject": ["math", "chinese", "math"],
            "subject_name": ["数学", "语文", "数学"],
            "band": ["red", "yellow", "insufficient"],
            "signals": ["grid;low_rate", "grid", ""],
            "reason": ["ok", "ok", "few_pupils"],
        }
    )
    cases = pd.DataFrame(
        {
            "unit": ["S000"],
            "name": ["第1实验学校"],
            "title": ["数学偏弱"],
            "status": ["in_progress"],
            "owner": ["张三"],
            "due_on": [None],
            "is_overdue": [False],
        }
    )
    others = pd.DataFrame({"school": [""], "name": [""], "z": [0.1], "estimate": [0.2]})
    return TownshipView(
        stamp=MADE_STAMP,
        path=(MADE_COUNTY,),
        unit="T01",
        name="甲镇",
        level="township",
        pooled=False,
        can_pool=False,
        model=MADE_MODEL,
        schools=schools,
        others=others,
        sample=MADE_SAMPLE,
        county20=0.197,
        bottom20=make_shares().assign(unit=["T01", "T01", "S000", "S000", "S001", "S001"]),
        gaps=gaps,
        why_no_gaps=None,
        school_gaps=school_gaps,
        bands=bands,
        cases=cases,
        remarks=(),
        n_hidden=0,
    )
