"""Flip paths of schools: the printed change does what it says through the composite itself."""

import numpy as np
import pandas as pd
import pytest

from core.weighting.composite import compute_composite
from core.weighting.scheme import Aggregation, Normalisation, WeightScheme, reweigh
from core.weighting.school_flips import FLIPS, compute_flips
from core.weighting.sensitivity import Perturbation
from tests.core.weighting.make_schemes import (
    indicator_rows,
    leaves_of,
    one_group,
    scheme_of,
    wide_of,
)

WEIGHTS = [0.5, 0.3, 0.2]


def weights_with(scheme: WeightScheme, key: str, to: float) -> WeightScheme:
    """Return the scheme with one weight changed and the others in proportion."""
    old = dict(zip(scheme.keys, scheme.weights.tolist(), strict=True))
    rest = 1 - old[key]
    return reweigh(scheme, {k: to if k == key else w / rest * (1 - to) for k, w in old.items()})


@pytest.mark.parametrize(
    ("normalisation", "aggregation"),
    [("z", "mean"), ("min_max", "mean"), ("rank", "geometric"), ("share_of_best", "geometric")],
)
def test_applying_the_printed_change_moves_the_school_across_the_line(
    normalisation: Normalisation, aggregation: Aggregation
) -> None:
    wide = wide_of(np.random.default_rng(11).uniform(1, 9, size=(15, 3)))
    scheme = scheme_of(
        *leaves_of(WEIGHTS), normalisation=normalisation, aggregation=aggregation
    )
    flips = FLIPS.require(compute_flips(wide, scheme=scheme, groups=one_group(wide)))
    found = flips[flips["status"] == "ok"]
    assert len(found) >= 5
    for unit, now, key, to in found[["unit", "now", "indicator", "to_weight"]].to_numpy():
        ranks = (
            compute_composite(
                wide,
                scheme=weights_with(scheme, key, to),
                groups=one_group(wide),
                perturbation=Perturbation(n_draws=1),
                rng=np.random.default_rng(1),
            )
            .units.set_index("unit")["rank"]
            .astype(int)
        )
        assert (ranks[unit] > 12) == (now == "out")


def test_every_school_is_told_where_it_stands_and_from_which_weight() -> None:
    wide = wide_of(np.random.default_rng(11).uniform(1, 9, size=(15, 3)))
    scheme = scheme_of(*leaves_of(WEIGHTS))
    flips = compute_flips(wide, scheme=scheme, groups=one_group(wide))
    assert (flips["now"] == "in").sum() == 3
    found = flips[flips["status"] == "ok"]
    expected = found["indicator"].map(dict(zip(scheme.keys, WEIGHTS, strict=True)))
    assert found["from_weight"].tolist() == pytest.approx(expected.tolist())
    assert (found["to_weight"] - found["from_weight"]).tolist() == pytest.approx(
        found["change"].tolist()
    )
    impossible = flips[flips["status"] == "impossible"]
    assert impossible[["indicator", "to_weight", "change"]].isna().all(axis=None)


def test_small_groups_and_missing_figures_are_told_by_their_status() -> None:
    figures: dict[tuple[str, str, str], float | None] = {
        (f"s{i}", "total", f"k{k}"): float((i * (k + 2)) % 7)
        for i in range(9)
        for k in range(3)
    }
    figures["s2", "total", "k1"] = None
    groups = pd.Series(["p"] * 6 + ["j"] * 3, index=[f"s{i}" for i in range(9)])
    flips = compute_flips(
        indicator_rows(figures), scheme=scheme_of(*leaves_of(WEIGHTS)), groups=groups
    ).set_index("unit")
    assert flips.loc["s2", "status"] == "not_estimable"
    assert flips.loc[["s6", "s7", "s8"], "status"].tolist() == ["not_judged"] * 3
    assert flips.loc[["s2", "s6", "s7", "s8"], "now"].isna().all()
    assert set(flips.loc[["s0", "s1", "s3", "s4", "s5"], "status"]) <= {"ok", "impossible"}
    assert (flips["now"] == "in").sum() == 1
