"""Full marks typed by people: text to hundredths of a point."""

import re
from decimal import Decimal

from core.errors import DataError

_MARK = re.compile(r"\d{1,4}(\.\d{1,2})?")


def full_mark_hundredths(text: str) -> int:
    """Return a full mark in hundredths of a point.

    Raises
    ------
    DataError
        When the text is no number above 0 with at most two decimals.

    Examples
    --------
    >>> full_mark_hundredths("120"), full_mark_hundredths("120.5")
    (12000, 12050)
    """
    plain = text.strip()
    hundredths = int(Decimal(plain) * 100) if _MARK.fullmatch(plain, 0) else 0
    if not plain.isascii() or hundredths == 0:
        raise DataError(
            f"Full mark {plain[:20]!r} is not valid. Give a number above 0 and below 10000, "
            f"such as 120 or 120.5.",
            f"满分“{plain[:20]}”无效。请填写大于 0、小于 10000 的数字，例如 120 或 120.5。",
        )
    return hundredths
