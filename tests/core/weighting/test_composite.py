"""Composites from INDICATORS: hand-computed ranks, groups, missing figures, properties."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import DataError, SettingsError
from core.weighting.composite import (
    COMPOSITES,
    EFFECTIVE_WEIGHTS,
    Composite,
    compute_composite,
)
from core.weighting.prepare import WideIndicators, widen_indicators
from core.weighting.scheme import Leaf, WeightScheme, share_out
from core.weighting.sensitivity import Perturbation
from tests.core.weighting.make_schemes import (
    indicator_rows,
    leaves_of,
    one_group,
    scheme_of,
    wide_of,
)

FEW = Perturbation(n_draws=200)
SCHOOLS = ["a", "b", "c", "d", "e", "f"]
SCHEME = scheme_of(
    Leaf("value_added", "total", 0.75),
    Leaf("low_rate", "total", 0.25, "lower"),
    normalisation="min_max",
)


def rows(*, missing: tuple[str, ...] = ()) -> pd.DataFrame:
    """Return INDICATORS of six schools: value-added 5, 4, .. 0, low rates 0.1 .. 0.6."""
    figures: dict[tuple[str, str, str], float | None] = {}
    for i, school in enumerate(SCHOOLS):
        figures[school, "total", "value_added"] = None if school in missing else 5.0 - i
        figures[school, "total", "low_rate"] = 0.1 + i / 10
    return indicator_rows(figures)


def composite_of(
    indicators: pd.DataFrame | WideIndicators,
    *,
    scheme: WeightScheme = SCHEME,
    groups: pd.Series | None = None,
    perturbation: Perturbation = FEW,
) -> Composite:
    if groups is None:
        groups = pd.Series("junior", index=SCHOOLS)
    rng = np.random.default_rng(1)
    return compute_composite(
        indicators, scheme=scheme, groups=groups, perturbation=perturbation, rng=rng
    )


def test_a_direction_against_the_known_one_gives_a_notice_with_its_weight() -> None:
    against = scheme_of(
        Leaf("value_added", "total", 0.75), Leaf("low_rate", "total", 0.25, "higher")
    )
    (notice,) = (n for n in composite_of(rows(), scheme=against).notices if "dir" in n.code)
    assert notice.code == "against_direction"
    assert "total.low_rate has 25 % of the weight" in notice.message
    assert "better when higher; it is better when lower" in notice.message
    assert "25 %）在方案中按“越高越好”计分，而该指标越低越好" in notice.message_zh
    for known in (SCHEME, scheme_of(Leaf("value_added", "total", 1.0))):
        codes = {n.code for n in composite_of(rows(), scheme=known).notices}
        assert "against_direction" not in codes


def test_composites_and_ranks_are_as_computed_by_hand() -> None:
    units = composite_of(rows()).units
    COMPOSITES.require(units)
    assert units["unit"].tolist() == SCHOOLS
    assert units["composite"].tolist() == pytest.approx([1, 0.8, 0.6, 0.4, 0.2, 0])
    assert units["rank"].tolist() == [1, 2, 3, 4, 5, 6]
    assert (units["rank_low"] == units["rank"]).all()
    assert (units["rank_high"] == units["rank"]).all()
    assert units["p_bottom20"].tolist() == [0, 0, 0, 0, 0, 1]
    assert set(units["status"]) == {"ok"}
    assert set(units["missing"]) == {""}


def test_weights_are_told_beside_what_they_do() -> None:
    weights = composite_of(rows()).weights
    EFFECTIVE_WEIGHTS.require(weights)
    assert weights["indicator"].tolist() == ["total.value_added", "total.low_rate"]
    assert weights["nominal"].tolist() == [0.75, 0.25]
    assert weights["effective"].tolist() == pytest.approx([0.75, 0.25])
    assert composite_of(rows()).notices == ()


def test_a_school_that_lacks_an_indicator_is_listed_and_stops_nobody() -> None:
    units = composite_of(rows(missing=("b",))).units.set_index("unit")
    assert list(units.loc["b", ["status", "missing"]]) == [
        "not_estimable",
        "total.value_added",
    ]
    assert units.loc["b", ["composite", "rank", "rank_low", "p_bottom20"]].isna().all()
    others = units.drop(index="b")
    assert others["rank"].tolist() == [1, 2, 3, 4, 5]
    assert set(others["status"]) == {"ok"}


@pytest.mark.parametrize("why", ["suppressed", "low_coverage"])
def test_the_reason_of_a_missing_figure_is_kept(why: str) -> None:
    table = rows()
    hidden = (table["unit"] == "c") & (table["indicator"] == "low_rate")
    table["status"] = table["status"].mask(hidden, why)
    units = composite_of(table).units.set_index("unit")
    assert list(units.loc["c", ["status", "missing"]]) == [why, "total.low_rate"]
    assert units["rank"].isna().sum() == 1


def test_suppression_outranks_the_other_reasons() -> None:
    table = rows(missing=("c",))
    hidden = (table["unit"] == "c") & (table["indicator"] == "low_rate")
    table["status"] = table["status"].mask(hidden, "suppressed")
    units = composite_of(table).units.set_index("unit")
    assert units.loc["c", "status"] == "suppressed"
    assert units.loc["c", "missing"] == "total.value_added;total.low_rate"


def test_an_indicator_without_weight_may_be_missing() -> None:
    scheme = scheme_of(
        Leaf("value_added", "total", 0.0), Leaf("low_rate", "total", 1.0, "lower")
    )
    result = composite_of(rows(missing=("a", "b")), scheme=scheme)
    assert set(result.units["status"]) == {"ok"}
    assert result.weights["effective"].tolist() == pytest.approx([0, 1])


def test_groups_are_normalised_and_ranked_apart() -> None:
    figures: dict[tuple[str, str, str], float | None] = {}
    for i in range(10):
        figures[f"s{i}", "total", "z"] = float(i if i < 5 else 100 * i)
    groups = pd.Series(["p"] * 5 + ["j"] * 5, index=[f"s{i}" for i in range(10)])
    result = composite_of(
        indicator_rows(figures), scheme=scheme_of(Leaf("z", "total", 1.0)), groups=groups
    )
    assert result.units["rank"].tolist() == [5, 4, 3, 2, 1] * 2
    assert result.units["composite"].tolist()[:5] == pytest.approx(
        result.units["composite"].tolist()[5:]
    )
    assert result.weights["group"].tolist() == ["p", "j"]


def test_small_groups_are_ranked_but_not_judged_and_single_schools_not_compared() -> None:
    groups = pd.Series(["p", "p", "p", "p", "j", "x"], index=[*SCHOOLS[:5], "nobody"])
    units = composite_of(rows(), groups=groups).units.set_index("unit")
    assert units.loc[SCHOOLS[:4], "rank"].tolist() == [1, 2, 3, 4]
    assert units.loc[SCHOOLS[:5], "status"].tolist() == ["not_judged"] * 5
    assert units["p_bottom20"].isna().all()
    assert units.loc[["e", "nobody"], ["composite", "rank"]].isna().all(axis=None)
    assert units.loc["nobody", "status"] == "not_estimable"


def test_a_constant_indicator_is_neutral_and_told() -> None:
    table = rows()
    table.loc[table["indicator"] == "low_rate", "estimate"] = 0.25
    result = composite_of(table)
    assert result.units["rank"].tolist() == [1, 2, 3, 4, 5, 6]
    assert result.weights["status"].tolist() == ["ok", "no_spread"]
    assert result.weights["effective"].tolist() == pytest.approx([1, 0])
    codes = [notice.code for notice in result.notices]
    assert codes == ["acts_otherwise", "no_spread"]
    assert "said to count 75 % in junior and decides 100 %" in result.notices[0].message
    assert "weight of 25 %" in result.notices[1].message
    assert "25 %" in result.notices[1].message_zh


def test_shares_of_the_best_tell_how_far_they_hang_on_one_school() -> None:
    scheme = scheme_of(*leaves_of([0.5, 0.5]), normalisation="share_of_best")
    value = np.column_stack([[8.0, 4, 3, 2, 1], [5.0, 5, 5, 4, 3]])
    groups = pd.Series(["p"] * 5, index=[f"u{j}" for j in range(5)])
    (notice,) = [
        notice
        for notice in composite_of(wide_of(value), scheme=scheme, groups=groups).notices
        if notice.code == "scale_set_by_best"
    ]
    assert "In p, total.k0 would rise by 100 % for all others without u0" in notice.message
    assert "p 若不含 u0" in notice.message_zh
    apart = groups.mask(groups.index == "u1", "q")
    codes = [
        notice.code
        for notice in composite_of(wide_of(value), scheme=scheme, groups=apart).notices
    ]
    assert codes.count("scale_set_by_best") == 1


def test_schools_that_are_all_alike_share_the_first_place() -> None:
    table = rows().assign(estimate=0.5)
    result = composite_of(table)
    assert result.units["rank"].tolist() == [1] * 6
    assert result.units["p_bottom20"].tolist() == [0] * 6
    assert result.weights["status"].tolist() == ["not_estimable"] * 2


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 9), min_size=3, max_size=3),
       st.permutations([0, 1, 2]))  # fmt: skip
def test_indicators_carry_their_weights_in_any_order(
    seed: int, raw: list[int], order: list[int]
) -> None:
    value = pd.DataFrame(np.random.default_rng(seed).normal(size=(7, 3)))
    leaves, wide = leaves_of(share_out(raw).tolist()), wide_of(value)
    few = Perturbation(n_draws=2)
    plain, other = (
        composite_of(wide, scheme=scheme_of(*parts), groups=one_group(wide), perturbation=few)
        for parts in (leaves, [leaves[k] for k in order])
    )
    assert other.units["composite"].tolist() == pytest.approx(plain.units["composite"].tolist())
    assert other.units["rank"].tolist() == plain.units["rank"].tolist()


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0.1, 20), st.floats(-50, 50))
def test_a_change_of_an_indicators_unit_leaves_the_z_composite(
    seed: int, scale: float, shift: float
) -> None:
    value = np.random.default_rng(seed).normal(size=(6, 2))
    changed = value * np.array([scale, 1]) + np.array([shift, 0])
    scheme = scheme_of(*leaves_of([0.6, 0.4]))
    plain, other = (
        composite_of(
            wide_of(table), scheme=scheme, groups=one_group(wide_of(table)), perturbation=FEW
        ).units
        for table in (value, changed)
    )
    assert other["composite"].tolist() == pytest.approx(plain["composite"].tolist(), abs=1e-7)
    assert other["rank"].tolist() == plain["rank"].tolist()


def test_rank_intervals_hold_the_rank_and_widen_with_the_spread() -> None:
    wide = wide_of(np.random.default_rng(3).normal(size=(30, 4)))
    scheme = scheme_of(*leaves_of([0.4, 0.3, 0.2, 0.1]))
    widths = []
    for spread in (0.05, 0.5):
        units = composite_of(
            wide,
            scheme=scheme,
            groups=one_group(wide),
            perturbation=Perturbation(spread=spread, n_draws=500),
        ).units
        assert (
            (units["rank_low"] <= units["rank"]) & (units["rank"] <= units["rank_high"])
        ).all()
        assert units["p_bottom20"].sum() == pytest.approx(6)
        widths.append(float((units["rank_high"] - units["rank_low"]).mean()))
    assert widths[0] < widths[1]


def test_one_generator_gives_one_result() -> None:
    first, second = (composite_of(rows()).units for _ in range(2))
    pd.testing.assert_frame_equal(first, second)


def test_rows_side_by_side_are_the_rows_themselves() -> None:
    wide = widen_indicators(rows(missing=("d",)), keys=SCHEME.keys)
    pd.testing.assert_frame_equal(
        composite_of(wide).units, composite_of(rows(missing=("d",))).units
    )


def test_an_indicator_without_any_row_is_refused_by_name() -> None:
    scheme = scheme_of(Leaf("value_added", "total", 0.5), Leaf("growth", "math", 0.5))
    with pytest.raises(SettingsError, match=r"without any row: 1 of 2 \(math\.growth\)"):
        composite_of(rows(), scheme=scheme)


def test_rows_of_several_exams_are_refused_with_their_number() -> None:
    table = pd.concat([rows(), rows().assign(exam="autumn")])
    with pytest.raises(DataError, match=r"found: 2: autumn, spring"):
        composite_of(table)


def test_units_without_a_group_or_with_several_are_refused() -> None:
    with pytest.raises(DataError, match=r"units 2, without a group 1, with several 0"):
        composite_of(rows(), groups=pd.Series(["p", None], index=["a", "b"], dtype="str"))
    with pytest.raises(DataError, match=r"units 2, without a group 0, with several 1"):
        composite_of(rows(), groups=pd.Series(["p", "j"], index=["a", "a"]))
    with pytest.raises(DataError, match="units 0"):
        composite_of(rows(), groups=pd.Series([], dtype="str"))
