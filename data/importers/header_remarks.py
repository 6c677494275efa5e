"""Words about a header: what is unknown, double, doubtful or not read, and what to write."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from core.findings import Finding
from data.importers.header_words import IGNORE
from data.importers.headers import squeezed
from data.importers.remarks import plain, quoted, remark

_LISTED = 20
_WITH_FULL_MARK = re.compile(r"[^\s()（）]+\([0-9]+(\.[0-9]+)?分\)")
_MOST_DIGITS = 2  # of an unknown header that a message may quote
_SCORE_OR_NUMBER = re.compile(r"[A-Za-z]{0,4}[-_]?[0-9]+(\.[0-9]+)?[A-Za-z]?")


def titles(line: int, *, above: int, depth: int) -> list[Finding]:
    """Say in which row the header stands where that is not the first or not one."""
    findings = []
    if above:
        findings.append(remark(
            "note", "header_row", f"表头在第 {line} 行，上方 {above} 行标题已跳过。",
            f"The header stands in row {line}; title rows skipped above it: {above}.",
            row=line))  # fmt: skip
    if depth > 1:
        findings.append(remark(
            "note", "header_levels",
            f"表头占 {depth} 行（从第 {line} 行起），已按上下两级合并理解；只读取各科的分数。",
            f"The header takes {depth} rows (from row {line} on); they were read together, and "
            f"of each subject only the mark.",
            row=line))  # fmt: skip
    return findings


def spacing(texts: Sequence[str], *, line: int) -> list[Finding]:
    """Say which headers were read without spaces or brackets."""
    spaced = [text for text in texts if _is_spaced(text)]
    if not spaced:
        return []
    names = "、".join(plain(text) for text in spaced[:_LISTED])
    return [remark(
        "note", "header_spacing", f"表头含空格、换行或括号，已按去掉后的名称识别：{names}。",
        f"Headers with spaces, line breaks or brackets were read without them: {names}.",
        row=line)]  # fmt: skip


def _is_spaced(text: str) -> bool:
    text = text.removesuffix("…")  # of a long one only the beginning is told
    if _WITH_FULL_MARK.fullmatch(text):
        return False  # as the template writes it
    if text.isascii() and text == " ".join(text.split()):
        return False  # words of an English header stand apart by right
    return text.casefold() != squeezed(text) or "(" in text or any(c.isspace() for c in text)


def like_data(unknown: Mapping[int, str]) -> set[int]:
    """Return the unknown headers that may be a pupil's name, number or score.

    A score or a number among them makes all of them doubtful: the row is perhaps a pupil's.
    """
    narrow = {i: unicodedata.normalize("NFKC", text).strip() for i, text in unknown.items()}
    if any(_SCORE_OR_NUMBER.fullmatch(text) for text in narrow.values()):
        return set(narrow)
    return {i for i, text in narrow.items() if sum(c.isdigit() for c in text) > _MOST_DIGITS}


def unknown(text: str, *, line: int, letter: str, like: Sequence[str]) -> Finding:
    """Refuse a header that the table does not know.

    Parameters
    ----------
    like : sequence of str
        Known headers that it is like and that no other column has.
    """
    header = quoted(text)
    key = header if header == text else f"{letter}列"
    zh, en, say_zh, say_en = "", "", "", ""
    if like:
        zh, en = f"它像是：{'、'.join(like)}。", f"It looks like {', '.join(like)}. "
        option = f'--column "{key}={like[0]}"'
        say_zh, say_en = f"，或写明含义：{option}", f", or say what it means with {option}"
    return remark(
        "error", "unknown_column",
        f"第 {line} 行表头“{header}”是未知的列，不在已知表头中，不能忽略它。{zh}"
        f"请改成已知的表头{say_zh}；"
        f"是科目用 --full-mark {header}=满分 声明；不需要用 --column \"{key}={IGNORE}\"。",
        f"Header row {line}: the column {header} is unknown. {en}Rename it to a known header"
        f"{say_en}; declare a subject with --full-mark {header}=MARK; leave it out with "
        f"--column \"{key}=ignore\".",
        row=line, column=header)  # fmt: skip


def unknown_data(letter: str, *, line: int) -> Finding:
    """Refuse an unknown header whose text no message may show."""
    return remark(
        "error", "unknown_column",
        f"第 {line} 行表头：第 {letter} 列不是已知的表头，其内容像是学生的数据，因此不显示。"
        f"请检查第 {line} 行是不是表头，并把该列改成已知的表头，或删除该列，"
        f"或用 --column \"{letter}列={IGNORE}\" 不读取它。",
        f"Header row {line}: column {letter} has no known header; its text looks like a "
        f"pupil's data and is not shown. Check that row {line} is the header, and rename the "
        f"column to a known header or delete it, or leave it out with "
        f"--column \"{letter}列=ignore\".",
        row=line, column=letter)  # fmt: skip


def double(first: str, second: str, *, line: int, letters: Sequence[str]) -> Finding:
    """Refuse two columns that mean the same; the option that settles it is given."""
    option = f'--column "{second}={IGNORE}"'
    if first == second:
        option = f'--column "{letters[1]}列={IGNORE}"'
    return remark(
        "error", "double_column",
        f"第 {line} 行表头：“{first}”与“{second}”两列含义相同（重复，第 {letters[0]}、"
        f"{letters[1]} 列）。只能保留一列：请删除或改名，或用 {option} 指明不读取哪一列。",
        f"Header row {line}: the columns {first} and {second} mean the same (columns "
        f"{letters[0]} and {letters[1]}). Keep one of them, or say which to leave out, as with "
        f"{option}.",
        row=line, column=second)  # fmt: skip


def second_choice(first: str, second: str, *, line: int, letters: Sequence[str]) -> Finding:
    """Warn that the better of two columns was read."""
    del letters
    return remark(
        "warning", "double_column",
        f"“{first}”与“{second}”两列含义相近，只读取了“{first}”。如不对，请删除一列后重新上传，"
        f"或用 --column \"{first}={IGNORE}\"。",
        f"The columns {first} and {second} mean nearly the same; only {first} was read. "
        f"If that is wrong, delete one of them, or use --column \"{first}=ignore\".",
        row=line, column=second)  # fmt: skip


def candidates(texts: Sequence[str], *, name: str, line: int) -> Finding:
    """Ask which column is a subject's mark: its raw mark or a converted score."""
    listed = "”“".join(texts)
    options = " 或 ".join(f'--column "{text}={name}"' for text in texts)
    return remark(
        "error", "score_choice",
        f"第 {line} 行表头：“{name}”可以取“{listed}”中的一列（卷面分，还是赋分、标准分），"
        f"不能猜测。请指明：{options}。",
        f"Header row {line}: the mark of {name} may be any of {', '.join(texts)} (a raw mark, "
        f"or a converted score). Say which: "
        + " or ".join(f"--column \"{text}={name}\"" for text in texts) + ".",
        row=line, column=texts[0])  # fmt: skip


