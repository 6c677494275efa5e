"""``view``: what a page shows, with the same suppression and the same digits."""

import argparse
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from core.errors import SettingsError
from core.scores import TOTAL
from data.catalogue import find_exam
from data.scope import LEADERSHIP
from data.store import Store
from pipeline import load_views
from pipeline.command_line.answer import FORMATS, Answer, as_json, plain_rows, say, say_answer
from pipeline.command_line.bench_options import (
    METHODS,
    add_bench,
    composite_choice,
    estimator_choice,
)
from pipeline.command_line.exam_options import add_exam
from pipeline.command_line.replay_options import add_replay
from pipeline.store import open_store
from pipeline.views import Measure, Query, Stamp
from pipeline.views.funnel import RATES

HELP = "the figures of a page: the same schools, the same digits"
EXAMPLE = """\
  python -m pipeline view leadership --exam "2026 期末" --format json
  python -m pipeline view school --exam "2026 期末" --subject 数学 --school 3301 \\
      --table value_added --format csv
"""
DESCRIPTION = """\
Print what a page shows, with its digits, under its stamp (release, rule version, n).

Groups of fewer than ten pupils are left out as on the page; what is not shown is null with a
status. Without --subject it is the total, or the first subject where there is none; without
--baseline the first exam that is linked with this one, as the page offers it.
"""
LINES = ("pass_line", "excellent_line", "good_line", "low_line")
_MEASURES: tuple[Measure, ...] = ("z", "value_added")
_BEIJING = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Asked:
    """A call with the store and the query that it names."""

    store: Store
    query: Query
    options: argparse.Namespace

    def unit(self, key: str) -> str:
        """Return the code of the unit that the view is about.

        Raises
        ------
        SettingsError
            When the call names none.
        """
        code: str | None = getattr(self.options, key)
        if code is None:
            raise SettingsError(
                f"The view {self.options.view} is about one {key}, the call names none. "
                f"Give its code with --{key}.",
                f"视图 {self.options.view} 针对单个单位，命令未指定。请用 --{key} 给出其代码。",
            )
        return code


def _plainly(load: Callable[..., object]) -> Callable[[Asked], object]:
    return lambda asked: load(LEADERSHIP, asked.store, asked.query)


def _of_school(load: Callable[..., object]) -> Callable[[Asked], object]:
    return lambda asked: load(LEADERSHIP, asked.store, asked.unit("school"), asked.query)


def _funnel(asked: Asked) -> object:
    return load_views.load_funnel(LEADERSHIP, asked.store, asked.options.rate, asked.query)


def _subject(asked: Asked) -> object:
    return load_views.load_subject(LEADERSHIP, asked.store, asked.query, asked.options.measure)


def _visits(asked: Asked) -> object:
    school, measure = asked.unit("school"), asked.options.measure
    return load_views.load_visits(LEADERSHIP, asked.store, school, asked.query, measure)


def _near_line(asked: Asked) -> object:
    school, line = asked.unit("school"), asked.options.line
    return load_views.load_near_line(LEADERSHIP, asked.store, school, line, asked.query)


def _growth_chart(asked: Asked) -> object:
    group = asked.unit("group")
    return load_views.load_growth_chart(LEADERSHIP, asked.store, asked.query, group)


def _township(asked: Asked) -> object:
    unit, pooled = asked.unit("township"), asked.options.pooled
    today = datetime.now(_BEIJING).date()
    return load_views.load_township(LEADERSHIP, asked.store, unit, asked.query, pooled, today)


def _scheme_replay(asked: Asked) -> object:
    return load_views.load_scheme_replay(
        LEADERSHIP, asked.store, asked.query, asked.options.later
    )


def _rule_replay(asked: Asked) -> object:
    alarm_from, later = asked.options.alarm_from, asked.options.later
    return load_views.load_rule_replay(LEADERSHIP, asked.store, asked.query, alarm_from, later)


def _composite(asked: Asked) -> object:
    choice = composite_choice(asked.options)
    return load_views.load_composite(LEADERSHIP, asked.store, asked.query, choice)


def _estimators(asked: Asked) -> object:
    choice = estimator_choice(asked.options)
    return load_views.load_estimators(LEADERSHIP, asked.store, asked.query, choice)


