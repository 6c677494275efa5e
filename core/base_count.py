"""Base count 基准数 and the rates over it (新宾): registered pupils less a fixed share.

    base    roll x (1 - reduction), not rounded, the denominator of every indicator
    rate    numerator / base, in decimals

The base counts pupils who are registered, not those who sat the exam: absence beyond the
reduction lowers every figure, and less of it raises the mean above the true one. Each figure
is therefore shown with its base.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np
import pandas as pd

from core.errors import DataError, SettingsError

XINBIN_REDUCTION = Decimal("0.03")
"""Share of the roll that the base count leaves out (A1, A7)."""


def base_count(roll: int, *, reduction: Decimal) -> Decimal:
    """Return roll x (1 - reduction), not rounded.

    Parameters
    ----------
    roll : int
        Registered pupils of the grade, 0 or more.
    reduction : Decimal
        0 or more, below 1.

    Raises
    ------
    SettingsError
        When the reduction is out of range.
    DataError
        When the roll is negative.

    Examples
    --------
    >>> base_count(200, reduction=Decimal("0.03"))
    Decimal('194.00')
    """
    if not (Decimal(reduction).is_finite() and 0 <= reduction < 1):
        raise SettingsError(
            f"The base count leaves out a share of {reduction}. Choose from 0 to below 1.",
            f"基准数扣减比例为 {reduction}，须不小于 0 且小于 1。",
        )
    if roll < 0:
        raise DataError(
            f"The roll is {roll}. It must be 0 or more. Correct it.",
            f"学籍数为 {roll}，不能为负。请更正。",
        )
    return roll * (1 - reduction)


def compute_base_rates(
    counts: pd.DataFrame, *, rates: Mapping[str, str], reduction: Decimal = XINBIN_REDUCTION
) -> pd.DataFrame:
    """Compute indicators over the base count: means, admission and outflow rates.

    Parameters
    ----------
    counts : DataFrame
        One row per unit: ``unit``, ``roll`` and the numerators: sums of scores, counts of
        pupils. Null where they are not known.
    rates : mapping of indicator to column
        Such as ``{"mean": "score_sum", "admission_rate": "n_admitted"}``.
    reduction : Decimal
        Share of the roll that the base leaves out.

    Returns
    -------
    DataFrame
        ``unit``, ``base`` and one column per indicator, as Decimal; None where the numerator is
        not known or the base is 0. A rate above 1 is possible, as is a mean above the true one.

    Raises
    ------
    DataError
        When columns are missing, units repeat, a roll is negative, not known or no whole
        number, or a numerator is no finite number.

    Examples
    --------
    >>> counts = pd.DataFrame({"unit": ["X"], "roll": [200], "n_admitted": [60]})
    >>> rates = compute_base_rates(counts, rates={"admission_rate": "n_admitted"})
    >>> round(rates["admission_rate"].iloc[0], 5)
    Decimal('0.30928')
    """
    _require_columns(counts, ["unit", "roll", *rates.values()])
    _require_numbers(counts, numerators=list(rates.values()))
    base = [base_count(int(roll), reduction=reduction) for roll in counts["roll"]]
    columns: dict[str, list[Decimal | None]] = {
        name: [
            None if pd.isna(count) or not below else _decimal(count) / below
            for count, below in zip(counts[column], base, strict=True)
        ]
        for name, column in rates.items()
    }
    head = {"unit": counts["unit"], "base": pd.Series(base, counts.index, dtype=object)}
    tail = {
        name: pd.Series(column, counts.index, dtype=object) for name, column in columns.items()
    }
    return pd.DataFrame(head | tail)


def pool_units(counts: pd.DataFrame, *, counted_as: Mapping[str, str]) -> pd.DataFrame:
    """Add up the rows of schools that count as one unit, such as a township's (A8).

    Parameters
    ----------
    counts : DataFrame
        ``unit`` and numbers.
    counted_as : mapping of unit to unit
        What each of them counts as; others stay what they are.

    Returns
    -------
    DataFrame
        The same columns, units in the order in which they first occur. A number that one part
        lacks is null for the whole.

    Examples
    --------
    >>> counts = pd.DataFrame({"unit": ["a", "b", "c"], "roll": [10, 20, 30]})
    >>> pool_units(counts, counted_as={"a": "T", "b": "T"}).to_numpy().tolist()
    [['T', 30], ['c', 30]]
    """
    _require_columns(counts, ["unit"])
    unit = counts["unit"].map(lambda code: counted_as.get(code, code))
    numbers = [name for name in counts.columns if name != "unit"]
    known = counts[numbers].groupby(unit, sort=False).sum()
    lacks = counts[numbers].isna().groupby(unit, sort=False).any()
    whole = known.mask(lacks)
    return whole.reset_index()[list(counts.columns)]


def _decimal(count: object) -> Decimal:
    """Return a number as the decimal that is printed for it."""
    return Decimal(str(count))


def _require_numbers(counts: pd.DataFrame, *, numerators: Sequence[str]) -> None:
    roll = pd.to_numeric(counts["roll"], errors="coerce").to_numpy(float, na_value=np.nan)
    without = int(np.isnan(roll).sum())
    broken = int((np.isinf(roll) | (np.trunc(roll) != roll)).sum()) - without
    if without or broken:
        raise DataError(
            f"Units without a roll: {without} of {len(roll)}, with one that is no whole "
            f"number: {broken}. The base count needs it. Enter 0 for a unit without the grade.",
            f"缺少学籍数的单位：{without} 个，共 {len(roll)} 个；学籍数不是整数的 {broken} 个。"
            "计算基准数需要学籍数，没有该年级的单位请填 0。",
        )
    for column in numerators:
        value = pd.to_numeric(counts[column], errors="coerce").to_numpy(float, na_value=np.nan)
        wrong = int((~np.isfinite(value) & counts[column].notna()).sum())
        if wrong:
            raise DataError(
                f"Values of {column} that are no finite numbers: {wrong} of {len(value)}. "
                "Correct them, or leave the cell empty where the number is not known.",
                f"{column} 中不是有限数的值：{wrong} 个，共 {len(value)} 个。"
                "请更正；未知的请留空。",
            )


def _require_columns(counts: pd.DataFrame, columns: Sequence[str]) -> None:
    missing = [name for name in columns if name not in counts]
    repeated = 0 if "unit" in missing else int(counts["unit"].duplicated().sum())
    if not missing and not repeated:
        return
    named = ", ".join(missing) or "-"
    raise DataError(
        f"Counts for the base need one row per unit and their columns (missing columns: "
        f"{named}; repeated units: {repeated}). Complete the table.",
        f"基准数计算要求每个单位一行且列齐全（缺少的列：{named}；重复的单位 {repeated} 个）。"
        "请补全表格。",
    )
