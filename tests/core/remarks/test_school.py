"""Remarks on one school: each rule fires where it should, and not where it should not."""

import numpy as np
import pandas as pd
import pytest

from core.remarks import Remark, remark_on_school
from tests.ui.made_school_views import make_effects, make_school_view

VIEW = make_school_view()


def remarks_of(**changed: pd.DataFrame) -> dict[str, Remark]:
    """Return the remarks on the made school with some of its tables changed, by code."""
    tables = {
        "starts": VIEW.starts,
        "profile": VIEW.profile,
        "target": VIEW.target,
        "bands": VIEW.bands,
    }
    value_added = changed.pop("value_added", VIEW.value_added)
    found = remark_on_school(value_added, **(tables | changed))
    return {remark.code: remark for remark in found}


def value_added_of(*verdicts: str, status: str = "ok") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "subject": [f"s{k}" for k in range(len(verdicts))],
            "verdict": list(verdicts),
            "status": status,
        }
    )


def test_subjects_clearly_above_and_below_are_named() -> None:
    found = remarks_of(value_added=value_added_of("well_above", "as_expected", "well_below"))
    assert found["school_adds_more"].values == {"count": 1, "subjects": "s0"}
    assert found["school_adds_less"].values == {"count": 1, "subjects": "s2"}
    assert "school_as_expected" not in found


def test_no_clear_subject_is_a_result_that_is_not_remarkable() -> None:
    found = remarks_of(value_added=value_added_of("above", "below"))
    assert not found["school_as_expected"].is_remarkable
    assert found["school_as_expected"].values == {"n_subjects": 2}


def test_thinly_covered_subjects_are_told_and_not_judged() -> None:
    found = remarks_of(value_added=value_added_of("well_below", status="low_coverage"))
    assert found["school_low_coverage"].values["subjects"] == "s0"
    assert "school_adds_less" not in found


@pytest.mark.parametrize(
    ("low", "high", "code"),
    [
        (0.5, 0.0, "starts_low_more"),
        (0.0, 0.5, "starts_high_more"),
        (0.1, 0.0, "starts_alike"),
    ],
)
def test_low_and_high_starts_are_compared_with_the_error_of_both(
    low: float, high: float, code: str
) -> None:
    starts = make_effects([low, 0.0, 0.0, 0.0, high], verdicts=["above"] * 5)
    found = remarks_of(starts=starts.assign(quintile=range(1, 6)))
    assert found[code].values["difference"] == pytest.approx(low - high)
    assert found[code].is_remarkable is (code != "starts_alike")


def test_two_low_starts_are_no_comparison_of_low_and_high() -> None:
    starts = make_effects([0.5, 0.0, np.nan, np.nan, np.nan], verdicts=["above"] * 5)
    found = remarks_of(starts=starts.assign(quintile=range(1, 6)))
    assert not {code for code in found if code.startswith("starts")}


@pytest.mark.parametrize(
    ("difference", "code"),
    [(0.4, "peers_ahead_of"), (-0.4, "peers_behind"), (0.1, "peers_alike")],
)
def test_value_added_is_held_against_the_peers_before_attainment(
    difference: float, code: str
) -> None:
    rows = make_effects([difference, 9.0], verdicts=["above"] * 2)
    target = rows.assign(indicator=["value_added", "z"], own=0.0, peer_mean=0.0, n_peers=5)
    found = remarks_of(target=target)
    assert found[code].values == {
        "indicator": "value_added",
        "difference": pytest.approx(difference),
        "n_peers": 5,
    }


def test_without_peers_nothing_is_said_of_them() -> None:
    assert not {code for code in remarks_of(target=VIEW.target.iloc[:0]) if "peers" in code}


def test_strong_and_weak_subjects_are_named_by_their_flags() -> None:
    found = remarks_of()
    assert found["subjects_strong"].values["subjects"] == "math"
    assert found["subjects_weak"].values["subjects"] == "physics"
    calm = remarks_of(profile=VIEW.profile.assign(flag="none"))
    assert not {"subjects_strong", "subjects_weak"} & set(calm)


def test_the_gravest_warning_is_named_and_all_are_counted() -> None:
    bands = pd.DataFrame({"subject": ["a", "b", "c"], "band": ["blue", "red", "none"]})
    values = remarks_of(bands=bands)["warnings"].values
    assert values == {"count": 1, "subjects": "b", "band": "red", "n_warned": 2}


def test_no_warning_is_said_and_nothing_where_nothing_was_judged() -> None:
    calm = remarks_of(bands=VIEW.bands.assign(band="none"))
    assert not calm["no_warnings"].is_remarkable
    silent = remarks_of(bands=VIEW.bands.assign(band="insufficient"))
    assert not {"warnings", "no_warnings"} & set(silent)
