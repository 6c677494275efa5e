"""Full marks as text."""

import pytest

from core.errors import DataError
from data.importers.full_mark import full_mark_hundredths


@pytest.mark.parametrize(
    ("text", "hundredths"), [("120", 12000), ("120.5", 12050), (" 100 ", 10000), ("0.25", 25)]
)
def test_a_full_mark_becomes_hundredths(text: str, hundredths: int) -> None:
    assert full_mark_hundredths(text) == hundredths


@pytest.mark.parametrize(
    "text", ["", "0", "0.00", "-120", "120分", "1e3", "1_0", "120.555", "12000", "٨٥", "nan"]
)
def test_anything_else_is_refused_with_the_text(text: str) -> None:
    with pytest.raises(DataError, match="is not valid") as error:
        full_mark_hundredths(text)
    assert text in error.value.message
