"""Subject gaps: a school's subjects against its own mean over subjects and its group's."""

import numpy as np
import pandas as pd

from core.errors import NotEstimableError
from core.numerics.group_deviation import Deviations, profile_beside_group
from core.subject_gaps.correlation import Correlation
from core.subject_gaps.judged import judge_deviations
from core.subject_gaps.sheet import Sheet, lay_out, placed_units
from core.tables import SUBJECT_GAPS

_REASONS = ("suppressed", "low_coverage")


def compute_subject_gaps(
    rows: pd.DataFrame,
    *,
    groups: pd.Series,
    correlation: Correlation,
    indicator: str = "z",
) -> pd.DataFrame:
    """Compute the subject gaps of all schools, shrunk by subject, flagged over the table.

    The gap of school j in subject s is (z_js - mean_s z_js) less the same of the school's
    comparison group, whose z is the mean over its pupils. The school's own part in its group
    is allowed for in the standard error. Where schools lack subjects, means are taken over
    those they have, and the group's are those of least squares beside the schools' levels.

    Parameters
    ----------
    rows : DataFrame
        INDICATORS rows of one exam, raw estimates with standard errors; other indicators and
        the total are left out. For value-added give ``undo_shrinkage_of`` its rows.
    groups : Series, indexed by school
        Comparison group of each school; other units, and those without one, are left out.
    correlation : DataFrame or float
        Of a pupil's results in two subjects within schools; for value-added that of the
        residuals. Too small a value only makes the standard errors too large.
    indicator : str
        What is compared.

    Returns
    -------
    DataFrame
        SUBJECT_GAPS rows, every school x subject; a cell without a comparison is
        ``not_estimable`` (or what its figure was) and stops no other.

    Raises
    ------
    NotEstimableError
        When no two schools of a group share two subjects.
    DataError
        When schools have more than one group.

    Examples
    --------
    >>> rows = pd.DataFrame({"unit": ["a", "a", "b", "b"], "estimate": [0.3, 0.1, 0.0, 0.2]})
    >>> rows = rows.assign(exam="E", subject=["math", "art"] * 2, indicator="z",
    ...                    se=0.01, low=0, high=0, n_pupils=90, reliability=0, status="ok")
    >>> groups = pd.Series("village", index=["a", "b"])
    >>> gaps = compute_subject_gaps(rows, groups=groups, correlation=0.6)
    >>> gaps["raw_gap"].round(3).tolist(), gaps["flag"].tolist()
    ([0.1, -0.1, -0.1, 0.1], ['strong', 'weak', 'weak', 'strong'])
    """
    placed = placed_units(groups)
    sheet = lay_out(rows, indicator=indicator, units=placed.index, with_total=False)
    group, names = pd.factorize(placed.loc[sheet.units])
    measures = sheet.measures(correlation)
    profile = profile_beside_group(measures, weight=sheet.weight, group=group.astype(np.int64))
    if np.isnan(profile.value).all():
        n_schools, n_subjects = sheet.estimate.shape
        raise NotEstimableError(
            f"Subject gaps need two schools in one comparison group with the same two subjects "
            f"(found: schools {n_schools}, groups {len(names)}, subjects {n_subjects}). Widen "
            "the groups or add subjects.",
            f"学科差距至少需要同一比较组内有两所学校共有两个学科（现有学校 {n_schools} 所、"
            f"比较组 {len(names)} 个、学科 {n_subjects} 个）。请扩大比较组或增加学科。",
        )
    return SUBJECT_GAPS.require(gap_rows(sheet, profile, unit="school"))


def gap_rows(sheet: Sheet, deviations: Deviations, *, unit: str) -> pd.DataFrame:
    """Lay the judged deviations out, one row per unit and subject.

    Parameters
    ----------
    sheet : Sheet
    deviations : Deviations
        Shape of the sheet.
    unit : str
        Name of the column of the units.
    """
    n_units, n_subjects = sheet.estimate.shape
    judged = judge_deviations(deviations, freedom=sheet.freedom)
    known = judged["raw_gap"].notna().to_numpy()
    was = sheet.status.ravel()
    why = np.where(np.isin(was, _REASONS), was, "not_estimable")
    status = np.where(known, "ok", why)
    keys = pd.DataFrame(
        {
            unit: pd.Series(np.repeat(sheet.units, n_subjects), dtype="str"),
            "subject": pd.Series(np.tile(sheet.subjects, n_units), dtype="str"),
            "n_pupils": pd.Series(sheet.n_pupils.ravel()).astype("Int64"),
        }
    )
    flag = judged["flag"].astype("str")
    return keys.join(judged.assign(flag=flag, status=pd.Series(status, dtype="str")))
