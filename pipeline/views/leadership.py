"""How the county stands: what the leadership's page shows."""

from dataclasses import dataclass

import pandas as pd

from core.remarks import Remark
from pipeline.views.common import ModelSummary, Place, Stamp


@dataclass(frozen=True, slots=True)
class LeadershipView:
    """How the county stands in one exam and subject.

    Attributes
    ----------
    key_figures : DataFrame
        indicator, estimate, se, low, high, n_pupils, status, change, change_low, change_high,
        change_verdict (up flat down; null without an earlier exam). A row with the status
        ``coded`` has no estimate and no change; its low and high are the ends of a range.
    previous_exam : str or None
        The exam that the changes refer to.
    schools : DataFrame
        One row per school, best value-added first: school, name, township, n_sat, n, z, z_low,
        z_high, estimate, low, high, index, verdict, coverage, status (ok suppressed
        low_coverage not_estimable), history (list of z over the cohort's exams, oldest first).
    n_hidden : int
        Schools whose figures are suppressed.
    """

    stamp: Stamp
    path: tuple[Place, ...]
    model: ModelSummary
    key_figures: pd.DataFrame
    previous_exam: str | None
    schools: pd.DataFrame
    remarks: tuple[Remark, ...]
    n_hidden: int
