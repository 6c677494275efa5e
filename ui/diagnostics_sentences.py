"""Findings of the diagnostics as sentences: what the assumptions look like, and who decides."""

import pandas as pd

from core.value_added.spec import DEFAULT_RELIABILITY
from pipeline.views import DiagnosticsView
from pipeline.views.diagnostics import (
    COEFFICIENTS,
    NormalityPart,
    PriorReliabilityPart,
    ResidualsPart,
)
from ui import formats
from ui.sentences import no_difference
from ui.text import Words, marked
from ui.weak_schools_sentences import schools_words

SURE = 0.05
"""p of the test of normality from which downward the effects do not look normal."""

FEW_SCHOOLS = 30
"""Schools under which that test sees gross departures only."""

HEAVY = 1.0
"""Excess kurtosis from which on the tails are called long."""

TWICE = 2.0
"""Hold over share of the pupils from which on a school is said to hold more than its size."""

_COEFFICIENTS: dict[str, str] = {
    "intercept": marked("the intercept"),
    "prior": marked("the slope of the prior"),
    "mean_prior": marked("the slope of the school's mean prior"),
}


def residuals_finding(part: ResidualsPart, *, words: Words) -> str:
    """Return whether the line is straight and the spread equal."""
    spread = _spread(part, words)
    if part.is_ceiling:
        return words(
            "The pupils who started highest lie below the line and close together: the exam "
            "may have been too easy to tell them apart"
        )
    if part.group is None:
        return words("No bend is seen in the line; {spread}", spread=spread)
    own = part.groups[part.groups["group"] == part.group].iloc[0]
    return words(
        "The line bends: pupils who started at {prior} SD lie {mean} SD off it; {spread}",
        prior=formats.signed(float(own["prior"])),
        mean=formats.signed(float(own["mean"])),
        spread=spread,
    )


def shape_note(part: ResidualsPart, *, words: Words) -> str:
    """Return skewness and kurtosis of the residuals, with what long tails mean."""
    if part.skewness is None or part.kurtosis is None:
        return ""
    text = words(
        "All residuals: skewness {skewness}, excess kurtosis {kurtosis}; a normal law has 0 "
        "and 0.",
        skewness=formats.signed(part.skewness),
        kurtosis=formats.signed(part.kurtosis),
    )
    if part.kurtosis < HEAVY:
        return text
    tails = words(
        "Long tails: a few pupils are far off; of small schools the figures hang on them."
    )
    return f"{text} {tails}"


def normality_finding(part: NormalityPart, *, words: Words) -> str:
    """Return whether the schools' effects look normal, or why nobody can tell."""
    if part.status == "no_difference_found":
        return no_difference(words)
    schools = schools_words(part.n_schools, words)
    if part.w is None or part.p is None:
        return words(
            "Whether the effects of {schools} are normal is not tested; {n} lie outside the "
            "band",
            schools=schools,
            n=part.n_outside,
        )
    values = {
        "schools": schools,
        "n": part.n_outside,
        "w": formats.plain(part.w, digits=3),
        "p": formats.plain(part.p, digits=3),
    }
    if part.p <= SURE:
        return words(
            "The effects of {schools} do not look normal (Shapiro–Wilk W = {w}, p = {p}); {n} "
            "lie outside the band",
            **values,
        )
    return words(
        "Nothing speaks against normal effects of {schools} (Shapiro–Wilk W = {w}, p = {p}); "
        "{n} lie outside the band",
        **values,
    )


def power_note(part: NormalityPart, *, words: Words) -> str:
    """Return what a test of so few schools cannot see."""
    if part.status == "too_few_schools":
        return words("The test needs 8 schools; with fewer nothing could be seen.")
    if part.n_schools >= FEW_SCHOOLS:
        return ""
    return words(
        "With {schools} the test sees gross departures only: no finding is no proof.",
        schools=schools_words(part.n_schools, words),
    )


