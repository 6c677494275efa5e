"""``roster``: check a roster of pupils and save it."""

import argparse
from dataclasses import asdict
from pathlib import Path

from pipeline.command_line.answer import as_json, say
from pipeline.import_roster import RosterReport, RosterRequest, import_roster
from pipeline.store import open_store

HELP = "check a roster (花名册) and save its schools, classes and pupils"
EXAMPLE = """\
  python -m pipeline roster roster.xlsx --dry-run
  python -m pipeline roster roster.xlsx --complete
"""
DESCRIPTION = """\
Check a CSV or XLSX roster and save its schools, classes and pupils.

Files of scores are compared with it. Columns: 学校代码 or 学校名称, 年级, 班级, 学籍号,
姓名; optional 考号, 乡镇, 性别. English headers (school code, grade, class, pupil number,
exam number ..) are known too. Names and numbers are stored encrypted. A file with an error
changes nothing, and so does the same file once more.
Pupils who are not in the file stay as they are, unless --complete says that the file is the
whole list of its schools: then they count as having left, and the answer says how many.
"""
_LABELS = {
    "new": ("新增", "new"),
    "changed": ("更新", "changed"),
    "moved": ("转学", "moved"),
    "left": ("离校", "left"),
    "unchanged": ("不变", "unchanged"),
}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a .csv or .xlsx file")
    parser.add_argument("--sheet", metavar="NAME", help="the worksheet to read")
    parser.add_argument("--dry-run", action="store_true", help="check only; change nothing")
    parser.add_argument(
        "--complete",
        action="store_true",
        help="pupils of its schools who are not in it left",
    )
    parser.add_argument(
        "--as-school", metavar="CODE", help="refuse a file with pupils of any other school"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(options: argparse.Namespace) -> bool:
    """Check and save; false when the file is refused."""
    request = RosterRequest(
        path=options.file,
        school=options.as_school,
        is_complete=options.complete,
        sheet=options.sheet,
    )
    report = import_roster(
        open_store(may_be_new=True), request, is_dry_run=options.dry_run, actor="command line"
    )
    say(as_json(asdict(report)) if options.format == "json" else _text(report))
    return report.outcome != "reject"


def _text(report: RosterReport) -> str:
    lines = [f"{report.outcome}: rows {report.n_rows}, refused {report.n_refused}"]
    for finding in report.findings:
        lines += [f"[{finding.severity}] {finding.message_zh}", f"    {finding.message_en}"]
    if report.counts:
        zh = "，".join(f"{_LABELS[key][0]} {n}" for key, n in report.counts.items())
        en = ", ".join(f"{_LABELS[key][1]} {n}" for key, n in report.counts.items())
        schools = f"学校 {report.n_schools}，班级 {report.n_classes}"
        lines.append(f"{schools}；学生：{zh}。Pupils: {en}.")
    saved = "已保存。Saved." if report.is_saved else "未改动任何内容。Nothing was changed."
    return "\n".join([*lines, saved])
