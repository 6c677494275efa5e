"""Frames for a notebook: INDICATORS, value-added and STATISTICS, as a scope may see them.

    from data.scope import RESEARCHER
    from pipeline import frames, open_store

    store = open_store()
    figures = frames.indicators(RESEARCHER, store, exam="2026 期末", subject="数学")

What leaves here is what a page of that scope may show: the same small groups hidden, the same
digits, codes in place of names where the scope shows no names. Every frame says where it comes
from: exam, release and rule version in its columns, which outlast a merge and a file of CSV,
and more in ``DataFrame.attrs``, which outlast filters and Parquet.
"""

from pipeline.frames.exams import exams, units
from pipeline.frames.figures import METHODS, indicators, value_added
from pipeline.frames.statistics import county_moments, county_scores, statistics

__all__ = [
    "METHODS",
    "county_moments",
    "county_scores",
    "exams",
    "indicators",
    "statistics",
    "units",
    "value_added",
]
