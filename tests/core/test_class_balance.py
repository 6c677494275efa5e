"""Balance of classes: the analysis of variance by hand, a lot's own law, dealing out."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from core.class_balance import compute_class_balance
from core.standardise import Population
from tests.core.make_classes import ClassKey, make_class_moments

POPULATION = {"math": Population(60.0, 10.0), "art": Population(60.0, 10.0)}


def balance_of(classes: list[np.ndarray], *, subject: str = "math") -> pd.DataFrame:
    """Return the balance of classes with these points."""
    scores: dict[ClassKey, list[float]] = {
        ("A", f"{k}班"): list(points) for k, points in enumerate(classes)
    }
    moments = make_class_moments(scores, subject=subject)
    return compute_class_balance(moments, populations=POPULATION)


def test_spread_and_p_value_are_those_of_the_analysis_of_variance() -> None:
    rng = np.random.default_rng(3)
    classes = [
        rng.normal(60 + shift, 10, n).round(2) for shift, n in ((0, 30), (4, 41), (9, 25))
    ]
    row = balance_of(classes).iloc[0]
    n = np.array([c.size for c in classes])
    f, p = stats.f_oneway(*classes)
    within = sum(((c - c.mean()) ** 2).sum() for c in classes) / (n.sum() - 3) / 100
    typical = (n.sum() - (n**2).sum() / n.sum()) / 2
    assert row["spread"] == pytest.approx(np.sqrt(f * within / typical))
    assert row["p_value"] == pytest.approx(2 * min(p, 1 - p), abs=1e-9)
    ends = stats.f.ppf([0.025, 0.975], 2, n.sum() - 3) * within / typical
    assert row[["chance_low", "chance_high"]].tolist() == pytest.approx(np.sqrt(ends).tolist())


def test_pupils_drawn_by_lot_are_found_unbalanced_once_in_twenty() -> None:
    rng = np.random.default_rng(11)
    verdicts = []
    for _ in range(100):
        points = rng.normal(60, 10, 200).round(2)
        verdicts.append(balance_of(np.split(points, 5))["verdict"].iloc[0])
    assert np.mean([verdict != "chance" for verdict in verdicts]) <= 0.12


def test_classes_by_ability_are_found_and_classes_dealt_out_are_too() -> None:
    points = np.sort(np.random.default_rng(5).normal(60, 10, 160).round(2))
    assert balance_of(np.split(points, 4))["verdict"].item() == "more_than_chance"
    # To and fro, so that no class is always served first.
    rounds = points.reshape(-1, 4)
    rounds[1::2] = rounds[1::2, ::-1]
    dealt = list(rounds.T)
    assert balance_of(dealt)["verdict"].item() == "less_than_chance"


def test_a_subject_with_one_class_is_left_out_and_stops_no_other() -> None:
    rng = np.random.default_rng(2)
    one = make_class_moments({("A", "1班"): list(rng.normal(60, 10, 30))}, subject="art")
    two = make_class_moments(
        {("A", "1班"): list(rng.normal(60, 10, 30)), ("A", "2班"): list(rng.normal(60, 10, 30))}
    )
    found = compute_class_balance(pd.concat([one, two]), populations=POPULATION)
    assert found["subject"].tolist() == ["math"]
    assert found["n_pupils"].item() == 60


def test_no_class_gives_an_empty_table() -> None:
    nothing = make_class_moments({("A", "1班"): [60.0]}).iloc[:0]
    assert compute_class_balance(nothing, populations=POPULATION).empty
