"""Panels of the page of weak schools: candidates, wrong flags, the line, what moved them."""

import pandas as pd
import streamlit as st

from pipeline.views import WeakSchoolsView
from ui import formats
from ui.stamp import caption_of
from ui.table_columns import Column
from ui.text import Words
from ui.vocabulary import indicator_name, status_words
from ui.weak_schools_sentences import (
    candidates_finding,
    group_name,
    near_finding,
    wrong_flags_sentence,
)
from ui.widgets.table import Table, show_table
from ui.widgets.weak_school_doubt import (
    EXPLAINS,
    MARKS,
    doubt_notes,
    groups_of,
    mark_of_school,
    rank_words,
)


def show_candidates(view: WeakSchoolsView, *, words: Words) -> str | None:
    """Show the proposals, surest first; return the school that was chosen."""
    rows = view.schools[view.schools["candidate"]]
    rows = rows.sort_values("p_bottom20", ascending=False, kind="stable")
    if rows.empty:
        st.info(words("No school that is shown is proposed. That is a result, too."))
        return None
    table = Table(
        "weak_candidates",
        candidate_table(view, rows, words=words),
        {code: column for code, column in _columns(words).items() if code != "status"},
        caption_of(
            view.stamp,
            finding=candidates_finding(view, words=words),
            words=words,
            notes=(*doubt_notes(view, words=words), years_note(view, words=words)),
        ),
        EXPLAINS,
        codes=list(rows["school"]),
    )
    return show_table(table, words=words)


def years_note(view: WeakSchoolsView, *, words: Words) -> str:
    """Return which screenings count for the years running."""
    return words(
        "Years running count the screenings of {counted} of this cohort: {exams}",
        counted=words.plural("{n} exam", "{n} exams", n=len(view.screened)),
        exams="; ".join(view.screened),
    )


def candidate_table(view: WeakSchoolsView, rows: pd.DataFrame, *, words: Words) -> pd.DataFrame:
    """Return schools of the screening as they stand in tables."""
    groups = groups_of(view)
    records = rows.to_dict("records")
    return pd.DataFrame(
        {
            "name": rows["name"],
            "status": [_status(row, words) for row in records],
            "p": 100 * rows["p_bottom20"],
            "rank": [rank_words(row, words=words) for row in records],
            "years": [_years(row, words) for row in records],
            "reasons": [reasons_words(str(row["reasons"]), words=words) for row in records],
            "estimate": rows["estimate"],
            "interval": [formats.signed_interval(r["low"], r["high"]) for r in records],
            "group": [group_name(groups[row["group"]], words=words) for row in records],
            "township": rows["township"].fillna(words("none")),
        }
    )


def show_wrong_flags(view: WeakSchoolsView, *, words: Words) -> None:
    """Say for each group, and in all, how many proposals may be wrong."""
    for row in view.groups.to_dict("records"):
        st.markdown("- " + wrong_flags_sentence(row, words=words))
    if view.schools["candidate"].any():
        st.markdown(f"**{formats.safe_markdown(candidates_finding(view, words=words))}**")
        st.caption(
            words(
                "Expected wrong proposals = sum of (1 − probability) over the proposals. "
                "Whoever acts on the list acts on these too."
            )
        )


def show_near(view: WeakSchoolsView, *, words: Words) -> str | None:
    """List who cannot be told apart from the line; return the school that was chosen."""
    rows = view.schools[view.schools["is_near"]]
    rows = rows.sort_values("p_bottom20", ascending=False, kind="stable")
    if rows.empty:
        st.info(
            words(
                "Of the schools that are shown, no school's probability lies between 20% and "
                "50%."
            )
        )
        return None
    columns = _columns(words)
    shown = {k: columns[k] for k in ("name", "group", "status", "p", "rank")}
    shown |= {"alike": Column(words("Cannot be told apart from"), width=230)}
    shown |= {"township": columns["township"]}
    counts = dict(zip(view.groups["group"], view.groups["n_candidates"], strict=True))
    alike = [_alike(row, int(counts[row["group"]]), words) for row in rows.to_dict("records")]
    table = Table(
        "weak_near",
        candidate_table(view, rows, words=words).assign(alike=alike),
        shown,
        caption_of(
            view.stamp,
            finding=near_finding(rows, words=words),
            words=words,
            notes=doubt_notes(view, words=words),
        ),
        EXPLAINS,
        codes=list(rows["school"]),
    )
    return show_table(table, words=words)


