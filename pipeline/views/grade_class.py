"""How the classes of one school's grade stand: what the head of grade sees."""

from dataclasses import dataclass

import pandas as pd

from core.remarks import Remark
from pipeline.views.common import Place, Stamp


@dataclass(frozen=True, slots=True)
class GradeClassView:
    """The classes of one school in one exam, small ones taken out.

    Attributes
    ----------
    name : str
        Of the school.
    grade : int
    state : str
        ok; or why no class can be compared: hidden (the school is), no_class_names,
        one_class, all_hidden.
    classes : DataFrame
        class_, name, n (pupils with a score in the chosen subject), points (mean), points_sd,
        z, z_low, z_high, status (ok suppressed not_estimable); in the order of the names.
    gaps : DataFrame
        Each class less the mean of its grade, in every subject: class_, name, subject,
        subject_name, n, estimate, low, high, q_value, flag (strong weak none), status.
    profile : DataFrame
        The same of each subject beside the class's own mean and the grade's profile.
    gaps_why, profile_why, progress_why : tuple of str or None
        English and Chinese text of why there are none.
    progress : DataFrame
        The same pupils before and now in the chosen subject: class_, name, n (matched),
        coverage, z_before, z_now, estimate, low, high, index, verdict, status.
    balance : DataFrame
        subject, subject_name, moment (now start), n_classes, n_pupils, share, share_low,
        share_high, spread, chance_low, chance_high, q_value, verdict (more_than_chance chance
        less_than_chance).
    levels : DataFrame
        class_ (empty for the grade), name, and one column of pupils for each group of levels,
        best first, such as ``A+ A``; classes that are not told are missing.
    n_hidden : int
        Classes whose figures are suppressed.
    """

    stamp: Stamp
    path: tuple[Place, ...]
    school: str
    name: str
    grade: int
    state: str
    classes: pd.DataFrame
    gaps: pd.DataFrame
    gaps_why: tuple[str, str] | None
    profile: pd.DataFrame
    profile_why: tuple[str, str] | None
    progress: pd.DataFrame
    progress_why: tuple[str, str] | None
    balance: pd.DataFrame
    levels: pd.DataFrame
    n_hidden: int
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class NearLineView:
    """Pupils of a school's classes just under a line.

    Attributes
    ----------
    line : float
        In points.
    distances : tuple of (float, float)
        Share of the full mark, and points.
    counts : DataFrame
        class_ (empty for the grade), name, then one column for each distance, named by its
        place from 0; null where the count is not told.
    """

    stamp: Stamp
    line: float
    distances: tuple[tuple[float, float], ...]
    counts: pd.DataFrame
