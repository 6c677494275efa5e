"""Small made Views of the leadership's answers and of the warning board, for the screen."""

from dataclasses import replace
from datetime import date

import pandas as pd

from core.change import PickedSchools
from core.warning.default_rules import DEFAULT_RULES
from core.warning.rules import rule_set_of
from pipeline.views import BriefingView, FunnelView, StatusGridView, WarningBoardView
from pipeline.views.briefing import Crossings, GapTrend, MovingPlaces, Rebound
from tests.ui.made_views import MADE_COUNTY, MADE_STAMP

NAN = float("nan")
RULES = rule_set_of(DEFAULT_RULES)
_WHY = ("Reason.", "原因。")


def make_spread() -> pd.DataFrame:
    """Return both coefficients over two exams."""
    exams = (("上次", date(2026, 1, 14), 0.10), ("本次", date(2026, 6, 26), 0.08))
    return pd.DataFrame(
        [
            {
                "exam": exam,
                "date": day,
                "indicator": code,
                "estimate": value + shift,
                "low": value + shift - 0.03,
                "high": value + shift + 0.05,
                "n_pupils": 900,
                "status": "ok",
            }
            for exam, day, value in exams
            for code, shift in (("between_cv_weighted", 0.0), ("icc", 0.05))
        ]
    )


def make_briefing() -> BriefingView:
    """Return a View with an answer to each of the five questions."""
    crossed = pd.DataFrame(
        {
            "school": ["S1", "S2"],
            "name": ["甲校", "乙校"],
            "township": ["东镇", None],
            "before": ["none", "red"],
            "band": ["yellow", "blue"],
            "way": ["worse", "better"],
            "signals": ["grid;low_rate", "grid"],
        }
    )
    flags = pd.DataFrame(
        {
            "kind": ["weak_schools", "value_added", "subject_gaps"],
            "n_flagged": [12, 26, 0],
            "n_judged": [60, 63, 0],
            "expected": [4.1, 3.1, NAN],
            "status": ["ok", "ok", "not_estimable"],
            "why_en": [None, None, _WHY[0]],
            "why_zh": [None, None, _WHY[1]],
        }
    )
    changes = pd.DataFrame(
        {"since": ["上次"], "change": [-0.02], "low": [-0.03], "high": [-0.01]}
    ).assign(verdict="down")
    goals = pd.DataFrame(
        {
            "goal": ["score_rate", "low_rate", "between_cv_weighted"],
            "before": [0.619, 0.101, 0.08],
            "after": [0.621, 0.098, 0.073],
            "change": [0.0021, -0.0032, -0.0065],
            "search": "exact",
        }
    )
    place = {"goal": "score_rate", "place": 1, "school": "S1", "name": "甲校"}
    figures = {"mean": 45.0, "peer_mean": 60.0, "low": -18.0, "high": -11.0, "n_pupils": 100}
    subject = {"subject": "chemistry", "subject_name": "化学", "change": 0.0007}
    rows = pd.DataFrame({"school": ["S1"], "name": ["甲校"], "verdict": ["up"]}).assign(
        gap=0.4, expected=0.1, gain=0.3, beyond=0.2, low=0.05, high=0.35, status="ok"
    )
    mean = PickedSchools(1, 0.4, 0.3, 0.1, 0.2, 0.05, 0.35, "up")
    return BriefingView(
        stamp=MADE_STAMP,
        path=(MADE_COUNTY,),
        crossings=Crossings(crossed, 20, 2, "上次", value_added_before=False),
        flags=flags,
        gap=GapTrend(make_spread(), changes),
        places=MovingPlaces(goals, pd.DataFrame([place | figures | subject]), 4, None),
        rebound=Rebound(rows, mean, "上次", None),
    )


def make_empty_briefing() -> BriefingView:
    """Return a View of the first exam of a cohort, without a baseline."""
    full = make_briefing()
    spread = full.gap.figures[full.gap.figures["exam"] == "本次"]
    unknown = full.flags.assign(status="not_estimable", why_en=None, why_zh=None)
    return replace(
        full,
        crossings=Crossings(full.crossings.rows.iloc[:0], 0, 20, None, None),
        flags=unknown,
        gap=GapTrend(spread, full.gap.changes.iloc[:0]),
        places=MovingPlaces(pd.DataFrame(), pd.DataFrame(), 4, _WHY),
        rebound=Rebound(pd.DataFrame(), None, None, _WHY),
    )


def make_board(n_schools: int = 3) -> WarningBoardView:
    """Return a board of two subjects; the last school is hidden."""
    codes = [f"S{k:04d}" for k in range(n_schools)]
    rows = []
    for place, code in enumerate(codes):
        is_hidden = place == n_schools - 1
        for subject, band in (("math", "red" if place == 0 else "blue"), ("total", "none")):
            rows.append(
                {
                    "school": code,
                    "name": f"第{place + 1}校",
                    "township": "东镇" if place % 2 == 0 else "西镇",
                    "township_code": "T01" if place % 2 == 0 else "T02",
                    "subject": subject,
                    "band": "insufficient" if is_hidden else band,
                    "signals": "" if is_hidden or band == "none" else "low_rate",
                    "reason": "suppressed" if is_hidden else "ok",
                    "before": "insufficient" if is_hidden else "blue",
                    "way": None if is_hidden else _way(band),
                }
            )
    hidden = pd.DataFrame(rows[-1:])[["school", "name", "township"]]
    return WarningBoardView(
        stamp=MADE_STAMP,
        path=(MADE_COUNTY,),
        bands=pd.DataFrame(rows),
        subjects=pd.DataFrame({"subject": ["math", "total"], "name": ["数学", "总分"]}),
        hidden=hidden,
        rules=RULES,
        previous_exam="上次",
        value_added_before=True,
    )


def make_grid() -> StatusGridView:
    """Return three schools: one fell, one rose, one is not known to have moved."""
    schools = pd.DataFrame(
        {
            "school": ["S1", "S2", "S3"],
            "name": ["甲校", "乙校", "丙校"],
            "township": None,
            "status": [1, 5, 3],
            "change": pd.array([1, 4, None], dtype="Int64"),
            "band": ["red", "none", "none"],
        }
    )
    return StatusGridView(MADE_STAMP, schools, RULES, 2, "上次")


def make_funnel(n_schools: int = 4) -> FunnelView:
    """Return schools around a rate of 60%, the first above and the last below."""
    flags = ["above_998", *["inside"] * (n_schools - 2), "below_998"]
    units = pd.DataFrame(
        {
            "school": [f"S{k:04d}" for k in range(n_schools)],
            "name": [f"第{k + 1}校" for k in range(n_schools)],
            "n_pupils": [100 + 5 * k for k in range(n_schools)],
            "estimate": [0.9, *[0.6] * (n_schools - 2), 0.2],
            "flag": flags,
        }
    )
    limits = pd.DataFrame({"n_pupils": [50.0, 200.0], "low_998": [0.3, 0.4]}).assign(
        low_95=0.5, high_95=0.7, high_998=0.8
    )
    return FunnelView(MADE_STAMP, "pass_rate", units, limits, 0.6, 2.5, 1, None)


def _way(band: str) -> str:
    return {"red": "worse", "blue": "same", "none": "better"}[band]
