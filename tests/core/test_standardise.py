"""The population of an exam: points, divisor n, one per subject."""

import pandas as pd
import pytest

from core.standardise import Population, population_of


def test_population_is_in_points_with_divisor_n() -> None:
    histogram = pd.DataFrame(
        {
            "subject": ["math", "math", "math", "english"],
            "school": ["A", "B", "B", "A"],
            "score": [6000, 6000, 9000, 7050],
            "n": [1, 1, 2, 3],
        }
    )
    populations = population_of(histogram)
    assert list(populations) == ["english", "math"]
    assert populations["math"] == Population(mean=75.0, sd=15.0)
    assert populations["english"].mean == pytest.approx(70.5)
    assert populations["english"].sd == 0


def test_an_empty_histogram_has_no_population() -> None:
    empty = pd.DataFrame({"subject": pd.Series(dtype="str"), "school": pd.Series(dtype="str")})
    empty = empty.assign(score=pd.Series(dtype="int64"), n=pd.Series(dtype="int64"))
    assert population_of(empty) == {}
