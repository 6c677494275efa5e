"""Figures of items and questionnaires: county-wide references, the scope's schools only."""

import numpy as np
import pandas as pd
import pytest

from core.items.analysis import compute_items
from data.dataset_publication import NewDataset, publish_dataset
from data.datasets import DatasetVersion
from data.scope import LEADERSHIP, Scope
from data.store import Store
from pipeline.dataset_figures import (
    item_analysis,
    knowledge_mastery,
    scale_scores,
    survey_profile,
)

N = 60
RNG = np.random.default_rng(5)
SCHOOL = pd.Series(np.repeat(["S01", "S02", "S03"], N // 3), dtype="str")
POINTS = pd.DataFrame({"1": RNG.integers(0, 4, N), "2": RNG.integers(0, 9, N)}).astype(float)
OWN = Scope("school", ("S02",))


def publish(
    store: Store, kind: str, rows: pd.DataFrame, about: object = None
) -> DatasetVersion:
    new = NewDataset("local", kind, "x", None, kind, rows, about or {})  # type: ignore[arg-type]
    return publish_dataset(store, new, actor="test").version


@pytest.fixture
def items(store: Store) -> DatasetVersion:
    """Give published item points of three schools."""
    points = (POINTS * 100).astype("Int32").set_axis(["item_1", "item_2"], axis=1)
    rows = pd.concat([pd.DataFrame({"pupil": range(N), "school": SCHOOL}), points], axis=1)
    paper = [
        {"item": "1", "position": 1, "full_mark": 300},
        {"item": "2", "position": 2, "full_mark": 800},
    ]
    return publish(store, "items", rows, {"items": paper})


def test_items_are_analysed_over_the_county_whatever_the_scope(
    store: Store, items: DatasetVersion
) -> None:
    wanted = compute_items(POINTS, full_mark=pd.Series({"1": 3.0, "2": 8.0})).items
    for scope in (LEADERSHIP, OWN):
        pd.testing.assert_frame_equal(item_analysis(scope, store, items).items, wanted)


def test_mastery_is_given_for_the_schools_of_the_scope(
    store: Store, items: DatasetVersion
) -> None:
    plan = pd.DataFrame({
        "item": ["1", "2"], "knowledge_point": ["方程", "函数"], "weight": [1.0, 1.0],
    })  # fmt: skip
    two_way = publish(store, "two_way", plan)
    rows = knowledge_mastery(OWN, store, items, two_way, min_pupils=10)
    assert set(rows["school"]) == {"S02"}
    own = POINTS["1"][SCHOOL == "S02"].mean() / 3
    mastery = rows.set_index("knowledge_point")["mastery"]
    assert mastery["方程"] == pytest.approx(own)
    everyone = knowledge_mastery(LEADERSHIP, store, items, two_way, min_pupils=10)
    assert set(everyone["school"]) == {"S01", "S02", "S03"}


def test_scales_are_scored_and_profiled_without_a_single_answer(store: Store) -> None:
    answers = pd.DataFrame(RNG.integers(1, 6, (N, 3)), columns=["Q1", "Q2", "Q3"])
    rows = pd.concat(
        [pd.DataFrame({"respondent": range(N), "school": SCHOOL}), answers], axis=1
    )
    key = pd.DataFrame({
        "question": ["Q1", "Q2", "Q3"], "scale": ["conduct", "conduct", "pressure"],
        "is_reversed": [False, True, False], "lowest": 1, "highest": 5,
    })  # fmt: skip
    survey, scales = publish(store, "survey", rows), publish(store, "scales", key)
    found = scale_scores(LEADERSHIP, store, survey, scales)
    assert found.scores.empty
    assert found.scales["n_pupils"].tolist() == [N, N]
    profile = survey_profile(OWN, store, survey, scales, min_pupils=10)
    assert set(profile.rows["unit"]) == {"S02"}
    own = answers[SCHOOL.to_numpy() == "S02"]
    wanted = ((own["Q1"] - 1) * 25 + 100 - (own["Q2"] - 1) * 25).mean() / 2
    scores = profile.rows.set_index("indicator")["score"]
    assert scores["conduct"] == pytest.approx(wanted)