VIEWS: Mapping[str, Callable[[Asked], object]] = {
    "leadership": _plainly(load_views.load_leadership),
    "briefing": _plainly(load_views.load_briefing),
    "status_grid": _plainly(load_views.load_status_grid),
    "funnel": _funnel,
    "targets": _plainly(load_views.load_targets),
    "warning_board": _plainly(load_views.load_warning_board),
    "warning_reasons": _of_school(load_views.load_warning_reasons),
    "weak_schools": _plainly(load_views.load_weak_schools),
    "weighting": _plainly(load_views.load_weighting),
    "composite": _composite,
    "estimators": _estimators,
    "diagnostics": _plainly(load_views.load_diagnostics),
    "growth_chart": _growth_chart,
    "differential": _plainly(load_views.load_differential),
    "value_added_years": _plainly(load_views.load_value_added_years),
    "scheme_replay": _scheme_replay,
    "rule_replay": _rule_replay,
    "class_shares": _of_school(load_views.load_class_shares),
    "subject": _subject,
    "visits": _visits,
    "items": _plainly(load_views.load_items),
    "township": _township,
    "school": _of_school(load_views.load_school),
    "school_grades": _of_school(load_views.load_school_grades),
    "school_peers": _of_school(load_views.load_school_peers),
    "school_past": _of_school(load_views.load_school_past),
    "grade_class": _of_school(load_views.load_grade_class),
    "near_line": _near_line,
}
"""By name: every View that a page shows."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("view", choices=list(VIEWS), metavar="VIEW", help=", ".join(VIEWS))
    add_exam(parser)
    parser.add_argument("--subject", metavar="S", help="code or name; default: the total")
    parser.add_argument("--baseline", metavar="NAME", help="an earlier exam of these pupils")
    parser.add_argument("--method", choices=METHODS, default=METHODS[0])
    parser.add_argument("--scheme", type=int, metavar="NUMBER", help="of `schemes`")
    parser.add_argument("--school", metavar="CODE", help="of the views of one school")
    parser.add_argument("--township", metavar="CODE", help="of the view of one township")
    parser.add_argument("--group", metavar="CODE", help="of growth_chart, composite")
    parser.add_argument(
        "--pooled", action="store_true", help="village schools count with their centre school"
    )
    parser.add_argument("--measure", choices=_MEASURES, default=_MEASURES[0])
    parser.add_argument("--rate", choices=RATES, default=RATES[0], help="of the funnel")
    parser.add_argument("--line", choices=LINES, default=LINES[0], help="of near_line")
    add_bench(parser)
    add_replay(parser)
    parser.add_argument("--table", metavar="NAME", help="one table; text and CSV need it")
    parser.add_argument("--format", choices=FORMATS, default="json")


def run(options: argparse.Namespace) -> bool:
    """Print the view, or one table of it."""
    store = open_store()
    found: Any = VIEWS[options.view](Asked(store, query_of(store, options), options))
    if options.table is None and options.format == "json":
        say(as_json(plain(found)))
        return True
    table = table_of(tables_of(found), options)
    stamp: Stamp = found.stamp
    say_answer(
        Answer((source_line(stamp),), table, {"stamp": plain(stamp)}, rows_key=options.table),
        form=options.format,
    )
    return True


def plain(value: Any) -> Any:
    """Return a View as JSON holds it: tables as rows, what is not known as null."""
    match value:
        case pd.DataFrame():
            return [plain(row) for row in plain_rows(value)]
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(item) for item in value]
        case float() if math.isnan(value):
            return None
        case _ if is_dataclass(value) and not isinstance(value, type):
            return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
        case _:
            return value


def tables_of(found: Any, within: str = "") -> dict[str, pd.DataFrame]:
    """Return the tables of a View by name; those of a part as ``part.table``."""
    tables = {}
    for field in fields(found):
        value, name = getattr(found, field.name), f"{within}{field.name}"
        if isinstance(value, pd.DataFrame):
            tables[name] = value
        elif is_dataclass(value) and not isinstance(value, type):
            tables |= tables_of(value, f"{name}.")
    return tables


def query_of(store: Store, options: argparse.Namespace) -> Query:
    """Return the query as the page would make it."""
    release = find_exam(LEADERSHIP, store, options.exam)
    exam = next(e for e in load_views.load_exams(LEADERSHIP, store) if e.name == release.name)
    codes = [subject.code for subject in exam.subjects]
    subject = options.subject or (TOTAL if TOTAL in codes else codes[0])
    return Query(
        exam=exam.name,
        subject=subject,
        baseline=options.baseline or next(iter(exam.baselines), None),
        method=options.method,
        scheme=options.scheme,
    )


def table_of(tables: Mapping[str, pd.DataFrame], options: argparse.Namespace) -> pd.DataFrame:
    """Return the table that a call names, or say which ones there are."""
    if options.table in tables:
        return tables[options.table]
    known = ", ".join(tables)
    raise SettingsError(
        f"The view {options.view} has {len(tables)} tables, none of them is called "
        f"{options.table or 'nothing'!r}. Give --table with one of: {known}.",
        f"视图 {options.view} 有 {len(tables)} 张表，"
        f"没有名为“{options.table or '（空）'}”的表。"
        f"请用 --table 给出其中之一：{known}。",
    )


def source_line(stamp: Stamp) -> str:
    """Say on which release, rules and scheme a view rests."""
    start = f" from {stamp.baseline} by {stamp.method}" if stamp.baseline else ""
    n = "fewer than 10" if stamp.n_pupils is None else f"{stamp.n_pupils}"
    return (
        f"{stamp.exam} (release {stamp.release}), {stamp.subject}{start}, "
        f"{n} pupils in {stamp.n_schools} schools, rules {stamp.rule_version}, "
        f"scheme {stamp.scheme}"
    )
