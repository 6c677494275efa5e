"""What the sentences of all levels share: their shape, and lists of names."""

from collections.abc import Callable, Mapping

from ui import formats
from ui.text import Words

Values = Mapping[str, float | int | str]
Sentence = Callable[[Values, Mapping[str, str], Words], str]

_MOST_NAMES = 5


def listed(values: Values, names: Mapping[str, str], words: Words) -> str:
    """Return "3 schools (A, B, C)"; a long list ends with how many more there are."""
    n = int(values["count"])
    counted = words.plural("{n} school", "{n} schools", n=n)
    codes = [code for code in str(values["schools"]).split(",") if code]
    first = [formats.safe_markdown(names.get(code, code)) for code in codes[:_MOST_NAMES]]
    if len(codes) > _MOST_NAMES:
        first.append(words("{n} more", n=len(codes) - _MOST_NAMES))
    comma = ", " if words.language == "en" else "\N{IDEOGRAPHIC COMMA}"
    return f"{counted} ({comma.join(first)})" if first else counted


def named(codes: object, names: Mapping[str, str], words: Words) -> str:
    """Return the names of codes that a remark holds in one text, all of them."""
    comma = ", " if words.language == "en" else "\N{IDEOGRAPHIC COMMA}"
    found = [code for code in str(codes).split(",") if code]
    return comma.join(formats.safe_markdown(names.get(code, code)) for code in found)
