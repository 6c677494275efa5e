"""Findings of a replay as sentences, and what has to be said beside them."""

import pandas as pd

from pipeline.views import Later, ReplayCounts, RuleReplayView, SchemeReplayView
from ui import formats
from ui.text import Words
from ui.vocabulary import scheme_name


def scheme_finding(view: SchemeReplayView, *, words: Words) -> str:
    """Return in how many exams the scheme would have proposed other schools."""
    exams = view.exams
    name = scheme_name(view.tried, words=words)
    moved = exams[(exams["n_entered"] > 0) | (exams["n_left"] > 0)]
    judged = int((exams["n"] > 0).sum())
    if not judged:
        return words("{scheme}: no past exam could be screened by it", scheme=name)
    if moved.empty:
        return words(
            "{scheme}: in {exams} it proposes the same schools as the scheme in force did",
            scheme=name,
            exams=_exams(judged, words),
        )
    return words(
        "{scheme}: in {moved} of {exams} other schools would have been proposed; {entered} "
        "proposals come in, {left} fall away, {same} stay",
        scheme=name,
        moved=len(moved),
        exams=_exams(judged, words),
        entered=int(exams["n_entered"].sum()),
        left=int(exams["n_left"].sum()),
        same=int(exams["n_same"].sum()),
    )


def rules_finding(view: RuleReplayView, *, words: Words) -> str:
    """Return how many bands of each colour the rules would have given."""
    sums = view.exams[["n_red", "n_yellow", "n_blue"]].sum()
    return words(
        "In {exams}: ▲ {red} serious, ◆ {yellow} caution, ● {blue} watch, in {n} judgements",
        exams=_exams(len(view.exams), words),
        red=int(sums["n_red"]),
        yellow=int(sums["n_yellow"]),
        blue=int(sums["n_blue"]),
        n=int((view.calls["band"] != "insufficient").sum()),
    )


def right_finding(counts: ReplayCounts, whose: str, *, words: Words) -> str:
    """Return how many calls were right and how many schools were missed, beside a lot."""
    hit, miss = (_rate(counts.rates, whose, code) for code in ("hit", "miss"))
    return words(
        "Of {calls} calls {right} were right{hit_share}, by lot it would have been {lot}; of "
        "{bad} that stood badly later {missed} had not been called{miss_share}",
        calls=int(hit["n"]),
        right=int(hit["count"]),
        hit_share=_share(hit, words),
        lot=formats.about(float(hit["by_lot"]), words=words),
        bad=int(miss["n"]),
        missed=int(miss["count"]),
        miss_share=_share(miss, words),
    )


def interval_note(counts: ReplayCounts, whose: str, *, words: Words) -> str:
    """Return what the interval counts as cases, or why there is none."""
    hit = _rate(counts.rates, whose, "hit")
    if not formats.is_number(hit["share"]):
        return words("With fewer than 10 calls no share is formed: the counts say it all.")
    return words(
        "The calls are of {schools}, which come again: the intervals count each school once.",
        schools=words.plural("{n} school", "{n} schools", n=int(hit["n_schools"])),
    )


def later_note(later: Later, *, words: Words) -> str:
    """Return what an exam is held against, and what follows from that."""
    if later == "cohort":
        return words(
            "Held against the next exam of the same cohort: mostly the same pupils, so that a "
            "hit says how lasting a standing is, and not yet what a school does."
        )
    return words(
        "Held against the same grade one year later: the pupils are others, so that what comes "
        "again belongs to the school or its intake."
    )


def outcome_note(*, words: Words) -> str:
    """Return what the words of the bars mean."""
    return words(
        "Hit: called, and stood badly later. False alarm: called, and did not. Missed: not "
        "called, and stood badly."
    )


def bad_note(*, is_scheme: bool, words: Words) -> str:
    """Return what it means to stand badly later."""
    if is_scheme:
        return words(
            "Stood badly: proposed in the later exam by the scheme in force there, for the "
            "scheme tried and the one in force alike. That favours schemes that resemble it."
        )
    return words(
        "Stood badly: in the lowest fifth of the comparison group in the later exam, by that "
        "exam alone. A fifth always is, even where all schools are good."
    )


def chance_note(*, words: Words) -> str:
    """Return why no count of false alarms is a count of errors."""
    return words(
        "A false alarm is not always an error: a school near a line crosses it by chance, "
        "small schools most often, and one that was called may have been helped since."
    )


def _rate(rates: pd.DataFrame, whose: str, code: str) -> formats.Row:
    own = rates[(rates["whose"] == whose) & (rates["rate"] == code)]
    return own.to_dict("records")[0]


def _share(row: formats.Row, words: Words) -> str:
    """Return a share with its interval in brackets, nothing where there is none."""
    if not formats.is_number(row["share"]):
        return ""
    ends = formats.interval(formats.rate(row["low"]), formats.rate(row["high"]))
    return words(" ({share} {interval})", share=formats.rate(row["share"]), interval=ends)


def _exams(n: int, words: Words) -> str:
    return words.plural("{n} exam", "{n} exams", n=n)
