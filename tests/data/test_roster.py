"""The roster: readable for who may open it, unreadable on disk, closed to the leadership."""

import pandas as pd
import pytest

from data.home import Home
from data.pseudonym import make_keys
from data.roster import (
    COLUMNS,
    FILE_NAME,
    name_hashes,
    number_hashes,
    open_roster,
    seal_roster,
)
from data.scope import LEADERSHIP, OPERATOR

ROSTER = pd.DataFrame([[7, "N001", "K9", "演示学生"]], columns=COLUMNS)


@pytest.fixture
def bundle(home: Home) -> str:
    make_keys(home)
    (home.lake / "b").mkdir()
    (home.lake / "b" / FILE_NAME).write_bytes(seal_roster(home, ROSTER))
    return "b"


def test_the_operator_reads_what_was_sealed(home: Home, bundle: str) -> None:
    pd.testing.assert_frame_equal(open_roster(OPERATOR, home, bundle), ROSTER)


def test_neither_name_nor_number_stands_on_the_disk(home: Home, bundle: str) -> None:
    content = (home.lake / bundle / FILE_NAME).read_bytes()
    assert "演示学生".encode() not in content
    assert b"N001" not in content


def test_the_leadership_may_not_open_a_roster(home: Home, bundle: str) -> None:
    with pytest.raises(PermissionError, match="leadership"):
        open_roster(LEADERSHIP, home, bundle)


def test_names_are_alike_whatever_their_spaces_dots_and_width(home: Home) -> None:
    make_keys(home)
    hash_of = name_hashes(home)
    same = hash_of(["买买提·吐尔逊", "买买提吐尔逊", " 买买提 ·吐尔逊"])
    assert len(set(same)) == 1
    assert hash_of(["ＡＬＩ"]).iloc[0] == hash_of(["ali"]).iloc[0]
    assert hash_of(["甲"]).iloc[0] != number_hashes(home)(["甲"]).iloc[0]
