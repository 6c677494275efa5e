"""Words of the screen in Chinese and English, from the catalogues under ``ui/locales``.

Code holds the English text; a catalogue holds what a reader sees. Nothing is installed in the
interpreter: a ``Words`` belongs to one run of one session, so that two readers with different
languages never meet.
"""

import gettext
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Literal, get_args

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
DEFAULT_LANGUAGE: Language = "zh"
LANGUAGE_NAMES: dict[Language, str] = {"zh": "\u4e2d\u6587", "en": "English"}
_LOCALES: dict[Language, str] = {"zh": "zh_CN", "en": "en"}
_FOLDER = Path(__file__).parent / "locales"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; call it with the English text and its values."""

    language: Language

    def __call__(self, text: str, /, **values: object) -> str:
        """Return ``text`` in this language with ``{names}`` filled in."""
        found = catalogue(self.language).gettext(text)
        return found.format(**values) if values else found

    def plural(self, one: str, many: str, /, *, n: int, **values: object) -> str:
        """Return ``one`` or ``many`` in this language; ``{n}`` is the count."""
        found = catalogue(self.language).ngettext(one, many, n)
        return found.format(n=f"{n:,}", **values)

    @property
    def locale(self) -> str:
        """The locale's name, such as ``zh_CN``, for dates."""
        return _LOCALES[self.language]

    def either(self, *, english: str, chinese: str) -> str:
        """Return the one of two ready texts that is in this language."""
        return english if self.language == "en" else chinese


def marked(text: str) -> str:
    """Mark a text for the catalogues and return it; it is looked up when it is shown."""
    return text


def language_of(code: object) -> Language:
    """Return the language with this code, or the default for any other value."""
    return next((known for known in LANGUAGES if known == code), DEFAULT_LANGUAGE)


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(language: Language) -> gettext.GNUTranslations:
    """Return the catalogue of one language, compiled in memory from its ``.po`` file."""
    path = _FOLDER / _LOCALES[language] / "LC_MESSAGES" / "messages.po"
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=_LOCALES[language]))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
