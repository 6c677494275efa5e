"""Limits: defaults hold, settings are checked, what depends on them grows along."""

import pytest

from core.errors import SettingsError
from data.importers.limits import Limits


def test_without_settings_the_defaults_hold() -> None:
    assert Limits.from_settings(environment={}) == Limits()
    assert (Limits().max_rows, Limits().max_mb, Limits().seconds) == (60_000, 20, 20)
    assert Limits().memory_mb == 1024


def test_the_process_s_own_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHUNSHENG_MAX_ROWS", "61000")
    assert Limits.from_settings().max_rows == 61_000


def test_more_rows_raise_what_depends_on_them() -> None:
    limits = Limits.from_settings(max_rows=300_000, environment={})
    assert (limits.max_rows, limits.max_mb) == (300_000, 20)
    assert (limits.max_cells, limits.max_part_mb) == (10_000_000, 600)
    assert (limits.max_unpacked_mb, limits.seconds) == (1000, 100)
    assert limits.memory_mb == 4096


def test_a_larger_file_raises_what_depends_on_it() -> None:
    limits = Limits.from_settings(max_mb=40, environment={})
    assert (limits.max_mb, limits.max_rows, limits.max_unpacked_mb) == (40, 60_000, 400)


def test_smaller_limits_leave_the_others_as_they_are() -> None:
    limits = Limits.from_settings(max_rows=100, max_mb=1, environment={})
    assert (limits.max_rows, limits.max_mb) == (100, 1)
    assert (limits.max_cells, limits.seconds, limits.memory_mb) == (2_000_000, 20, 1024)


def test_the_call_wins_over_the_environment() -> None:
    environment = {"ZHUNSHENG_MAX_ROWS": "1000", "ZHUNSHENG_MAX_MB": "3"}
    limits = Limits.from_settings(max_rows=2000, environment=environment)
    assert (limits.max_rows, limits.max_mb) == (2000, 3)


def test_seconds_and_memory_are_settings_of_their_own() -> None:
    environment = {"ZHUNSHENG_IMPORT_SECONDS": "7", "ZHUNSHENG_IMPORT_MEMORY_MB": "512"}
    limits = Limits.from_settings(max_rows=600_000, environment=environment)
    assert (limits.seconds, limits.memory_mb) == (7, 512)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ZHUNSHENG_MAX_ROWS", "0"), ("ZHUNSHENG_MAX_ROWS", "1048577"),
        ("ZHUNSHENG_MAX_ROWS", "6e4"), ("ZHUNSHENG_MAX_ROWS", "٦٠٠"),
        ("ZHUNSHENG_MAX_MB", "-1"), ("ZHUNSHENG_MAX_MB", "501"),
        ("ZHUNSHENG_IMPORT_SECONDS", "1.5"), ("ZHUNSHENG_IMPORT_SECONDS", "3601"),
        ("ZHUNSHENG_IMPORT_MEMORY_MB", "127"), ("ZHUNSHENG_IMPORT_MEMORY_MB", "viel"),
    ],
)  # fmt: skip
def test_a_value_out_of_range_is_named_with_the_range(name: str, text: str) -> None:
    with pytest.raises(SettingsError, match=name) as error:
        Limits.from_settings(environment={name: text})
    assert repr(text) in error.value.message
    assert "whole number from" in error.value.message
    assert text in error.value.message_zh


def test_an_option_out_of_range_is_named_as_the_option() -> None:
    with pytest.raises(SettingsError, match="--max-rows is '0'"):
        Limits.from_settings(max_rows=0, environment={})


def test_an_empty_variable_says_nothing() -> None:
    assert Limits.from_settings(environment={"ZHUNSHENG_MAX_MB": " "}).max_mb == 20
