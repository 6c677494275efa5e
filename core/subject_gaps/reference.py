"""Subjects of a unit against a norm or another exam: county-wide weak subjects."""

import numpy as np
import pandas as pd

from core.errors import DataError
from core.interval import normal_interval
from core.multiplicity import adjust_q
from core.numerics.group_deviation import Measures, profile_of
from core.subject_gaps.correlation import Correlation
from core.subject_gaps.judged import flags_of, two_sided_p
from core.subject_gaps.sheet import Sheet, lay_out


def compute_reference_gaps(
    rows: pd.DataFrame,
    *,
    reference: pd.DataFrame,
    correlation: Correlation,
    indicator: str = "score_rate",
) -> pd.DataFrame:
    """Compute how each subject stands out against a norm or last year, for whole units.

    The gap is (v_s - mean_s v_s) less the same of the reference, over the subjects that both
    have. The z of a county's own population is 0 in every subject, so the figure has to be on
    a scale that both share, such as the score rate. Nothing is shrunk: each unit is judged by
    itself.

    Parameters
    ----------
    rows : DataFrame
        INDICATORS rows of one exam of the units that are judged.
    reference : DataFrame
        INDICATORS rows of another exam or of a norm: of the same units, or of a single one
        that all are held against. A norm without standard errors counts as exact.
    correlation : DataFrame or float
        Of a pupil's results in two subjects.
    indicator : str
        What is compared.

    Returns
    -------
    DataFrame
        unit, subject, n_pupils, gap, se, low, high (95 % interval), q_value, flag (strong,
        weak, none), status; a unit with fewer than two subjects in common, or gaps without
        error, is ``not_estimable``.

    Raises
    ------
    DataError
        When the reference has no unit in common, or no subject.

    Examples
    --------
    >>> rows = pd.DataFrame({"unit": ["county"] * 2, "estimate": [0.70, 0.60]})
    >>> rows = rows.assign(exam="E", subject=["math", "art"], indicator="score_rate",
    ...                    se=0.01, low=0, high=0, n_pupils=90, reliability=0, status="ok")
    >>> norm = rows.assign(unit="province", estimate=[0.70, 0.66], se=float("nan"))
    >>> gaps = compute_reference_gaps(rows, reference=norm, correlation=0.6)
    >>> gaps["gap"].round(3).tolist(), gaps["flag"].tolist()
    ([0.03, -0.03], ['strong', 'weak'])
    """
    current = lay_out(rows, indicator=indicator, with_total=False)
    exact = reference.assign(
        se=reference["se"].fillna(0.0), n_pupils=reference["n_pupils"].fillna(1)
    )
    other = lay_out(exact, indicator=indicator, with_total=False)
    subjects = [s for s in current.subjects if s in other.subjects]
    place = _places(current, other, subjects=subjects)
    mine, theirs = (
        _on_subjects(sheet, subjects=subjects, correlation=correlation)
        for sheet in (current, other)
    )
    difference = Measures(
        value=mine.value - theirs.value[place], error=mine.error + theirs.error[place]
    )
    profile = profile_of(difference)
    # An error of 0 would make any gap certain.
    gap, se = (np.where(profile.se > 0, v, np.nan) for v in (profile.value, profile.se))
    ends = normal_interval(gap, se=se)
    columns = [current.subjects.index(s) for s in subjects]
    freedom = current.freedom[:, columns]
    q_value = adjust_q(two_sided_p(gap / se, freedom=freedom))
    frame = pd.DataFrame(
        {
            "unit": pd.Series(np.repeat(current.units, len(subjects)), dtype="str"),
            "subject": pd.Series(np.tile(subjects, len(current.units)), dtype="str"),
            "n_pupils": pd.Series(current.n_pupils[:, columns].ravel()).astype("Int64"),
            "gap": gap.ravel(),
            "se": se.ravel(),
            "low": ends.low.ravel(),
            "high": ends.high.ravel(),
            "q_value": q_value.ravel(),
            "flag": pd.Series(flags_of(gap, q_value=q_value).ravel(), dtype="str"),
        }
    )
    return frame.assign(
        status=pd.Series(np.where(frame["gap"].notna(), "ok", "not_estimable"), dtype="str")
    )


def _places(current: Sheet, other: Sheet, *, subjects: list[str]) -> np.ndarray:
    """Return the row of the reference that each unit is held against."""
    if len(other.units) == 1:
        place = np.zeros(len(current.units), dtype=np.int64)
    else:
        place = pd.Index(other.units).get_indexer(pd.Index(current.units)).astype(np.int64)
    missing = [u for u, k in zip(current.units, place, strict=True) if k < 0]
    if missing or not subjects:
        raise DataError(
            f"The reference lacks units ({len(missing)} of {len(current.units)}: "
            f"{', '.join(missing[:5]) or 'none'}) or subjects (in common: {len(subjects)}). "
            "Give it the same units, or one unit for all, and the same subjects.",
            f"参照缺少单位（{len(current.units)} 个中的 {len(missing)} 个）或学科"
            f"（共有 {len(subjects)} 个）。请提供相同单位或一个共同单位，以及相同学科。",
        )
    return place


def _on_subjects(sheet: Sheet, *, subjects: list[str], correlation: Correlation) -> Measures:
    """Return the measures of the common subjects, in their order."""
    columns = [sheet.subjects.index(s) for s in subjects]
    measures = Sheet(
        units=sheet.units,
        subjects=subjects,
        estimate=sheet.estimate[:, columns],
        se=sheet.se[:, columns],
        n_pupils=sheet.n_pupils[:, columns],
        status=sheet.status[:, columns],
    )
    return measures.measures(correlation)
