"""The five answers that the leadership's screen opens with."""

from dataclasses import dataclass

import pandas as pd

from core.change import PickedSchools
from pipeline.views.common import Place, Stamp

Why = tuple[str, str]
"""English and Chinese text of why there is no answer."""


@dataclass(frozen=True, slots=True)
class Crossings:
    """Which schools crossed a line of the warning bands since the exam before.

    Attributes
    ----------
    rows : DataFrame
        school, name, township, before, band, way (worse better), signals; gravest band first.
    n_judged : int
        Schools with a band in both exams.
    n_unknown : int
        Schools without a band in one of them.
    previous : str or None
        The exam before; None where there is none.
    value_added_before : bool or None
        Whether value-added was known in the exam before; None where it is not known now.
    """

    rows: pd.DataFrame
    n_judged: int
    n_unknown: int
    previous: str | None
    value_added_before: bool | None


@dataclass(frozen=True, slots=True)
class GapTrend:
    """How far the schools lie apart, over the exams of the cohort.

    Attributes
    ----------
    figures : DataFrame
        exam, date, indicator (between_cv_weighted icc), estimate, low, high, n_pupils, status;
        oldest first.
    changes : DataFrame
        since (name of an exam: the first, the last before), change, low, high, verdict (up
        flat down) of between_cv_weighted. The share between schools has no standard error.
    """

    figures: pd.DataFrame
    changes: pd.DataFrame


@dataclass(frozen=True, slots=True)
class MovingPlaces:
    """Which three places would move the county most.

    Attributes
    ----------
    goals : DataFrame
        goal, before, after, change, search.
    best : DataFrame
        goal, place, school, name, subject, subject_name, mean, peer_mean, low, high (95 %
        interval of the school's mean less that of its peers), n_pupils, change.
    n_peers : int
        Schools of like intake that each is compared with.
    why : tuple of str or None
        Why there are none.
    """

    goals: pd.DataFrame
    best: pd.DataFrame
    n_peers: int
    why: Why | None


@dataclass(frozen=True, slots=True)
class Rebound:
    """What the candidates of the exam before gained beyond what chance gives back.

    Attributes
    ----------
    rows : DataFrame
        school, name, gap, expected, gain, beyond, low, high, verdict, status in z.
    mean : PickedSchools or None
        Over all of them, rounded.
    previous : str or None
        The exam in which they were candidates.
    why : tuple of str or None
        Why there is no answer.
    """

    rows: pd.DataFrame
    mean: PickedSchools | None
    previous: str | None
    why: Why | None


@dataclass(frozen=True, slots=True)
class BriefingView:
    """Five answers on one screen.

    Attributes
    ----------
    flags : DataFrame
        kind (weak_schools value_added subject_gaps), n_flagged, n_judged, expected (flags that
        may be wrong), status (ok no_difference not_estimable), why_en, why_zh.
    """

    stamp: Stamp
    path: tuple[Place, ...]
    crossings: Crossings
    flags: pd.DataFrame
    gap: GapTrend
    places: MovingPlaces
    rebound: Rebound
