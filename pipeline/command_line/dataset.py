"""``dataset``: check a file that is no exam and publish it."""

import argparse
from dataclasses import asdict
from pathlib import Path

from data.dataset_kinds.registry import KINDS
from data.importers.limits import Limits
from pipeline.command_line.answer import as_json, say
from pipeline.command_line.given_once import given_once
from pipeline.dataset_place import DatasetRequest
from pipeline.import_dataset import DatasetReport, import_dataset
from pipeline.organisation import LOCAL_COUNTY
from pipeline.store import open_store

HELP = "check a file that is no exam (items, summary, enrolment, survey ..) and publish it"
EXAMPLE = """\
  python -m pipeline dataset summary 一分三率.xlsx --name "2026 期末汇总" --exam "2026 期末" \\
      --dry-run
"""
_KINDS = "\n".join(f"  {k.name:16} {k.title_zh}: {k.title_en}" for k in KINDS.values())
DESCRIPTION = f"""\
Check a CSV or XLSX file and publish it as a version of a dataset. Kinds:

{_KINDS}

A file with an error publishes nothing. The same content is published once; other content under
the same name becomes the next version, and the old one is kept: give a --reason. Schools are
matched with the organisation by code or exact name. docs/howto/datasets.md shows each kind.
"""
_KEYS = ("outcome", "n_rows", "n_refused", "n_stored", "version", "is_new", "batch")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("kind", choices=tuple(KINDS), metavar="KIND", help="see above")
    parser.add_argument("file", type=Path, metavar="FILE", help="a .csv or .xlsx file")
    parser.add_argument("--name", required=True, metavar="NAME", help="name of the dataset")
    parser.add_argument("--exam", metavar="EXAM", help="exam that it belongs to")
    parser.add_argument(
        "--subject", metavar="S", help="subject of the whole file, by code or name"
    )
    parser.add_argument(
        "--county", default=LOCAL_COUNTY, metavar="CODE", help="tree of its schools"
    )
    parser.add_argument("--reason", metavar="TEXT", help="why a version is corrected")
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        type=_column,
        metavar="HEADER=COLUMN",
        help="what a header of the file means, such as 现有=在籍人数 or 备用=忽略",
    )
    parser.add_argument("--sheet", metavar="SHEET", help="name of the worksheet to read")
    parser.add_argument("--dry-run", action="store_true", help="check only, publish nothing")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(options: argparse.Namespace) -> bool:
    """Check a file and publish it; False when the findings refuse it."""
    request = DatasetRequest(
        path=options.file,
        kind=options.kind,
        name=options.name,
        exam=options.exam,
        subject=options.subject,
        county=options.county,
        reason=options.reason,
        sheet=options.sheet,
        columns=given_once(options.column, option="--column"),
    )
    report = import_dataset(
        open_store(may_be_new=True),
        request,
        is_dry_run=options.dry_run,
        actor="command line",
        limits=Limits(),
    )
    say(_json(report) if options.format == "json" else _text(report))
    return report.outcome != "reject"


def _json(report: DatasetReport) -> str:
    answer = {key: getattr(report, key) for key in _KEYS}
    return as_json(answer | {"findings": [asdict(finding) for finding in report.findings]})


def _text(report: DatasetReport) -> str:
    lines = [f"{report.outcome}: rows {report.n_rows}, refused {report.n_refused}"]
    for finding in report.findings:
        lines += [f"[{finding.severity}] {finding.message_zh}", f"    {finding.message_en}"]
    return "\n".join([*lines, _published(report)])


def _published(report: DatasetReport) -> str:
    number = report.version
    if number is None:
        return "未发布任何内容。Nothing was published."
    if not report.is_new:
        return f"内容与第 {number} 版相同，未改动。Unchanged: the content is version {number}."
    return (
        f"已发布为第 {number} 版，{report.n_stored} 行。"
        f"Published as version {number}, rows {report.n_stored}."
    )


def _column(text: str) -> tuple[str, str]:
    header, separator, meaning = text.rpartition("=")
    if not (separator and header.strip() and meaning.strip()):
        raise argparse.ArgumentTypeError(f"{text!r}: write HEADER=COLUMN")
    return header.strip(), meaning.strip()
