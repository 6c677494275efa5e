"""``delete-pupil``: delete a pupil from the store on request."""

import argparse
import getpass

from core.errors import SettingsError
from data.scope import OPERATOR
from pipeline.command_line.answer import as_json, say
from pipeline.delete_pupil import DeletedPupil, delete_pupil
from pipeline.organisation import LOCAL_COUNTY
from pipeline.store import open_store

HELP = "delete a pupil from roster, releases and statistics"
EXAMPLE = """\
  python -m pipeline delete-pupil --reason "监护人申请"
"""
DESCRIPTION = """\
Delete a pupil from the roster, from every release of every exam, and from the statistics made
of them; also rows that files without pupil numbers brought under an exam number of his, where
name or school say that they are his. It cannot be undone. The figures of his schools are made
anew without him; each release says how many pupils were deleted from it.

The number is asked for, so that it does not stay in the shell's history; it can also be given
as an argument. Backups made before still hold the pupil under a pseudonym: delete them, or let
them expire (backup --thin-out).
"""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("number", nargs="?", metavar="NUMBER", help="pupil number 学籍号")
    parser.add_argument(
        "--reason", required=True, metavar="TEXT", help="why; kept in the audit"
    )
    parser.add_argument("--county", default=LOCAL_COUNTY, metavar="CODE")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(options: argparse.Namespace) -> bool:
    """Delete a pupil."""
    number = (options.number or getpass.getpass("学籍号 pupil number: ")).strip()
    if not number or number in options.reason:
        raise SettingsError(
            "A pupil number is required, and the reason must not repeat it. Correct the call.",
            "须给出学籍号，且原因中不得含该号码。请改正。",
        )
    done = delete_pupil(
        OPERATOR,
        open_store(),
        number,
        county=options.county,
        reason=options.reason,
        actor="command line",
    )
    if options.format == "json":
        say(as_json({
            "exams": done.exams, "n_releases": done.n_releases,
            "n_datasets": done.n_datasets, "was_in_roster": done.was_in_roster,
            "doubtful": done.doubtful, "is_log_clear": done.is_log_clear,
        }))  # fmt: skip
    else:
        say(_text(done))
    return True


def _text(done: DeletedPupil) -> str:
    lines = [
        f"已删除：{len(done.exams)} 场考试的 {done.n_releases} 个版本，"
        f"{done.n_datasets} 份其他数据"
        f"{'，以及名册' if done.was_in_roster else ''}；相关统计已重新计算。",
        f"Deleted from exams {len(done.exams)}, releases {done.n_releases}, datasets "
        f"{done.n_datasets}"
        f"{' and the roster' if done.was_in_roster else ''}; statistics were made anew.",
    ]
    if done.doubtful:
        exams = "、".join(done.doubtful)
        lines += [
            f"以下考试有他的考号，但没有姓名，且在另一所学校，不能确定是否为同一人，未删除：{exams}。"
            "如确认是他，可用该考号再执行一次：所有考试中用该考号代替学籍号的行都会删除。",
            f"These exams have an exam number of his, without a name and at another school; "
            f"whether it is him is not known, and nothing was deleted there: {exams}. If it is "
            f"him, run the command again with that exam number: it deletes every row of any "
            f"exam that this number stands for.",
        ]
    if not done.is_log_clear:
        lines += [
            "另有程序正在读取，他的加密身份暂时还留在 catalogue.sqlite-wal 中，"
            "下次启动或改动时自动清除；请停止该程序后执行 verify 核对。",
            "Another program is reading: his sealed identity stays in catalogue.sqlite-wal for "
            "now and goes at the next start or change. Stop that program, then run verify.",
        ]
    return "\n".join(lines)
