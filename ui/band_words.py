"""Warning bands in words: bands, signals, reasons, levels of the grid."""

from collections.abc import Mapping

from core.warning.rules import RuleSet
from ui import formats
from ui.text import Words, marked
from ui.theme import BAND_CELLS, BANDS

SIGNALS: Mapping[str, str] = {
    "grid": marked("level × change"),
    "change": marked("change of z"),
    "value_added_index": marked("value-added index"),
    "low_rate": marked("low rate"),
    "subject_gap": marked("weak subject"),
    "participation_fall": marked("fall of participation"),
    "bottom20_growth": marked("growth of the bottom 20%"),
}
REASONS: Mapping[str, str] = {
    "suppressed": marked("hidden: fewer than 10 pupils, or needed to protect such a group"),
    "few_pupils": marked("too few pupils for a judgement"),
    "small_group": marked("too few schools in its comparison group"),
    "no_earlier": marked("no earlier figure"),
    "not_given": marked("no figure: no baseline, or only one subject"),
    "low_coverage": marked("too few linked (coverage under 70%)"),
    "coded": marked("given as a range, to protect single pupils"),
    "not_estimable": marked("not enough data to estimate"),
}
STATUS_LEVELS = (
    marked("lowest fifth"),
    marked("second fifth"),
    marked("middle fifth"),
    marked("fourth fifth"),
    marked("highest fifth"),
)
CHANGE_LEVELS = (
    marked("large fall"),
    marked("fall"),
    marked("no change"),
    marked("rise"),
    marked("large rise"),
)
NO_EARLIER = marked("no earlier exam")

_POINTS = ("participation_fall", "bottom20_growth")


def band_words(band: object, *, words: Words) -> str:
    """Return sign and word of a band; one that is not known is not enough data."""
    mark = BANDS.get(str(band), BANDS["insufficient"])
    return f"{mark.sign} {words(mark.word)}"


def signal_words(code: str, *, words: Words) -> str:
    """Return the name of a signal."""
    return words(SIGNALS[code])


def signals_listed(codes: str, *, words: Words) -> str:
    """Return the signals that fired, gravest first, in words."""
    names = [signal_words(code, words=words) for code in codes.split(";") if code]
    return ("; " if words.language == "en" else "\N{FULLWIDTH SEMICOLON}").join(names)


def rule_set_words(rules: RuleSet, *, words: Words) -> str:
    """Return a rule set by its title and version."""
    title = words.either(english=rules.title.en, chinese=rules.title.zh)
    return words("{title}, version {version}", title=title, version=rules.version)


def reason_words(reason: str, *, words: Words) -> str:
    """Return why something is not judged; empty where it is."""
    if reason == "ok":
        return ""
    return words(REASONS.get(reason, REASONS["not_estimable"]))


def signal_value(code: str, value: object, *, words: Words) -> str | None:
    """Return a value or a threshold of a signal in its unit; None where it is not shown."""
    if not formats.is_number(value):
        return None
    if code == "low_rate":
        return formats.rate(value)
    if code in _POINTS:
        return words("{value} percentage points", value=formats.percentage_points(value))
    if code == "value_added_index":
        return formats.signed(value, digits=1)
    return words("{value} SD", value=formats.signed(value))


def cell_style(text: object, *, words: Words) -> str:
    """Return fill and text colour of a cell that holds a band in words; of others nothing."""
    for code, (fill, colour) in BAND_CELLS.items():
        if isinstance(text, str) and text == band_words(code, words=words):
            return f"background-color: {fill}; color: {colour}"
    return ""