def _composite_finding(view: WeakSchoolsView, words: Words) -> str:
    """Return which indicators count most in the composite."""
    rows = view.indicators
    most = rows[rows["weight"] == rows["weight"].max()]
    comma = ", " if words.language == "en" else "\N{IDEOGRAPHIC COMMA}"
    return words(
        "Of {n} indicators counts most: {names} ({weight}%)",
        n=len(rows),
        names=comma.join(indicator_name(code, words=words) for code in most["indicator"]),
        weight=formats.plain(100 * most["weight"].max(), digits=0),
    )


def show_indicators(view: WeakSchoolsView, *, words: Words) -> None:
    """Show what the composite is made of, and where the weights come from."""
    rows = view.indicators
    table = Table(
        "weak_indicators",
        pd.DataFrame(
            {
                "indicator": [indicator_name(i, words=words) for i in rows["indicator"]],
                "nominal": 100 * rows["nominal"],
                "weight": 100 * rows["weight"],
                "true_sd": rows["true_sd"],
                "reliability": rows["reliability"],
            }
        ),
        {
            "indicator": Column(words("Indicator")),
            "nominal": Column(words("Weight in the scheme (%)"), "points"),
            "weight": Column(words("Weight that counts (%)"), "points"),
            "true_sd": Column(words("True spread between schools"), "fine"),
            "reliability": Column(words("Reliability"), "plain"),
        },
        caption_of(view.stamp, finding=_composite_finding(view, words), words=words),
        tuple(rows["indicator"]),
    )
    show_table(table, words=words)
    if not view.stamp.scheme.id:
        st.caption(
            words(
                "The weights are a default of this project and no policy: no document gives "
                "them."
            )
        )
    st.caption(
        words(
            "An indicator in which schools differ by no more than chance (reliability under "
            "0.05) counts nothing; its weight goes to the others."
        )
    )


def show_not_shown(view: WeakSchoolsView, *, words: Words) -> None:
    """Say who is not on the page and why."""
    status = view.schools["status"] if len(view.schools) else pd.Series(dtype="str")
    counts = status[status != "ok"].value_counts()
    for code, n in counts.items():
        st.caption(
            words(
                "{schools} without figures: {reason}",
                schools=words.plural("{n} school", "{n} schools", n=int(n)),
                reason=words("listed, not judged: a group of fewer than five")
                if code == "not_judged"
                else status_words(str(code), words=words),
            )
        )
    if counts.empty:
        st.caption(words("Nothing is hidden on this page."))
    st.caption(
        words(
            "Schools that are hidden are ranked with the others, because hiding them must not "
            "change who is proposed; their own place is not shown."
        )
    )


def reasons_words(reasons: str, *, words: Words) -> str:
    """Return the indicators that lower a composite, worst first."""
    comma = ", " if words.language == "en" else "\N{IDEOGRAPHIC COMMA}"
    return comma.join(indicator_name(r, words=words) for r in reasons.split(";") if r)


def _columns(words: Words) -> dict[str, Column]:
    return {
        "name": Column(words("School")),
        "group": Column(words("Comparison group")),
        "status": Column(words("Status"), width=150),
        "p": Column(words("Probability of the bottom 20% (%)"), "percent"),
        "rank": Column(words("Rank in the group"), width=140),
        "years": Column(words("Years running")),
        "reasons": Column(words("What lowers it, worst first"), width=280),
        "estimate": Column(words("Composite"), "signed"),
        "interval": Column(words("95% interval")),
        "township": Column(words("Township")),
    }


def _status(row: formats.Row, words: Words) -> str:
    if row["status"] not in ("ok", "not_judged"):
        return status_words(str(row["status"]), words=words)
    mark = MARKS[mark_of_school(row)]
    return f"{mark.sign} {words(mark.word)}"


def _years(row: formats.Row, words: Words) -> str | None:
    if not formats.is_number(row["years_running"]):
        return None
    return words(
        "{running} of {judged}", running=int(row["years_running"]), judged=row["years_judged"]
    )


def _alike(row: formats.Row, n_candidates: int, words: Words) -> str:
    others = n_candidates - int(row["candidate"])
    return words("{n} of {all} proposed schools", n=int(row["n_alike"]), all=others)
