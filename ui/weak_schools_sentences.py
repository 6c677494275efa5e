"""Findings of the page of weak schools as sentences: titles of charts, doubt in words."""

import pandas as pd

from pipeline.views import ClassSharesView, WeakSchoolsView
from ui import formats
from ui.text import Words
from ui.vocabulary import STAGES, subject_name

_MOST_HOLDERS = 5


def group_name(row: formats.Row, *, words: Words) -> str:
    """Return a comparison group in words: its stage, and its school type where it has one."""
    known = STAGES.get(str(row["stage"]))
    stage = words("all schools") if known is None else words(known)
    kind = str(row["school_type"])
    return f"{stage} · {kind}" if kind else stage


def candidates_finding(view: WeakSchoolsView, *, words: Words) -> str:
    """Return how many schools are proposed, and how many of them perhaps wrongly."""
    n = int(view.schools["candidate"].sum())
    ranked = int((view.schools["status"] == "ok").sum())
    if not n:
        return words(
            "No school is proposed among {schools}", schools=schools_words(ranked, words)
        )
    return words(
        "{candidates} of {ranked} are proposed; {wrong} of the proposals may be wrong",
        candidates=schools_words(n, words),
        ranked=ranked,
        wrong=formats.about(view.expected_wrong, words=words),
    )


def rank_finding(view: WeakSchoolsView, group: formats.Row, *, words: Words) -> str:
    """Return how many of a group are proposed, and how many could as well be."""
    rows = view.schools[view.schools["group"] == group["group"]]
    if not group["is_judged"]:
        return words(
            "{group}: listed, not judged, because it has fewer than five schools",
            group=group_name(group, words=words),
        )
    reaching = ~rows["candidate"] & (rows["rank_high"] > group["line_rank"]).fillna(False)
    return words(
        "{group}: {candidates} proposed; the rank intervals of {reaching} more reach into the "
        "lowest 20%",
        group=group_name(group, words=words),
        candidates=schools_words(int(rows["candidate"].sum()), words),
        reaching=int(reaching.sum()),
    )


def composite_finding(view: WeakSchoolsView, group: formats.Row, *, words: Words) -> str:
    """Return how many of a group lie clearly below the mean of their group."""
    rows = view.schools[view.schools["group"] == group["group"]]
    return words(
        "{group}: {below} clearly below the mean of their group by the composite",
        group=group_name(group, words=words),
        below=schools_words(int((rows["high"] < 0).sum()), words),
    )


def wrong_flags_sentence(group: formats.Row, *, words: Words) -> str:
    """Return what is expected to be wrong in one group."""
    name = formats.safe_markdown(group_name(group, words=words))
    if not group["is_judged"]:
        return words(
            "{group}: {schools} are listed, not judged; a judgement needs at least five.",
            group=name,
            schools=schools_words(int(group["n_schools"]), words),
        )
    if not group["n_candidates"]:
        return words("{group}: no school that is shown is proposed.", group=name)
    return words(
        "{group}: {candidates} proposed of {schools} ranked; {wrong} of them are in truth "
        "not among the lowest 20%.",
        group=name,
        candidates=int(group["n_candidates"]),
        schools=int(group["n_schools"]),
        wrong=formats.about(float(group["expected_wrong"]), words=words),
    )


def near_finding(near: pd.DataFrame, *, words: Words) -> str:
    """Return how many schools cannot be told apart from the line."""
    return words(
        "{schools} cannot be told apart from the line: proposed {proposed}, not proposed "
        "{others}",
        schools=schools_words(len(near), words),
        proposed=int(near["candidate"].sum()),
        others=int((~near["candidate"]).sum()),
    )


def bottom20_finding(view: WeakSchoolsView, *, words: Words) -> str:
    """Return how many schools hold clearly more of the county's lowest 20%."""
    rows = view.bottom20[view.bottom20["subject"] == view.stamp.subject]
    known = rows[rows["side"].notna()]
    held = rows["of_county"].nlargest(_MOST_HOLDERS)
    return words(
        "{subject}: in {more} of {schools} clearly more pupils than in the county are among "
        "the lowest 20%; the {n} schools with most hold {share} of them",
        subject=subject_name(view.stamp.subject, view.stamp.subject_name, words=words),
        more=int((known["side"] == "more").sum()),
        schools=schools_words(len(known), words),
        n=len(held),
        share=formats.rate(float(held.sum())),
    )


def class_finding(view: ClassSharesView, *, words: Words) -> str:
    """Return how many classes of a school differ from the county in the chosen subject."""
    rows = view.shares[view.shares["subject"] == view.stamp.subject]
    known = rows[rows["side"].notna()]
    return words(
        "{school}, {subject}: clearly more than in the county in {more} of {n} classes that "
        "are shown, clearly fewer in {fewer}",
        school=view.name,
        subject=subject_name(view.stamp.subject, view.stamp.subject_name, words=words),
        more=int((known["side"] == "more").sum()),
        fewer=int((known["side"] == "fewer").sum()),
        n=len(known),
    )


def schools_words(n: int, words: Words) -> str:
    """Return a number of schools in words."""
    return words.plural("{n} school", "{n} schools", n=n)
