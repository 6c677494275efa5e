"""Pseudonyms: stable under one key, different under another, keys private and made once."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DataError, SettingsError
from data.home import Home
from data.pseudonym import KEY_NAMES, make_keys, pseudonyms, read_key
from data.store import Store, open_store_at
from pipeline.publish import publish
from tests.builders import make_submission

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


def test_keys_are_made_once_and_only_their_owner_may_read_them(home: Home) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: make_keys(home), range(16)))
    keys = [read_key(home, name) for name in KEY_NAMES]
    make_keys(home)
    assert [read_key(home, name) for name in KEY_NAMES] == keys
    files = sorted(home.keys.iterdir())
    assert [f.name for f in files] == ["audit.key", "pseudonym.key", "roster.key"]
    assert {stat.S_IMODE(f.stat().st_mode) for f in files} == {0o600}


def test_a_lost_or_shortened_key_is_never_replaced(store: Store) -> None:
    publish(store, make_submission(), actor="test")
    key = store.home.keys / "pseudonym.key"
    key.write_bytes(key.read_bytes()[:7])
    with pytest.raises(SettingsError, match="has 7 bytes, 32 are required"):
        open_store_at(store.home)
    key.unlink()
    with pytest.raises(SettingsError, match=r"pseudonym\.key is missing"):
        open_store_at(store.home)
    assert not key.exists()
