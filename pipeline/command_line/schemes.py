"""``schemes``: weight schemes of a county, drafted by one person, approved by another."""

import argparse
from dataclasses import replace
from pathlib import Path

import pandas as pd

from data.scope import OPERATOR
from data.store import Store
from pipeline.command_line.answer import as_text, say
from pipeline.command_line.day import day
from pipeline.command_line.given import given
from pipeline.command_line.policy_file import read_policy
from pipeline.organisation import LOCAL_COUNTY
from pipeline.schemes import (
    Scheme,
    approve_scheme,
    find_scheme,
    list_schemes,
    read_scheme,
    save_scheme,
    scheme_text,
    submit_scheme,
    withdraw_scheme,
)
from pipeline.store import open_store

HELP = "save, approve, list and export weight schemes"
EXAMPLE = """\
  python -m pipeline schemes --save scheme.toml --by 张三 --reason "三年行动计划"
  python -m pipeline schemes --submit 4 --by 张三
  python -m pipeline schemes --approve 4 --by 李四 --from 2026-01-01
  python -m pipeline schemes --export 4 > scheme.toml
"""
DESCRIPTION = """\
Without an option: list all versions, newest first.

A saved scheme is a draft; saved again under the same name it is the next version. Once another
person approved it, weak schools of exams from that day on are screened by it, and every figure
names it; earlier exams keep the scheme of their day. `composite --help` shows a file.
"""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--save", type=Path, metavar="FILE", help="a weight scheme, TOML")
    what.add_argument("--submit", type=int, metavar="NUMBER", help="hand a draft in")
    what.add_argument("--approve", type=int, metavar="NUMBER", help="make it official")
    what.add_argument("--withdraw", type=int, metavar="NUMBER", help="take an own one back")
    what.add_argument("--export", type=int, metavar="NUMBER", help="print it as TOML")
    parser.add_argument("--by", metavar="NAME", help="the person who does it")
    parser.add_argument("--reason", metavar="TEXT", help="of --save: instead of the file's")
    parser.add_argument(
        "--from", dest="valid_from", type=day, metavar="DAY", help="of --approve: 2026-01-01"
    )
    parser.add_argument("--county", default=LOCAL_COUNTY, metavar="CODE", help="default: local")


def run(options: argparse.Namespace) -> bool:
    """Do what is asked, or list the schemes."""
    store = open_store()
    if options.save is not None:
        _save(store, options)
    elif options.export is not None:
        scheme = find_scheme(OPERATOR, store, options.county, options.export)
        say(scheme_text(scheme.weights))
    elif options.submit is not None:
        by = given(options, "by", command="schemes")
        submit_scheme(OPERATOR, store, options.submit, county=options.county, actor=by)
        say(
            f"方案 {options.submit} 已提交，须由另一人批准。Scheme {options.submit} was "
            "submitted; it holds once another person approves it."
        )
    elif options.approve is not None:
        _approve(store, options)
    elif options.withdraw is not None:
        by = given(options, "by", command="schemes")
        withdraw_scheme(OPERATOR, store, options.withdraw, county=options.county, actor=by)
        say(f"方案 {options.withdraw} 已撤回。Scheme {options.withdraw} was withdrawn.")
    else:
        say(_listed(list_schemes(OPERATOR, store, options.county)))
    return True


def _save(store: Store, options: argparse.Namespace) -> None:
    by = given(options, "by", command="schemes")
    content = read_policy(options.save, what="weight scheme", what_zh="权重方案")
    weights = read_scheme(content)
    if options.reason is not None:
        weights = replace(weights, reason=options.reason)
    number = save_scheme(OPERATOR, store, options.county, weights, actor=by)
    say(
        f"方案已存为草稿，编号 {number}。The scheme was saved as draft {number}; "
        f"`schemes --submit {number}` hands it in."
    )


def _approve(store: Store, options: argparse.Namespace) -> None:
    by = given(options, "by", command="schemes")
    valid_from = given(options, "valid_from", name="from", command="schemes")
    approve_scheme(
        OPERATOR,
        store,
        options.approve,
        county=options.county,
        actor=by,
        valid_from=valid_from,
    )
    say(
        f"方案 {options.approve} 已批准，自 {valid_from} 起的考试按此筛查。Scheme "
        f"{options.approve} is official for exams from {valid_from} on."
    )


def _listed(schemes: tuple[Scheme, ...]) -> str:
    if not schemes:
        return "没有权重方案。There are no weight schemes."
    columns = ("id", "name", "number", "status", "author", "approved_by", "valid_from")
    rows = [{name: getattr(s.policy, name) for name in columns} for s in schemes]
    weights = [
        " ".join(f"{leaf.key}={leaf.weight:.3g}" for leaf in s.weights.tree.leaves)
        for s in schemes
    ]
    return as_text(pd.DataFrame(rows).assign(weights=weights))
