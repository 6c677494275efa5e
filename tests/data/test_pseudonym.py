"""Pseudonyms: stable under one key, different under another, keys private and made once."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DataError
from data.home import Home
from data.pseudonym import pseudonyms, read_key

KEY, OTHER = b"k" * 32, b"o" * 32


@given(st.lists(st.text(min_size=1), unique=True, min_size=1))
def test_a_number_keeps_its_pseudonym_whatever_stands_around_it(numbers: list[str]) -> None:
    together = pseudonyms(numbers, key=KEY)
    assert list(together) == [int(pseudonyms([n], key=KEY).iloc[0]) for n in numbers]
    assert together.min() >= 0


def test_another_key_gives_other_pseudonyms() -> None:
    assert not set(pseudonyms(["1", "2"], key=KEY)) & set(pseudonyms(["1", "2"], key=OTHER))


def test_numbers_that_share_a_pseudonym_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hmac.digest", lambda *_: b"\0" * 32)
    with pytest.raises(DataError, match="share a pseudonym: 1"):
        pseudonyms(["a", "b"], key=KEY)


def test_a_key_is_made_once_and_only_its_owner_may_read_it(home: Home) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: read_key(home, "pseudonym"), range(16)))
    assert len(keys) == 1
    files = list(home.keys.iterdir())
    assert [f.name for f in files] == ["pseudonym.key"]
    assert stat.S_IMODE(files[0].stat().st_mode) == 0o600
