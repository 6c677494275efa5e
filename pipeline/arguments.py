"""The arguments of the command line and the help that teaches them."""

import argparse
from datetime import date
from pathlib import Path

from core.errors import DataError
from data.importers.full_mark import full_mark_hundredths

_FIRST_YEAR, _LONGEST_NAME = 1900, 120

_INTRODUCTION = """\
准绳 Zhunsheng: exam files in, honest school figures out.

The store (database, files, keys) lies in the folder that ZHUNSHENG_HOME names, by default var/.
Exit codes: 0 done, 1 the data refuse it (the findings say why), 2 wrong call, 3 the machine
failed (disk, permissions, a damaged store).
"""

_EXAMPLES = """\
A first session:

  # 1. look at a file without changing anything
  python -m pipeline import grade7.xlsx --exam "2023 入学测" --date 2023-09-04 --grade 7 \\
      --full-mark 语文=120 --full-mark 数学=120 --dry-run
  # 2. publish it, and a later exam of the same pupils
  python -m pipeline import grade7.xlsx --exam "2023 入学测" --date 2023-09-04 --grade 7 ...
  python -m pipeline import grade9.xlsx --exam "2026 期末"  --date 2026-06-28 --grade 9 ...
  # 3. what did the schools add?
  python -m pipeline value-added --exam "2026 期末" --baseline "2023 入学测" --subject 数学 \\
      --method contextual
  # 4. or look at it in the browser
  streamlit run app.py
"""

_IMPORT = """\
Check a CSV or XLSX file and publish it as a release of an exam.

The file has one row per pupil (a column per subject) or one row per pupil and subject (columns
科目 and 分数), under a row of headers such as
学校代码, 学校名称, 班级, 学籍号, 姓名, 语文, 数学.
English headers (school code, class, pupil number, math ..) are known too. A score is a number
with at most two decimals; 缺考, 违纪 and 免考 are states; an empty cell is 未录, never zero.
A file with an error publishes nothing. The same content is published once; other content under
the same name becomes the next release, and the old one is kept.
"""

_VALUE_ADDED = """\
Estimate what each school added between two exams, from the stored moments.

random_intercept compares schools at equal prior scores (REML, exactly from the moments);
contextual also takes the school's mean prior score into account, which removes the advantage
that an unreliable prior test gives to schools with a strong intake, and with it any merit that
goes with intake. Without --prior the same subject of the baseline is used, or its total.
With --prior exactly the named subjects of the baseline are used.
The answer holds every school, however small: it is for whoever runs the store. Pages and
pictures leave groups of fewer than ten pupils out.
"""


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Return the options of a call; a wrong call ends the process with code 2."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="python -m pipeline",
        description=_INTRODUCTION,
        epilog=_EXAMPLES,
        formatter_class=raw,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_import(
        commands.add_parser(
            "import",
            help="check a file of scores and publish it",
            description=_IMPORT,
            formatter_class=raw,
        )
    )
    exams = commands.add_parser("exams", help="list the exams of the store")
    exams.add_argument("--format", choices=("text", "json"), default="text")
    commands.add_parser("demo", help="fill an empty store with the demonstration county")
    _add_value_added(
        commands.add_parser(
            "value-added",
            help="what each school added between two exams",
            description=_VALUE_ADDED,
            formatter_class=raw,
        )
    )
    return parser.parse_args(arguments)


def _add_import(parser: argparse.ArgumentParser) -> None:
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


def _add_value_added(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--exam", required=True, metavar="NAME", help="the later exam")
    parser.add_argument("--baseline", required=True, metavar="NAME", help="the earlier exam")
    parser.add_argument("--subject", required=True, metavar="S", help="code or name")
    parser.add_argument(
        "--prior",
        nargs="+",
        action="extend",
        default=[],
        metavar="S2",
        help="subjects of the baseline to compare at; default: the same subject",
    )
    parser.add_argument(
        "--method", choices=("random_intercept", "contextual"), default="random_intercept"
    )
    parser.add_argument(
        "--scale",
        choices=("z", "raw"),
        default="z",
        help="z: population SD of the whole grade (default); raw: points",
    )
    parser.add_argument("--format", choices=("text", "csv", "json"), default="text")


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
