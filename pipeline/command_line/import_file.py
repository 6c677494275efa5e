"""``import``: check a file of scores and publish it."""

import argparse
from dataclasses import asdict
from pathlib import Path

from core.errors import DataError
from data.importers.full_mark import full_mark_hundredths
from data.importers.limits import Limits
from pipeline.check_scores import ImportRequest
from pipeline.command_line.answer import as_json, difference, say
from pipeline.command_line.day import day
from pipeline.command_line.given_once import given_once
from pipeline.command_line.report_file import require_report, write_report
from pipeline.import_scores import ImportReport, draft_scores, import_scores
from pipeline.store import open_store

HELP = "check a file of scores and publish it"
EXAMPLE = """\
  python -m pipeline import grade7.xlsx --exam "2023 入学测" --date 2023-09-04 --grade 7 \\
      --full-mark 语文=120 --full-mark 数学=120 --dry-run
"""
_KEYS = ("outcome", "n_rows", "n_refused", "release")
_DIFFERENCE = ("n_added", "n_removed", "n_changed")

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
    parser.add_argument("--exam", required=True, metavar="NAME", help="name of the exam")
    parser.add_argument(
        "--date", required=True, type=day, metavar="YYYY-MM-DD", help="day of the exam"
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
    parser.add_argument(
        "--as-school",
        metavar="CODE",
        help="import as this school's clerk: other schools' pupils are refused, and only this "
        "school's rows are replaced",
    )
    parser.add_argument("--reason", metavar="TEXT", help="why a published exam is corrected")
    parser.add_argument(
        "--sheet", metavar="NAME", help="worksheet to read; * for all that are laid out alike"
    )
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        type=_column,
        metavar="HEADER=MEANING",
        help="what a column means, such as 得分2=数学 or 备用=忽略; remembered once the file "
        "is published",
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--dry-run", action="store_true", help="check only, publish nothing")
    how.add_argument(
        "--draft", action="store_true", help="keep the checked file; publish or undo it later"
    )
    parser.add_argument(
        "--report",
        type=_workbook,
        metavar="FILE",
        help="write the findings to a workbook (.xlsx)",
    )
    parser.add_argument(
        "--max-rows", type=int, metavar="N", help="most rows of a file, by default 60,000"
    )
    parser.add_argument(
        "--max-mb", type=int, metavar="N", help="largest file, by default 20 MiB"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(options: argparse.Namespace) -> bool:
    """Check a file and publish it; False when the findings refuse it."""
    request = ImportRequest(
        path=options.file,
        exam=options.exam,
        held_on=options.date,
        grade=options.grade,
        stage=options.stage,
        full_marks=given_once(options.full_mark, option="--full-mark"),
        school=options.as_school,
        reason=options.reason,
        sheet=options.sheet,
        columns=given_once(options.column, option="--column"),
    )
    require_report(options.report, file=options.file)
    report = _report(request, options)
    say(_import_json(report) if options.format == "json" else _import_text(report))
    write_report(options.report, report.findings)
    return report.outcome != "reject"


def _report(request: ImportRequest, options: argparse.Namespace) -> ImportReport:
    limits = Limits.from_settings(max_rows=options.max_rows, max_mb=options.max_mb)
    store, actor = open_store(may_be_new=True), "command line"
    if options.draft:
        return draft_scores(store, request, actor=actor, limits=limits)
    return import_scores(store, request, is_dry_run=options.dry_run, actor=actor, limits=limits)


def _import_json(report: ImportReport) -> str:
    answer = {key: getattr(report, key) for key in _KEYS}
    if report.is_draft:
        answer["batch"] = report.batch
    if report.n_added is not None:
        answer |= {key: getattr(report, key) for key in _DIFFERENCE}
    return as_json(answer | {"findings": [asdict(finding) for finding in report.findings]})


def _import_text(report: ImportReport) -> str:
    lines = [f"{report.outcome}: rows {report.n_rows}, refused {report.n_refused}"]
    for finding in report.findings:
        lines += [f"[{finding.severity}] {finding.message_zh}", f"    {finding.message_en}"]
    return "\n".join([*lines, _published(report)])


def _published(report: ImportReport) -> str:
    number = report.release
    if report.is_draft:
        return (
            f"已存为草稿，批次 {report.batch}。用 publish 发布，或用 undo 撤回。"
            f"Kept as a draft, batch {report.batch}; publish or undo it."
        )
    if number is None:
        return "未发布任何内容。Nothing was published."
    if not report.is_new:
        return f"内容与第 {number} 版相同，未改动。Unchanged: the content is release {number}."
    said = f"已发布为第 {number} 版。Published as release {number}."
    return said if report.n_added is None else f"{said}\n{difference(report)}"


def _workbook(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() != ".xlsx":
        raise argparse.ArgumentTypeError(
            f"{path.name!r}: 报告是工作簿，文件名须以 .xlsx 结尾 / the report is a workbook, a "
            "name that ends in .xlsx is required"
        )
    return path


def _column(text: str) -> tuple[str, str]:
    header, separator, meaning = text.rpartition("=")
    if not (separator and header.strip() and meaning.strip()):
        raise argparse.ArgumentTypeError(f"{text!r}: write HEADER=MEANING, such as 得分2=数学")
    return header.strip(), meaning.strip()


def _full_mark(text: str) -> tuple[str, int]:
    subject, separator, mark = text.rpartition("=")
    if not (separator and subject.strip()):
        raise argparse.ArgumentTypeError(f"{text!r}: write SUBJECT=MARK, such as 数学=120")
    try:
        return subject.strip(), full_mark_hundredths(mark)
    except DataError as error:
        raise argparse.ArgumentTypeError(error.message) from None
