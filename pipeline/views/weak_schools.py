"""Which schools the screening proposes as weak, and how sure that is."""

from dataclasses import dataclass

import pandas as pd

from core.remarks import Remark
from pipeline.views.common import Place, Stamp


@dataclass(frozen=True, slots=True)
class WeakSchoolsView:
    """The screening of one exam: candidates are proposals, nothing more.

    Attributes
    ----------
    why : tuple of str or None
        English and Chinese text of why there is no screening; its tables are empty then.
    schools : DataFrame
        school, name, township, group, estimate (composite), low, high (95 %), rank, rank_low,
        rank_high (90 %), p_bottom20, candidate, is_near (P between 0.2 and 0.5), n_alike
        (candidates of the group it cannot be told apart from; null unless near), reasons
        (indicators joined by ;), years_running, years_judged, status; by group, best first,
        those without figures last, by name.
    groups : DataFrame
        group, stage, school_type, n_schools (ranked), n_shown, n_hidden, n_candidates,
        expected_wrong (both of the shown), is_judged, line_rank (last rank above the bottom
        20 %).
    indicators : DataFrame
        indicator, weight (what it counts), nominal (weight in the scheme), true_sd,
        reliability.
    expected_wrong : float
        Sum of 1 - P over all proposals that are shown.
    screened : tuple of str
        Exams behind ``years_running``, oldest first, the last is this one.
    has_value_added : bool
        False without a baseline.
    bottom20 : DataFrame
        unit, name, subject, subject_name, estimate (share below the county's 20th percentile),
        low, high, n_pupils, of_county (share of the county's such pupils), side (more alike
        fewer; null if not known), status; schools in the order of their share in the chosen
        subject, highest first.
    county20 : float or None
        The county's own share in the chosen subject; ties make it a little less than 0.2.
    """

    stamp: Stamp
    path: tuple[Place, ...]
    why: tuple[str, str] | None
    schools: pd.DataFrame
    groups: pd.DataFrame
    indicators: pd.DataFrame
    expected_wrong: float
    screened: tuple[str, ...]
    has_value_added: bool
    bottom20: pd.DataFrame
    county20: float | None
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class ClassSharesView:
    """The same share of the classes of one school.

    Attributes
    ----------
    shares : DataFrame
        unit (name of the class), name (the same), subject, subject_name, estimate, low, high,
        n_pupils, side, status.
    """

    stamp: Stamp
    school: str
    name: str
    shares: pd.DataFrame
    county20: float | None
