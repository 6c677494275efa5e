"""Identities: open for who may, bound to their pupil, never sealed alike twice."""

import base64
import hmac

import pandas as pd
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.errors import DataError
from data.home import Home
from data.identities import open_identities, seal_identities
from data.pseudonym import make_keys, read_key
from data.roster import COLUMNS
from data.scope import LEADERSHIP, OPERATOR

IDENTITIES = (
    pd.DataFrame([[7, "N001", "K9", "演示学生"], [8, "N002", None, None]], columns=COLUMNS)
    .astype(dict.fromkeys(COLUMNS[1:], "str"))
    .assign(school=["S01", "S02"])
)


def sealed(home: Home) -> pd.DataFrame:
    make_keys(home)
    texts = seal_identities(home, IDENTITIES, county="local")
    return IDENTITIES[["pupil", "school"]].assign(identity=texts)


def test_identities_open_as_they_were_sealed(home: Home) -> None:
    opened = open_identities(OPERATOR, home, sealed(home), county="local")
    pd.testing.assert_frame_equal(opened, IDENTITIES[COLUMNS])


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


def test_an_identity_whose_school_was_changed_past_the_program_does_not_open(
    home: Home,
) -> None:
    with pytest.raises(DataError, match="does not open"):
        open_identities(OPERATOR, home, sealed(home).assign(school="S02"), county="local")


def test_an_identity_that_an_older_program_bound_to_its_pupil_alone_opens(home: Home) -> None:
    make_keys(home)
    key, nonce = hmac.digest(read_key(home, "roster"), b"identity", "sha256"), b"n" * 12
    token = nonce + AESGCM(key).encrypt(nonce, b'["N001", "K9", null]', b"local/7")
    text = base64.b64encode(token).decode()
    older = pd.DataFrame([[7, "S01", text]], columns=["pupil", "school", "identity"])
    opened = open_identities(OPERATOR, home, older, county="local")
    assert opened["pupil_number"].tolist() == ["N001"]


def test_the_leadership_may_not_open_identities(home: Home) -> None:
    with pytest.raises(PermissionError, match="leadership"):
        open_identities(LEADERSHIP, home, sealed(home), county="local")
