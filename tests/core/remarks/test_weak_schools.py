"""Remarks on a screening: who is proposed, how many may be wrong, who is left in doubt."""

import numpy as np
import pandas as pd

from core.remarks import Remark, is_near_line, remark_on_weak_schools


def make_schools(p: list[float], *, n_candidates: int = 2) -> pd.DataFrame:
    """Return schools A, B, .. of which the first ones are candidates."""
    n = len(p)
    return pd.DataFrame(
        {
            "school": [chr(ord("A") + k) for k in range(n)],
            "p_bottom20": p,
            "candidate": np.arange(n) < n_candidates,
            "years_running": pd.array([3, 1] + [0] * (n - 2), dtype="Int64"),
        }
    )


def make_indicators(*weights: float) -> pd.DataFrame:
    return pd.DataFrame(
        {"indicator": ["z", "low_rate"][: len(weights)], "weight": list(weights)}
    )


def remarks_on(schools: pd.DataFrame, *, n_judged: int = 10) -> dict[str, Remark]:
    found = remark_on_weak_schools(schools, indicators=make_indicators(1.0), n_judged=n_judged)
    return {remark.code: remark for remark in found}


def test_candidates_are_named_the_surest_first() -> None:
    remark = remarks_on(make_schools([0.6, 0.9, 0.1, 0.0]))["weak_candidates"]
    assert remark.values == {"count": 2, "schools": "B,A", "n_schools": 10}


def test_expected_wrong_flags_are_the_sum_of_the_doubts() -> None:
    remark = remarks_on(make_schools([0.6, 0.9, 0.1, 0.0]))["weak_wrong_flags"]
    assert remark.values["count"] == 2
    assert round(float(remark.values["expected"]), 6) == 0.5


def test_a_candidate_under_one_half_is_named_as_doubtful() -> None:
    found = remarks_on(make_schools([0.4, 0.9, 0.1, 0.0]))
    assert found["weak_doubtful"].values["schools"] == "A"
    assert "weak_doubtful" not in remarks_on(make_schools([0.6, 0.9, 0.1, 0.0]))


def test_who_is_not_proposed_but_may_belong_there_is_named() -> None:
    found = remarks_on(make_schools([0.6, 0.9, 0.2, 0.35]))
    assert found["weak_near_line"].values["schools"] == "D,C"
    assert "weak_near_line" not in remarks_on(make_schools([0.6, 0.9, 0.19, 0.0]))


def test_only_lasting_candidates_are_named_with_their_years() -> None:
    found = remarks_on(make_schools([0.6, 0.9, 0.1, 0.0]))
    assert found["weak_lasting"].values == {"count": 1, "schools": "A", "years": 2}
    new = make_schools([0.6, 0.9, 0.1, 0.0]).assign(years_running=1)
    assert "weak_lasting" not in remarks_on(new)


def test_an_indicator_that_tells_chance_only_is_named() -> None:
    schools = make_schools([0.6, 0.9, 0.1])
    found = remark_on_weak_schools(schools, indicators=make_indicators(1.0, 0.0), n_judged=3)
    assert found[-1].code == "weak_left_out"
    assert found[-1].values == {"count": 1, "indicators": "low_rate"}
    assert "weak_left_out" not in remarks_on(schools)


def test_groups_that_are_too_small_give_one_remark_only() -> None:
    found = remarks_on(make_schools([0.6, 0.9, 0.1]), n_judged=0)
    assert list(found) == ["weak_not_judged"]
    assert not found["weak_not_judged"].is_remarkable


def test_no_candidate_is_said_and_is_not_remarkable() -> None:
    found = remarks_on(make_schools([0.1, 0.0], n_candidates=0))
    assert list(found) == ["weak_none"]
    assert not found["weak_none"].is_remarkable


def test_the_line_is_near_from_20_to_50_per_cent() -> None:
    near = is_near_line(pd.Series([0.19, 0.2, 0.5, 0.51, np.nan]))
    assert near.tolist() == [False, True, True, False, False]
