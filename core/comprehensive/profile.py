"""Profile 剖面 of each school: its indicators one by one against norms 常模, for diagnosis.

The results are not a basis for judging, rewarding or punishing. The profile therefore has no
total, no order of schools and no band, and its rows follow the framework, not the values.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.comprehensive.framework import KEY_INDICATORS
from core.county_parts import HIDDEN, require_schools, shown_parts
from core.errors import DataError
from core.interval import normal_interval
from core.numerics.part_of_whole import PartRates, estimate_part_rates
from core.survey_tables import NORMS, PROFILE

Floats = NDArray[np.float64]

COUNTY = "county"
"""Name of the norm that the pupils themselves make up."""

ASPECT_OF = {key.code: key.aspect for key in KEY_INDICATORS}


@dataclass(frozen=True, slots=True)
class Profile:
    """Indicators of all schools in diagnostic mode 诊断.

    Attributes
    ----------
    rows : DataFrame
        PROFILE rows by unit, in order of their codes; then by indicator, those of the framework
        first and in its order; then by norm, the county first.
    """

    rows: pd.DataFrame


def compute_profile(
    scores: pd.DataFrame, *, school: pd.Series, norms: pd.DataFrame, min_pupils: int
) -> Profile:
    """Compute every school's indicators and their differences to each norm.

    Parameters
    ----------
    scores : DataFrame
        One row per pupil of the county, one column per indicator, 0 to 100; null where the
        pupil has none.
    school : Series
        School code of each row of ``scores``, in its order.
    norms : DataFrame
        NORMS rows, such as of the last cycle or the province; may be empty. The county is
        always compared with. A norm without a standard error is taken as exact.
    min_pupils : int
        Schools with fewer pupils lose every figure, and at least one more with them, so that
        theirs cannot be worked out from the county's; at least 5.

    Raises
    ------
    DataError
        When there is no indicator, scores lie outside 0 to 100, pupils have no school, or a
        norm is of an unknown indicator, named county, or out of range.
    SettingsError
        When the least number of pupils is below 5.

    Examples
    --------
    >>> scores = pd.DataFrame({"conduct": [60.0, 70, 80, 90], "pressure": [50.0, 40, 30, 20]})
    >>> scores = pd.concat([scores] * 5, ignore_index=True)
    >>> norms = pd.DataFrame({"indicator": ["conduct"], "norm": ["province"], "value": [70.0],
    ...                       "se": [np.nan]})
    >>> profile = compute_profile(scores, school=pd.Series(["A", "A", "B", "B"] * 5),
    ...                           norms=norms, min_pupils=10)
    >>> profile.rows[["unit", "indicator", "norm", "difference"]].to_numpy().tolist()[:2]
    [['A', 'conduct', 'county', -10.0], ['A', 'conduct', 'province', -5.0]]
    """
    _require_input(scores, norms=norms)
    require_schools(school, n_pupils=len(scores))
    part, schools = pd.factorize(school.to_numpy(), sort=True)
    tables = []
    for position, name in enumerate(_in_order(list(scores.columns))):
        value = scores[name].to_numpy(dtype=float, na_value=np.nan)
        known = ~np.isnan(value)
        rates = estimate_part_rates(
            np.where(known, value, 0.0),
            possible=known.astype(float),
            part=part.astype(np.int64),
            n_parts=len(schools),
        )
        pairs = [
            _against_county(rates),
            *_against_norms(rates, norms[norms["indicator"] == name]),
        ]
        for place, table in enumerate(pairs):
            own = _own_figures(rates)
            tables.append(
                pd.concat([own, table], axis=1).assign(
                    unit=schools, indicator=name, position=position, place=place
                )
            )
    return Profile(rows=_ordered(pd.concat(tables, ignore_index=True), min_pupils=min_pupils))


def _in_order(indicators: list[str]) -> list[str]:
    official = [code for code in ASPECT_OF if code in indicators]
    return official + [name for name in indicators if name not in ASPECT_OF]


def _own_figures(rates: PartRates) -> pd.DataFrame:
    ends = normal_interval(rates.rate, se=rates.se)
    return pd.DataFrame(
        {
            "n_pupils": rates.n,
            "score": rates.rate,
            "se": rates.se,
            "low": np.maximum(ends.low, 0.0),
            "high": np.minimum(ends.high, 100.0),
        }
    )


def _against_county(rates: PartRates) -> pd.DataFrame:
    return _difference(
        rates.difference, se=rates.difference_se, norm=COUNTY, value=rates.whole
    ).assign(norm_se=rates.whole_se)


def _against_norms(rates: PartRates, norms: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the differences to norms from elsewhere, whose errors are their own."""
    value, se = norms["value"].to_numpy(float), norms["se"].to_numpy(float)
    return [
        _difference(
            rates.rate - value[i], se=np.hypot(rates.se, known), norm=str(norm), value=value[i]
        ).assign(norm_se=se[i])
        for i, (norm, known) in enumerate(zip(norms["norm"], np.nan_to_num(se), strict=True))
    ]


def _difference(difference: Floats, *, se: Floats, norm: str, value: float) -> pd.DataFrame:
    ends = normal_interval(difference, se=se)
    return pd.DataFrame(
        {
            "norm": norm,
            "norm_value": value,
            "difference": difference,
            "difference_se": se,
            "difference_low": ends.low,
            "difference_high": ends.high,
        }
    )


def _ordered(rows: pd.DataFrame, *, min_pupils: int) -> pd.DataFrame:
    """Take out what may not be shown, and put the rows in the framework's order."""
    texts = ["unit", "indicator", "norm"]
    rows[texts] = rows[texts].astype("str")
    of_county = rows["norm"] == COUNTY
    wide = rows[of_county].pivot_table("n_pupils", "unit", "indicator", aggfunc="sum")
    rows = rows.join(shown_parts(wide, min_pupils=min_pupils), on=["unit", "indicator"])
    own = [c.name for c in PROFILE.columns if c.kind == "number" and c.name[:5] != "norm_"]
    rows.loc[rows["status"] != "ok", own] = np.nan
    rows.loc[of_county & ~rows["county_is_shown"], ["norm_value", "norm_se"]] = np.nan
    rows["n_pupils"] = rows["n_pupils"].astype("Int64").mask(rows["status"].isin(HIDDEN))
    rows["aspect"] = pd.Series(rows["indicator"].map(ASPECT_OF), dtype="str")
    return rows.sort_values(["unit", "position", "place"], ignore_index=True)[PROFILE.names]


def _require_input(scores: pd.DataFrame, *, norms: pd.DataFrame) -> None:
    NORMS.require(norms)
    if not len(scores.columns):
        raise DataError(
            f"The profile has no indicator (columns of scores: 0, pupils: {len(scores)}). Give "
            "at least one column of scores.",
            f"剖面没有指标（得分 0 列，学生 {len(scores)} 名）。请至少提供一列得分。",
        )
    outside = int(((scores < 0) | (scores > 100)).sum().sum())
    unfit = ~norms["value"].between(0, 100) | (norms["norm"] == COUNTY) | (norms["se"] < 0)
    strange = int((unfit | ~norms["indicator"].isin(scores.columns)).sum())
    if outside or strange:
        raise DataError(
            f"The profile cannot be made: scores outside 0 to 100 {outside}, norms of unknown "
            f"indicators, out of 0 to 100, or named {COUNTY} {strange}. Correct them.",
            f"无法生成剖面：0 至 100 之外的得分 {outside} 处；指标未知、数值不在 0 至 100 "
            f"或以 {COUNTY} 为名的常模 {strange} 个。请更正。",
        )
