"""``restore``: bring a backup back to a new place, or practise it."""

import argparse
from pathlib import Path

from core.errors import SettingsError
from data.home import Home, home_from_environment
from pipeline.back_up import Drill, drill, restore
from pipeline.command_line.answer import as_json, say

HELP = "bring a backup back to a new place, or practise it"
EXAMPLE = """\
  python -m pipeline restore zhunsheng-20260628T030500Z.tar --drill
  python -m pipeline restore zhunsheng-20260628T030500Z.tar --to /srv/zhunsheng \\
      --keys /media/keys
"""
DESCRIPTION = """\
Restore a backup into an empty folder (--to) and verify it; or only practise it (--drill): it is
restored into a temporary folder, verified and removed.

With ZHUNSHENG_DATABASE_URL set, --to restores the catalogue into that database, which must be
empty; a backup from SQLite can be restored to PostgreSQL and the other way round.
"""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("backup", type=Path, metavar="FILE")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--to", type=Path, metavar="FOLDER", help="a new or empty folder")
    where.add_argument("--drill", action="store_true", help="practise, keep nothing")
    parser.add_argument(
        "--keys", type=Path, metavar="FOLDER", help="default: keys/ of the present store"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(options: argparse.Namespace) -> bool:
    """Restore a backup; False when what came of it is not whole."""
    if not options.backup.is_file():
        raise SettingsError(
            f"There is no file {str(options.backup)!r}. Check the name and the folder.",
            f"找不到文件“{options.backup}”。请检查文件名和所在文件夹。",
        )
    present = home_from_environment()
    keys = options.keys or present.keys
    if options.drill:
        done = drill(options.backup, keys=keys)
    else:
        place = Home(options.to.resolve(), present.database_url)
        done = restore(options.backup, place, keys=keys)
    say(_json(done) if options.format == "json" else _text(done, is_drill=options.drill))
    return not any(finding.severity == "error" for finding in done.findings)


def _json(done: Drill) -> str:
    return as_json({
        "made_at": done.restored.made_at,
        "n_files": done.restored.n_files,
        "n_rows": done.restored.n_rows,
        "findings": [
            {"severity": f.severity, "check": f.check, "message_zh": f.message_zh,
             "message_en": f.message_en}
            for f in done.findings
        ],
    })  # fmt: skip


def _text(done: Drill, *, is_drill: bool) -> str:
    restored = done.restored
    head = (
        f"{'演练完成' if is_drill else '已恢复'}：{restored.made_at}Z 的备份，"
        f"{restored.n_files} 个文件，{restored.n_rows} 条记录，"
        f"发现问题 {len(done.findings)} 个。"
        f"{'Practised' if is_drill else 'Restored'}: files {restored.n_files}, rows "
        f"{restored.n_rows}, findings {len(done.findings)}."
    )
    lines = [head]
    for finding in done.findings:
        lines += [f"[{finding.severity}] {finding.message_zh}", f"    {finding.message_en}"]
    return "\n".join(lines)
