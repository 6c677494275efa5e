"""The roster: readable for who may open it, unreadable on disk, closed to the leadership."""

import base64
import io

import pandas as pd
import pytest
from cryptography.fernet import Fernet

from core.errors import DataError
from data.home import Home
from data.pseudonym import make_keys, read_key
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
def digest(home: Home) -> str:
    """Seal a roster for the bundle b and give the digest of its content."""
    make_keys(home)
    return seal(home, ROSTER, bundle="b")


def seal(home: Home, roster: pd.DataFrame, *, bundle: str) -> str:
    sealed = seal_roster(home, roster, bundle=bundle)
    (home.lake / bundle).mkdir()
    (home.lake / bundle / FILE_NAME).write_bytes(sealed.token)
    return sealed.digest


def test_the_operator_reads_what_was_sealed(home: Home, digest: str) -> None:
    pd.testing.assert_frame_equal(open_roster(OPERATOR, home, "b", digest=digest), ROSTER)


def test_the_roster_of_another_bundle_does_not_open(home: Home, digest: str) -> None:
    other = seal(home, ROSTER.assign(pupil_name="另一学生"), bundle="c")
    (home.lake / "b" / FILE_NAME).write_bytes((home.lake / "c" / FILE_NAME).read_bytes())
    for said in (digest, other, None):
        with pytest.raises(DataError, match="lake/b is not the one that was written there"):
            open_roster(OPERATOR, home, "b", digest=said)


def old_token(home: Home) -> bytes:
    """Seal the roster as programs did that bound it to no bundle."""
    content = io.BytesIO()
    ROSTER.to_parquet(content)
    key = base64.urlsafe_b64encode(read_key(home, "roster"))
    return Fernet(key).encrypt(content.getvalue())


def test_a_roster_of_an_older_program_opens_where_no_digest_is_known(
    home: Home, digest: str
) -> None:
    (home.lake / "b" / FILE_NAME).write_bytes(old_token(home))
    pd.testing.assert_frame_equal(open_roster(OPERATOR, home, "b", digest=None), ROSTER)
    with pytest.raises(DataError) as told:
        open_roster(OPERATOR, home, "b", digest=digest)
    assert "不是当初写入的那一份" in told.value.message_zh


def test_neither_name_nor_number_stands_on_the_disk(home: Home, digest: str) -> None:
    content = (home.lake / "b" / FILE_NAME).read_bytes()
    assert digest.encode() not in content
    assert "演示学生".encode() not in content
    assert b"N001" not in content


def test_the_leadership_may_not_open_a_roster(home: Home, digest: str) -> None:
    with pytest.raises(PermissionError, match="leadership"):
        open_roster(LEADERSHIP, home, "b", digest=digest)


def test_names_are_alike_whatever_their_spaces_dots_and_width(home: Home) -> None:
    make_keys(home)
    hash_of = name_hashes(home)
    same = hash_of(["买买提·吐尔逊", "买买提吐尔逊", " 买买提 ·吐尔逊"])
    assert len(set(same)) == 1
    assert hash_of(["ＡＬＩ"]).iloc[0] == hash_of(["ali"]).iloc[0]
    assert hash_of(["甲"]).iloc[0] != number_hashes(home)(["甲"]).iloc[0]
