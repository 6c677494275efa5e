"""Files with one row for each pupil and subject: columns 科目 and 分数."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from core.errors import DataError
from core.findings import Finding
from data.importers.full_mark import full_mark_hundredths
from data.importers.header_row import Columns
from data.importers.headers import FIELDS, Header, meaning
from data.importers.remarks import plain, remark
from data.importers.sheet import Sheet
from data.importers.tables import Positions, Tables, cell_table, entry_table
from data.importers.wide_layout import subject_name

_LISTED = 200
_SHOWN_VALUES = 5
_MAX_UNKNOWN = 20  # more are no subjects but perhaps names, which no message may show
_QUOTED_FROM = 5  # rows that hold an unknown subject before a message quotes it


def long_tables(
    sheet: Sheet, columns: Columns, *, rows: Positions, declared: frozenset[str]
) -> Tables:
    """Return the tables of a long file; a pupil's first row is the row of the entry."""
    position = columns.long["score"]
    cells = cell_table(sheet, rows=rows, position=position, column=columns.headers[position])
    named = sheet.text.iloc[rows, columns.long["subject"]].reset_index(drop=True)
    found = {str(t): meaning(str(t), declared=declared) for t in named.dropna().unique()}
    findings = _subject_findings(cells, named, found)
    if columns.subjects:
        findings.append(_mixed(columns))
    lines = entry_table(sheet, columns, rows=rows)
    cells["row"] = _first_rows(lines)
    findings += _conflicts(lines, first=cells["row"])
    cells["subject"] = named.map({text: header.name for text, header in found.items()})
    role = named.map({text: header.role for text, header in found.items()})
    marks = cells[role == "subject"]
    is_double = marks.duplicated(["row", "subject"])
    findings += _doubles(marks, is_double)
    totals = cells[(role == "total").to_numpy(bool)].drop_duplicates("row")
    codes = [text for text, header in found.items() if header.role == "subject"]
    names = _names(codes, found)
    subject = cells["subject"].where((role == "subject").to_numpy(bool))
    full_marks, unlike = _stated(sheet, columns, rows=rows, subject=subject, names=names)
    return Tables(
        entries=lines[lines["row"].isin(cells["row"])].reset_index(drop=True),
        marks=marks[~is_double].reset_index(drop=True),
        subjects=names,
        totals=totals.drop(columns="subject").reset_index(drop=True) if len(totals) else None,
        full_marks=full_marks,
        findings=[*findings, *unlike],
    )


def _names(texts: Sequence[str], found: Mapping[str, Header]) -> dict[str, str]:
    """Return each subject's first name by its code, in the order of the file."""
    names: dict[str, str] = {}
    for text in texts:
        names.setdefault(found[text].name, subject_name(text))
    return names


def _first_rows(lines: pd.DataFrame) -> "pd.Series[int]":
    """Return the first line of each line's pupil; a line without a number is its own."""
    number = lines["pupil_number"].fillna(lines["exam_number"]).str.strip()
    first = lines["row"].groupby(number).transform("first")
    return first.fillna(lines["row"]).astype("int64")


def _conflicts(lines: pd.DataFrame, *, first: "pd.Series[int]") -> list[Finding]:
    """Find lines that tell of the same pupil another school, class or name."""
    own = lines.set_index("row")
    findings = []
    for name in FIELDS:
        if name in {"pupil_number", "exam_number"}:
            continue
        here, there = lines[name].fillna(""), own[name].reindex(first).fillna("").to_numpy()
        findings += [
            _conflict(int(lines["row"].iloc[position]), int(first.iloc[position]), name)
            for position in np.flatnonzero((here != there).to_numpy())[:_LISTED]
        ]
    return findings[:_LISTED]


_ZH = {
    "school_code": "学校代码", "school_name": "学校名称", "township": "乡镇",
    "class_name": "班级", "pupil_name": "姓名", "sex": "性别", "grade": "年级",
}  # fmt: skip


def _conflict(line: int, first: int, name: str) -> Finding:
    return remark(
        "error", "pupil_conflict",
        f"第 {line} 行与第 {first} 行的学籍号相同，但{_ZH[name]}不一致（冲突）。请改成一致。",
        f"Rows {first} and {line} have the same pupil number but another "
        f"{name.replace('_', ' ')}. "
        f"Make them agree.",
        row=line, column=_ZH[name])  # fmt: skip


def _doubles(marks: pd.DataFrame, is_double: "pd.Series[bool]") -> list[Finding]:
    again = marks[is_double]
    firsts = marks[~is_double].set_index(["row", "subject"])["line"]
    findings = [
        _double(int(line), int(firsts.loc[(row, subject)]), column)
        for row, subject, line, column in again[["row", "subject", "line", "column"]]
        .head(_LISTED)
        .itertuples(index=False)
    ]
    if len(again) > _LISTED:
        findings.append(remark(
            "error", "duplicate_mark", f"同一学生同一科目重复的行共 {len(again)} 行。",
            f"Rows that repeat a pupil's subject: {len(again)}."))  # fmt: skip
    return findings


def _double(line: int, first: int, column: str) -> Finding:
    return remark(
        "error", "duplicate_mark",
        f"第 {first} 行和第 {line} 行是同一学籍号的同一科目，重复了。请只保留一行。",
        f"Rows {first} and {line} give the same pupil the same subject twice. Keep one.",
        row=line, column=column)  # fmt: skip


