"""Suppression: the rule on small groups, and that subtraction gives nothing back."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import SettingsError
from core.suppression import (
    suppress,
    suppress_effects,
    suppress_thin_quantiles,
    suppressed_in_tree,
    suppressed_units,
)

COUNTS = st.lists(st.integers(0, 60), min_size=1, max_size=12)


def series(counts: list[int]) -> pd.Series:
    return pd.Series(counts, index=[f"S{k:02d}" for k in range(len(counts))], dtype="int64")


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ([10, 11, 400], []),
        ([9, 30, 12, 50], ["S00", "S02"]),  # one alone takes the next smallest along
        ([9, 8, 30], ["S00", "S01"]),  # two that reach the minimum together are enough
        ([3, 4, 30, 20], ["S00", "S01", "S03"]),  # 7 pupils are not
        ([0, 5, 15, 15], ["S01", "S02"]),  # no pupils, nothing to hide
        ([4, 0], ["S00"]),  # nobody is left to hide with
    ],
)
def test_small_units_are_hidden_with_partners(counts: list[int], hidden: list[str]) -> None:
    assert sorted(suppressed_units(series(counts))) == hidden


@given(counts=COUNTS, minimum=st.integers(5, 20))
def test_small_units_are_always_hidden_and_never_alone(counts: list[int], minimum: int) -> None:
    n = series(counts)
    hidden = suppressed_units(n, minimum=minimum)
    assert set(n.index[(n > 0) & (n < minimum)]) <= hidden
    together, shown = n[sorted(hidden)].sum(), n[(n > 0) & ~n.index.isin(list(hidden))]
    if hidden and len(shown):
        assert len(hidden) >= 2
        assert together >= minimum


@given(counts=COUNTS)
def test_nothing_is_hidden_without_a_small_unit(counts: list[int]) -> None:
    assert not suppressed_units(series([10 + count for count in counts]))


@given(counts=COUNTS, seed=st.integers(0, 100))
def test_the_order_of_units_matters_only_among_equals(counts: list[int], seed: int) -> None:
    n = series(counts)
    shuffled = n.sample(frac=1, random_state=seed)
    sizes = [sorted(n[sorted(suppressed_units(order))]) for order in (n, shuffled)]
    assert sizes[0] == sizes[1]


def test_a_minimum_below_five_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"set to 4\. It must be at least 5"):
        suppressed_units(series([4, 30]), minimum=4)


@st.composite
def trees(draw: st.DrawFn) -> tuple[pd.Series, pd.Series]:
    """Draw the pupils and parents of a county, its townships and their schools."""
    townships = draw(st.lists(st.lists(st.integers(0, 40), min_size=1, max_size=4), min_size=1))
    parent = {f"T{t}": "county" for t in range(len(townships))}
    n = {f"T{t}": sum(schools) for t, schools in enumerate(townships)}
    for t, schools in enumerate(townships):
        parent |= {f"T{t}S{s}": f"T{t}" for s in range(len(schools))}
        n |= {f"T{t}S{s}": count for s, count in enumerate(schools)}
    n["county"] = sum(map(sum, townships))
    return pd.Series(n, dtype="int64"), pd.Series(parent, dtype="str")


@given(tree=trees())
def test_no_small_unit_of_a_tree_comes_back_by_subtraction(
    tree: tuple[pd.Series, pd.Series],
) -> None:
    n, parent = tree
    hidden = suppressed_in_tree(n, parent=parent)
    small = [str(unit) for unit in n.index[(n > 0) & (n < 10)]]
    assert set(small) <= hidden
    unknown = sorted(hidden)
    # Each unit above is the sum of those below it; what is shown stands on the known side.
    equations = np.array(
        [
            [float(u == unit) - float(parent.get(u) == unit) for u in unknown]
            for unit in sorted(set(parent))
        ]
    )
    if not unknown:
        return
    _, sizes, directions = np.linalg.svd(equations)
    free = directions[np.count_nonzero(sizes > 1e-9) :]  # changes that no total would show
    for unit in small if n["county"] >= 10 else []:
        assert np.abs(free[:, unknown.index(unit)]).max(initial=0) > 1e-9, unit


def test_a_unit_hidden_as_a_partner_hides_some_of_its_children() -> None:
    parent = pd.Series({"T1": "C", "T2": "C", "a": "T1", "b": "T2", "c": "T2", "d": "T2"})
    n = pd.Series({"C": 65, "T1": 5, "T2": 60, "a": 5, "b": 30, "c": 12, "d": 18})
    assert sorted(suppressed_in_tree(n, parent=parent)) == ["T1", "T2", "a", "c", "d"]


def indicators() -> pd.DataFrame:
    units, names = ["A", "B"], ["mean", "median", "p10"]
    frame = pd.DataFrame(
        [(unit, name) for unit in units for name in names], columns=["unit", "indicator"]
    )
    return frame.assign(
        exam="期末",
        subject="math",
        estimate=70.0,
        se=1.0,
        low=68.0,
        high=72.0,
        n_pupils=[8, 8, 8, 60, 60, 60],
        reliability=0.9,
        status="ok",
    )


def test_hidden_figures_are_taken_out_and_their_rows_stay() -> None:
    before = indicators()
    after = suppress(before, hidden={"A"})
    mine, other = after[after["unit"] == "A"], after[after["unit"] == "B"]
    figures = ["estimate", "se", "low", "high", "reliability", "n_pupils"]
    assert mine[figures].isna().all(axis=None)
    assert (mine["status"] == "suppressed").all()
    kept = before[before["unit"] == "B"]
    pd.testing.assert_frame_equal(other, kept, check_dtype=False)
    assert before["estimate"].notna().all()  # the input is left as it was


def test_a_quantile_needs_ten_pupils_on_each_side() -> None:
    after = suppress_thin_quantiles(indicators())
    shown = after.loc[after["status"] == "ok", ["unit", "indicator"]]
    assert shown.to_numpy().tolist() == [["A", "mean"], ["B", "mean"], ["B", "median"]]


def test_hidden_effects_are_taken_out_and_their_rows_stay() -> None:
    schools = pd.DataFrame({"school": ["A", "B"], "n": 40, "n_sat": 44, "n_prior": 42})
    columns = ["coverage", "prior_mean", "prior_mean_all", "estimate", "se_conditional"]
    columns += ["se_prediction", "low", "high", "reliability", "index"]
    schools = schools.assign(**dict.fromkeys(columns, 0.5), verdict="above", status="ok")
    hidden, shown = suppress_effects(schools, hidden=["B"]).to_dict("records")[::-1]
    assert shown == schools.to_dict("records")[0]
    assert hidden["status"] == "suppressed"
    emptied = [*columns, "verdict", "n", "n_sat", "n_prior"]
    assert all(pd.isna(hidden[name]) for name in emptied)
