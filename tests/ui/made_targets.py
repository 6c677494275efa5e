"""A made view of targets."""

from datetime import date

import pandas as pd

from pipeline.views import TargetSet, TargetsView
from tests.ui.briefing_views import make_briefing

_KEYS = (
    "title_en",
    "title_zh",
    "verdict",
    "actual",
    "target",
    "baseline",
    "gap",
    "pupils",
    "way",
)
_ROWS = (
    ("pass", "及格率", "near", 58.5, 60.0, 55.0, 1.5, 36, 0.7),
    ("low", "低分率", "reached", 6.1, 7.0, 9.0, -0.9, 0, 1.45),
    ("score", "得分率", "missed", 60.0, 70.0, 50.0, 10.0, None, 0.5),
    ("gone", "未考", None, None, 50.0, 40.0, None, None, None),
)


def make_targets_view() -> TargetsView:
    """Return four targets: just missed, reached, missed without pupils, without a figure."""
    rows = pd.DataFrame(_ROWS, columns=list(_KEYS)).assign(
        scale="rate",
        subject="total",
        subject_name="总分",
        indicator=["pass_rate", "low_rate", "score_rate", "mean"],
        better=["higher", "lower", "higher", "higher"],
        low=lambda r: r["actual"] - 2,
        high=lambda r: r["actual"] + 2,
        way_low=lambda r: r["way"] - 0.4,
        way_high=lambda r: r["way"] + 0.4,
        final=lambda r: r["target"] + 2,
        final_year=2028,
        capped=False,
        slope=1.0,
        n_pupils=pd.Series([2398, 2398, 2398, None], dtype="Int64"),
        status=["ok", "ok", "ok", "not_given"],
    )
    return TargetsView(make_briefing().stamp, 2026, rows, TargetSet(2, date(2026, 1, 1), "li"))
