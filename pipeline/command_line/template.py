"""``template``: a workbook to fill in, with the bureau's own schools and pupils."""

import argparse
from pathlib import Path

from core.errors import DataError, SettingsError
from data.catalogue import require_school
from data.importers.full_mark import full_mark_hundredths
from data.scope import OPERATOR, Scope
from pipeline.command_line.answer import say
from pipeline.command_line.given_once import given_once
from pipeline.organisation import LOCAL_COUNTY
from pipeline.store import open_store
from pipeline.template import score_template, template_workbook

HELP = "write a workbook to fill in"
EXAMPLE = """\
  python -m pipeline template --exam "2026 期末" --out 2026期末.xlsx
  python -m pipeline template --exam "2027 期中" --grade 8 --school 3301 --out 3301.xlsx \\
      --subject 语文=120 --subject 数学=120
"""
DESCRIPTION = """\
Write an XLSX workbook for the scores of an exam: schools and pupils stand in it (from the
roster, else from the exam, else from the newest exam of the grade), text cells for every number
of a pupil, and a check of each score against the full mark.

It names pupils: hand it only to who may see them. --school limits it to one school.
"""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("--exam", required=True, metavar="NAME", help="name of the exam")
    parser.add_argument("--out", required=True, type=Path, metavar="FILE", help="an .xlsx file")
    parser.add_argument("--grade", type=int, choices=range(1, 13), metavar="N", help="1 to 12")
    parser.add_argument("--school", metavar="CODE", help="only the pupils of this school")
    parser.add_argument(
        "--subject",
        action="append",
        default=[],
        type=_subject,
        metavar="SUBJECT=MARK",
        help="subject with full mark, once per subject; by default those of the exam",
    )


def run(options: argparse.Namespace) -> bool:
    """Write a template."""
    if options.out.suffix.lower() != ".xlsx":
        raise SettingsError(
            f"--out names {options.out.name!r}; a name that ends in .xlsx is required.",
            f"--out 给出的是“{options.out.name}”，文件名须以 .xlsx 结尾。",
        )
    if options.out.exists():
        raise SettingsError(
            f"--out names {options.out.name!r}, which exists and may be filled in. Nothing was "
            "written. Name another file, or remove that one first.",
            f"--out 给出的“{options.out.name}”已经存在，可能已有人填写。未写入任何内容。"
            "请换一个文件名，或先移走该文件。",
        )
    subjects = given_once(options.subject, option="--subject")
    store, scope = open_store(), OPERATOR
    if options.school:
        require_school(store, LOCAL_COUNTY, options.school)
        scope = Scope("clerk", (options.school,))
    template = score_template(
        scope, store, options.exam, grade=options.grade, subjects=tuple(subjects.items())
    )
    options.out.write_bytes(template_workbook(template))
    say(
        f"已写入 {options.out}：{len(template.pupils)} 行，{len(template.subjects)} 科。"
        f"Written: rows {len(template.pupils)}, subjects {len(template.subjects)}."
    )
    return True


def _subject(text: str) -> tuple[str, float]:
    name, separator, mark = text.rpartition("=")
    if not (separator and name.strip()):
        raise argparse.ArgumentTypeError(f"{text!r}: write SUBJECT=MARK, such as 数学=120")
    try:
        return name.strip(), full_mark_hundredths(mark) / 100
    except DataError as error:
        raise argparse.ArgumentTypeError(error.message) from None
