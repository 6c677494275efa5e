"""Decoding: whole files in UTF-8, GB18030 or UTF-16; everything else is refused."""

import pytest

from data.importers.encoding import decode
from data.importers.remarks import RefusedError

TEXT = "学校名称,姓名,数学\r\n第一中学,赵一鸣,85\r\n"


def refusal_of(data: bytes) -> tuple[str, int | None]:
    with pytest.raises(RefusedError) as refusal:
        decode(data)
    return refusal.value.finding.check, refusal.value.finding.row


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig"])
def test_utf_8_needs_no_word(codec: str) -> None:
    assert decode(TEXT.encode(codec)) == (TEXT, [])


@pytest.mark.parametrize(
    ("codec", "name"), [("gb18030", "GB18030"), ("utf-16", "UTF-16"), ("gbk", "GB18030")]
)
def test_other_encodings_are_noted(codec: str, name: str) -> None:
    text, (finding,) = decode(TEXT.encode(codec))
    assert text == TEXT
    assert (finding.severity, finding.check) == ("note", "encoding")
    assert name in finding.message_zh


def test_rare_characters_survive_gb18030() -> None:
    assert decode("姓名,䶮𠮷\n".encode("gb18030"))[0] == "姓名,䶮𠮷\n"


def test_a_mixture_is_refused_with_its_first_odd_line() -> None:
    data = "姓名,数学\n赵一鸣,85\n".encode() + "李沐阳,90\n".encode("gbk")
    assert refusal_of(data) == ("encoding", 3)


def test_gbk_with_a_line_that_happens_to_be_utf_8_is_no_mixture() -> None:
    happens = b"\xc4\xa3\xc4\xa3"  # everyday Chinese in GBK, and valid UTF-8
    text, _ = decode("学校,姓名\n".encode("gbk") + happens + b",85\n")
    assert text == "学校,姓名\n模模,85\n"


def test_bytes_of_no_encoding_are_refused_with_their_line() -> None:
    assert refusal_of(b"a,b\n1,\xff\xff\n") == ("encoding", 2)


def test_utf_16_without_its_mark_is_refused() -> None:
    assert refusal_of(TEXT.encode("utf-16-le"))[0] == "encoding"


def test_half_a_character_of_utf_16_is_refused() -> None:
    assert refusal_of(TEXT.encode("utf-16")[:-1])[0] == "encoding"


@pytest.mark.parametrize(
    "text",
    [
        "姓名,数学\n\ufffd\ufffd,85\n",
        "锟斤拷,数学\n",
        "学籍号,姓名,学校".encode().decode("gb18030", "ignore") + ",锟斤拷\n",
        "姓名,数学成绩,学校".encode("gb18030").decode("latin-1") + "\n",
    ],
)
def test_text_that_was_garbled_before_is_refused(text: str) -> None:
    assert refusal_of(text.encode())[0] == "mojibake"


def test_utf_8_read_as_gbk_and_saved_again_is_refused() -> None:
    garbled = "语文数学英语".encode().decode("gb18030") + "\n"
    assert refusal_of(garbled.encode())[0] == "mojibake"


@pytest.mark.parametrize("character", ["\0", "\x07", "\x7f", "\x0b"])
def test_control_characters_are_refused_with_their_line(character: str) -> None:
    assert refusal_of(f"姓名,数学\n赵{character},85\n".encode()) == ("control_character", 2)
