"""``verify``: check that nothing in the store is missing, changed or forged."""

import argparse
from dataclasses import asdict
from pathlib import Path

from data.audit import accept_trail
from data.database import engines_of
from data.engine.open import engine_from_environment
from data.home import home_from_environment
from data.store import Store
from pipeline.command_line.answer import as_json, say
from pipeline.store import open_store
from pipeline.verify import VerifyReport, verify_store

HELP = "check that nothing in the store is missing, changed or forged"
EXAMPLE = """\
  python -m pipeline verify
  python -m pipeline verify --recompute --anchor /mnt/safe/audit.head --format json
"""
DESCRIPTION = """\
Check the keys, the catalogue, the audit trail with its anchor, every file of the lake, the
rosters, and look for leftovers. Nothing is changed. Every fault is told with what to do; exit
code 1 when there is any. docs/howto/audit.md says what the answers mean.
"""
_NAMES = {
    "catalogue": ("目录库", "catalogue"),
    "database": ("数据库文件", "database file"),
    "keys": ("密钥", "keys"),
    "events": ("审计记录", "audit events"),
    "releases": ("考试版本及花名册", "releases with rosters"),
    "statistics": ("统计文件", "statistics"),
    "datasets": ("数据集版本", "dataset versions"),
    "drafts": ("草稿", "drafts"),
    "roster": ("县花名册", "county rosters"),
    "lake": ("数据湖清点", "lake"),
    "leftovers": ("残留文件", "leftovers"),
    "recomputed": ("重算的统计", "statistics recomputed"),
}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "--recompute",
        action="store_true",
        help="make the statistics of the current releases again and compare",
    )
    parser.add_argument(
        "--anchor",
        type=Path,
        metavar="FILE",
        help="a copy of keys/audit.head kept elsewhere; its event must be in the trail",
    )
    parser.add_argument(
        "--accept-trail",
        metavar="REASON",
        help="after an older catalogue was restored: record why, and anchor the trail anew",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(options: argparse.Namespace) -> bool:
    """Verify the store; False when anything is wrong."""
    if options.accept_trail is not None:
        _accept(options.accept_trail)
    home = home_from_environment()
    # Not opened: opening would make what is missing.
    engine = engine_from_environment(lake=home.lake, staging=home.staging)
    store = Store(home, engines_of(home), engine)
    try:
        report = verify_store(store, recompute=options.recompute, anchor_copy=options.anchor)
    finally:
        store.close()
    say(_json(report) if options.format == "json" else _text(report))
    return report.is_whole


def _accept(reason: str) -> None:
    store = open_store()
    store.change(lambda session: accept_trail(session, actor="command line", reason=reason))
    store.close()


def _json(report: VerifyReport) -> str:
    return as_json(
        {
            "is_whole": report.is_whole,
            "checked": dict(report.checked),
            "head": asdict(report.head),
            "findings": [asdict(finding) for finding in report.findings],
        }
    )


def _text(report: VerifyReport) -> str:
    lines = [f"{zh} {en}: {report.checked[key]}" for key, (zh, en) in _NAMES.items()
             if key in report.checked]  # fmt: skip
    for finding in report.findings:
        lines += [f"[{finding.severity}] {finding.message_zh}", f"    {finding.message_en}"]
    if report.head.id:
        lines.append(f"审计链头 audit head: {report.head.id} {report.head.digest}")
    if report.is_whole:
        lines.append("一切完好。Everything is whole.")
    else:
        n = sum(finding.severity != "note" for finding in report.findings)
        lines.append(f"发现 {n} 个问题。Faults found: {n}.")
    return "\n".join(lines)
