"""Who gains and who loses: by hand, and what the sums over kinds have to be."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.weighting.composite import compute_composite
from core.weighting.gains import GAINS, compute_gains
from core.weighting.scheme_changes import compare_schemes
from core.weighting.sensitivity import Perturbation
from tests.core.weighting.make_schemes import leaves_of, one_group, scheme_of, wide_of


def changes_of(gained: list[float], group: str = "junior") -> pd.DataFrame:
    rows = {"unit": [f"u{j}" for j in range(len(gained))], "gained": gained}
    frame = pd.DataFrame(rows).astype({"gained": "Int64"}).assign(group=group)
    return frame.assign(enters_bottom=frame["gained"] < -2, leaves_bottom=frame["gained"] > 2)


def test_schools_of_a_kind_are_summed_up() -> None:
    traits = pd.DataFrame({"locale": ["town", "town", "country", None]})
    traits.index = pd.Index(["u0", "u1", "u2", "u3"])
    rows = compute_gains(changes_of([3, 1, -3, -1]), traits=traits).set_index("kind")
    assert rows.index.tolist() == ["country", "town"]
    town = rows[["n_units", "mean_gained", "n_gain"]].to_dict("index")["town"]
    assert town == {"n_units": 2, "mean_gained": 2.0, "n_gain": 2}
    assert rows.loc["town", "mean_share_gained"] == pytest.approx(0.5)
    moves = ["n_lose", "n_enter_bottom", "n_leave_bottom"]
    assert rows.loc[["country"], moves].to_numpy().tolist() == [[1, 1, 0]]


def test_a_school_that_one_scheme_does_not_rank_is_in_no_kind() -> None:
    changes = changes_of([2, -2])
    changes.loc[1, "gained"] = pd.NA
    traits = pd.DataFrame({"locale": ["town", "country"]}, index=["u0", "u1"])
    assert compute_gains(changes, traits=traits)["kind"].tolist() == ["town"]


def test_without_traits_or_schools_there_is_nothing() -> None:
    nothing = pd.DataFrame({"locale": [None, None]}, index=["u0", "u1"], dtype="object")
    found = compute_gains(changes_of([1, -1]), traits=nothing)
    assert found.empty
    assert list(found) == GAINS.names


@given(st.integers(0, 50))
def test_the_moves_of_a_group_without_ties_sum_to_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    wide = wide_of(rng.normal(size=(12, 3)))
    groups = one_group(wide)

    def rows_of(weights: list[float]) -> pd.DataFrame:
        return compute_composite(
            wide,
            scheme=scheme_of(*leaves_of(weights)),
            groups=groups,
            perturbation=Perturbation(n_draws=10),
            rng=np.random.default_rng(1),
        ).units

    changes = compare_schemes(rows_of([0.5, 0.3, 0.2]), other=rows_of([0.1, 0.2, 0.7])).units
    kinds = pd.DataFrame({"kind": rng.choice(["a", "b"], 12)}, index=groups.index)
    rows = compute_gains(changes, traits=kinds)
    assert (rows["mean_gained"] * rows["n_units"]).sum() == pytest.approx(0, abs=1e-9)
    assert rows["n_enter_bottom"].sum() == rows["n_leave_bottom"].sum()
