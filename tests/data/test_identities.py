"""Identities: open for who may, bound to their pupil, never sealed alike twice."""

import pandas as pd
import pytest

from core.errors import DataError
from data.home import Home
from data.identities import open_identities, seal_identities
from data.pseudonym import make_keys
from data.roster import COLUMNS
from data.scope import LEADERSHIP, OPERATOR

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
