"""``backup``: copy a running store into one file."""

import argparse
from pathlib import Path

from pipeline.back_up import back_up
from pipeline.command_line.answer import as_json, say
from pipeline.store import open_store

HELP = "copy the running store into one file"
EXAMPLE = """\
  python -m pipeline backup /mnt/backups --thin-out
"""
DESCRIPTION = """\
Write a backup of the catalogue and the lake, as they are at one moment, into a folder; nobody
has to stop working. Every file is compared with the hash that was published.

The keys are not in it: keep a copy of the store's folder keys/ in another place. Whoever has
both can name pupils.
"""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="best on another disk")
    parser.add_argument(
        "--thin-out",
        action="store_true",
        help="keep the newest backup of 7 days, 4 weeks and 12 months, remove the others",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(options: argparse.Namespace) -> bool:
    """Write a backup."""
    backup, n_removed = back_up(
        open_store(), options.folder, actor="command line", thin_out=options.thin_out
    )
    if options.format == "json":
        say(as_json({
            "file": str(backup.path), "n_files": backup.n_files, "n_bytes": backup.n_bytes,
            "n_removed": n_removed,
        }))  # fmt: skip
    else:
        say(
            f"备份已写入 {backup.path}：{backup.n_files} 个文件，{backup.n_bytes} 字节；"
            f"删去旧备份 {n_removed} 份。密钥不在其中，请另行保存 keys/。\n"
            f"Backup written: files {backup.n_files}, bytes {backup.n_bytes}, old backups "
            f"removed {n_removed}. The keys are not in it: keep keys/ in another place."
        )
    return True
