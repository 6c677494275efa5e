"""Cells of a measure: numbers, which may carry their unit as in 75分钟, 1.5小时 or 8h."""

import re

from data.dataset_kinds.cells import Format, Parsed, plain_decimal
from data.dataset_kinds.measure_dictionary import FACTORS, UNITS, unit_word

_WITH_UNIT = re.compile(r"(-?[0-9.]+)\s*([^0-9.\s].*)")


def quantity(unit: str) -> Format:
    """Return the format of numbers in a unit; other units of the same kind are converted.

    Examples
    --------
    >>> minutes = quantity("minutes")
    >>> [minutes.parse(text) for text in ("75", "75分钟", "1.5小时", "8本")]
    [(75.0, ''), (75.0, ''), (90.0, ''), (None, 'wrong')]
    """

    def parse(text: str) -> Parsed:
        match = _WITH_UNIT.fullmatch(text)
        number, word = (match[1], match[2].casefold()) if match else (text, "")
        value, own = plain_decimal(number), UNITS.get(word) if word else unit
        factor = 1 if own == unit else FACTORS.get((str(own), unit))
        if value is None or factor is None:
            return None, "wrong"
        return float(value) / factor, ""

    word = unit_word(unit)
    wanted = f"数字，如 75 或 75{word}", f"a number such as 75 or 75{word}"
    return Format(parse, "float64", *wanted)
