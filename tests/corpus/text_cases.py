"""Group B: text files in all encodings and with all delimiters."""

import codecs

from tests.corpus.case import Case
from tests.corpus.other_files import separated
from tests.corpus.pupils import N_PUPILS, good_rows, with_cells

_BOM = codecs.BOM_UTF8
_RARE = {2: "䶮一", 3: "㐂文", 4: "𠮷安"}  # two, two and four bytes beyond GBK


def _utf8(text: str) -> bytes:
    return _BOM + text.encode()


def _half_and_half() -> bytes:
    lines = separated().split("\r\n")
    half = len(lines) // 2
    first, second = ("\r\n".join(part) for part in (lines[:half], lines[half:]))
    return first.encode() + b"\r\n" + second.encode("gbk")


def _garbled() -> bytes:
    return separated().encode().decode("gbk", "replace").encode()


def _without_quote() -> bytes:
    return _utf8(separated(with_cells("姓名", {4: "@"})).replace("@", '"白若川'))


def _ragged() -> bytes:
    rows = good_rows()
    rows[5] = [*rows[5], 99, 100]
    rows[8] = rows[8][:-2]
    return _utf8(separated(rows))


def _changed(old: str, new: str, *, count: int = 1) -> bytes:
    text = separated()
    assert old in text
    return _utf8(text.replace(old, new, count))


def _remarks(remarks: dict[int, str]) -> bytes:
    """Return the good rows with a column of remarks, written as they stand, unquoted."""
    lines = separated().split("\r\n")
    told = {1: "备注", **remarks}
    return _utf8("\r\n".join(
        f"{line},{told.get(i, '')}" if line else line for i, line in enumerate(lines, 1)
    ))  # fmt: skip


CASES = (
    Case("001", "没有错误：UTF-8 文本对照文件", "001.csv", lambda: _utf8(separated()), "accept",
         good=N_PUPILS),
    Case("B01", "GBK 编码", "B01.csv", lambda: separated().encode("gbk"), "normalise",
         ("GB18030|GBK",), good=N_PUPILS),
    Case("B02", "GB18030 四字节汉字", "B02.csv",
         lambda: separated(with_cells("姓名", dict(_RARE))).encode("gb18030"), "normalise",
         ("GB18030",), good=N_PUPILS),
    Case("B03", "UTF-16LE，制表符", "B03.csv",
         lambda: codecs.BOM_UTF16_LE + separated(separator="\t").encode("utf-16-le"),
         "normalise", ("UTF-16",), good=N_PUPILS),
    Case("B04", "UTF-16BE，制表符", "B04.txt",
         lambda: codecs.BOM_UTF16_BE + separated(separator="\t").encode("utf-16-be"),
         "normalise", ("UTF-16",), good=N_PUPILS),
    Case("B05", "一半 UTF-8，一半 GBK", "B05.csv", _half_and_half, "reject", ("编码|混用",)),
    Case("B06", "已经乱码：含替换符 U+FFFD", "B06.csv", _garbled, "reject", ("乱码|编码",)),
    Case("B07", "制表符分隔", "B07.txt", lambda: _utf8(separated(separator="\t")), "normalise",
         ("制表符",), good=N_PUPILS),
    Case("B08", "分号分隔", "B08.csv", lambda: _utf8(separated(separator=";")), "normalise",
         ("分号",), also_ok=("reject",), good=N_PUPILS),
    Case("B09", "引号不成对", "B09.csv", _without_quote, "reject", ("引号|列",)),
    Case("B10", "文件中间有 BOM", "B10.csv", lambda: _changed("石晚晴", "\ufeff石晚晴"),
         "reject", ("字符",), good=N_PUPILS - 1, bad=1),
    Case("B11", "第 6 行多两列，第 9 行少两列", "B11.csv", _ragged, "reject", ("列", "6", "9"),
         good=N_PUPILS - 2, bad=2),
    Case("B12", "姓名里有 NUL 字节", "B12.csv", lambda: _changed("石晚晴", "石\0晚晴"),
         "reject", ("控制字符|非法字符|损坏",)),
    Case("B13", "只用 CR 换行", "B13.csv", lambda: _utf8(separated(end="\r")), "accept",
         also_ok=("normalise",), good=N_PUPILS),
    Case("B14", "姓名单元格内有换行", "B14.csv", lambda: _changed("叶知秋", '"叶知\n秋"'),
         "normalise", ("换行|空白",), also_ok=("reject",), good=N_PUPILS),
    Case("B15", "只有表头", "B15.csv", lambda: _utf8(separated(good_rows()[:1])), "reject",
         ("没有数据|空|0 行",)),
    Case("B16", "首行是 sep=,", "B16.csv", lambda: _utf8("sep=,\r\n" + separated()),
         "normalise", ("sep|分隔",), good=N_PUPILS),
    Case("B17", "竖线分隔", "B17.txt", lambda: _utf8(separated(separator="|")), "normalise",
         ("竖线",), also_ok=("reject",), good=N_PUPILS),
    Case("B18", "没有标记的 UTF-16", "B18.csv", lambda: separated().encode("utf-16-le"),
         "reject", ("编码|UTF-16",)),
    Case("B19", "另存过的乱码：锟斤拷", "B19.csv", lambda: _changed("石晚晴", "锟斤拷"),
         "reject", ("乱码|编码",)),
    Case("B20", "末尾多余的空行和逗号", "B20.csv",
         lambda: _utf8(separated() + ",,,,,,,,,\r\n" * 50 + "\r\n"), "accept",
         also_ok=("normalise",), good=N_PUPILS),
    Case("B21", "空格分隔", "B21.txt", lambda: _utf8(separated(separator=" ")), "reject",
         ("分隔符|列",)),
    Case("B23", "备注列的引号吞掉下面几行", "B23.csv", lambda: _remarks({4: '"三好', 6: '优"'}),
         "reject", ("引号", "2 行")),
    Case("B24", "备注列用两个引号表示同上", "B24.csv", lambda: _remarks({4: '"', 5: '"'}),
         "reject", ("引号",)),
    Case("B25", "备注列有引号括起的两行文字", "B25.csv",
         lambda: _remarks({4: '"家长已知情,\n同意补考"'}), "normalise", ("没有读取",),
         good=N_PUPILS),
    Case("B22", "一行三万个字符", "B22.csv", lambda: _changed("石晚晴", "石" * 30_000),
         "reject", ("过长|超过",)),
)  # fmt: skip
