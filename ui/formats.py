"""Numbers, intervals and dates as people read them; data made safe for Markdown and charts."""

import html
import math
import re
from collections.abc import Hashable, Iterable
from datetime import UTC, date, datetime
from numbers import Real
from typing import Any, TypeGuard
from zoneinfo import ZoneInfo

from babel.dates import format_date

from core.errors import QualityError
from ui.text import Words

Row = dict[Hashable, Any]
"""A row of a table, as ``to_dict("records")`` gives it."""

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+!|<>~$:&-])")
# Markdown makes links of bare addresses even where their signs are escaped.
_ADDRESS = re.compile(r"(?=://)|(?<=www)(?=\.)|(?=@)", re.IGNORECASE)
_LONGEST_ECHO = 40
_LONG_DATE = {"zh": "long", "en": "d MMMM y"}

_BEIJING = ZoneInfo("Asia/Shanghai")
_SEEN_AS_NONE, _ALMOST_NEVER = 0.05, 0.005
"""Below these an expected number would read 0.0, and a probability 0%."""


def is_number(value: object) -> TypeGuard[float]:
    """Whether ``value`` is a finite number, so that it can be shown as one."""
    return isinstance(value, Real) and math.isfinite(value)


def signed(value: float, *, digits: int = 2) -> str:
    """Return ``+0.12``, ``−0.12`` or ``0.00``: a figure in pupil SD, or a difference."""
    text = f"{value:+.{digits}f}".replace("-", "\N{MINUS SIGN}")
    return text[1:] if not text.strip("+\N{MINUS SIGN}0.") else text


def plain(value: float, *, digits: int = 1) -> str:
    """Return a figure in its own unit, such as points, without a sign for positive values."""
    return f"{value:,.{digits}f}".replace("-", "\N{MINUS SIGN}")


def about(value: float, *, words: Words) -> str:
    """Return an expected number as ``about 1.2``; one that would read 0.0 as less than 0.1.

    Examples
    --------
    >>> about(0.02, words=Words("en"))
    'fewer than 0.1'
    """
    if value < _SEEN_AS_NONE:
        return words("fewer than 0.1")
    return words("about {n}", n=plain(value))


def probability(value: float) -> str:
    """Return a probability as a whole percentage; nothing uncertain reads 0% or 100%."""
    if value <= _ALMOST_NEVER:
        return "<1%"
    if value >= 1 - _ALMOST_NEVER:
        return ">99%"
    return f"{plain(100 * value, digits=0)}%"


def rate(value: float) -> str:
    """Return a share of 0 to 1 as ``12.3%``."""
    return f"{plain(100 * value)}%"


def percentage_points(value: float) -> str:
    """Return a difference of two shares in percentage points, ``+1.2``."""
    return signed(100 * value, digits=1)


def count(value: float) -> str:
    """Return a number of pupils or schools with thousands marked."""
    return f"{int(value):,}"


def interval(low: str, high: str) -> str:
    """Return the two ready ends of an interval as ``[low, high]``."""
    return f"[{low}, {high}]"


def signed_interval(low: object, high: object) -> str:
    """Return an interval in pupil SD; empty unless both of its ends are known."""
    if not (is_number(low) and is_number(high)):
        return ""
    return interval(signed(low), signed(high))


def points_interval(low: object, high: object) -> str:
    """Return an interval of shares in percentage points; empty unless both ends are known."""
    if not (is_number(low) and is_number(high)):
        return ""
    return interval(percentage_points(low), percentage_points(high))


def coded_rate(low: float, high: float) -> str:
    """Return a share that is told as a range from 0 or up to 1, ``≤ 10%`` or ``≥ 90%``."""
    return (
        f"≥ {plain(100 * low, digits=0)}%" if low > 0 else f"≤ {plain(100 * high, digits=0)}%"
    )


def beijing(value: datetime) -> str:
    """Return a moment of the catalogue (UTC) as the clock in Beijing shows it.

    Examples
    --------
    >>> beijing(datetime(2026, 6, 28, 16, 5))
    '2026-06-29 00:05'
    """
    return f"{_in_beijing(value):%Y-%m-%d %H:%M}"


def beijing_day(value: datetime) -> date:
    """Return the date in Beijing at a moment of the catalogue (UTC).

    Examples
    --------
    >>> beijing_day(datetime(2026, 6, 28, 16, 5)).isoformat()
    '2026-06-29'
    """
    return _in_beijing(value).date()


def _in_beijing(value: datetime) -> datetime:
    # The catalogue's moments are UTC, whether or not the database gives them their zone.
    return value.replace(tzinfo=UTC).astimezone(_BEIJING)


def day(value: date, *, words: Words) -> str:
    """Return a date in the long form of the language."""
    return format_date(value, format=_LONG_DATE[words.language], locale=words.locale)


def safe_markdown(text: str) -> str:
    """Return ``text`` so that Markdown shows it letter by letter; names come from files.

    No part of it becomes a link: a sign without width breaks what looks like an address.
    """
    return _MARKDOWN.sub(r"\\\1", _ADDRESS.sub("\N{WORD JOINER}", text))


def echoed(code: str) -> str:
    """Return a code that an address asks for as a message may repeat it: short, and in sight.

    Whoever makes a link writes it, so that a message must not become his letter.
    """
    short = code if len(code) <= _LONGEST_ECHO else f"{code[:_LONGEST_ECHO]}…"
    return safe_markdown("".join(c if c.isprintable() else "□" for c in short))


def told(message: tuple[str, str], *, words: Words) -> str:
    """Return the one of a message's English and Chinese texts that is read, for Markdown."""
    return safe_markdown(words.either(english=message[0], chinese=message[1]))


def told_error(error: QualityError, *, words: Words) -> str:
    """Return the message of an error for Markdown; it may quote names."""
    return told((error.message, error.message_zh), words=words)


def markdown_lines(lines: Iterable[str]) -> str:
    """Return texts as the lines of one paragraph, letter by letter; empty ones are left out.

    A browser draws one paragraph of five lines sooner than five paragraphs.
    """
    return "  \n".join(safe_markdown(line) for line in lines if line)


def safe_chart(text: str) -> str:
    """Return ``text`` so that a chart shows it letter by letter, tags included."""
    return html.escape(text, quote=False)
