"""The difference of two releases: counted by hand, and nothing where nothing differs."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.scores import add_total, make_subjects
from pipeline.compare_releases import ReleaseDiff, compare_releases
from pipeline.release_rows import make_rows, with_school
from tests.builders import PAPERS, make_scores

SUBJECTS = make_subjects(PAPERS)


def wide(scores: pd.DataFrame) -> pd.DataFrame:
    numbers = scores["pupil_number"].str[1:].astype("int64").array
    return make_rows(add_total(scores, SUBJECTS), numbers, n_subjects=len(SUBJECTS)).wide


def compare(before: pd.DataFrame, after: pd.DataFrame) -> ReleaseDiff:
    return compare_releases(
        wide(before), wide(after), subjects_before=SUBJECTS, subjects_after=SUBJECTS
    )


def test_equal_releases_do_not_differ_whatever_the_order_of_rows() -> None:
    scores = make_scores()
    diff = compare(scores, scores.sample(frac=1, random_state=1))
    assert diff.is_empty
    assert diff.schools.empty
    assert list(diff.subjects["n_changed"]) == [0, 0, 0]


def test_pupils_added_removed_and_changed_are_counted_by_school_and_subject() -> None:
    before = make_scores()
    after = before.drop(index=[0, 1]).copy()  # two of S01 leave
    after.loc[12, "score_2"] = 0  # one mark of S02
    after.loc[13, "class_name"] = "9班"  # one class of S02
    new = before.loc[[0]].assign(pupil_number="T99999", school_code="S03")
    diff = compare(before, pd.concat([after, new], ignore_index=True))
    assert (diff.n_added, diff.n_removed, diff.n_changed) == (1, 2, 2)
    assert diff.schools.to_dict("records") == [
        {"school": "S01", "n_added": 0, "n_removed": 2, "n_changed": 0},
        {"school": "S02", "n_added": 0, "n_removed": 0, "n_changed": 2},
        {"school": "S03", "n_added": 1, "n_removed": 0, "n_changed": 0},
    ]
    by_subject = diff.subjects.set_index("subject")
    assert by_subject["n_changed"].to_dict() == {"chinese": 0, "math": 1, "total": 1}
    expected = before["score_2"].astype(float).mean() / 100
    assert by_subject.loc["math", "mean_before"] == pytest.approx(expected)
    assert by_subject.loc["math", "n_after"] == 35


def test_a_mark_that_becomes_an_absence_is_a_change() -> None:
    before = make_scores()
    after = before.copy()
    after.loc[3, "score_1"], after.loc[3, "state_1"] = pd.NA, "absent"
    assert compare(before, after).n_changed == 1


@given(st.sets(st.integers(0, 35)), st.sets(st.integers(0, 35)))
def test_what_one_way_is_added_is_removed_the_other_way(out: set[int], also: set[int]) -> None:
    one = make_scores().drop(index=list(out)[:35])
    two = make_scores().drop(index=list(also)[:35])
    there, back = compare(one, two), compare(two, one)
    assert (there.n_added, there.n_removed) == (back.n_removed, back.n_added)
    assert there.n_changed == back.n_changed == 0


def test_replacing_a_school_leaves_every_other_row_as_it_is() -> None:
    scores = make_scores()
    subjects = SUBJECTS
    numbers = scores["pupil_number"].str[1:].astype("int64").array
    rows = make_rows(add_total(scores, subjects), numbers, n_subjects=3)
    own = make_scores(seed=9)
    own = own[own["school_code"] == "S02"].reset_index(drop=True)
    new = make_rows(
        add_total(own, subjects),
        own["pupil_number"].str[1:].astype("int64").array,
        n_subjects=3,
    )
    merged = with_school(rows, new, school="S02")
    others = merged.wide[merged.wide["school"] != "S02"].reset_index(drop=True)
    before = rows.wide[rows.wide["school"] != "S02"].reset_index(drop=True)
    pd.testing.assert_frame_equal(others, before)
    own_rows = merged.wide[merged.wide["school"] == "S02"].reset_index(drop=True)
    pd.testing.assert_frame_equal(own_rows, new.wide)
    assert set(merged.roster["pupil"]) == set(merged.wide["pupil"])
