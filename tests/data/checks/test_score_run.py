"""Long runs of one score."""

import numpy as np
import pytest

from data.checks.score_run import check_score_run
from tests.data.checks.drafts import make_draft, row


def file(scores: "list[int]") -> str:
    return "".join(
        row(f"P{i}", chinese=str(x), math=str(50 + i % 60)) for i, x in enumerate(scores)
    )


def drawn(n: int, seed: int = 1) -> list[int]:
    return np.random.default_rng(seed).integers(40, 110, n).tolist()  # type: ignore[no-any-return]


@pytest.mark.parametrize("seed", range(5))
def test_scores_as_they_fall_pass(seed: int) -> None:
    assert check_score_run(make_draft(file(drawn(300, seed)))) == []


def test_a_run_that_was_filled_down_is_asked_about() -> None:
    scores = drawn(300)
    scores[100:110] = [88] * 10
    (finding,) = check_score_run(make_draft(file(scores)))
    assert (finding.severity, finding.row, finding.value) == ("warning", 102, "88")
    assert "从第 102 行起连续 10 行都是 88 分" in finding.message_zh


def test_rows_sorted_by_the_score_have_runs() -> None:
    scores = sorted([*drawn(200), *[88] * 12], reverse=True)
    assert check_score_run(make_draft(file(scores))) == []


def test_a_score_that_half_of_all_have_comes_in_runs() -> None:
    half = np.random.default_rng(4).random(300) < 0.6
    scores = [120 if full else x for full, x in zip(half, drawn(300), strict=True)]
    assert check_score_run(make_draft(file(scores))) == []


def test_a_small_file_that_is_one_run_is_left_to_the_rule_on_classes() -> None:
    assert check_score_run(make_draft(file([80] * 5))) == []
