"""``rotate-keys``: seal rosters and drafts with a new key."""

import argparse

from pipeline.command_line.answer import say
from pipeline.rotate_keys import rotate_keys
from pipeline.store import open_store

HELP = "seal rosters and drafts with a new key"
EXAMPLE = """\
  python -m pipeline rotate-keys
"""
DESCRIPTION = """\
Make a new key for everything that names pupils (rosters of releases, drafts, the county's
roster), seal all of it anew, and forget the old key. Do it when somebody who knew the key
leaves. A call that was cut short is taken up again by the next.

Copy keys/ to its safe place again afterwards. Backups made before open only with the old key:
keep it with them, or let them expire. The keys of pseudonyms and of the audit trail do not
change: exams could not be linked, and the trail not be checked, with others.
"""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add no option: there is nothing to choose."""
    parser.set_defaults()


def run(_options: argparse.Namespace) -> bool:
    """Rotate the key."""
    done = rotate_keys(open_store(), actor="command line")
    say(
        f"已换用新密钥：重新加密 {done.n_files} 个文件、{done.n_pupils} 名学生的身份信息。"
        "请重新备份 keys/。\n"
        f"New key in use: files sealed anew {done.n_files}, identities {done.n_pupils}. Copy "
        "keys/ to its safe place again."
    )
    return True
