"""Calls of past exams counted against what came later, pair by pair and all together."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import pandas as pd

from core.alarm_rate import estimate_repeated_share, expected_by_lot
from core.replay import count_alarms
from pipeline.replayed_exams import ReplayedExam
from pipeline.rounded import SHARE, rounded_columns
from pipeline.views.replay import ReplayCounts

_BY_LOT = 1  # digit of an expected number of schools
_SHARES = dict.fromkeys(("share", "low", "high"), SHARE)
_PAIRS = [
    "exam", "later_exam", "whose", "n", "hits", "false_alarms", "misses", "quiet", "unknown",
    "by_lot",
]  # fmt: skip
_RATES = ["whose", "rate", "count", "n", "n_schools", "share", "low", "high", "by_lot"]


@dataclass(frozen=True, slots=True)
class Calls:
    """What is known of each exam by its name, indexed by school; null where not known.

    Attributes
    ----------
    alarm : mapping of str to mapping of str to Series of bool
        Who was called, by whose rules and by exam.
    bad : mapping of str to Series of bool
        Who stood badly in the exam.
    groups : Series, indexed by school
        Comparison group.
    """

    alarm: Mapping[str, Mapping[str, pd.Series]]
    bad: Mapping[str, pd.Series]
    groups: pd.Series


def count_calls(
    pairs: Sequence[tuple[ReplayedExam, ReplayedExam]], calls: Calls
) -> ReplayCounts:
    """Count hits, false alarms and misses of each pair of exams, and of all together."""
    rows, rates = [], []
    for whose, alarm in calls.alarm.items():
        own = [
            _pair(now.exam.name, after.exam.name, alarm[now.exam.name], calls)
            for now, after in pairs
        ]
        rows += [row | {"whose": whose} for row in own]
        rates += [rate | {"whose": whose} for rate in _rates(own, pairs, alarm, calls)]
    return ReplayCounts(
        rounded_columns(pd.DataFrame(rows, columns=_PAIRS), {"by_lot": _BY_LOT}),
        rounded_columns(pd.DataFrame(rates, columns=_RATES), {**_SHARES, "by_lot": _BY_LOT}),
    )


def _pair(exam: str, later: str, alarm: pd.Series, calls: Calls) -> dict[str, object]:
    bad = calls.bad[later]
    lot = expected_by_lot(alarm, later_state=bad, groups=calls.groups)
    counts = asdict(count_alarms(alarm, later_state=bad))
    return {"exam": exam, "later_exam": later, **counts, "by_lot": lot}


def _rates(
    rows: Sequence[Mapping[str, object]],
    pairs: Sequence[tuple[ReplayedExam, ReplayedExam]],
    alarm: Mapping[str, pd.Series],
    calls: Calls,
) -> list[dict[str, object]]:
    """Return how many calls were right, and how many who stood badly were not called."""
    cases = [_known(alarm[now.exam.name], calls.bad[after.exam.name]) for now, after in pairs]
    if not cases:
        return []
    known = pd.concat(cases)
    by_lot = float(pd.Series([row["by_lot"] for row in rows], dtype="float64").sum())
    found = {
        "hit": (known.loc[known["alarm"], "bad"], by_lot),
        "miss": (~known.loc[known["bad"], "alarm"], float(known["bad"].sum()) - by_lot),
    }
    return [_rate(code, own, lot) for code, (own, lot) in found.items()]


def _rate(code: str, cases: pd.Series, by_lot: float) -> dict[str, object]:
    share = estimate_repeated_share(cases)
    return {
        "rate": code,
        "count": share.count,
        "n": share.n,
        "n_schools": share.n_units,
        "share": share.share,
        "low": share.low,
        "high": share.high,
        "by_lot": by_lot,
    }


def _known(alarm: pd.Series, bad: pd.Series) -> pd.DataFrame:
    """Return the schools of which both is known."""
    pair = pd.DataFrame(
        {
            "alarm": alarm.astype("boolean"),
            "bad": bad.astype("boolean").reindex(alarm.index),
        }
    )
    return pair.dropna().astype(bool)
