"""Suppression: the rule on small groups, and that subtraction gives nothing back."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import SettingsError
from core.suppression import (
    code_extreme_rates,
    suppress,
    suppress_effects,
    suppress_thin_quantiles,
    suppressed_in_tree,
    suppressed_together,
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


def comes_back(n: pd.Series, *, parent: pd.Series, hidden: frozenset[str]) -> set[str]:
    """Return the small units that the published totals and shown units determine exactly."""
    unknown = sorted(hidden & set(n.index))
    if not unknown:
        return set()
    # Each unit above is the sum of those below it; what is shown stands on the known side.
    # A unit without pupils counts as known, so that nothing leans on its being in doubt.
    equations = np.array(
        [
            [
                float(n[u] > 0) * (float(u == unit) - float(parent.get(u) == unit))
                for u in unknown
            ]
            for unit in sorted(set(parent))
        ]
    )
    _, sizes, directions = np.linalg.svd(equations)
    free = directions[np.count_nonzero(sizes > 1e-9) :]  # changes that no total would show
    moves = np.abs(free).max(axis=0, initial=0.0)
    small = set(n.index[(n > 0) & (n < 10)])
    return {u for u, move in zip(unknown, moves, strict=True) if move <= 1e-9 and u in small}


@given(tree=trees())
def test_no_small_unit_of_a_tree_comes_back_by_subtraction(
    tree: tuple[pd.Series, pd.Series],
) -> None:
    n, parent = tree
    hidden = suppressed_in_tree(n, parent=parent)
    assert set(n.index[(n > 0) & (n < 10)]) <= hidden
    if n["county"] >= 10:
        assert not comes_back(n, parent=parent, hidden=hidden)


@given(tree=trees(), data=st.data())
def test_no_small_unit_comes_back_from_any_of_several_counts(
    tree: tuple[pd.Series, pd.Series], data: st.DataObject
) -> None:
    roll, parent = tree
    schools = [unit for unit in roll.index if "S" in unit]
    counts = [roll]
    for _ in range(2):  # in each subject some of the roll are absent
        absent = data.draw(st.lists(st.integers(0, 12), min_size=len(schools)))
        sat = (roll[schools] - absent[: len(schools)]).clip(lower=0)
        above = sat.groupby(parent[schools]).sum().reindex(sorted(set(parent[schools])))
        counts.append(pd.concat([sat, above, pd.Series({"county": sat.sum()})]).astype("int64"))
    hidden = suppressed_together(counts, parent=parent)
    for n in counts:
        if n["county"] >= 10:
            assert set(n.index[(n > 0) & (n < 10)]) <= hidden
            assert not comes_back(n, parent=parent, hidden=hidden)


def test_a_unit_hidden_as_a_partner_hides_some_of_its_children() -> None:
    parent = pd.Series({"T1": "C", "T2": "C", "a": "T1", "b": "T2", "c": "T2", "d": "T2"})
    n = pd.Series({"C": 65, "T1": 5, "T2": 60, "a": 5, "b": 30, "c": 12, "d": 18})
    assert sorted(suppressed_in_tree(n, parent=parent)) == ["T1", "T2", "a", "c", "d"]


def test_one_partner_serves_every_subject() -> None:
    parent = pd.Series(dict.fromkeys("ABCD", "county"))
    chinese = pd.Series({"A": 8, "B": 12, "C": 11, "D": 30, "county": 61})
    math = pd.Series({"A": 8, "B": 12, "C": 13, "D": 30, "county": 63})
    apart = [suppressed_in_tree(n, parent=parent) for n in (chinese, math)]
    assert apart == [{"A", "C"}, {"A", "B"}]
    assert suppressed_together([chinese, math], parent=parent) == {"A", "C"}


def test_a_partner_without_pupils_in_a_subject_needs_another_one() -> None:
    parent = pd.Series(dict.fromkeys("ABC", "county"))
    chinese = pd.Series({"A": 8, "B": 12, "C": 40, "county": 60})
    music = pd.Series({"A": 6, "B": 0, "C": 40, "county": 46})
    assert suppressed_together([chinese, music], parent=parent) == {"A", "B", "C"}


def test_a_hidden_only_child_hides_the_unit_above() -> None:
    parent = pd.Series({"T1": "C", "T2": "C", "T3": "C", "a": "T1", "b": "T2", "c": "T3"})
    n = pd.Series({"C": 95, "T1": 30, "T2": 25, "T3": 40, "a": 30, "b": 25, "c": 40})
    hidden = suppressed_in_tree(n, parent=parent, also=["a"])
    assert hidden == {"a", "T1", "b", "T2"}


def test_a_subject_of_few_pupils_in_all_hides_nobody_elsewhere() -> None:
    parent = pd.Series({"A": "county", "B": "county"})
    roll = pd.Series({"A": 40, "B": 60, "county": 100})
    elective = pd.Series({"A": 4, "B": 0, "county": 4})
    assert not suppressed_together([roll, elective], parent=parent)


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


def test_a_quantile_of_exactly_ten_pupils_is_shown() -> None:
    tenths = indicators().replace({"indicator": {"mean": "p90"}}).assign(n_pupils=100)
    assert (suppress_thin_quantiles(tenths)["status"] == "ok").all()


def test_a_hidden_quantile_stays_hidden_without_its_number() -> None:
    hidden = suppress(indicators(), hidden={"A"})
    after = suppress_thin_quantiles(hidden)
    assert (after.loc[after["unit"] == "A", "status"] == "suppressed").all()


@pytest.mark.parametrize(
    ("n", "width"),
    [
        *[(300, 0.01), (299, 0.02), (100, 0.02), (99, 0.05)],
        *[(40, 0.05), (39, 0.1), (20, 0.1), (19, 0.2), (10, 0.2)],
    ],
)
def test_a_share_of_nobody_or_everybody_becomes_a_range_by_n(n: int, width: float) -> None:
    rates = (
        indicators()
        .iloc[:2]
        .assign(indicator=["low_rate", "pass_rate"], estimate=[0.0, 1.0], n_pupils=n)
    )
    none, everybody = code_extreme_rates(rates).to_dict("records")
    assert (none["low"], none["high"]) == (0.0, width)
    assert (everybody["low"], everybody["high"]) == (pytest.approx(1 - width), 1.0)
    for row in (none, everybody):
        assert (row["status"], row["n_pupils"]) == ("coded", n)
        assert pd.isna([row["estimate"], row["se"], row["reliability"]]).all()


def test_other_figures_are_not_coded() -> None:
    rows = indicators().assign(indicator=["z", "mean", "pass_rate"] * 2)
    rows["estimate"] = [0.0, 1.0, 0.5] * 2
    pd.testing.assert_frame_equal(code_extreme_rates(rows), rows)


def test_a_hidden_rate_is_not_coded() -> None:
    rows = indicators().assign(indicator="pass_rate", estimate=1.0, exam=list("abcabc"))
    after = code_extreme_rates(suppress(rows, hidden={"A"}))
    assert set(after.loc[after["unit"] == "A", "status"]) == {"suppressed"}
    assert after.loc[after["unit"] == "A", ["low", "high"]].isna().all(axis=None)


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
