"""Too many scores exactly at the pass line."""

import numpy as np
import pytest

from data.checks.score_heaping import check_score_heaping
from tests.data.checks.drafts import make_draft, row

PASS = 72  # of 120


def file(scores: "list[int]", *, school: str = "01") -> str:
    return "".join(
        row(f"{school}P{i}", code=school, school=f"{school}中", chinese=str(x), math="85")
        for i, x in enumerate(scores)
    )


def spread(n: int, *, seed: int = 1) -> list[int]:
    drawn = np.random.default_rng(seed).normal(72, 15, n)
    return np.clip(drawn.round(), 0, 120).astype(int).tolist()  # type: ignore[no-any-return]


@pytest.mark.parametrize("seed", range(8))
def test_scores_as_they_fall_pass(seed: int) -> None:
    assert check_score_heaping(make_draft(file(spread(400, seed=seed)))) == []


def test_scores_lifted_to_the_line_are_asked_about_with_both_counts() -> None:
    lifted = [PASS if PASS - 3 <= x < PASS else x for x in spread(400)]
    (finding,) = check_score_heaping(make_draft(file(lifted)))
    assert (finding.severity, finding.column, finding.value) == ("warning", "语文", "72")
    assert f"有 {lifted.count(PASS)} 人恰好在及格线 72 分上" in finding.message_zh


def test_one_school_that_lifts_is_named() -> None:
    lifted = [PASS if PASS - 4 <= x < PASS else x for x in spread(80, seed=3)]
    honest = file(spread(600), school="02")
    (finding,) = check_score_heaping(make_draft(file(lifted) + honest))
    assert finding.message_zh.startswith("01中（01）的“语文”")


def test_round_scores_everywhere_are_a_habit_of_marking() -> None:
    rounded = [round(x / 10) * 10 + 2 for x in spread(400)]  # 52, 62, 72, 82 ..
    assert check_score_heaping(make_draft(file(rounded))) == []


def test_a_handful_at_the_line_is_chance() -> None:
    assert check_score_heaping(make_draft(file([PASS] * 9 + [20, 100]))) == []
