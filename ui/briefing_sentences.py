"""The leadership's five answers, each in one sentence with its numbers."""

from core.equity.limits import ICC_LIMIT
from pipeline.views import BriefingView
from pipeline.views.briefing import Crossings, GapTrend, MovingPlaces, Rebound, Why
from ui import formats
from ui.text import Words
from ui.vocabulary import subject_name

GOAL = "score_rate"
"""Goal whose three places the first screen names; all goals stand in the closer look."""


def crossings_answer(found: Crossings, *, words: Words) -> str:
    """Return how many schools moved to a graver or milder band."""
    if found.previous is None:
        return words("No answer yet: this cohort has no earlier exam to compare with.")
    if not found.n_judged:
        return words("No answer: no school has a band in both exams.")
    worse = int((found.rows["way"] == "worse").sum())
    better = int((found.rows["way"] == "better").sum())
    if not worse + better:
        return words("None of {schools} judged.", schools=_schools(found.n_judged, words))
    return words(
        "▲ {worse} moved to a graver band, ▽ {better} to a milder one, of {schools} judged.",
        worse=worse,
        better=better,
        schools=_schools(found.n_judged, words),
    )


def crossings_basis(found: Crossings, *, words: Words) -> str:
    """Return what the comparison of the bands rests on."""
    if found.previous is None:
        return ""
    parts = [words("since {exam}", exam=found.previous)]
    if found.n_unknown:
        parts.append(
            words(
                "no band in one of the exams: {schools}",
                schools=_schools(found.n_unknown, words),
            )
        )
    if found.value_added_before is False:
        parts.append(
            words("value-added was not known then, so a band may have changed by that alone")
        )
    return _joined(parts, words)


def flags_answer(view: BriefingView, *, words: Words) -> str:
    """Return how many candidates there are and how many of them may be wrong."""
    row = _flag_row(view, "weak_schools")
    if row["status"] != "ok":
        return words("No candidates can be named: {reason}", reason=_why_of(row, words))
    n = int(row["n_flagged"])
    if not n:
        return words("No school is a candidate for the weak schools, so none can be wrong.")
    wrong = formats.about(row["expected"], words=words)
    return words.plural(
        "{n} candidate for the weak schools, {wrong} of it may be wrong.",
        "{n} candidates for the weak schools, {wrong} of them may be wrong.",
        n=n,
        wrong=wrong,
    )


def flags_basis(view: BriefingView, *, words: Words) -> str:
    """Return the same of value-added: flags found, and those of chance alone."""
    row = _flag_row(view, "value_added")
    if row["status"] == "not_estimable":
        return words("value-added: {reason}", reason=_why_of(row, words))
    if row["status"] == "no_difference":
        return words("value-added: no school differences found, nobody is flagged")
    return words(
        "value-added: {found} of {schools} beyond ±2 errors; were all equal, on average "
        "about {chance} would be",
        found=int(row["n_flagged"]),
        schools=_schools(int(row["n_judged"]), words),
        chance=formats.plain(row["expected"]),
    )


def gap_answer(gap: GapTrend, *, words: Words) -> str:
    """Return whether the gap between schools has changed since the first exam."""
    if gap.figures.empty or gap.figures["estimate"].isna().all():
        return words("No answer: too few pupils or schools for a coefficient.")
    if gap.changes.empty:
        return words("No answer yet: there is only one exam of this cohort.")
    row = gap.changes.iloc[0].to_dict()
    if not formats.is_number(row["low"]):
        return words("No answer: the error of the coefficient is not known.")
    said = {
        "down": words("Yes: it has become smaller since the first exam, {change}."),
        "up": words("No: it has become wider since the first exam, {change}."),
        "flat": words(
            "Not to be seen: since the first exam it changed by no more than its error."
        ),
    }
    return said[str(row["verdict"])].format(change=_change(row))


