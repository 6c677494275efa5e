"""Names of uploads: hostile ones are shown harmlessly, and never become paths."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.importers.upload_name import ending_of, name_remarks, shown_name

HOSTILE = (
    "../../../../tmp/evil<script>.xlsx", "..\\..\\windows\\system32\\成绩.xls", "/etc/passwd",
    "C:\\Users\\x\\成绩.xlsx", "\\\\server\\share\\成绩.xlsx", "file:///etc/passwd",
    "成绩.xlsx\0.exe", "\0", "成绩\u202exslx.exe", "\u200b成绩.xlsx", "\ufeff成绩.xlsx",
    "长" * 300 + ".xlsx", "<script>alert(1)</script>.csv", "<img src=x onerror=alert(1)>.csv",
    "![x](http://127.0.0.1:9/p.png).xlsx", "[点](javascript:alert(1)).csv", ":red[成绩] $x^2$",
    "=cmd|' /C calc'!A0.csv", "+1+1.csv", "@SUM(1).csv", "-rf.csv", "CON", "nul.xlsx",
    "成绩;rm -rf ~.csv", "$(touch x).csv", "`id`.csv", "a\nb.csv", "a\rSet-Cookie: x=1.csv",
    "%2e%2e%2f成绩.xlsx", "' or 1=1;--.csv", '"quoted".csv', "😀.xlsx", "\ud800.csv", "..", ".",
    "   ", "",
)  # fmt: skip
LETTERS = frozenset(string.ascii_letters + string.digits + " ._-()（）【】·、，《》—□…")
LONGEST = 60


def assert_harmless(name: str) -> None:
    shown = shown_name(name)
    assert 0 < len(shown) <= LONGEST
    assert shown.isprintable()
    assert shown == shown.strip()
    assert not shown.startswith(("=", "+", "-", "@"))
    assert not set(shown) & set("/\\<>&\"'`$[]{}|;:*?!%#~^=+@\0\r\n")
    assert shown not in {".", ".."}
    assert shown_name(shown) == shown
    shown.encode("utf-8")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_shown_harmlessly(name: str) -> None:
    assert_harmless(name)
    assert [remark.severity for remark in name_remarks(name)] in ([], ["note"])


@given(st.text(max_size=100))
def test_any_name_is_shown_harmlessly(name: str) -> None:
    assert_harmless(name)


@pytest.mark.parametrize(
    "name", ["成绩.xlsx", "2026年6月 八年级(期末).csv", "【一中】成绩-2.et"]
)
def test_an_ordinary_name_stays(name: str) -> None:
    assert shown_name(name) == name
    assert name_remarks(name) == []


def test_a_long_name_keeps_its_ending() -> None:
    shown = shown_name("长" * 300 + ".XLSX")
    assert shown == "长" * (LONGEST - 6) + "…" + ".xlsx"


def test_the_remark_quotes_the_harmless_form_only() -> None:
    (remark,) = name_remarks("../../../../tmp/evil<script>.xlsx")
    assert "evil□script□.xlsx" in remark.message_zh
    assert "evil□script□.xlsx" in remark.message_en
    assert "<" not in remark.message_zh + remark.message_en
    assert "tmp" not in remark.message_zh + remark.message_en


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("a.XLSX", ".xlsx"),
        ("a.xlsx ", ".xlsx"),
        ("a.xlsx.exe", ""),
        ("..", ""),
        ("a.et", ".et"),
    ],
)
def test_only_known_endings_are_told(name: str, ending: str) -> None:
    assert ending_of(name) == ending