def influence_finding(view: DiagnosticsView, *, words: Words) -> str:
    """Return how many schools move the line, and who most."""
    schools = schools_words(view.n_schools - view.n_hidden, words)
    if not view.n_influential:
        return words("None of {schools} moves the line on its own", schools=schools)
    text = words(
        "{n} of {schools} move the line more than others do",
        n=view.n_influential,
        schools=schools,
    )
    moved = view.schools[view.schools["is_influential"]]
    if moved.empty:
        return text
    most = moved.nlargest(1, "cook").to_dict("records")[0]
    changes = {code: float(most[f"change_{code}"]) for code in COEFFICIENTS}
    known = {code: change for code, change in changes.items() if formats.is_number(change)}
    code = max(known, key=lambda one: abs(known[one]))
    return words(
        "{finding}; without {name} {coefficient} would change by {change} of its standard "
        "errors",
        finding=text,
        name=most["name"],
        coefficient=words(_COEFFICIENTS[code]),
        change=formats.signed(known[code]),
    )


def leverage_finding(view: DiagnosticsView, *, words: Words) -> str:
    """Return how many schools hold much of the line, and how many of them are small."""
    schools = schools_words(view.n_schools - view.n_hidden, words)
    if not view.n_holding:
        return words("None of {schools} holds twice the mean of the line", schools=schools)
    text = words(
        "{n} of {schools} hold twice the mean of the line or more",
        n=view.n_holding,
        schools=schools,
    )
    small = int(small_holders(view.schools).sum())
    if not small:
        return text
    return words(
        "{finding}; {n} of them at least twice as much as by their pupils",
        finding=text,
        n=small,
    )


def small_holders(schools: pd.DataFrame) -> pd.Series:
    """Return which schools hold much of the line and twice as much as their pupils are."""
    return schools["holds_much"] & (schools["hold"] >= TWICE * schools["share"])


def reliability_finding(part: PriorReliabilityPart, *, words: Words) -> str:
    """Return at which reliability most verdicts change, of those that the data allow."""
    is_allowed = part.rows["reliability"] >= (part.least or 0.0)
    known = part.rows[part.rows["share"].notna() & is_allowed]
    if known.empty:
        return words("No verdicts can be compared at the assumed reliability of 0.85")
    most = known.nlargest(1, "share").iloc[0]
    if not most["n_changed"]:
        return words(
            "No verdict hangs on the reliability of the prior test: from {low} to {high} they "
            "are the same",
            low=formats.plain(float(known["reliability"].min()), digits=2),
            high=formats.plain(float(known["reliability"].max()), digits=2),
        )
    return words(
        "If the prior test's reliability were {value} in place of {assumed}, {n} of {schools} "
        "would have another verdict",
        value=formats.plain(float(most["reliability"]), digits=2),
        assumed=formats.plain(DEFAULT_RELIABILITY, digits=2),
        n=int(most["n_changed"]),
        schools=schools_words(int(most["n_compared"]), words),
    )


def reliability_notes(part: PriorReliabilityPart, *, words: Words) -> tuple[str, ...]:
    """Return what is known of the reliability itself."""
    notes = []
    if part.own is not None:
        notes.append(
            words(
                "The prior test's own items tell a reliability of {alpha} {interval}.",
                alpha=formats.plain(part.own.alpha, digits=2),
                interval=formats.interval(
                    formats.plain(part.own.low, digits=2),
                    formats.plain(part.own.high, digits=2),
                ),
            )
        )
    else:
        notes.append(words("The store holds no items of the prior test that would tell it."))
    if part.least is not None:
        notes.append(
            words(
                "By how both exams go together it is at least {least}.",
                least=formats.plain(part.least, digits=2),
            )
        )
    return tuple(notes)


def hidden_notes(view: DiagnosticsView, *, words: Words) -> tuple[str, ...]:
    """Return how many schools are in the model and not in the figure."""
    if not view.n_hidden:
        return ()
    return (
        words(
            "hidden to protect groups of fewer than 10 pupils: {schools}",
            schools=schools_words(view.n_hidden, words),
        ),
    )


def _spread(part: ResidualsPart, words: Words) -> str:
    if part.ratio is None:
        return words("too few groups to compare the spread")
    if part.spread == "equal":
        return words("the spread is alike at both ends")
    ratio = formats.plain(part.ratio, digits=2)
    if part.spread == "wider":
        return words("high starters spread wider, {ratio} times the low ones", ratio=ratio)
    return words("high starters lie closer together, {ratio} times the low ones", ratio=ratio)
