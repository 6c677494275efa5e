"""Any weights: closed forms on two indicators, sums, groups, refusals."""

import numpy as np
import pandas as pd
import pytest

from core.errors import SettingsError
from core.weighting.prepare import WideIndicators
from core.weighting.smaa import (
    ACCEPTABILITY,
    CENTRAL_WEIGHTS,
    AnyWeights,
    compute_any_weights,
)
from tests.core.weighting.make_schemes import (
    indicator_rows,
    leaves_of,
    one_group,
    scheme_of,
    wide_of,
)

SCHEME = scheme_of(*leaves_of([0.9, 0.1]), normalisation="min_max")

# Under w_0 = t the schools have t, 1 - t, 0.6, 0.2 and 0: school 2 wins between 0.4 and 0.6.
FIVE = np.array([[1.0, 0.0], [0.0, 1.0], [0.6, 0.6], [0.2, 0.2], [0.0, 0.0]])


def any_weights(wide: WideIndicators, *, n_draws: int = 4000) -> AnyWeights:
    rng = np.random.default_rng(7)
    return compute_any_weights(
        wide, scheme=SCHEME, groups=one_group(wide), n_draws=n_draws, rng=rng
    )


def test_the_first_place_goes_by_the_share_of_the_weights() -> None:
    found = any_weights(wide_of(FIVE)).acceptability
    first = found[found["rank"] == 1].set_index("unit")["share"]
    assert first.index.tolist() == ["u0", "u1", "u2"]
    assert first.tolist() == pytest.approx([0.4, 0.4, 0.2], abs=0.03)


def test_every_unit_and_every_rank_is_shared_out_entirely() -> None:
    found = ACCEPTABILITY.require(any_weights(wide_of(FIVE)).acceptability)
    assert found.groupby("unit")["share"].sum().tolist() == pytest.approx([1] * 5)
    assert found.groupby("rank")["share"].sum().tolist() == pytest.approx([1] * 5)


def test_central_weights_say_what_a_school_lives_on() -> None:
    central = CENTRAL_WEIGHTS.require(any_weights(wide_of(FIVE)).central)
    first = central[central["places"] == "first"].set_index(["unit", "indicator"])["weight"]
    assert first["u0", "total.k0"] == pytest.approx(0.8, abs=0.02)
    assert first["u2", "total.k0"] == pytest.approx(0.5, abs=0.02)
    assert np.isnan(first["u4", "total.k0"])
    bottom = central[central["places"] == "bottom20"].groupby("unit")["share"].first()
    assert bottom.tolist() == [0, 0, 0, 0, 1]


def test_the_weights_of_the_scheme_play_no_part() -> None:
    wide, other = wide_of(FIVE), scheme_of(*leaves_of([0.5, 0.5]), normalisation="min_max")
    again = compute_any_weights(
        wide, scheme=other, groups=one_group(wide), n_draws=4000, rng=np.random.default_rng(7)
    )
    pd.testing.assert_frame_equal(again.acceptability, any_weights(wide).acceptability)


def test_small_groups_have_no_bottom_and_empty_ones_no_rows() -> None:
    figures: dict[tuple[str, str, str], float | None] = {
        (unit, "total", key): float(i) for i, unit in enumerate("abc") for key in ("k0", "k1")
    }
    found = compute_any_weights(
        indicator_rows(figures),
        scheme=SCHEME,
        groups=pd.Series(["p", "p", "p", "j"], index=list("abcx")),
        n_draws=50,
        rng=np.random.default_rng(1),
    )
    assert set(found.central["places"]) == {"first"}
    assert found.acceptability[["unit", "rank"]].to_numpy().tolist() == [
        ["a", 3],
        ["b", 2],
        ["c", 1],
    ]


def test_where_nobody_can_be_compared_the_tables_are_empty() -> None:
    wide = wide_of(np.full((2, 2), np.nan))
    found = any_weights(wide, n_draws=10)
    assert (len(found.acceptability), len(found.central)) == (0, 0)


def test_no_draws_are_refused() -> None:
    with pytest.raises(SettingsError, match=r"draw: 0\. At least 1"):
        any_weights(wide_of(FIVE), n_draws=0)
