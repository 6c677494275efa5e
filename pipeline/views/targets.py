"""How far the county is on the way to its targets."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from pipeline.views.common import Stamp


@dataclass(frozen=True, slots=True)
class TargetSet:
    """The version of the target set that holds."""

    number: int
    valid_from: date
    approved_by: str


@dataclass(frozen=True, slots=True)
class TargetsView:
    """What an exam's county reached of the targets of its year.

    Attributes
    ----------
    year : int
        Calendar year of the exam.
    rows : DataFrame
        title_en, title_zh, subject, subject_name, indicator, scale (rate count score), better,
        baseline, target, final, final_year, capped, actual, low, high, gap, verdict (reached;
        near: missed by less than the interval; missed), way, way_low, way_high (shares of the
        way from baseline to target, 0 to 1 and beyond), pupils (who have to cross the line),
        slope (a year, to the final target), n_pupils, status; rates in per cent.
    target_set : TargetSet or None
        None where no version was official on the day of the exam.
    """

    stamp: Stamp
    year: int
    rows: pd.DataFrame
    target_set: TargetSet | None
