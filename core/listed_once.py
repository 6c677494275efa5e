"""A school that stands twice where it may stand once."""

import pandas as pd

from core.errors import DataError


def refuse_twice(schools: pd.Series | pd.Index, *, where: str) -> None:
    """Refuse schools that are repeated, naming the first.

    Raises
    ------
    DataError
        With the number of repeated rows and the first school.

    Examples
    --------
    >>> refuse_twice(pd.Series(["A", "B"]), where="2025")
    """
    repeated = schools[schools.duplicated()]
    if not len(repeated):
        return
    first = repeated[0] if isinstance(repeated, pd.Index) else repeated.iloc[0]
    raise DataError(
        f"Schools that stand more than once in {where!r}: rows too many {len(repeated)} "
        f"(first: {first}). Each school must stand once. Remove the repeated rows.",
        f"“{where}”中有学校重复：多出 {len(repeated)} 行（首个为 {first}）。"
        "每所学校只能有一行。请删去重复的行。",
    )