def not_read(names: Sequence[str]) -> list[Finding]:
    """Note the columns that do not bear on the marks."""
    if not names:
        return []
    listed = "、".join(names[:_LISTED])
    return [remark(
        "note", "ignored_column", f"以下 {len(names)} 列与成绩无关，没有读取：{listed}。",
        f"Columns that do not bear on the marks were not read: {len(names)} ({listed}).",
    )]  # fmt: skip


def remembered(used: Sequence[tuple[str, str]]) -> list[Finding]:
    """Note which headers were read as the bureau said before."""
    if not used:
        return []
    listed = "、".join(f"{header}={name}" for header, name in used[:_LISTED])
    return [remark(
        "note", "remembered_column",
        f"以下 {len(used)} 列按以前确认过的含义读取：{listed}。如不对，用 --column 重新说明。",
        f"Columns read as was said before: {len(used)} ({listed}). If that is wrong, say so "
        f"with --column.")]  # fmt: skip


def no_such_column(header: str, *, line: int) -> Finding:
    """Refuse a column of the call that the file does not have."""
    return remark(
        "error", "column_option",
        f"--column 写到的列“{plain(header)}”不在第 {line} 行的表头中。请核对列名。",
        f"--column names {plain(header)}, which header row {line} does not have. Correct it.",
        row=line)  # fmt: skip


def unnamed(letter: str, *, line: int) -> Finding:
    """Refuse data without a header."""
    return remark(
        "error", "unnamed_column",
        f"第 {letter} 列有数据，但第 {line} 行没有表头。请补上列名或删除该列。",
        f"Column {letter} holds data but has no header in row {line}. Name the column or "
        f"delete it.",
        row=line, column=letter)  # fmt: skip
