"""Figures beside those of the peers, and whom to visit: hand-computed values, gaps, chance."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.peer_figures import compare_with_peers, compute_peer_figures, compute_visits
from core.peers import Peers, Trait, compute_peers
from core.survey_tables import PEER_FIGURES, VISITS
from tests.core.make_peers import make_indicator_rows, make_intake


def made_peers(k: int = 2) -> Peers:
    """Schools A to E in a line, so that the nearest are the neighbours."""
    intake = pd.DataFrame(
        {"school": list("ABCDE"), "group": "g", "prior_mean": [0.0, 1.0, 2.1, 3.3, 4.6]}
    )
    return compute_peers(intake, traits=(Trait("prior_mean", "sd", 1.0),), k=k)


ROWS = make_indicator_rows(
    {"A": 50, "B": 60, "C": 40, "D": 55, "E": 45},
    se={"A": 1, "B": 3, "C": 4, "D": 2, "E": 2},
)
THREE_PEERS = made_peers(3)


def test_the_peer_mean_by_hand() -> None:
    row = compute_peer_figures(ROWS, peers=made_peers()).iloc[0]  # A: B and C
    assert (row["n_peers"], row["peer_mean"], row["peer_se"]) == (2, 50, 2.5)
    assert row["difference"] == 0
    assert row["se"] == pytest.approx(float(np.hypot(1, 2.5)))
    assert row["high"] == pytest.approx(1.959964 * np.hypot(1, 2.5), abs=1e-5)


def test_the_rows_are_the_declared_table_in_the_order_of_the_schools() -> None:
    county = make_indicator_rows({"county": 51.0})
    figures = compute_peer_figures(pd.concat([county, ROWS[::-1]]), peers=made_peers())
    assert list(PEER_FIGURES.require(figures).columns) == PEER_FIGURES.names
    assert figures["unit"].tolist() == list("EDCBA")


def test_peers_without_a_value_are_left_out_down_to_half() -> None:
    rows = ROWS.copy()
    rows.loc[rows["unit"] == "B", "status"] = "suppressed"
    one = compute_peer_figures(rows, peers=made_peers()).set_index("unit")
    row = one.xs("A")
    assert (row["n_peers"], row["peer_mean"], row["status"]) == (1, 40, "ok")
    assert one.loc["B", "status"] == "not_estimable"
    rows.loc[rows["unit"] == "C", "estimate"] = np.nan
    none = compute_peer_figures(rows, peers=made_peers()).set_index("unit")
    assert none.loc["A", "status"] == "too_few_peers"
    hidden = none[["peer_mean", "difference", "se", "low"]]
    assert hidden[none.index == "A"].isna().all(axis=None)


def test_a_hidden_value_is_nobodys_peer_mean() -> None:
    rows = ROWS.copy()
    rows.loc[rows["unit"] == "B", "estimate"] = 99.0
    rows.loc[rows["unit"] == "B", "status"] = "suppressed"
    assert compute_peer_figures(rows, peers=made_peers())["peer_mean"].max() <= 55


def test_a_peer_without_an_error_leaves_a_mean_without_one() -> None:
    rows = ROWS.copy()
    rows.loc[rows["unit"] == "B", "se"] = np.nan
    row = compute_peer_figures(rows, peers=made_peers()).iloc[0]
    assert (row["peer_mean"], row["difference"], row["status"]) == (50, 0, "ok")
    assert np.isnan([row["peer_se"], row["se"], row["low"]]).all()


def test_a_school_without_peers_is_told_so() -> None:
    intake = make_intake()
    peers = compute_peers(intake, traits=(Trait("prior_mean", "sd", 1.0),), k=5)
    rows = make_indicator_rows(dict.fromkeys(intake["school"], 10.0))
    status = compute_peer_figures(rows, peers=peers)["status"]
    assert status.tolist() == ["ok"] * 8 + ["too_few_peers"] * 4


def test_whom_to_visit_by_hand() -> None:
    # A has B (10 better, SE 3.2) and C; C has B (20 better, SE 5) and D (15, SE 4.5); E has D
    # (10, SE 2.8) and C.
    visits = VISITS.require(
        compute_visits(ROWS, peers=made_peers(), lower_is_better=frozenset())
    )
    assert visits[["school", "peer", "place", "difference"]].to_numpy().tolist() == [
        ["A", "B", 1, 10],
        ["C", "B", 1, 20],
        ["C", "D", 2, 15],
        ["E", "D", 1, 10],
    ]


def test_where_low_is_good_the_lower_school_is_visited() -> None:
    rows = ROWS.assign(indicator="low_rate")
    visits = compute_visits(rows, peers=made_peers(), lower_is_better=frozenset({"low_rate"}))
    # A has C (10 lower, SE 4.1); B has A (SE 3.2) and C (SE 5); D has C (15) and E (10).
    assert visits[["school", "peer"]].to_numpy().tolist() == [
        ["A", "C"],
        ["B", "A"],
        ["B", "C"],
        ["D", "C"],
        ["D", "E"],
    ]


def test_a_difference_within_chance_is_no_reason_to_visit() -> None:
    rows = ROWS.assign(se=10.0)
    assert compute_visits(rows, peers=made_peers(), lower_is_better=frozenset()).empty


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 1000), scale=st.floats(0.1, 20), shift=st.floats(-50, 50))
def test_figures_follow_a_change_of_unit(seed: int, scale: float, shift: float) -> None:
    rng = np.random.default_rng(seed)
    rows = ROWS.assign(estimate=rng.normal(50, 10, size=5), se=rng.uniform(1, 3, size=5))
    moved = rows.assign(estimate=shift + scale * rows["estimate"], se=scale * rows["se"])
    before, after = (compute_peer_figures(r, peers=THREE_PEERS) for r in (rows, moved))
    for name in ("difference", "se", "low"):
        assert after[name].to_numpy() == pytest.approx(scale * before[name].to_numpy())
    visits, others = (
        compute_visits(r, peers=THREE_PEERS, lower_is_better=frozenset()) for r in (rows, moved)
    )
    assert visits[["school", "peer"]].equals(others[["school", "peer"]])


@pytest.mark.slow
def test_equal_schools_look_worth_a_visit_once_in_forty() -> None:
    rng = np.random.default_rng(5)
    rows = pd.concat([ROWS.assign(subject=f"s{i}") for i in range(1000)], ignore_index=True)
    rows = rows.assign(estimate=rng.normal(50, 2, size=5000), se=2.0)
    visits = compute_visits(rows, peers=made_peers(), lower_is_better=frozenset())
    assert len(visits) / (1000 * 10) == pytest.approx(0.025, abs=0.005)


def test_every_peer_is_compared_and_visits_are_those_that_are_better() -> None:
    peers = made_peers()
    pairs = compare_with_peers(ROWS, peers=peers, lower_is_better=frozenset())
    visits = compute_visits(ROWS, peers=peers, lower_is_better=frozenset())
    assert len(pairs) == len(peers.pairs)
    assert pairs[pairs["is_better"]][VISITS.names].reset_index(drop=True).equals(visits)
    width = (pairs["high"] - pairs["low"]) / 2
    assert width.to_numpy() == pytest.approx(1.959964 * pairs["se"].to_numpy())


def test_a_peer_without_a_value_is_listed_and_not_better() -> None:
    rows = ROWS.assign(status=["ok", "suppressed", "ok", "ok", "ok"])
    pairs = compare_with_peers(rows, peers=made_peers(), lower_is_better=frozenset())
    hidden = pairs[pairs["peer"] == rows["unit"].iloc[1]]
    assert len(hidden)
    assert hidden["difference"].isna().all()
    assert not hidden["is_better"].any()
