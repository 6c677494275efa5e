"""What another scheme changes: moves by hand, agreement, groups, refusals."""

import numpy as np
import pandas as pd
import pytest

from core.errors import DataError
from core.weighting.composite import compute_composite
from core.weighting.scheme_changes import AGREEMENT, RANK_CHANGES, compare_schemes
from core.weighting.sensitivity import Perturbation
from tests.core.weighting.make_schemes import leaves_of, one_group, scheme_of, wide_of

# The order of the first indicator is that of the units; by the second u4 comes first.
VALUE = np.column_stack([[5.0, 4, 3, 2, 1], [4.0, 3, 2, 1, 5]])


def units_of(
    weights: list[float], *, value: np.ndarray = VALUE, groups: list[str] | None = None
) -> pd.DataFrame:
    wide = wide_of(value)
    named = one_group(wide) if groups is None else pd.Series(groups, index=wide.value.index)
    return compute_composite(
        wide,
        scheme=scheme_of(*leaves_of(weights)),
        groups=named,
        perturbation=Perturbation(n_draws=20),
        rng=np.random.default_rng(1),
    ).units


def test_who_moves_most_comes_first() -> None:
    found = compare_schemes(units_of([1.0, 0.0]), other=units_of([0.0, 1.0]))
    changes = RANK_CHANGES.require(found.units)
    assert changes["unit"].tolist() == ["u4", "u0", "u1", "u2", "u3"]
    assert changes["gained"].tolist() == [4, -1, -1, -1, -1]
    assert changes["leaves_bottom"].tolist() == [True] + [False] * 4
    assert changes["enters_bottom"].tolist() == [False] * 4 + [True]
    assert changes["p_bottom20_official"].tolist() == [1, 0, 0, 0, 0]
    assert changes["p_bottom20"].tolist() == [0, 0, 0, 0, 1]


def test_agreement_is_told_group_by_group() -> None:
    found = compare_schemes(units_of([1.0, 0.0]), other=units_of([0.0, 1.0]))
    (row,) = AGREEMENT.require(found.agreement).to_dict("records")
    assert (row["group"], row["n_units"], row["n_enter_bottom"]) == ("junior", 5, 1)
    assert row["kendall_tau"] == pytest.approx((6 - 4) / 10)
    assert row["spearman"] == pytest.approx(1 - 6 * 20 / (5 * 24))
    assert row["mean_absolute_change"] == pytest.approx(8 / 5)


def test_a_scheme_agrees_with_itself() -> None:
    units = units_of([0.6, 0.4])
    found = compare_schemes(units, other=units)
    assert found.units["gained"].tolist() == [0] * 5
    assert found.agreement["kendall_tau"].tolist() == pytest.approx([1])


def test_a_school_that_one_scheme_lacks_moves_nobody() -> None:
    value = VALUE.copy()
    value[0, 1] = np.nan
    found = compare_schemes(units_of([1.0, 0.0]), other=units_of([0.9, 0.1], value=value))
    assert found.units["unit"].tolist()[-1] == "u0"
    assert found.units["gained"].isna().tolist() == [False] * 4 + [True]
    assert found.units["gained"].dropna().tolist() == [0, 0, 0, 0]
    assert found.agreement["n_units"].tolist() == [4]


def test_different_units_or_groups_are_refused_with_their_numbers() -> None:
    units = units_of([0.5, 0.5])
    with pytest.raises(DataError, match=r"official 5, other 4, in both 4"):
        compare_schemes(units, other=units.iloc[1:])
    with pytest.raises(DataError, match=r"official 5, other 5, in both 4"):
        compare_schemes(units, other=units_of([0.5, 0.5], groups=["x"] + ["junior"] * 4))
