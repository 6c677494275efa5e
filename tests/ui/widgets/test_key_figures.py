"""Key figures: a value in its unit, a range, or that it is not shown."""

import pytest

from ui.formats import Row
from ui.text import Words
from ui.widgets.key_figures import card_value

EN = Words("en")
NAN = float("nan")


@pytest.mark.parametrize(
    ("estimate", "low", "high", "status", "text"),
    [
        (0.623, 0.608, 0.638, "ok", "62.3%"),
        (NAN, 0.0, 0.01, "coded", "≤ 1%"),
        (NAN, 0.99, 1.0, "coded", "≥ 99%"),
        (NAN, NAN, NAN, "suppressed", "not shown"),
    ],
)
def test_a_card_shows_a_value_a_range_or_neither(
    estimate: float, low: float, high: float, status: str, text: str
) -> None:
    row: Row = {"indicator": "pass_rate", "estimate": estimate, "low": low, "high": high}
    assert card_value(row | {"status": status}, words=EN) == text
