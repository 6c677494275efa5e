"""Schools that may stand once: those that repeat are counted and the first is named."""

import pandas as pd
import pytest

from core.errors import DataError
from core.listed_once import refuse_twice


@pytest.mark.parametrize("kind", [pd.Series, pd.Index])
def test_repeated_schools_are_refused_with_their_number(kind: type) -> None:
    refuse_twice(kind(["A", "B"]), where="2025")
    with pytest.raises(DataError, match=r"in '2025': rows too many 3 \(first: B\)"):
        refuse_twice(kind(["A", "B", "B", "B", "A"]), where="2025")
