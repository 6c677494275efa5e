"""``import``: check a file of scores and publish it."""

import argparse
from dataclasses import asdict
from datetime import date
from pathlib import Path

from core.errors import DataError
from data.importers.full_mark import full_mark_hundredths
from pipeline.command_line.answer import as_json, say
from pipeline.import_scores import ImportReport, ImportRequest, import_scores
from pipeline.store import open_store

HELP = "check a file of scores and publish it"
EXAMPLE = """\
  python -m pipeline import grade7.xlsx --exam "2023 入学测" --date 2023-09-04 --grade 7 \\
      --full-mark 语文=120 --full-mark 数学=120 --dry-run
"""
_KEYS = ("outcome", "n_rows", "n_refused", "release")
_FIRST_YEAR, _LONGEST_NAME = 1900, 120

DESCRIPTION = """\
Check a CSV or XLSX file and publish it as a release of an exam.

The file has one row per pupil (a column per subject) or one row per pupil and subject (columns
科目 and 分数), under a row of headers such as
学校代码, 学校名称, 班级, 学籍号, 姓名, 语文, 数学.
English headers (school code, class, pupil number, math ..) are known too. A score is a number
with at most two decimals; 缺考, 违纪 and 免考 are states; an empty cell is 未录, never zero.
A file with an error publishes nothing. The same content is published once; other content under
the same name becomes the next release, and the old one is kept.
"""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a .csv or .xlsx file")
    parser.add_argument(
        "--exam", required=True, type=_name, metavar="NAME", help="name of the exam"
    )
    parser.add_argument(
        "--date", required=True, type=_day, metavar="YYYY-MM-DD", help="day of the exam"
    )
    parser.add_argument(
        "--grade", required=True, type=int, choices=range(1, 13), metavar="N", help="1 to 12"
    )
    parser.add_argument(
        "--stage",
        choices=("primary", "junior", "senior"),
        help="default: 1-6 primary, 7-9 junior, 10-12 senior",
    )
    parser.add_argument(
        "--full-mark",
        action="append",
        default=[],
        type=_full_mark,
        metavar="SUBJECT=MARK",
        help="full mark of a subject, once per subject; without it 100, with a warning",
    )
    parser.add_argument("--dry-run", action="store_true", help="check only, publish nothing")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(options: argparse.Namespace) -> bool:
    """Check a file and publish it; False when the findings refuse it."""
    request = ImportRequest(
        path=options.file,
        exam=options.exam,
        held_on=options.date,
        grade=options.grade,
        stage=options.stage,
        full_marks=dict(options.full_mark),
    )
    report = import_scores(
        open_store(), request, is_dry_run=options.dry_run, actor="command line"
    )
    say(_import_json(report) if options.format == "json" else _import_text(report))
    return report.outcome != "reject"


def _import_json(report: ImportReport) -> str:
    answer = {key: getattr(report, key) for key in _KEYS}
    return as_json(answer | {"findings": [asdict(finding) for finding in report.findings]})


def _import_text(report: ImportReport) -> str:
    lines = [f"{report.outcome}: rows {report.n_rows}, refused {report.n_refused}"]
    for finding in report.findings:
        lines += [f"[{finding.severity}] {finding.message_zh}", f"    {finding.message_en}"]
    return "\n".join([*lines, _published(report)])


def _published(report: ImportReport) -> str:
    number = report.release
    if number is None:
        return "未发布任何内容。Nothing was published."
    if not report.is_new:
        return f"内容与第 {number} 版相同，未改动。Unchanged: the content is release {number}."
    return f"已发布为第 {number} 版。Published as release {number}."


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if day.year < _FIRST_YEAR or day.isoformat() != text:
        raise argparse.ArgumentTypeError(f"{text!r} is no date since 1900; write YYYY-MM-DD")
    return day


def _name(text: str) -> str:
    name = text.strip()
    if not 0 < len(name) <= _LONGEST_NAME or not name.isprintable():
        raise argparse.ArgumentTypeError(
            f"an exam's name has 1 to {_LONGEST_NAME} printable characters, found {len(name)}"
        )
    return name


def _full_mark(text: str) -> tuple[str, int]:
    subject, separator, mark = text.rpartition("=")
    if not (separator and subject.strip()):
        raise argparse.ArgumentTypeError(f"{text!r}: write SUBJECT=MARK, such as 数学=120")
    try:
        return subject.strip(), full_mark_hundredths(mark)
    except DataError as error:
        raise argparse.ArgumentTypeError(error.message) from None
