"""Crossed lines: only what is known in both exams, graver and milder told apart."""

import pandas as pd

from core.warning.crossings import compute_band_changes


def judged(bands: dict[str, str], *, exam: str = "end") -> pd.DataFrame:
    """Return JUDGEMENTS rows of one subject from unit to band."""
    rows = pd.DataFrame({"unit": list(bands), "band": list(bands.values())})
    return rows.assign(
        exam=exam, subject="math", rule="r", version="1", signals="grid", reason="ok"
    )


def test_each_way_is_told_and_the_gravest_comes_first() -> None:
    now = judged({"A": "blue", "B": "red", "C": "none", "D": "blue"})
    then = judged({"A": "none", "B": "yellow", "C": "yellow", "D": "blue"}, exam="mid")
    changes = compute_band_changes(now, previous=then).set_index("unit")
    assert changes["way"].to_dict() == {"B": "worse", "D": "same", "A": "worse", "C": "better"}
    assert changes.index[0] == "B"
    assert changes.index[-1] == "C"


def test_what_is_not_known_in_one_exam_has_not_crossed_anything() -> None:
    now = judged({"A": "red", "B": "insufficient", "C": "red"})
    then = judged({"A": "insufficient", "B": "blue"}, exam="mid")
    assert compute_band_changes(now, previous=then).empty
