"""How the schools of one township or centre school stand: what its office's page shows."""

from dataclasses import dataclass

import pandas as pd

from core.common_sample import CommonSample
from core.remarks import Remark
from pipeline.views.common import ModelSummary, Place, Stamp


@dataclass(frozen=True, slots=True)
class TownshipView:
    """One township or centre school in one exam and subject.

    Attributes
    ----------
    pooled : bool
        Whether village schools count as one unit with their centre school.
    can_pool : bool
        Whether the unit has a centre school of several schools that the reader may all see.
    schools : DataFrame
        One row per own unit, best value-added first: unit, name, level (school or
        centre_school), n_schools (that it stands for), n_sat, z, z_low, z_high, n, joined,
        left, estimate, low, high, index, verdict, coverage, status.
    others : DataFrame
        school, name, z, estimate of the county's other units; code and name are empty where
        the reader may not know them.
    sample : CommonSample or None
        Of the whole unit, without prior means; None without a baseline, or where hidden.
    county20 : float or None
        The county's own share of pupils below its 20th percentile in the chosen subject.
    bottom20 : DataFrame
        unit, name, subject, subject_name, estimate, low, high, n_pupils, side, status of the
        unit itself (first, where the reader sees all of it) and of the own ones.
    gaps : DataFrame
        subject, name, z, z_low, z_high, n_pupils, gap, low, high, flag, status of the unit
        itself; the gap is beside its own mean and the county's units of its level.
    why_no_gaps : tuple of str or None
        English and Chinese text of why there are no gaps.
    school_gaps : DataFrame
        unit, name, subject, subject_name, gap, low, high, flag, status of the own units.
    bands : DataFrame
        school, name, subject, subject_name, band, signals (codes joined by ;), reason.
    cases : DataFrame
        unit, name, title, status, owner, due_on, is_overdue of the open cases, the earliest
        due day first.
    n_hidden : int
        Own units without figures.
    """

    stamp: Stamp
    path: tuple[Place, ...]
    unit: str
    name: str
    level: str
    pooled: bool
    can_pool: bool
    model: ModelSummary
    schools: pd.DataFrame
    others: pd.DataFrame
    sample: CommonSample | None
    county20: float | None
    bottom20: pd.DataFrame
    gaps: pd.DataFrame
    why_no_gaps: tuple[str, str] | None
    school_gaps: pd.DataFrame
    bands: pd.DataFrame
    cases: pd.DataFrame
    remarks: tuple[Remark, ...]
    n_hidden: int
