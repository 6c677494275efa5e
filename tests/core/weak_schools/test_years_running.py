"""Years running as a candidate: clean years end the row, years without a judgement do not."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.weak_schools import count_years_running


def _history(candidate: list[bool | None], school: str = "a") -> pd.DataFrame:
    years = range(2020, 2020 + len(candidate))
    return pd.DataFrame({"school": school, "year": years, "candidate": candidate})


@pytest.mark.parametrize(
    ("candidate", "running"),
    [
        ([True, True], 2),
        ([True, False], 0),
        ([False, True], 1),
        ([True, False, True, True], 2),
        ([True, None, True], 2),
        ([False, True, None], 1),
        ([None, None], 0),
    ],
)
def test_the_latest_row_of_years_counts(candidate: list[bool | None], running: int) -> None:
    assert count_years_running(_history(candidate)).to_dict() == {"a": running}


def test_schools_are_counted_apart_whatever_the_order_of_rows() -> None:
    history = pd.concat([_history([True, True, True], "b"), _history([True, False, True], "a")])
    found = count_years_running(history.sample(frac=1, random_state=4))
    assert found.to_dict() == {"a": 1, "b": 3}


@given(st.lists(st.sampled_from([True, False, None]), min_size=1, max_size=12))
def test_the_count_is_that_of_a_walk_back_through_the_years(
    candidate: list[bool | None],
) -> None:
    running = 0
    for year in reversed(candidate):
        if year is False:
            break
        running += year is True
    assert count_years_running(_history(candidate)).iloc[0] == running
