"""Findings of the figures as sentences: titles of charts and notes under them."""

import pandas as pd

from pipeline.views import LeadershipView, ModelSummary
from ui import formats
from ui.text import Words

FAIRNESS_LIMIT = 0.3


def comparable(schools: pd.DataFrame) -> pd.DataFrame:
    """Return the schools that may be compared: both figures known, coverage good enough."""
    known = schools[["z", "estimate", "low", "high", "index"]].notna().all(axis=1)
    return schools[(schools["status"] == "ok") & known]


def quadrant_finding(view: LeadershipView, *, words: Words) -> str:
    """Return what attainment and value-added together say, in one sentence."""
    if view.model.status == "no_difference_found":
        return no_difference(words)
    judged = comparable(view.schools)
    better = judged["verdict"].eq("well_above") & (judged["z"] < 0)
    worse = judged["verdict"].eq("well_below") & (judged["z"] > 0)
    if not better.any() and not worse.any():
        return words("No school stands out against its attainment")
    return words(
        "Below the county mean but adding clearly more: {better}; "
        "above the mean but adding clearly less: {worse}",
        better=_schools(int(better.sum()), words),
        worse=_schools(int(worse.sum()), words),
    )


_SIDES = ("above", "below")


def caterpillar_finding(view: LeadershipView, *, words: Words) -> str:
    """Return how many schools clearly differ from what was expected."""
    if view.model.status == "no_difference_found":
        return no_difference(words)
    judged = comparable(view.schools)
    if judged.empty:
        return words("No school can be compared")
    above, below = (int((judged["verdict"] == f"well_{side}").sum()) for side in _SIDES)
    if above + below == 0:
        return words(
            "None of {schools} can be told apart from the county",
            schools=_schools(len(judged), words),
        )
    return words(
        "Of {schools}, {above} add clearly more than expected and {below} clearly less",
        schools=_schools(len(judged), words),
        above=above,
        below=below,
    )


def left_out_notes(view: LeadershipView, *, words: Words) -> tuple[str, ...]:
    """Return which schools are greyed or missing in a figure of the county, and why."""
    status = view.schools["status"]
    counted = (
        (
            int((status == "low_coverage").sum()),
            words("coverage under 70%, greyed or not drawn: {schools}"),
        ),
        (view.n_hidden, words("hidden to protect groups of fewer than 10 pupils: {schools}")),
        (
            int((status == "not_estimable").sum()),
            words("not enough data to estimate: {schools}"),
        ),
    )
    parts = [text.format(schools=_schools(n, words)) for n, text in counted if n]
    return ("; ".join(parts),) if parts else ()


def interval_note(words: Words) -> str:
    """Return how the whiskers are read."""
    return words("Whiskers are 95% intervals; two schools whose whiskers overlap may be equal.")


def no_difference(words: Words) -> str:
    """Return the sentence for a model that finds no spread between schools."""
    return words(
        "No school differences found: the schools differ no more than chance alone would make "
        "them"
    )


def fairness_sentence(model: ModelSummary, *, words: Words) -> str | None:
    """Return how value-added goes along with intake, with a warning beyond the limit."""
    r = model.fairness_r
    if r is None or not formats.is_number(r):
        return None
    value = formats.signed(r)
    if abs(r) <= FAIRNESS_LIMIT:
        return words(
            "Fairness: no clear relation found between value-added and the schools' intake "
            "(r = {value}).",
            value=value,
        )
    return words(
        "Fairness warning: value-added goes along with the schools' intake (r = {value}, "
        "limit 0.30). Compare with the other method before judging a school.",
        value=value,
    )


def _schools(n: int, words: Words) -> str:
    if n == 0:
        return words("none")
    return words.plural("{n} school", "{n} schools", n=n)
