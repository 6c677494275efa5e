"""Small made Views of one subject and of a paper's items, figures by formula."""

from datetime import UTC, date, datetime

import numpy as np
import pandas as pd

from pipeline.views import (
    ItemCount,
    ItemSource,
    ItemsView,
    ReliabilityFigures,
    SubjectView,
    VisitsView,
)
from tests.ui.made_views import MADE_COUNTY, MADE_MODEL, MADE_STAMP

NAMES = [f"第{i + 1}实验学校" for i in range(12)]
CODES = [f"S{i:03}" for i in range(12)]


def make_subject_view() -> SubjectView:
    """Return a View of twelve schools: two above, two below, one of each flagged."""
    estimate = np.linspace(0.5, -0.5, 12)
    side = ["above"] * 2 + ["within"] * 8 + ["below"] * 2
    flag = ["strong"] + ["none"] * 10 + ["weak"]
    schools = pd.DataFrame(
        {
            "school": CODES,
            "name": NAMES,
            "township": "第1镇",
            "n_pupils": 80,
            "estimate": estimate,
            "low": estimate - 0.2,
            "high": estimate + 0.2,
            "side": side,
            "status": "ok",
        }
    )
    gaps = schools[["school", "name", "n_pupils", "status"]].assign(
        raw_gap=estimate,
        gap=estimate * 0.8,
        low=estimate * 0.8 - 0.15,
        high=estimate * 0.8 + 0.15,
        q_value=[0.01] + [0.6] * 10 + [0.02],
        flag=flag,
    )
    share = pd.DataFrame({"estimate": [0.16, 0.118], "low": [0.1, 0.07], "high": [0.29, 0.22]})
    return SubjectView(
        stamp=MADE_STAMP,
        path=(MADE_COUNTY,),
        measure="z",
        model=MADE_MODEL,
        schools=schools,
        gaps=gaps,
        gaps_why=None,
        n_flags=20,
        n_tests=108,
        shares=share.assign(
            subject=["history", "math"],
            name=["历史", "数学"],
            n_pupils=2500,
            status="ok",
            is_own=[False, True],
        ),
        share_trend=share.assign(
            exam=["八年级期末", "九年级期末"],
            date=[date(2025, 6, 28), date(2026, 6, 28)],
            n_pupils=2500,
            status="ok",
            is_own=[False, True],
        ),
        county=pd.DataFrame(
            {
                "subject": ["math", "history"],
                "name": ["数学", "历史"],
                "n_pupils": 2500,
                "estimate": [0.02, -0.02],
                "low": [0.01, -0.03],
                "high": [0.03, -0.01],
                "q_value": [0.001, 0.001],
                "flag": ["strong", "weak"],
                "is_own": [True, False],
            }
        ),
        reference="2025年6月 九年级期末",
        items=ItemCount(25, 6),
        remarks=(),
        n_hidden=0,
    )


def make_visits_view() -> VisitsView:
    """Return a View of the twelfth school with three peers, the second one better."""
    difference = np.array([0.1, 0.5, np.nan])
    peers = pd.DataFrame(
        {
            "school": CODES[:3],
            "name": NAMES[:3],
            "township": ["第1镇", None, "第3镇"],
            "school_type": "镇初中",
            "place": [1, 2, 3],
            "distance": [0.1, 0.4, 0.9],
            "start": [-0.1, 0.0, 0.1],
            "n_pupils": pd.array([80, 90, None], dtype="Int64"),
            "estimate": difference - 0.5,
            "low": difference - 0.7,
            "high": difference - 0.3,
            "difference": difference,
            "difference_low": difference - 0.3,
            "difference_high": difference + 0.3,
            "is_better": [False, True, False],
            "status": ["ok", "ok", "not_estimable"],
        }
    )
    return VisitsView(
        stamp=MADE_STAMP,
        measure="z",
        school="S011",
        name=NAMES[11],
        n_pupils=80,
        estimate=-0.5,
        low=-0.7,
        high=-0.3,
        own_start=0.05,
        peers=peers,
        why=None,
    )


def make_items_view() -> ItemsView:
    """Return a View of six items, one with each note, and two knowledge points."""
    difficulty = np.array([0.95, 0.6, 0.2, 0.5, 0.55, np.nan])
    items = pd.DataFrame(
        {
            "item": ["1", "2", "3", "4", "21(2)", "6"],
            "full_mark": [3.0, 3.0, 3.0, 3.0, 8.0, 3.0],
            "knowledge": ["数与式", "数与式", "函数", "函数", "函数", None],
            "n_pupils": pd.array([900] * 5 + [None], dtype="Int64"),
            "difficulty": difficulty,
            "se": 0.01,
            "low": difficulty - 0.02,
            "high": difficulty + 0.02,
            "discrimination": [0.1, 0.5, 0.4, 0.1, 0.3, np.nan],
            "item_rest": [0.2, 0.5, 0.4, 0.05, -0.1, np.nan],
            "alpha_if_dropped": 0.8,
            "note": ["too_easy", "", "too_hard", "flat", "wrong_key", ""],
            "status": ["ok"] * 5 + ["suppressed"],
        }
    )
    points = pd.DataFrame(
        {
            "knowledge_point": ["函数", "数与式"],
            "n_items": [3, 2],
            "n_pupils": 900,
            "mastery": [0.45, 0.78],
            "low": [0.43, 0.76],
            "high": [0.47, 0.80],
            "paper": 0.6,
            "is_weak": [True, False],
            "status": "ok",
        }
    )
    difference = np.array([-0.2, 0.0, 0.15, np.nan])
    schools = pd.DataFrame(
        {
            "school": CODES[:4],
            "name": NAMES[:4],
            "knowledge_point": "函数",
            "n_pupils": pd.array([80, 90, 70, None], dtype="Int64"),
            "mastery": difference + 0.45,
            "low": difference + 0.4,
            "high": difference + 0.5,
            "difference": difference,
            "difference_low": difference - 0.05,
            "difference_high": difference + 0.05,
            "q_value": [0.001, 0.9, 0.01, np.nan],
            "flag": ["weak", "none", "strong", None],
            "status": ["ok", "ok", "ok", "too_few"],
        }
    )
    return ItemsView(
        stamp=MADE_STAMP,
        path=(MADE_COUNTY,),
        source=ItemSource(
            "九年级期末 数学", 1, datetime(2026, 7, 3, 8, tzinfo=UTC), 6, 900, 880, 3, True
        ),
        is_small=False,
        available=(),
        elsewhere=(),
        reliability=ReliabilityFigures(0.88, 0.87, 0.89, 7.0, 880),
        why=None,
        items=items,
        points=points,
        schools=schools,
        remarks=(),
    )
