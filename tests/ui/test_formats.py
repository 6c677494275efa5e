"""Numbers, intervals and dates as people read them; names that cannot act as markup."""

from datetime import UTC, date, datetime, tzinfo

import pytest

from core.errors import DataError
from ui import formats
from ui.text import Words


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.123, "+0.12"), (-0.125, "−0.12"), (0.004, "0.00"), (-0.004, "0.00"), (2, "+2.00")],
)
def test_signed_shows_the_sign_and_no_signed_zero(value: float, text: str) -> None:
    assert formats.signed(value) == text


@pytest.mark.parametrize(("value", "text"), [(0.1234, "12.3%"), (0, "0.0%"), (1, "100.0%")])
def test_rate_is_a_percentage_with_one_digit(value: float, text: str) -> None:
    assert formats.rate(value) == text


def test_percentage_points_carry_a_sign() -> None:
    assert formats.percentage_points(-0.0121) == "−1.2"


def test_plain_separates_thousands() -> None:
    assert formats.plain(12345.67) == "12,345.7"


def test_interval_encloses_its_ends() -> None:
    assert formats.interval("+0.02", "+0.22") == "[+0.02, +0.22]"


def test_an_interval_with_an_unknown_end_is_no_text() -> None:
    assert formats.signed_interval(0.02, 0.22) == "[+0.02, +0.22]"
    assert formats.signed_interval(float("nan"), float("nan")) == ""
    assert formats.signed_interval(0.02, None) == ""


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [(0.0, 0.1, "≤ 10%"), (0.9, 1.0, "≥ 90%"), (0.0, 0.01, "≤ 1%"), (0.99, 1.0, "≥ 99%")],
)
def test_a_coded_share_is_one_end_of_its_range(low: float, high: float, text: str) -> None:
    assert formats.coded_rate(low, high) == text


@pytest.mark.parametrize("value", [float("nan"), float("inf"), None, "3"])
def test_what_is_not_a_finite_number_is_not_a_number(value: object) -> None:
    assert not formats.is_number(value)


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (0.0, "fewer than 0.1", "不到 0.1"),
        (0.05, "about 0.1", "约 0.1"),
        (4.1, "about 4.1", "约 4.1"),
    ],
)
def test_an_expected_number_never_reads_none(value: float, english: str, chinese: str) -> None:
    assert formats.about(value, words=Words("en")) == english
    assert formats.about(value, words=Words("zh")) == chinese


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "<1%"), (0.005, "<1%"), (0.42, "42%"), (0.99, "99%"), (1.0, ">99%")],
)
def test_a_probability_never_reads_certain(value: float, text: str) -> None:
    assert formats.probability(value) == text


@pytest.mark.parametrize("zone", [None, UTC])
def test_a_moment_late_in_the_day_is_the_next_day_in_beijing(zone: tzinfo | None) -> None:
    late = datetime(2026, 6, 28, 16, 5, tzinfo=zone)
    assert formats.beijing_day(late) == date(2026, 6, 29)
    assert formats.beijing(late) == "2026-06-29 00:05"
    assert formats.beijing_day(datetime(2026, 6, 28, 15, 59)) == date(2026, 6, 28)


def test_dates_follow_the_language() -> None:
    assert formats.day(date(2026, 6, 8), words=Words("zh")) == "2026年6月8日"
    assert formats.day(date(2026, 6, 8), words=Words("en")) == "8 June 2026"


def test_a_name_cannot_smuggle_an_image_into_markdown() -> None:
    safe = formats.safe_markdown("![x](http://example.org/a.png) :red[a] <b>")
    assert safe == "\\!\\[x\\]\\(http\u2060\\://example.org/a.png\\) \\:red\\[a\\] \\<b\\>"


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("HTTPS://evil.example", "HTTPS\u2060\\://evil.example"),
        ("WWW.evil.example", "WWW\u2060.evil.example"),
        ("a@b.example", "a\u2060@b.example"),
        ("www", "www"),
    ],
)
def test_what_looks_like_an_address_is_broken_so_that_it_is_no_link(
    text: str, safe: str
) -> None:
    assert formats.safe_markdown(text) == safe


def test_a_message_repeats_forty_letters_of_a_code_all_in_sight() -> None:
    assert formats.echoed("J003") == "J003"
    assert formats.echoed("x" * 40) == "x" * 40
    assert formats.echoed("x" * 6000) == "x" * 40 + "…"
    assert formats.echoed("a\nb\u202ec") == "a□b□c"


def test_a_message_that_quotes_a_name_is_no_markup() -> None:
    error = DataError("No [a](b).", "没有[甲](b)。")
    assert formats.told_error(error, words=Words("en")) == r"No \[a\]\(b\)."
    assert formats.told(("x", "*乙*"), words=Words("zh")) == r"\*乙\*"


def test_a_name_cannot_smuggle_a_link_into_a_chart() -> None:
    assert formats.safe_chart('<a href="x">A&B</a>') == '&lt;a href="x"&gt;A&amp;B&lt;/a&gt;'


def test_lines_of_one_paragraph_leave_out_what_is_empty() -> None:
    assert formats.markdown_lines(["a*", "", "b"]) == "a\\*  \nb"
