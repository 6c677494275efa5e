"""Figures of a chart as cells: every status is in words."""

import pandas as pd

from ui.figure_sheets import estimate_sheet
from ui.text import Words


def test_a_status_is_in_words_also_where_nothing_is_hidden() -> None:
    rows = pd.DataFrame(
        {
            "name": ["甲校", "乙校"],
            "estimate": [0.1, None],
            "low": [0.0, None],
            "high": [0.2, None],
            "status": ["ok", "low_coverage"],
        }
    )
    told = {
        language: list(estimate_sheet(rows, title="z", words=Words(language)).rows["status"])
        for language in ("en", "zh")
    }
    assert told["en"] == ["shown", "too few linked (coverage under 70%)"]
    assert told["zh"][0] == "正常"
