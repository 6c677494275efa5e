"""From INDICATORS to the terms of each comparison group: who is compared, on what scale.

A unit that lacks one of the indicators with weight is left out of the comparison and stops
nobody else: it is listed with the reason. Normalisation is within the group, over the units
that are compared.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.errors import DataError, SettingsError
from core.tables import INDICATORS
from core.weighting.aggregate import Terms, terms_of
from core.weighting.normalise import normalise
from core.weighting.scheme import Leaf, WeightScheme

Bools = NDArray[np.bool_]

WHY = ("suppressed", "low_coverage", "not_estimable")
"""Reasons why a figure is missing, the first of them that occurs is told."""


@dataclass(frozen=True, slots=True)
class WideIndicators:
    """Indicators side by side, as benches keep them while weights change.

    Attributes
    ----------
    value : DataFrame
        One row per unit, one column per indicator key; NaN where it is missing.
    status : DataFrame, the same shape
        Status of INDICATORS; ``not_estimable`` where there is no row.
    """

    value: pd.DataFrame
    status: pd.DataFrame


@dataclass(frozen=True, slots=True)
class ComparedGroup:
    """The units of one comparison group that have all indicators with weight.

    Attributes
    ----------
    name : str
    units : Index
    terms : Terms
        Of the compared units and the indicators with weight.
    keys : tuple of str
        Those indicators.
    has_spread : ndarray of bool, shape (n_keys,)
    """

    name: str
    units: pd.Index
    terms: Terms
    keys: tuple[str, ...]
    has_spread: Bools


def widen_indicators(indicators: pd.DataFrame, *, keys: Sequence[str]) -> WideIndicators:
    """Put the indicators of one exam side by side.

    Parameters
    ----------
    indicators : DataFrame
        INDICATORS rows of one exam; rows of other indicators are left out.
    keys : sequence of str
        Indicators to take, as ``subject.indicator``.

    Raises
    ------
    SettingsError
        When an indicator has no row at all.
    DataError
        When the rows are of several exams.

    Examples
    --------
    >>> row = {"unit": "A", "exam": "e", "subject": "total", "indicator": "z", "estimate": 0.5}
    >>> rest = dict.fromkeys(("se", "low", "high", "n_pupils", "reliability"))
    >>> rows = pd.DataFrame([{**row, **rest, "status": "ok"}])
    >>> widen_indicators(rows, keys=["total.z"]).value.to_dict()
    {'total.z': {'A': 0.5}}
    """
    INDICATORS.require(indicators)
    key = indicators["subject"] + "." + indicators["indicator"]
    rows = indicators.assign(key=key)[key.isin(list(keys)).to_numpy()]
    _require_rows(rows, keys=keys)
    # A figure that is shown but greyed takes no part in comparisons.
    figure = rows["estimate"].where(rows["status"] == "ok")
    cells = rows.assign(figure=figure.astype(float)).set_index(["unit", "key"])
    units = pd.Index(rows["unit"].unique(), name="unit")
    columns = {
        name: {key: cells[name].xs(key, level="key").reindex(units) for key in keys}
        for name in ("figure", "status")
    }
    return WideIndicators(
        value=pd.DataFrame(columns["figure"]),
        status=pd.DataFrame(columns["status"]).fillna(WHY[-1]),
    )


def compared_groups(
    wide: WideIndicators, *, scheme: WeightScheme, groups: pd.Series
) -> Iterator[ComparedGroup]:
    """Yield each comparison group, in the order in which the groups first occur.

    Parameters
    ----------
    wide : WideIndicators
    scheme : WeightScheme
    groups : Series
        Comparison group of each unit, indexed by unit; other units are left out.

    Raises
    ------
    SettingsError
        When the scheme's normalisation or aggregation does not suit the values.
    DataError
        Without units, or with units that have no group or several.

    Examples
    --------
    >>> from core.weighting.scheme import IndicatorTree
    >>> tree = IndicatorTree((Leaf("z", "total", 1.0),))
    >>> scheme = WeightScheme("A", "1", "office", "trial", "", tree)
    >>> value = pd.DataFrame({"total.z": [1.0, 3.0, np.nan]}, index=["a", "b", "c"])
    >>> wide = WideIndicators(value, value.notna().replace({True: "ok", False: "suppressed"}))
    >>> (group,) = compared_groups(
    ...     wide, scheme=scheme, groups=pd.Series("primary", index=["a", "b", "c"])
    ... )
    >>> group.units.tolist(), group.terms.composite.tolist()
    (['a', 'b'], [-1.0, 1.0])
    """
    _require_groups(groups)
    leaves = used_leaves(scheme)
    keys = [leaf.key for leaf in leaves]
    value = wide.value[keys].reindex(groups.index)
    complete = value.notna().all(axis=1)
    for name in groups.unique():
        chosen = value[complete & (groups == name)]
        yield _compared(str(name), chosen, leaves=leaves, scheme=scheme)


def used_leaves(scheme: WeightScheme) -> tuple[Leaf, ...]:
    """Return the indicators with a weight above 0.

    Examples
    --------
    >>> from core.weighting.scheme import IndicatorTree
    >>> tree = IndicatorTree((Leaf("z", "total", 1.0), Leaf("mean", "math", 0.0)))
    >>> scheme = WeightScheme("A", "1", "office", "trial", "", tree)
    >>> [leaf.key for leaf in used_leaves(scheme)]
    ['total.z']
    """
    return tuple(leaf for leaf in scheme.tree.leaves if leaf.weight > 0)


def missing_indicators(
    wide: WideIndicators, *, scheme: WeightScheme, groups: pd.Series
) -> pd.DataFrame:
    """Return which units lack what: columns ``missing`` and ``status``, indexed by unit.

    ``missing`` names the indicators, joined by ``;``, and is empty for a complete unit, whose
    status is ``ok``; others have the gravest of suppressed, low_coverage and not_estimable.

    Examples
    --------
    >>> from core.weighting.scheme import IndicatorTree
    >>> tree = IndicatorTree((Leaf("z", "total", 1.0),))
    >>> scheme = WeightScheme("A", "1", "office", "trial", "", tree)
    >>> value = pd.DataFrame({"total.z": [1.0, np.nan]}, index=["a", "b"])
    >>> wide = WideIndicators(value, value.notna().replace({True: "ok", False: "suppressed"}))
    >>> groups = pd.Series("primary", index=["a", "b"])
    >>> missing_indicators(wide, scheme=scheme, groups=groups).to_numpy().tolist()
    [['', 'ok'], ['total.z', 'suppressed']]
    """
    keys = [leaf.key for leaf in used_leaves(scheme)]
    lacking = wide.value[keys].reindex(groups.index).isna().to_numpy()
    # Most units lack nothing: only the others are looked at one by one.
    rows = np.flatnonzero(lacking.any(axis=1))
    status = wide.status[keys].reindex(groups.index[rows]).to_numpy(dtype=object)
    whys = [set(own[lacks]) for own, lacks in zip(status, lacking[rows], strict=True)]
    gravest = [next((why for why in WHY if why in own), WHY[-1]) for own in whys]
    missing = np.full(len(lacking), "", dtype=object)
    missing[rows] = [";".join(np.array(keys)[row]) for row in lacking[rows]]
    told = np.full(len(lacking), "ok", dtype=object)
    told[rows] = gravest
    return pd.DataFrame({"missing": missing, "status": told}, index=groups.index, dtype="str")


def _compared(
    name: str, chosen: pd.DataFrame, *, leaves: tuple[Leaf, ...], scheme: WeightScheme
) -> ComparedGroup:
    keys = tuple(leaf.key for leaf in leaves)
    weights = np.array([leaf.weight for leaf in leaves])
    value = chosen.to_numpy(float)
    if not len(value):
        nothing = Terms(value, weights, is_log=False)
        return ComparedGroup(name, chosen.index, nothing, keys, np.zeros(len(keys), bool))
    scaled = normalise(value, leaves=leaves, method=scheme.normalisation)
    terms = terms_of(scaled.value, weights=weights, aggregation=scheme.aggregation, keys=keys)
    return ComparedGroup(name, chosen.index, terms, keys, scaled.has_spread)


def _require_groups(groups: pd.Series) -> None:
    without, repeated = int(groups.isna().sum()), int(groups.index.duplicated().sum())
    if len(groups) and not without and not repeated:
        return
    raise DataError(
        f"Each unit to compare needs one comparison group (found: units {len(groups)}, without "
        f"a group {without}, with several {repeated}). Complete the list.",
        f"每个参加比较的单位须有且仅有一个比较组（现有单位 {len(groups)} 个，缺少的 {without} "
        f"个，重复的 {repeated} 个）。请补全名单。",
    )


def _require_rows(rows: pd.DataFrame, *, keys: Sequence[str]) -> None:
    absent = [key for key in keys if key not in set(rows["key"])]
    if absent:
        named = ", ".join(absent[:5])
        raise SettingsError(
            f"Indicators of the scheme without any row: {len(absent)} of {len(keys)} "
            f"({named}). Compute them for this exam, or take them out of the scheme.",
            f"方案中没有数据的指标：{len(absent)} 个，共 {len(keys)} 个（{named}）。"
            "请先为本次考试计算，或从方案中删除。",
        )
    exams = sorted(set(rows["exam"]))
    if len(exams) > 1:
        raise DataError(
            f"A composite is of one exam (found: {len(exams)}: {', '.join(exams[:5])}). Choose "
            "the rows of one.",
            f"综合值须来自同一次考试（现有 {len(exams)} 次：{'、'.join(exams[:5])}）。"
            "请只选一次考试。",
        )
