"""Cleaning of names and numbers: spaces, dots, letter case; the rest stays as it is."""

import pytest

from tests.data.checks.drafts import make_draft, row


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("赵一鸣", "赵一鸣"),
        ("赵 一\u3000鸣", "赵一鸣"),
        (" 赵一鸣\t", "赵一鸣"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("古力娜．吾甫尔", "古力娜·吾甫尔"),
        ("古力娜.吾甫尔", "古力娜·吾甫尔"),
        ("古力娜 · 吾甫尔", "古力娜·吾甫尔"),
        ("Anna  Smith", "Anna Smith"),
        ("J. Smith", "J. Smith"),
        ("𠮷 田", "𠮷田"),
        ("赵'一", "赵'一"),
    ],
)
def test_a_name_is_cleaned(name: str, cleaned: str) -> None:
    assert make_draft(row(name=name)).clean.frame["pupil_name"].tolist() == [cleaned]


@pytest.mark.parametrize(
    ("number", "cleaned"),
    [
        ("g99999920120312111x", "G99999920120312111X"),
        ("Ｇ１２", "G12"),
        (" P 1 ", "P1"),
        ("'0330100001", "0330100001"),
        ('="0330100001"', "0330100001"),
        ("ab-1", "AB-1"),
        ("a2023001", "A2023001"),
        ("赵一a1", "赵一a1"),
    ],
)
def test_a_pupil_number_is_cleaned(number: str, cleaned: str) -> None:
    assert make_draft(row(number)).clean.frame["pupil_number"].tolist() == [cleaned]


def test_changes_are_told_by_field_and_row() -> None:
    draft = make_draft(row("P1", name="赵 一") + row("p2", name="钱") + row("g3"))
    changed = {key: mask.tolist() for key, mask in draft.clean.changed.items()}
    assert changed == {
        "pupil_name:space": [True, False, False],
        "pupil_number:letter": [False, True, True],
    }


def test_blank_cells_stay_blank() -> None:
    draft = make_draft(row("P1", name="", class_name=" ") + row("P2", name=" 赵 "))
    assert draft.clean.frame["pupil_name"].isna().tolist() == [True, False]
    assert draft.clean.frame["class_name"].isna().tolist() == [True, False]
