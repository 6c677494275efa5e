"""Targets against figures of an exam: exact counts, nulls with a reason, order of rows."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from core.errors import DataError
from core.targets.table import TARGET_PROGRESS, compute_target_progress


def make_figures(estimates: dict[str, float], *, indicator: str, n: int = 500) -> pd.DataFrame:
    rows = pd.DataFrame({"unit": list(estimates), "estimate": list(estimates.values())})
    status = rows["estimate"].isna().map({True: "suppressed", False: "ok"})
    return rows.assign(
        exam="期末", subject="total", indicator=indicator, se=0.01, low=np.nan, high=np.nan,
        n_pupils=n, reliability=np.nan, status=status,
    )  # fmt: skip


def make_targets(units: str, *, indicator: str, **values: Any) -> pd.DataFrame:
    rows = pd.DataFrame({"unit": list(units), "subject": "total", "indicator": indicator})
    return rows.assign(**values)


def test_a_pass_rate_against_its_target() -> None:
    figures = make_figures({"A": 0.882, "B": 0.936}, indicator="pass_rate")
    targets = make_targets("BA", indicator="pass_rate", better="higher", scale="rate",
                           baseline=90.0, target=93.5)  # fmt: skip
    done = compute_target_progress(figures, targets=targets)
    TARGET_PROGRESS.require(done)
    assert done["unit"].tolist() == ["B", "A"]
    assert done["gap"].tolist() == [-0.1, 5.3]
    assert done["reached"].tolist() == [True, False]
    assert done["pupils"].tolist() == [0, 27]
    assert done["completion"].iloc[1] == pytest.approx(88.2 / 93.5)


def test_a_rate_on_its_target_is_reached_whatever_its_float() -> None:
    """3 of 10 as a float is 0.30000000000000004 - 0.00000000000000004: exactly 30 %."""
    figures = make_figures({"A": 0.1 + 0.2 - 1e-12}, indicator="low_rate", n=10)
    targets = make_targets("A", indicator="low_rate", better="lower", scale="rate",
                           baseline=40.0, target=30.0)  # fmt: skip
    done = compute_target_progress(figures, targets=targets).iloc[0]
    assert done["reached"]
    assert done["gap"] == 0
    assert done["way_done"] == 1


def test_head_counts_have_a_completion_and_no_pupils_at_a_line() -> None:
    figures = make_figures({"A": 483.0}, indicator="top_n_count")
    targets = make_targets("A", indicator="top_n_count", better="higher", scale="count",
                           baseline=460.0, target=506.0)  # fmt: skip
    done = compute_target_progress(figures, targets=targets).iloc[0]
    assert (done["actual"], done["gap"]) == (483, 23)
    assert done["completion"] == pytest.approx(483 / 506)
    assert done[["pupils"]].isna().all()


def test_a_figure_that_is_not_there_leaves_nulls_and_a_reason() -> None:
    figures = make_figures({"A": np.nan, "B": 0.9}, indicator="pass_rate")
    targets = make_targets("ABC", indicator="pass_rate", better="higher", scale="rate",
                           baseline=90.0, target=93.5)  # fmt: skip
    done = compute_target_progress(figures, targets=targets)
    assert done["status"].tolist() == ["suppressed", "ok", "not_given"]
    assert done["reached"].isna().tolist() == [True, False, True]
    assert done["gap"].isna().tolist() == [True, False, True]


def test_a_rate_that_is_no_share_of_pupils_keeps_its_exact_decimals() -> None:
    """A score rate of 0.7349 of 20 pupils is 73.49 %, not 15 of 20."""
    figures = make_figures({"A": 0.7349}, indicator="score_rate", n=20)
    targets = make_targets("A", indicator="score_rate", better="higher", scale="rate",
                           baseline=70.0, target=74.0)  # fmt: skip
    done = compute_target_progress(figures, targets=targets).iloc[0]
    assert (done["actual"], done["gap"], done["reached"]) == (73.49, 0.51, False)
    assert done[["pupils"]].isna().all()


@pytest.mark.parametrize(
    ("indicator", "pupils"),
    [("participation", 1), ("line_rate", 1), ("line_rate_first", 1), ("top_n_rate_630", 1),
     ("above_mean_rate", None), ("line_ratio", None)],
)  # fmt: skip
def test_only_shares_of_pupils_are_told_in_pupils(indicator: str, pupils: int | None) -> None:
    figures = make_figures({"A": 0.9}, indicator=indicator, n=20)
    targets = make_targets("A", indicator=indicator, better="higher", scale="rate",
                           baseline=90.0, target=95.0)  # fmt: skip
    found = compute_target_progress(figures, targets=targets)["pupils"].iloc[0]
    assert (None if pd.isna(found) else found) == pupils


def test_a_share_of_an_unknown_number_of_pupils_is_not_told_in_pupils() -> None:
    figures = make_figures({"A": 0.9}, indicator="pass_rate")
    figures = figures.assign(n_pupils=pd.array([pd.NA], dtype="Int64"))
    targets = make_targets("A", indicator="pass_rate", better="higher", scale="rate",
                           baseline=90.0, target=95.0)  # fmt: skip
    done = compute_target_progress(figures, targets=targets).iloc[0]
    assert (done["actual"], done["gap"]) == (90, 5)
    assert done[["pupils"]].isna().all()


@pytest.mark.parametrize(
    ("column", "word", "known"),
    [("better", "Higher", "higher lower"), ("scale", "percent", "rate count score")],
)
def test_a_target_with_an_unknown_word_is_refused_with_it(
    column: str, word: str, known: str
) -> None:
    figures = make_figures({"A": 0.9, "B": 0.9}, indicator="pass_rate")
    targets = make_targets("AB", indicator="pass_rate", better="higher", scale="rate",
                           baseline=90.0, target=95.0)  # fmt: skip
    targets[column] = [word, targets[column].iloc[1]]
    with pytest.raises(DataError, match=rf"{column} is '{word}' .*\(rows: 1 of 2\).*{known}"):
        compute_target_progress(figures, targets=targets)


def test_targets_that_are_no_numbers_are_refused() -> None:
    figures = make_figures({"A": 0.9, "B": 0.9}, indicator="pass_rate")
    targets = make_targets("AB", indicator="pass_rate", better="higher", scale="rate",
                           baseline=90.0, target=[95.0, np.inf])  # fmt: skip
    with pytest.raises(DataError, match=r"infinite .*\(rows: 1 of 2\)"):
        compute_target_progress(figures, targets=targets)
