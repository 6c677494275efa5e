"""The schools of the organisation tree, and which one a file means: by code or exact name."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from core.findings import Finding
from data.importers.column_file import ColumnFile, ColumnSpec
from data.importers.headers import FIELDS
from data.importers.remarks import plain, remark

SCHOOL_CODE = ColumnSpec("school_code", "学校代码", FIELDS["school_code"])
SCHOOL_NAME = ColumnSpec("school_name", "学校名称", FIELDS["school_name"])
SCHOOL_SPECS = (SCHOOL_CODE, SCHOOL_NAME)

_LISTED = 20  # unknown schools; more are perhaps another column, which no message may show
_SHOWN_ROWS = 5


@dataclass(frozen=True, slots=True, eq=False)
class SchoolBook:
    """Schools by code and by name.

    Attributes
    ----------
    names : mapping of str to str
        Name by code.
    codes : mapping of str to tuple of str
        Codes by name; a name that several schools share has several.
    """

    names: Mapping[str, str]
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def school_book(units: pd.DataFrame) -> SchoolBook:
    """Return the schools of UNITS."""
    schools = units[units["level"] == "school"]
    names = {str(c): str(n) for c, n in zip(schools["code"], schools["name"], strict=True)}
    codes: dict[str, tuple[str, ...]] = {}
    for code, name in names.items():
        codes[_bare(name)] = (*codes.get(_bare(name), ()), code)
    return SchoolBook(names, codes)


@dataclass(frozen=True, slots=True, eq=False)
class Matched:
    """School codes of the rows, null where there is none, and what was wrong."""

    school: "pd.Series[str]"
    findings: list[Finding]
    refused: set[int]


def match_schools(file: ColumnFile, book: SchoolBook) -> Matched:
    """Return the school of each row of a file with the columns ``SCHOOL_SPECS``."""
    assert file.frame is not None  # noqa: S101 asked for only where a table was made out
    frame = file.frame
    given = frame["school_code"].fillna(frame["school_name"])
    header = file.headers.get("school_code") or file.headers.get("school_name") or "学校"
    if "school_code" not in file.headers and "school_name" not in file.headers:
        return Matched(given, [_no_column()], set(frame["row"]))
    found = {str(text): _match(str(text), book) for text in given.dropna().unique()}
    codes = given.map({text: codes[0] for text, codes in found.items() if len(codes) == 1})
    findings = _unlike(file, codes, book)
    findings += _missing(frame["row"][given.isna()], header)
    unknown = [text for text, own in found.items() if not own]
    shared = [text for text, own in found.items() if len(own) > 1]
    if unknown:
        # Where no school is known the column may be another one, of names or numbers.
        is_school = bool(codes.notna().any()) and len(unknown) <= _LISTED
        rows = frame["row"][given.isin(unknown)]
        shown = "、".join(plain(text) for text in unknown) if is_school else ""
        findings.append(_unknown(len(unknown), rows, header, shown=shown, book=book))
    if shared:
        findings.append(shared_name(len(shared), frame["row"][given.isin(shared)], header))
    refused = {int(row) for row in frame["row"][codes.isna()]}
    return Matched(codes.astype("str"), findings, refused)


def school_named(text: str, book: SchoolBook) -> str | None:
    """Return the code of the only school that a text names by code or by exact name."""
    codes = _match(text, book)
    return codes[0] if len(codes) == 1 else None


def codes_of_name(text: str, book: SchoolBook) -> tuple[str, ...]:
    """Return the codes of the schools with this name; none where it is a school's code."""
    bare = _bare(text)
    return () if bare in book.names else book.codes.get(bare, ())


def _match(text: str, book: SchoolBook) -> tuple[str, ...]:
    bare = _bare(text)
    return (bare,) if bare in book.names else book.codes.get(bare, ())


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _unlike(file: ColumnFile, codes: "pd.Series[str]", book: SchoolBook) -> list[Finding]:
    """Refuse rows whose code belongs to one school and whose name to another."""
    assert file.frame is not None  # noqa: S101
    if not {"school_code", "school_name"} <= file.headers.keys():
        return []
    names = file.frame["school_name"]
    by_name = {str(t): book.codes.get(_bare(str(t)), ()) for t in names.dropna().unique()}
    pairs = pd.DataFrame({"code": codes, "name": names, "row": file.frame["row"]}).dropna()
    is_other = np.array(
        [
            bool(by_name[n]) and c not in by_name[n]
            for c, n in zip(pairs["code"], pairs["name"], strict=True)
        ],
        dtype=bool,
    )
    rows = pairs["row"][is_other]
    if rows.empty:
        return []
    return [remark(
        "error", "school_identity",
        f"学校代码与学校名称属于不同的学校：{len(rows)} 行（{_rows_zh(rows)}）。请核对后改正。",
        f"Rows whose school code and school name belong to different schools: {len(rows)} "
        f"({_rows_en(rows)}). Correct the code or the name.",
        row=int(rows.iloc[0]), column=file.headers["school_code"])]  # fmt: skip


def _no_column() -> Finding:
    return remark(
        "error", "missing_column",
        "缺少学校列：须有“学校代码”或“学校名称”。请补上后重新上传。",
        "There is no column of schools. Add 学校代码 (school code) or 学校名称 (school name) "
        "and upload again.",
        column="学校代码")  # fmt: skip


def _missing(rows: "pd.Series[int]", header: str) -> list[Finding]:
    if rows.empty:
        return []
    return [remark(
        "error", "school_missing",
        f"“{header}”列有 {len(rows)} 行没有学校（{_rows_zh(rows)}）。"
        "请逐行填写；合并的单元格请先拆开。",
        f"Rows without a school in {header}: {len(rows)} ({_rows_en(rows)}). Fill them in; "
        "split merged cells first.",
        row=int(rows.iloc[0]), column=header)]  # fmt: skip


def _unknown(
    n: int, rows: "pd.Series[int]", header: str, *, shown: str, book: SchoolBook
) -> Finding:
    zh, en = (f"：{shown}", f": {shown}") if shown else ("", "")
    return remark(
        "error", "school_unknown",
        f"“{header}”列有 {n} 所学校不在组织机构中（{_rows_zh(rows)}）{zh}。"
        f"已登记 {len(book.names)} 所。请改用登记的学校代码或全称（代码开头的 0 不能丢），"
        "或先登记这些学校（导入考试成绩时会登记）。",
        f"Schools in {header} that the organisation tree does not have: {n} ({_rows_en(rows)})"
        f"{en}. It has {len(book.names)}. Use the code or the full name that is registered "
        "(leading zeros count), or register these schools first; importing an exam registers "
        "its schools.",
        row=int(rows.iloc[0]), column=header)  # fmt: skip


def shared_name(n: int, rows: "pd.Series[int]", header: str) -> Finding:
    """Refuse names that several schools have."""
    return remark(
        "error", "school_shared_name",
        f"“{header}”列有 {n} 个校名对应多所学校（{_rows_zh(rows)}）。请改用学校代码。",
        f"Names in {header} that several schools share: {n} ({_rows_en(rows)}). Use school "
        "codes.",
        row=int(rows.iloc[0]), column=header)  # fmt: skip


def _rows_zh(rows: "pd.Series[int]") -> str:
    more = "等" if len(rows) > _SHOWN_ROWS else ""
    return f"第 {'、'.join(map(str, rows.head(_SHOWN_ROWS)))} 行{more}"


def _rows_en(rows: "pd.Series[int]") -> str:
    more = ", ..." if len(rows) > _SHOWN_ROWS else ""
    return f"rows {', '.join(map(str, rows.head(_SHOWN_ROWS)))}{more}"
