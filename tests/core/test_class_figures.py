"""Figures of classes: the same as of their pupils, and comparable with those of schools."""

import numpy as np
import pandas as pd
import pytest

from core.class_figures import class_codes, compute_class_figures
from core.standardise import Population
from tests.core.make_classes import make_class_moments

POPULATION = {"math": Population(60.0, 10.0)}


def figures_of(scores: dict[str, list[float]]) -> pd.DataFrame:
    """Return the figures of the classes of one school."""
    moments = make_class_moments({("A", name): points for name, points in scores.items()})
    return compute_class_figures(moments, populations=POPULATION, exam="E")


def test_mean_spread_and_z_are_those_of_the_pupils() -> None:
    points = [41.5, 60.0, 77.0, 90.25]
    rows = figures_of({"1班": points}).set_index("indicator")
    assert rows.loc["mean", "estimate"] == pytest.approx(np.mean(points))
    assert rows.loc["sd", "estimate"] == pytest.approx(np.std(points))
    assert rows.loc["z", "estimate"] == pytest.approx((np.mean(points) - 60) / 10)
    se = np.std(points, ddof=1) / np.sqrt(4) / 10
    assert rows.loc["z", "se"] == pytest.approx(se)
    assert rows.loc["z", "high"] == pytest.approx(rows.loc["z", "estimate"] + 1.959964 * se)


def test_a_class_of_one_pupil_has_no_error_and_no_figure_that_needs_one() -> None:
    rows = figures_of({"1班": [70.0]}).set_index("indicator")
    assert rows["status"].to_dict() == {
        "z": "not_estimable",
        "mean": "not_estimable",
        "sd": "ok",
    }
    assert rows.loc["z", ["estimate", "se", "low", "high"]].isna().all()


def test_a_subject_in_which_nobody_differs_has_no_z() -> None:
    moments = make_class_moments({("A", "1班"): [60.0, 60.0]})
    rows = compute_class_figures(
        moments, populations={"math": Population(60.0, 0.0)}, exam="E"
    ).set_index("indicator")
    assert rows.loc["z", "status"] == "not_estimable"
    assert rows.loc["mean", "estimate"] == 60.0


def test_classes_of_one_name_in_two_schools_have_two_codes() -> None:
    codes = class_codes(pd.Series(["A", "B", "B"]), pd.Series(["1班", "1班", None]))
    assert codes.tolist() == ["A/1班", "B/1班", "B/"]
