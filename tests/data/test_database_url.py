"""The address of the database: what is accepted, and that no error repeats a password."""

from pathlib import Path

import pytest

from core.errors import SettingsError
from data.database_url import DATABASE_VARIABLE, parse_database_url
from data.home import HOME_VARIABLE, home_from_environment


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_nothing_means_sqlite_in_the_home(text: str) -> None:
    assert parse_database_url(text) is None


@pytest.mark.parametrize("scheme", ["postgresql+psycopg", "postgresql", "postgres"])
def test_every_spelling_of_postgresql_names_the_driver(scheme: str) -> None:
    url = parse_database_url(
        f" {scheme}://clerk:p%40ss@db.example:5433/zhunsheng?sslmode=require "
    )
    assert url is not None
    assert url.drivername == "postgresql+psycopg"
    assert (url.username, url.password, url.host) == ("clerk", "p@ss", "db.example")
    assert (url.port, url.database, dict(url.query)) == (
        5433,
        "zhunsheng",
        {"sslmode": "require"},
    )


def test_a_socket_needs_no_host() -> None:
    url = parse_database_url("postgresql:///zhunsheng?host=/run/postgresql")
    assert url is not None
    assert (url.host, url.database) == (None, "zhunsheng")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hunter2", "a text without ://"),
        ("://hunter2", "a text without ://"),
        ("mysql+pymysql://clerk:hunter2@db/zhunsheng", "the kind 'mysql\\+pymysql'"),
        ("sqlite:///hunter2.sqlite", "the kind 'sqlite'"),
        (
            "postgresql+psycopg2://clerk:hunter2@db/zhunsheng",
            "the kind 'postgresql\\+psycopg2'",
        ),
        ("postgresql+asyncpg://clerk:hunter2@db/z", "the kind 'postgresql\\+asyncpg'"),
        ("postgresql://clerk:hunter2@db:port/zhunsheng", "cannot be taken apart"),
        ("postgresql://clerk:hunter2@db", "without a database name"),
        ("postgresql://clerk:hunter2@db/", "without a database name"),
        ("postgresql://", "without a database name"),
    ],
)
def test_anything_else_is_refused_without_its_password(text: str, found: str) -> None:
    with pytest.raises(SettingsError, match=found) as caught:
        parse_database_url(text)
    assert "hunter" not in str(caught.value)
    assert f"Required is {'postgresql+psycopg'}://ROLE" in caught.value.message
    assert DATABASE_VARIABLE in caught.value.message_zh


def test_the_environment_names_folder_and_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    monkeypatch.delenv(DATABASE_VARIABLE, raising=False)
    assert home_from_environment().database_url is None
    monkeypatch.setenv(DATABASE_VARIABLE, "postgresql://clerk:hunter2@db/zhunsheng")
    home = home_from_environment()
    assert home.root == tmp_path
    assert home.database_url is not None
    assert home.database_url.database == "zhunsheng"
    assert "hunter2" not in repr(home)
