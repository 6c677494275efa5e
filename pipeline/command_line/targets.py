"""``targets``: what a county is to reach; proposed by one person, approved by another."""

import argparse
from pathlib import Path

import pandas as pd

from core.errors import SettingsError
from data.policy_versions import Policy
from data.scope import OPERATOR
from data.store import Store
from pipeline.command_line.answer import as_text, say
from pipeline.command_line.day import day
from pipeline.command_line.given import given
from pipeline.command_line.policy_file import read_policy
from pipeline.decide import make_official
from pipeline.organisation import LOCAL_COUNTY
from pipeline.store import open_store
from pipeline.target_sets import list_target_sets, propose_targets

HELP = "propose, approve and list what the county is to reach"
EXAMPLE = """\
  python -m pipeline targets --propose targets.toml --by 张三 --reason "三年提升计划"
  python -m pipeline targets --approve 3 --by 李四 --from 2026-01-01
  python -m pipeline view targets --exam "2026 期末"
"""
DESCRIPTION = """\
Without --propose or --approve: list the versions of the target set.

A file holds one [[target]] for each rate:

  [[target]]
  grades = [9]                 # grades whose exams it is about
  subject = "total"            # code of a subject, or total
  indicator = "pass_rate"      # pass_rate excellent_rate good_rate low_rate score_rate ..
  id = "junior_pass"
  version = "1"
  title = { zh = "初中总分及格率", en = "Junior pass rate, total" }
  base_year = 2025             # the first step is for the year after it
  baseline = 60.0              # rates in per cent
  steps = [5, 6, 7]            # one for each year
  unit = "points"              # points relative level
  basis = "from_baseline"      # yearly from_baseline
  better = "higher"            # higher lower
  scale = "rate"               # rate count score
  final = 75                   # optional: no target goes beyond it

A proposed version holds once another person approved it, from the day that he gives; the
leadership's page then shows what each exam reached of it. docs/methods/targets.md
"""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--propose", type=Path, metavar="FILE", help="a target set, TOML")
    what.add_argument("--approve", type=int, metavar="NUMBER", help="a proposed version")
    parser.add_argument("--by", metavar="NAME", help="the person who proposes or approves")
    parser.add_argument("--reason", metavar="TEXT", help="of --propose: why")
    parser.add_argument(
        "--from", dest="valid_from", type=day, metavar="DAY", help="of --approve: 2026-01-01"
    )
    parser.add_argument("--county", default=LOCAL_COUNTY, metavar="CODE", help="default: local")


def run(options: argparse.Namespace) -> bool:
    """Propose or approve a version, or list them."""
    store = open_store()
    if options.propose is not None:
        _propose(store, options)
    elif options.approve is not None:
        _approve(store, options)
    else:
        say(_listed(list_target_sets(OPERATOR, store, options.county)))
    return True


def _propose(store: Store, options: argparse.Namespace) -> None:
    by, reason = (
        given(options, "by", command="targets"),
        given(options, "reason", command="targets"),
    )
    content = read_policy(options.propose, what="target set", what_zh="目标文件")
    number = propose_targets(OPERATOR, store, options.county, content, reason=reason, actor=by)
    say(
        f"目标已提交，编号 {number}，须由另一人批准后生效。The targets were proposed as number "
        f"{number}; they hold once another person approves them."
    )


def _approve(store: Store, options: argparse.Namespace) -> None:
    by, valid_from = (
        given(options, "by", command="targets"),
        given(options, "valid_from", name="from", command="targets"),
    )
    known = {policy.id for policy in list_target_sets(OPERATOR, store, options.county)}
    if options.approve not in known:
        numbers = " ".join(map(str, sorted(known))) or "-"
        raise SettingsError(
            f"There is no target set {options.approve} (there are: {numbers}). Choose one.",
            f"没有编号为 {options.approve} 的目标（现有：{numbers}）。请从中选择。",
        )
    make_official(OPERATOR, store, options.approve, actor=by, valid_from=valid_from)
    say(
        f"目标 {options.approve} 已批准，自 {valid_from} 起生效。"
        f"Target set {options.approve} is official from {valid_from} on."
    )


def _listed(policies: tuple[Policy, ...]) -> str:
    if not policies:
        return "没有目标。There are no targets."
    columns = ("id", "number", "status", "author", "approved_by", "valid_from", "reason")
    rows = [{name: getattr(policy, name) for name in columns} for policy in policies]
    return as_text(pd.DataFrame(rows))