def gap_basis(gap: GapTrend, *, words: Words) -> str:
    """Return where the share between schools stands now, beside its reference line."""
    last = gap.figures[gap.figures["indicator"] == "icc"].tail(1).to_dict("records")
    if not last or not formats.is_number(last[0]["estimate"]):
        return ""
    row = last[0]
    share = formats.plain(row["estimate"], digits=3)
    if formats.is_number(row["low"]) and formats.is_number(row["high"]):
        share += " " + formats.interval(
            *(formats.plain(row[end], digits=3) for end in ("low", "high"))
        )
    parts = [
        words(
            "share between schools now {share}, reference line {limit}",
            share=share,
            limit=f"{ICC_LIMIT:.2f}",
        )
    ]
    if len(gap.changes):
        change = gap.changes.iloc[0].to_dict()
        if formats.is_number(change["low"]):
            parts.insert(0, words("change of the coefficient {change}", change=_change(change)))
    return _joined(parts, words)


def places_answer(places: MovingPlaces, *, words: Words) -> str:
    """Return the three places that would raise the county's score rate most."""
    if places.why is not None:
        return words("No answer: {reason}", reason=_either(places.why, words))
    rows = places.best[places.best["goal"] == GOAL]
    if rows.empty:
        return words("The places lie outside what you may see.")
    comma = ", " if words.language == "en" else "\N{IDEOGRAPHIC COMMA}"
    return comma.join(
        words(
            "{school} · {subject}",
            school=row["name"],
            subject=subject_name(str(row["subject"]), str(row["subject_name"]), words=words),
        )
        for row in rows.to_dict("records")
    )


def places_basis(places: MovingPlaces, *, words: Words) -> str:
    """Return what the three places would do to the county's score rate."""
    if places.why is not None:
        return ""
    goal = places.goals[places.goals["goal"] == GOAL].iloc[0].to_dict()
    return words(
        "brought to schools of like intake, the county's score rate over all subjects would go "
        "from {before} to {after}: arithmetic, not a forecast",
        before=formats.rate(goal["before"]),
        after=formats.rate(goal["after"]),
    )


def rebound_answer(found: Rebound, *, words: Words) -> str:
    """Return whether the schools that were low have gained beyond chance."""
    if found.mean is None:
        return words("No answer: {reason}", reason=_either(found.why or ("", ""), words))
    said = {
        "up": words("Yes: {schools} gained {beyond} SD beyond what chance gives back."),
        "down": words("No: {schools} stayed {beyond} SD behind what chance alone gives back."),
        "flat": words("Not to be seen: {schools} gained no more than chance gives back."),
    }
    return said[found.mean.verdict].format(
        schools=_schools(found.mean.n_schools, words), beyond=formats.signed(found.mean.beyond)
    )


def rebound_basis(found: Rebound, *, words: Words) -> str:
    """Return who is followed, what was found and what was to be expected."""
    if found.mean is None:
        return ""
    mean = found.mean
    return words(
        "candidates of the exam before: found {gain} SD, expected by chance {expected} SD, "
        "beyond it {beyond} {interval}; no list of supported schools is stored yet",
        gain=formats.signed(mean.gain),
        expected=formats.signed(mean.expected),
        beyond=formats.signed(mean.beyond),
        interval=formats.signed_interval(mean.low, mean.high),
    )


def _joined(parts: list[str], words: Words) -> str:
    return ("; " if words.language == "en" else "\N{FULLWIDTH SEMICOLON}").join(parts)


def _flag_row(view: BriefingView, kind: str) -> formats.Row:
    return view.flags[view.flags["kind"] == kind].iloc[0].to_dict()


def _why_of(row: formats.Row, words: Words) -> str:
    english, chinese = str(row["why_en"]), str(row["why_zh"])
    return _either((english, chinese), words) or words("this exam has no baseline")


def _either(why: Why, words: Words) -> str:
    return words.either(english=why[0], chinese=why[1])


def _change(row: formats.Row) -> str:
    ends = (formats.signed(row[end], digits=3) for end in ("low", "high"))
    return f"{formats.signed(row['change'], digits=3)} {formats.interval(*ends)}"


def _schools(n: int, words: Words) -> str:
    return words.plural("{n} school", "{n} schools", n=n)
