"""Value-added of all schools over several school years."""

from dataclasses import dataclass

import pandas as pd

from pipeline.views.common import Place, Stamp


@dataclass(frozen=True, slots=True)
class ValueAddedYearsView:
    """Every school's weighted mean over school years, and the single years it is made of.

    Attributes
    ----------
    exams : DataFrame
        exam, baseline, date, weight, status (ok not_estimable): the same exam of this and
        earlier school years, latest first.
    schools : DataFrame
        school, name, township, estimate, low, high, index, verdict, n_years, missing (exams
        that do not count for it, joined by ;), status; largest mean first.
    single : DataFrame
        school, exam, estimate, low, high, verdict, status: shrunken, like the mean.
    """

    stamp: Stamp
    path: tuple[Place, ...]
    exams: pd.DataFrame
    schools: pd.DataFrame
    single: pd.DataFrame
