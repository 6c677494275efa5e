"""How one school stands: what the school's page shows."""

from dataclasses import dataclass

import pandas as pd

from core.common_sample import CommonSample
from pipeline.views.common import Place, Stamp


@dataclass(frozen=True, slots=True)
class SchoolView:
    """One school in one exam: its subjects, its past, its place, its common sample.

    Attributes
    ----------
    school, name, township, school_type, locale : str or None
    hidden : bool
        True when no subject of the school may be shown above the own school.
    figures : DataFrame
        subject, name, indicator, estimate, low, high, n_pupils, status for this exam; coded
        as in the key figures.
    value_added : DataFrame
        subject, name, estimate, low, high, n, index, verdict, coverage, status.
    trend : DataFrame
        exam, date, indicator (z or value_added), estimate, low, high, n_pupils, status for the
        chosen subject over the cohort's exams, oldest first.
    positions : DataFrame
        school, name, estimate, is_own over all shown schools, for the strip; best first.
    common_sample : CommonSample or None
        Of this school and the chosen subject.
    """

    stamp: Stamp
    path: tuple[Place, ...]
    school: str
    name: str
    township: str | None
    school_type: str | None
    locale: str | None
    hidden: bool
    figures: pd.DataFrame
    value_added: pd.DataFrame
    trend: pd.DataFrame
    positions: pd.DataFrame
    common_sample: CommonSample | None
