"""Classes against their grade: level in a subject, and strong or weak subjects of a class."""

import numpy as np
import pandas as pd

from core.errors import NotEstimableError
from core.numerics.group_deviation import Deviations, level_beside_group, profile_beside_group
from core.subject_gaps.correlation import Correlation
from core.subject_gaps.schools import gap_rows
from core.subject_gaps.sheet import Sheet, lay_out, placed_units


def compute_class_gaps(
    rows: pd.DataFrame, *, schools: pd.Series, indicator: str = "z"
) -> pd.DataFrame:
    """Compute how far each class stands from the mean of its school, subject by subject.

    Parameters
    ----------
    rows : DataFrame
        INDICATORS rows of one exam and grade, the units being classes; the total counts as
        one more subject.
    schools : Series, indexed by class
        School of each class; other units, and those without one, are left out.
    indicator : str
        What is compared, raw with standard errors.

    Returns
    -------
    DataFrame
        class_, school, subject and the further columns of SUBJECT_GAPS; strong and weak mean
        above and below the school. A class that is the only one of its school is
        ``not_estimable``.

    Raises
    ------
    NotEstimableError
        When no school has two classes.
    DataError
        When classes have more than one school.

    Examples
    --------
    >>> rows = pd.DataFrame({"unit": ["1", "2"], "estimate": [0.3, 0.1]})
    >>> rows = rows.assign(exam="E", subject="math", indicator="z",
    ...                    se=0.01, low=0, high=0, n_pupils=90, reliability=0, status="ok")
    >>> gaps = compute_class_gaps(rows, schools=pd.Series("A", index=["1", "2"]))
    >>> gaps[["class_", "school", "flag"]].to_numpy().tolist()
    [['1', 'A', 'strong'], ['2', 'A', 'weak']]
    """
    placed = placed_units(schools)
    sheet = lay_out(rows, indicator=indicator, units=placed.index, with_total=True)
    # Subjects are judged one by one: how they go together does not enter a level.
    level = level_beside_group(
        sheet.measures(0.0), weight=sheet.n_pupils, group=_places(sheet, schools=placed)
    )
    return _class_rows(sheet, level, schools=placed)


def compute_class_subject_gaps(
    rows: pd.DataFrame,
    *,
    schools: pd.Series,
    correlation: Correlation,
    indicator: str = "z",
) -> pd.DataFrame:
    """Compute the strong and weak subjects of each class beside those of its school.

    The gap of a class is that of a school in ``compute_subject_gaps`` with the school in the
    place of the comparison group.

    Parameters
    ----------
    rows, schools, indicator
        As in ``compute_class_gaps``; the total is left out.
    correlation : DataFrame or float
        Of a pupil's results in two subjects within schools.

    Returns
    -------
    DataFrame
        As ``compute_class_gaps``.

    Raises
    ------
    NotEstimableError
        When no school has two classes with the same two subjects.

    Examples
    --------
    >>> rows = pd.DataFrame({"unit": ["1", "1", "2", "2"], "estimate": [0.3, 0.1, 0.0, 0.2]})
    >>> rows = rows.assign(exam="E", subject=["math", "art"] * 2, indicator="z",
    ...                    se=0.01, low=0, high=0, n_pupils=90, reliability=0, status="ok")
    >>> gaps = compute_class_subject_gaps(
    ...     rows, schools=pd.Series("A", index=["1", "2"]), correlation=0.6)
    >>> gaps["raw_gap"].round(3).tolist()
    [0.1, -0.1, -0.1, 0.1]
    """
    placed = placed_units(schools)
    sheet = lay_out(rows, indicator=indicator, units=placed.index, with_total=False)
    profile = profile_beside_group(
        sheet.measures(correlation),
        weight=sheet.weight,
        group=_places(sheet, schools=placed),
    )
    return _class_rows(sheet, profile, schools=placed)


def _places(sheet: Sheet, *, schools: pd.Series) -> np.ndarray:
    return pd.factorize(schools.loc[sheet.units])[0].astype(np.int64)


def _class_rows(sheet: Sheet, deviations: Deviations, *, schools: pd.Series) -> pd.DataFrame:
    if np.isnan(deviations.value).all():
        n_schools = schools.loc[sheet.units].nunique()
        raise NotEstimableError(
            f"Classes are compared inside a school with at least two (found: classes "
            f"{len(sheet.units)}, schools {n_schools}, subjects {len(sheet.subjects)}). Choose "
            "a grade with more classes or subjects.",
            f"班级比较需要同一学校至少两个班（现有班级 {len(sheet.units)} 个、"
            f"学校 {n_schools} 所、学科 {len(sheet.subjects)} 个）。"
            "请选择班级或学科更多的年级。",
        )
    frame = gap_rows(sheet, deviations, unit="class_")
    school = frame["class_"].map(schools).astype("str")
    frame.insert(1, "school", school)
    return frame
