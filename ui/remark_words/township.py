"""Remarks on a township as sentences."""

from collections.abc import Mapping

from ui import formats
from ui.remark_words.parts import Sentence, Values, listed
from ui.text import Words


def _standing(values: Values, names: Mapping[str, str], words: Words) -> str:
    if not int(values["count"]):
        return words(
            "＝ None of {schools} adds clearly more or less than expected.",
            schools=words.plural("{n} school", "{n} schools", n=int(values["n_schools"])),
        )
    return words(
        "▲▼ Of {schools}, {above} add clearly more than expected and {below} clearly less: "
        "{listed}",
        schools=words.plural("{n} school", "{n} schools", n=int(values["n_schools"])),
        above=formats.count(float(values["n_above"])),
        below=formats.count(float(values["n_below"])),
        listed=listed(values, names, words),
    )


def _low_coverage(values: Values, names: Mapping[str, str], words: Words) -> str:
    return words(
        "× Coverage under 70%, not compared: {listed}. Find out why pupils could not be "
        "linked.",
        listed=listed(values, names, words),
    )


def _bottom20(values: Values, _names: Mapping[str, str], words: Words) -> str:
    share, county = (formats.rate(float(values[key])) for key in ("share", "county_share"))
    low, high = (formats.rate(float(values[f"share_{end}"])) for end in ("low", "high"))
    given = {
        "share": share,
        "interval": formats.interval(low, high),
        "n": formats.count(float(values["n_pupils"])),
        "county": county,
    }
    if values["side"] == "more":
        return words(
            "▲ Clearly more pupils than in the county are among its lowest 20%: {share} "
            "{interval}, n = {n}; county {county}.",
            **given,
        )
    if values["side"] == "fewer":
        return words(
            "▼ Clearly fewer pupils than in the county are among its lowest 20%: {share} "
            "{interval}, n = {n}; county {county}.",
            **given,
        )
    return words(
        "＝ As many pupils as in the county are among its lowest 20%, as far as can be told: "
        "{share} {interval}, n = {n}; county {county}.",
        **given,
    )


def _gaps(values: Values, names: Mapping[str, str], words: Words) -> str:
    weak, strong = (_subjects(str(values[key]), names, words) for key in ("schools", "strong"))
    if not weak and not strong:
        return words(
            "＝ No subject lags clearly behind the unit's own mean ({n} subjects).",
            n=formats.count(float(values["n_subjects"])),
        )
    return words(
        "▼ Subjects that lag behind the unit's own mean: {weak}; ahead of it: {strong}.",
        weak=weak or words("none"),
        strong=strong or words("none"),
    )


def _subjects(codes: str, names: Mapping[str, str], words: Words) -> str:
    comma = ", " if words.language == "en" else "\N{IDEOGRAPHIC COMMA}"
    return comma.join(
        formats.safe_markdown(names.get(code, code)) for code in codes.split(",") if code
    )


def _bands(values: Values, names: Mapping[str, str], words: Words) -> str:
    counts = {band: formats.count(float(values[band])) for band in ("red", "yellow", "blue")}
    sentence = words(
        "Warning bands in this subject: ▲ serious {red}, ◆ caution {yellow}, ● watch {blue}, "
        "of {schools} schools.",
        schools=formats.count(float(values["n_schools"])),
        **counts,
    )
    if not int(values["count"]):
        return sentence
    named = words("Serious or caution: {listed}", listed=listed(values, names, words))
    return f"{sentence} {named}"


def _cases(values: Values, _names: Mapping[str, str], words: Words) -> str:
    return words(
        "◷ Open cases in the ledger: {count}, of them overdue: {overdue}.",
        count=formats.count(float(values["count"])),
        overdue=formats.count(float(values["overdue"])),
    )


SENTENCES: dict[str, Sentence] = {
    "township_standing": _standing,
    "township_low_coverage": _low_coverage,
    "township_bottom20": _bottom20,
    "township_gaps": _gaps,
    "township_bands": _bands,
    "township_cases": _cases,
}
"""How each remark on a township is said."""
