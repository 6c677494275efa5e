"""Correlation of subjects: one number, a table, holes, impossible tables."""

import numpy as np
import pandas as pd
import pytest

from core.errors import DataError, SettingsError
from core.subject_gaps.correlation import correlation_matrix

SUBJECTS = ["chinese", "math", "english"]


def _table(values: list[list[float]]) -> pd.DataFrame:
    return pd.DataFrame(values, index=SUBJECTS, columns=SUBJECTS)


def test_one_number_serves_every_pair() -> None:
    matrix = correlation_matrix(0.5, subjects=SUBJECTS)
    assert matrix.tolist() == [[1, 0.5, 0.5], [0.5, 1, 0.5], [0.5, 0.5, 1]]


def test_a_table_is_put_into_the_order_of_the_subjects() -> None:
    table = _table([[1, 0.6, 0.5], [0.6, 1, 0.4], [0.5, 0.4, 1]])
    assert correlation_matrix(table, subjects=["english", "math"])[0].tolist() == [1, 0.4]


def test_an_unknown_pair_counts_as_unrelated() -> None:
    table = _table([[1, np.nan, 0.5], [np.nan, 1, 0.4], [0.5, 0.4, np.nan]])
    matrix = correlation_matrix(table, subjects=SUBJECTS)
    assert matrix[0, 1] == 0
    assert matrix[2, 2] == 1


def test_a_table_from_different_pupils_is_made_possible() -> None:
    matrix = correlation_matrix(
        _table([[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]]), subjects=SUBJECTS
    )
    assert np.linalg.eigvalsh(matrix).min() >= -1e-12
    assert np.diag(matrix) == pytest.approx([1, 1, 1])


@pytest.mark.parametrize("value", [-0.1, 1.1])
def test_a_number_outside_0_to_1_is_refused(value: float) -> None:
    with pytest.raises(SettingsError, match=rf"is {value}\."):
        correlation_matrix(value, subjects=SUBJECTS)


def test_a_table_without_a_subject_is_refused_by_name() -> None:
    table = _table(np.eye(3).tolist()).drop(index="math")
    with pytest.raises(DataError, match=r"lacks math \(1 of 3\)"):
        correlation_matrix(table, subjects=SUBJECTS)


def test_a_table_that_is_not_symmetric_is_refused_with_its_fault() -> None:
    with pytest.raises(DataError, match=r"off by 0\.3"):
        correlation_matrix(_table([[1, 0.6, 0], [0.3, 1, 0], [0, 0, 1]]), subjects=SUBJECTS)
