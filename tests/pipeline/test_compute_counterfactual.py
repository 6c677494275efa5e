"""Three places: peers from stored statistics, hidden schools neither peers nor places."""

import pytest

from core.counterfactual import GOAL_NAMES
from data.catalogue import ExamRelease, find_exam, list_exams, units_of
from data.scope import LEADERSHIP, OPERATOR
from data.store import Store
from pipeline.compute_counterfactual import (
    MIN_PLACE,
    N_PEERS,
    exam_counterfactual,
    exam_peers,
)
from pipeline.demo import LONDON_BASELINE, LONDON_CURRENT
from pipeline.exam_statistics import comparison_groups, linked_baselines
from pipeline.hidden_units import hidden_in_exam
from pipeline.load_views import load_exams


def newest(store: Store) -> tuple[ExamRelease, ExamRelease]:
    """Return the newest exam of the ninth grade and its baseline."""
    name = next(e.name for e in load_exams(LEADERSHIP, store) if e.grade == 9)
    exam = find_exam(LEADERSHIP, store, name)
    return exam, linked_baselines(store, exam, list_exams(LEADERSHIP, store))[0]


def test_peers_are_of_the_same_group_and_as_many_as_asked_for(demonstration: Store) -> None:
    exam, baseline = newest(demonstration)
    peers = exam_peers(LEADERSHIP, demonstration, exam, baseline=baseline)
    groups = comparison_groups(units_of(demonstration, exam.county))
    pairs = peers.pairs
    assert len(pairs)
    assert (pairs["school"].map(groups) == pairs["peer"].map(groups)).all()
    assert set(pairs.groupby("school").size()) == {N_PEERS}


def test_a_hidden_school_is_no_peer_and_has_none(demonstration: Store) -> None:
    exam = find_exam(LEADERSHIP, demonstration, LONDON_CURRENT)
    baseline = find_exam(LEADERSHIP, demonstration, LONDON_BASELINE)
    hidden = hidden_in_exam(LEADERSHIP, demonstration, exam)
    assert hidden
    shown = exam_peers(LEADERSHIP, demonstration, exam, baseline=baseline).pairs
    assert not (set(shown["school"]) | set(shown["peer"])) & hidden
    whole = exam_peers(OPERATOR, demonstration, exam, baseline=baseline).pairs
    assert hidden & set(whole["school"])


def test_each_goal_has_three_places_of_three_schools_below_their_peers(
    demonstration: Store,
) -> None:
    exam, baseline = newest(demonstration)
    found, peers = exam_counterfactual(LEADERSHIP, demonstration, exam, baseline=baseline)
    assert found.goals["goal"].tolist() == list(GOAL_NAMES)
    for _, best in found.best.groupby("goal"):
        assert best["school"].nunique() == 3
    places = found.best.merge(found.places, on=["school", "subject", "grade"])
    assert (places["mean"] < places["peer_mean"]).all()
    assert (places["n_pupils"] >= MIN_PLACE).all()
    assert "total" not in set(found.places["subject"])
    same = places.merge(peers, on=["school", "subject"])
    difference = (same["mean"] - same["peer_mean_x"]).to_numpy()
    assert difference == pytest.approx(same["difference"].to_numpy())


def test_the_county_before_is_what_its_scores_say(demonstration: Store) -> None:
    exam = find_exam(LEADERSHIP, demonstration, LONDON_CURRENT)
    baseline = find_exam(LEADERSHIP, demonstration, LONDON_BASELINE)
    found, _ = exam_counterfactual(LEADERSHIP, demonstration, exam, baseline=baseline)
    rate, low, gap = found.goals.to_dict("records")
    assert rate["before"] == pytest.approx(0.5, abs=0.005)
    assert rate["change"] > 0
    assert low["change"] < 0
    assert gap["change"] < 0
