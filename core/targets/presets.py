"""Targets that documents give in figures, as a policy file would give them.

Steps and final targets are the documents'. Whether a step is in points or relative, and yearly
or from the baseline, they leave open: it is a setting. Baseline and year have to be typed in;
those here are examples.
"""

from collections.abc import Mapping

_PRIMARY: Mapping[str, object] = {
    "version": "1",
    "base_year": 2025,
    "unit": "points",
    "basis": "yearly",
    "scale": "rate",
}

PRIMARY_PASS: Mapping[str, object] = {
    **_PRIMARY,
    "id": "primary_pass",
    "title": {"zh": "小学毕业测试总分及格率", "en": "Primary pass rate, total"},
    "baseline": 85.0,
    "steps": [3.5, 3.5, 3.5],
    "better": "higher",
    "final": 95,
}
"""Pass rate up 3.5 a year, to 95 or more."""

PRIMARY_EXCELLENT: Mapping[str, object] = {
    **_PRIMARY,
    "id": "primary_excellent",
    "title": {"zh": "小学毕业测试总分优秀率", "en": "Primary excellent rate, total"},
    "baseline": 29.0,
    "steps": [2, 2, 2],
    "better": "higher",
    "final": 35,
}
"""Excellent rate up 2 a year, to 35 or more."""

PRIMARY_LOW: Mapping[str, object] = {
    **_PRIMARY,
    "id": "primary_low",
    "title": {"zh": "小学毕业测试总分低分率", "en": "Primary low rate, total"},
    "baseline": 8.0,
    "steps": [-1, -1, -1],
    "better": "lower",
    "final": 5,
}
"""Low rate down 1 a year, to 5 or less."""

JUNIOR_PASS: Mapping[str, object] = {
    "id": "junior_pass",
    "version": "1",
    "title": {"zh": "初中总分及格率", "en": "Junior pass rate, total"},
    "base_year": 2025,
    "baseline": 60.0,
    "steps": [5, 6, 7],
    "unit": "points",
    "basis": "from_baseline",
    "better": "higher",
    "scale": "rate",
}
"""Pass rate up 5, 6, 7; whether from the baseline or each year is a setting."""

HIGH_SCORERS: Mapping[str, object] = {
    "id": "high_scorers",
    "version": "1",
    "title": {"zh": "初中高分段人数（全市前 5500 名）", "en": "Pupils in the city's top 5,500"},
    "base_year": 2025,
    "baseline": 418,
    "steps": [460, 506, 556],
    "unit": "level",
    "basis": "yearly",
    "better": "higher",
    "scale": "count",
}
"""Head-counts of three years: 460, 506, 556."""