def _subject_findings(
    cells: pd.DataFrame, named: "pd.Series[str]", found: dict[str, Header]
) -> list[Finding]:
    blank = cells["line"][named.isna()]
    findings = [_no_subject(int(line)) for line in blank.head(_LISTED)]
    unknown = [t for t, header in found.items() if header.role not in {"subject", "total"}]
    if len(unknown) > _MAX_UNKNOWN:
        return [*findings, _no_subjects(len(unknown))]
    first = cells["line"].groupby(named).min()
    counts = named.value_counts()
    # What a few rows hold may be a pupil's name in the wrong column: it is not quoted.
    is_subjects = len(unknown) < len(found)
    told = (
        _unknown_subject(plain(text), line=int(first[text]))
        if is_subjects and counts[text] >= _QUOTED_FROM
        else _odd_subject(line=int(first[text]), count=int(counts[text]))
        for text in unknown
    )
    return [*findings, *told]


def _no_subjects(count: int) -> Finding:
    return remark(
        "error",
        "unknown_subject",
        f"科目列里有 {count} 种未知的内容，像是放错了列。请核对表头与各列是否对应。",
        f"The subject column holds {count} unknown texts; it looks like another column. Check "
        f"that headers and columns fit.",
    )


def _no_subject(line: int) -> Finding:
    return remark(
        "error",
        "subject_missing",
        f"第 {line} 行没有科目。请填写科目名称。",
        f"Row {line} names no subject. Fill it in.",
        row=line,
    )


def _unknown_subject(name: str, *, line: int) -> Finding:
    return remark(
        "error", "unknown_subject",
        f"第 {line} 行的科目“{name}”是未知科目，不在已知科目中。"
        f"请改成已知的名称，或用 --full-mark {name}=满分 声明它。",
        f"Row {line}: the subject {name} is unknown. Rename it, or declare it with "
        f"--full-mark {name}=MARK.",
        row=line)  # fmt: skip


def _odd_subject(*, line: int, count: int) -> Finding:
    return remark(
        "error", "unknown_subject",
        f"第 {line} 行的“科目”不是已知的科目（共 {count} 行），像是放错了列，故不显示。"
        f"请核对该行各列；若是科目，请用 --full-mark 科目=满分 声明它。",
        f"Row {line}: what stands as subject is none that is known (rows with it: {count}); it "
        f"looks misplaced, so it is not shown. Check the row; if it is a subject, declare it "
        f"with --full-mark SUBJECT=MARK.",
        row=line)  # fmt: skip


def _mixed(columns: Columns) -> Finding:
    names = "、".join(columns.headers[i] for i in columns.subjects.values())
    return remark(
        "error", "mixed_layout",
        f"表头既有“科目、分数”两列，又有科目列（{names}）。请只用一种形式。",
        f"The header has both columns for subject and score and columns for subjects "
        f"({names}). Use one form only.")  # fmt: skip


def _stated(
    sheet: Sheet,
    columns: Columns,
    *,
    rows: Positions,
    subject: "pd.Series[str]",
    names: Mapping[str, str],
) -> tuple[dict[str, str], list[Finding]]:
    """Return each subject's full mark in the column 满分, and errors where values differ."""
    position = columns.long.get("full_mark")
    if position is None:
        return {}, []
    text = sheet.text.iloc[rows, position].reset_index(drop=True)
    cells = pd.DataFrame({"line": sheet.lines[rows], "subject": subject, "text": text}).dropna()
    cells["value"] = cells["text"].map({cell: _points(cell) for cell in cells["text"].unique()})
    full_marks, findings = {}, []
    for code, own in cells.groupby("subject", sort=False):
        first = own.drop_duplicates("value")
        if len(first) == 1:
            full_marks[str(code)] = str(first["text"].iloc[0])
        else:
            findings.append(
                _unlike(first, subject=names[str(code)], column=columns.headers[position])
            )
    return full_marks, findings


def _points(text: str) -> str:
    """Return a full mark in its shortest form; nothing for what is no full mark."""
    try:
        return f"{full_mark_hundredths(text) / 100:g}"
    except DataError:
        return ""  # perhaps a name or a number out of another column: never to be shown


def _unlike(first: pd.DataFrame, *, subject: str, column: str) -> Finding:
    shown = first.head(_SHOWN_VALUES)
    told = list(zip(shown["line"].astype(int), shown["value"], strict=True))
    zh = "、".join(f"第 {line} 行 {value or '不是数字'}" for line, value in told)
    en = ", ".join(f"row {line}: {value or 'no number'}" for line, value in told)
    more, more_en = ("等", ", ...") if len(first) > len(shown) else ("", "")
    return remark(
        "error", "full_mark_conflict",
        f"“{column}”列里，科目 {subject} 的满分不一致：{zh}{more}。"
        f"同一科目只能有一个满分，请改成一致后重新上传；试卷不同的，请作为不同的考试分别上传。",
        f"{column}: the full marks of the subject {subject} differ ({en}{more_en}). A subject "
        f"has one full mark: make them agree and upload again; upload different papers as "
        f"different exams.",
        row=int(told[1][0]), column=column)  # fmt: skip
