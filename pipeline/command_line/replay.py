"""``replay``: past exams under a scheme or rules of today, against what came later."""

import argparse
from typing import Any

import pandas as pd

from core.value_added import JUDGED_BY
from data.scope import LEADERSHIP
from pipeline.command_line.answer import Answer, add_format, as_json, say, say_answer
from pipeline.command_line.exam_options import add_baseline, add_exam
from pipeline.command_line.replay_options import add_replay
from pipeline.command_line.view import plain, query_of, source_line, table_of, tables_of
from pipeline.load_views import load_rule_replay, load_scheme_replay
from pipeline.store import open_store
from pipeline.views import RuleReplayView, SchemeReplayView

HELP = "past exams under a weight scheme or the warning rules, against what came later"
EXAMPLE = """\
  python -m pipeline replay scheme --exam "2026 期末" --scheme 4
  python -m pipeline replay rules --exam "2026 期末" --alarm-from red --later year
"""
DESCRIPTION = """\
Apply a weight scheme, or the rules of the warning bands, to all exams of the stage up to this
one, and count hits, false alarms and misses against a later exam.

`scheme` holds the candidates of the scheme beside those of the scheme in force on each exam's
day; who stands badly later is whom the scheme in force proposes in the later exam. `rules`
gives the bands; who stands badly later is in the lowest fifth of its comparison group there.
--later takes the next exam of the same cohort, or that of the same grade one year later, whose
pupils are others. Even a perfect rule has false alarms: schools near a line cross it by chance.
The table counts.pairs is printed unless --table names another; JSON holds them all. Small
schools are left out as on the page, and count as unknown.
"""
_SHARE = 100
_MOST_ASKED = "counts.pairs"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("what", choices=("scheme", "rules"), help="what is replayed")
    add_exam(parser)
    add_baseline(parser, required=False)
    parser.add_argument("--subject", metavar="S", help="code or name; default: the total")
    parser.add_argument(
        "--scheme", type=int, metavar="NUMBER", help="of `schemes`; 0: the project's default"
    )
    add_replay(parser)
    parser.add_argument(
        "--table", metavar="NAME", help="counts.pairs (default), counts.rates, exams, calls"
    )
    add_format(parser)
    parser.set_defaults(method=JUDGED_BY, view="replay")


def run(options: argparse.Namespace) -> bool:
    """Print the replay."""
    store = open_store()
    query = query_of(store, options)
    view: SchemeReplayView | RuleReplayView
    if options.what == "scheme":
        view = load_scheme_replay(LEADERSHIP, store, query, options.later)
    else:
        view = load_rule_replay(LEADERSHIP, store, query, options.alarm_from, options.later)
    if options.format == "json" and options.table is None:
        say(as_json(plain(view)))
        return True
    options.table = options.table or _MOST_ASKED
    table = table_of(tables_of(view), options)
    lines = (source_line(view.stamp), *_rates(view.counts.rates))
    document = {"stamp": plain(view.stamp)}
    say_answer(Answer(lines, table, document, rows_key=options.table), form=options.format)
    return True


def _rates(rates: pd.DataFrame) -> list[str]:
    return [_rate(row) for row in rates.to_dict("records")]


def _rate(row: dict[Any, Any]) -> str:
    """Return a share with its interval, or its counts alone where they are few."""
    what = "of the calls were right" if row["rate"] == "hit" else "who stood badly were missed"
    counts = f"{row['whose']}: {row['count']} of {row['n']} {what}"
    counts += f", {row['by_lot']:.1f} by lot"
    if pd.isna(row["share"]):
        return counts
    share, low, high = (_SHARE * row[name] for name in ("share", "low", "high"))
    return f"{counts}; {share:.1f} % [{low:.1f}, {high:.1f}], {row['n_schools']} schools"
