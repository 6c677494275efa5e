"""Agreement of several schemes: by hand, with itself, errors."""

import pandas as pd
import pytest

from core.errors import DataError, SettingsError
from core.weighting.agreement import compare_all
from core.weighting.composite import COMPOSITES


def composite_of(values: list[float | None]) -> pd.DataFrame:
    """Return COMPOSITES rows of one group."""
    composite = pd.Series(values, dtype="float64")
    rank = composite.rank(ascending=False, method="min").astype("Int64")
    frame = pd.DataFrame(
        {"unit": [f"u{j}" for j in range(len(values))], "composite": composite}
    )
    frame = frame.assign(group="junior", rank=rank, rank_low=rank, rank_high=rank)
    frame = frame.assign(p_bottom20=0.2, missing="", status="ok")
    return COMPOSITES.require(frame[COMPOSITES.names])


A = composite_of([5, 4, 3, 2, 1])
B = composite_of([5, 4, 3, 1, 2])
C = composite_of([1, 2, 3, 4, 5])


def test_pairs_and_schools_are_counted() -> None:
    found = compare_all({"A": A, "B": B, "C": C})
    pairs = found.pairs.set_index(["first", "second"])
    assert pairs.loc[("A", "C"), "kendall_tau"] == pytest.approx(-1)
    assert pairs.loc[("A", "B"), "n_bottom_both"] == 0
    assert pairs["n_bottom"].tolist() == [1, 1, 1]
    units = found.units.set_index("unit")
    assert units["n_bottom"].to_dict() == {"u0": 1, "u1": 0, "u2": 0, "u3": 1, "u4": 1}
    assert units.loc["u4", "schemes"] == "A"
    assert (units["n_schemes"] == 3).all()


def test_copies_of_one_scheme_agree_entirely() -> None:
    found = compare_all({"one": A, "two": A})
    assert found.pairs[["kendall_tau", "spearman"]].to_numpy() == pytest.approx(1)
    assert found.pairs["n_bottom_both"].tolist() == found.pairs["n_bottom"].tolist() == [1]
    assert set(found.units["n_bottom"]) == {0, 2}


def test_a_school_that_a_scheme_does_not_rank_does_not_count_there() -> None:
    found = compare_all({"A": A, "B": composite_of([5, 4, 3, 1, None])})
    units = found.units.set_index("unit")
    assert units[["n_bottom", "n_schemes"]].to_dict("index")["u4"] == {
        "n_bottom": 1,
        "n_schemes": 1,
    }


def test_one_scheme_has_nothing_to_agree_with() -> None:
    with pytest.raises(SettingsError, match=r"between schemes \(found: 1\)"):
        compare_all({"A": A})


def test_schemes_of_other_schools_are_refused() -> None:
    with pytest.raises(DataError, match="in both 4"):
        compare_all({"A": A, "B": A.iloc[:4]})
