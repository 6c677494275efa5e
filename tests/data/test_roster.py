"""The roster: readable for who may open it, unreadable on disk, closed to the leadership."""

import pandas as pd
import pytest

from core.errors import DataError
from data.home import Home
from data.pseudonym import make_keys
from data.roster import (
    COLUMNS,
    FILE_NAME,
    name_hashes,
    number_hashes,
    open_identities,
    open_roster,
    seal_identities,
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


IDENTITIES = pd.DataFrame(
    [[7, "N001", "K9", "演示学生"], [8, "N002", None, None]], columns=COLUMNS
).astype(dict.fromkeys(COLUMNS[1:], "str"))


def sealed(home: Home) -> pd.DataFrame:
    make_keys(home)
    texts = seal_identities(home, IDENTITIES, county="local")
    return IDENTITIES[["pupil"]].assign(identity=texts)


def test_identities_open_as_they_were_sealed(home: Home) -> None:
    opened = open_identities(OPERATOR, home, sealed(home), county="local")
    pd.testing.assert_frame_equal(opened, IDENTITIES)


def test_one_identity_is_never_sealed_alike_twice(home: Home) -> None:
    make_keys(home)
    one, two = (seal_identities(home, IDENTITIES, county="local") for _ in range(2))
    assert set(one).isdisjoint(two)
    assert max(map(len, one)) < 200


def test_an_identity_of_another_county_or_pupil_does_not_open(home: Home) -> None:
    with pytest.raises(DataError, match="does not open"):
        open_identities(OPERATOR, home, sealed(home), county="other")
    with pytest.raises(DataError, match="花名册中有学生身份无法解密"):
        open_identities(OPERATOR, home, sealed(home).assign(pupil=[8, 7]), county="local")


def test_the_leadership_may_not_open_identities(home: Home) -> None:
    with pytest.raises(PermissionError, match="leadership"):
        open_identities(LEADERSHIP, home, sealed(home), county="local")


def test_names_are_alike_whatever_their_spaces_dots_and_width(home: Home) -> None:
    make_keys(home)
    hash_of = name_hashes(home)
    same = hash_of(["买买提·吐尔逊", "买买提吐尔逊", " 买买提 ·吐尔逊"])
    assert len(set(same)) == 1
    assert hash_of(["ＡＬＩ"]).iloc[0] == hash_of(["ali"]).iloc[0]
    assert hash_of(["甲"]).iloc[0] != number_hashes(home)(["甲"]).iloc[0]
