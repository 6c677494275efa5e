"""Codes of the tables in words: indicators, statuses, methods, subjects and stages."""

from pipeline.views import UNSAVED, SchemeLabel
from ui import formats
from ui.dictionary import ENTRIES, Unit
from ui.text import Words, marked

STATUSES: dict[str, str] = {
    "ok": marked("shown"),
    "suppressed": marked("hidden: fewer than 10 pupils, or needed to protect such a group"),
    "low_coverage": marked("too few linked (coverage under 70%)"),
    "not_estimable": marked("not enough data to estimate"),
    "coded": marked("given as a range, to protect single pupils"),
    "not_given": marked("not among the figures of this exam"),
    "too_few": marked("hidden: fewer than 10 pupils"),
    "no_spread": marked("not shown: all pupils have the same points"),
    "extreme": marked("not shown: nobody or everybody has the points"),
}
METHODS: dict[str, str] = {
    "random_intercept": marked("random intercept"),
    "contextual": marked("random intercept with school context"),
    "reliability_corrected": marked("school effect with the prior test's error taken out"),
    "prior_group": marked("residual within prior groups"),
    "growth_percentile": marked("mean growth percentile"),
    "z_change": marked("change of z"),
}
STAGES: dict[str, str] = {
    "primary": marked("primary school"),
    "junior": marked("junior secondary school"),
    "senior": marked("senior secondary school"),
}
LOCALES: dict[str, str] = {"town": marked("town"), "country": marked("country")}
SUBJECTS: dict[str, str] = {
    "total": marked("Total"),
    "chinese": marked("Chinese"),
    "math": marked("Mathematics"),
    "english": marked("English"),
    "physics": marked("Physics"),
    "chemistry": marked("Chemistry"),
    "politics": marked("Politics"),
    "history": marked("History"),
    "geography": marked("Geography"),
    "biology": marked("Biology"),
    "science": marked("Science"),
    "comprehensive": marked("Combined paper"),
}


def indicator_name(code: str, *, words: Words) -> str:
    """Return the indicator's name; a code without an entry names itself."""
    entry = ENTRIES.get(code)
    return words(entry.name) if entry else code


def subject_name(code: str, name: str, *, words: Words) -> str:
    """Return the bureau's own name in Chinese, and the English name where one is known."""
    known = SUBJECTS.get(code)
    return words(known) if known and words.language == "en" else name


def scheme_name(scheme: SchemeLabel, *, words: Words) -> str:
    """Return the name and version of a weight scheme."""
    if scheme.id == UNSAVED:
        return words("unsaved weights")
    if scheme.name is None:
        return words("default weights")
    if not scheme.id:
        return words("preset {name}", name=scheme.name)
    return words("scheme {name}, version {version}", name=scheme.name, version=scheme.version)


def status_words(status: str, *, words: Words) -> str:
    """Return whether a figure is shown, and if not, why."""
    return words(STATUSES.get(status, STATUSES["not_estimable"]))


def verdict_words(sign: str, word: str, *, words: Words) -> str:
    """Return sign and word of a mark, as text shows a verdict."""
    return f"{sign} {words(word)}"


def figure_words(indicator: str, value: float, *, words: Words) -> str:
    """Return a value of an indicator in its unit."""
    text = end_words(indicator, value)
    match _unit_of(indicator):
        case "points":
            return words("{value} points", value=text)
        case "sd":
            return words("{value} SD", value=text)
        case _:
            return text


def end_words(indicator: str, value: float) -> str:
    """Return an end of an interval without its unit, which stands with the value."""
    match _unit_of(indicator):
        case "points":
            return formats.plain(value)
        case "rate":
            return formats.rate(value)
        case "pupils":
            return formats.count(value)
        case "share":
            return formats.plain(value, digits=3)
        case _:
            return formats.signed(value)


def change_words(indicator: str, change: float, *, words: Words) -> str:
    """Return a difference of two values of an indicator in its unit."""
    value = change_end(indicator, change)
    match _unit_of(indicator):
        case "points":
            return words("{value} points", value=value)
        case "rate":
            return words("{value} percentage points", value=value)
        case "sd":
            return words("{value} SD", value=value)
        case _:
            return value


def change_end(indicator: str, change: float) -> str:
    """Return a difference, or an end of its interval, without its unit."""
    match _unit_of(indicator):
        case "points":
            return formats.signed(change, digits=1)
        case "rate":
            return formats.percentage_points(change)
        case "pupils":
            return formats.signed(change, digits=0)
        case "share":
            return formats.signed(change, digits=3)
        case _:
            return formats.signed(change)


def _unit_of(indicator: str) -> Unit:
    entry = ENTRIES.get(indicator)
    return entry.unit if entry else "sd"
