"""What may be shown of schools and county: by hand, one pattern for all, properties."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.county_parts import HIDDEN, shown_parts
from core.errors import SettingsError


def _parts(**n_pupils: list[int]) -> pd.DataFrame:
    size = len(next(iter(n_pupils.values())))
    return pd.DataFrame(n_pupils, index=[f"S{j}" for j in range(size)])


def test_a_school_that_is_small_in_one_measure_is_hidden_in_all() -> None:
    found = shown_parts(_parts(a=[40, 30, 20], b=[40, 30, 3]), min_pupils=10)
    statuses = ["ok", "ok", "suppressed", "suppressed", "suppressed", "too_few"]
    assert found["status"].tolist() == statuses
    assert found["county_is_shown"].all()


def test_small_schools_that_protect_each_other_need_no_partner() -> None:
    found = shown_parts(_parts(a=[40, 6, 7]), min_pupils=10)
    assert found["status"].tolist() == ["ok", "too_few", "too_few"]


def test_the_county_goes_where_it_would_be_one_hidden_school() -> None:
    found = shown_parts(_parts(a=[30, 4, 20], b=[30, 4, 0], c=[0, 0, 20]), min_pupils=10)
    assert found["county_is_shown"].tolist() == [True, True, False] * 3


def test_a_least_number_below_five_is_refused() -> None:
    with pytest.raises(SettingsError, match="set to 2"):
        shown_parts(_parts(a=[40, 30]), min_pupils=2)


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.lists(st.integers(0, 30), min_size=2, max_size=2), min_size=1, max_size=7),
    st.integers(5, 12),
)
def test_what_is_hidden_is_never_one_school_nor_few_pupils(
    numbers: list[list[int]], least: int
) -> None:
    n_pupils = pd.DataFrame(numbers, columns=["a", "b"]).rename(index="S{}".format)
    found = shown_parts(n_pupils, min_pupils=least)
    for measure in n_pupils:
        of_measure = found.xs(measure, level=1)
        n = n_pupils[measure]
        hidden = n[of_measure["status"].isin(HIDDEN)]
        assert (n[of_measure["status"] == "ok"] >= least).all()
        assert ((of_measure["status"] == "not_estimable") == (n == 0)).all()
        if of_measure["county_is_shown"].all() and len(hidden):
            assert len(hidden) >= 2
            assert hidden.sum() >= least
        assert len(np.unique(of_measure["county_is_shown"])) == 1
