"""``ZHUNSHENG_DATABASE_URL``: where the catalogue lives when it is not a file of the home."""

import re
from typing import NoReturn

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from core.errors import SettingsError

DATABASE_VARIABLE = "ZHUNSHENG_DATABASE_URL"
DRIVER = "postgresql+psycopg"
NETWORK = {
    "application_name": "zhunsheng",
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""How a connection is made, and how soon one is noticed that the network has dropped."""

_ACCEPTED = (DRIVER, "postgresql", "postgres")
_FORM = f"{DRIVER}://ROLE:PASSWORD@HOST:5432/DATABASE"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}(?=://)")


def parse_database_url(text: str) -> URL | None:
    """Return the address of a PostgreSQL database; None for a blank text, which means SQLite.

    Raises
    ------
    SettingsError
        When it is no address, names another kind of database, or no database. Its text is
        never repeated: any part of a malformed address may be the password.
    """
    if not text.strip():
        return None
    scheme = _SCHEME.match(text.strip())
    if scheme is None:
        _refuse("a text without ://", "不含 :// 的文字")
    if scheme[0].lower() not in _ACCEPTED:
        _refuse(f"the kind {scheme[0]!r}", f"类型“{scheme[0]}”")
    try:
        url = make_url(text.strip())
    except (ArgumentError, ValueError):
        url = None
    if url is None:
        _refuse(
            "an address that cannot be taken apart; signs such as : / @ # % in a password "
            "are written as %3A %2F %40 %23 %25",
            "无法解析的地址；密码中的 : / @ # % 等符号须写作 %3A %2F %40 %23 %25",
        )
    if not url.database:
        _refuse("an address without a database name", "没有数据库名的地址")
    return url.set(drivername=DRIVER)


def _refuse(found: str, found_zh: str) -> NoReturn:
    raise SettingsError(
        f"{DATABASE_VARIABLE} holds {found}. Required is {_FORM}, or nothing for SQLite in "
        "ZHUNSHENG_HOME. Correct the variable and start again.",
        f"{DATABASE_VARIABLE} 的值是{found_zh}。应为 {_FORM}；留空则用 ZHUNSHENG_HOME 中的 "
        "SQLite。请改正后重新启动。",
    )
