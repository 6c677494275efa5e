"""What headers mean in one file: said for it, remembered of the bureau, or the table's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from core.errors import SettingsError
from data.importers.headers import FIELDS, SUBJECTS, Header, meaning, squeezed
from data.importers.remarks import plain

IGNORE = "忽略"
_IGNORE = frozenset({"忽略", "不读取", "不导入", "ignore", "ignored", "skip"})
_LIKE = 0.5  # share of signs in common from which a header is like a synonym
_LIKE_FIELD = 0.6
_MOST_LIKE = 3
_SYNONYMS = {
    synonym: names[0]
    for table in (FIELDS, SUBJECTS)
    for names in table.values()
    for synonym in names
}


@dataclass(frozen=True, slots=True)
class HeaderWords:
    """Meanings of headers; what is said for this file wins over what is remembered.

    Attributes
    ----------
    declared : frozenset of str
        Subjects that the user named, by code or by header.
    given, remembered : mapping of str to Header
        By squeezed header, or by column as in ``F列``.
    """

    declared: frozenset[str] = frozenset()
    given: Mapping[str, Header] = field(default_factory=dict)
    remembered: Mapping[str, Header] = field(default_factory=dict)

    def said(self, header: str, *, letter: str = "") -> Header | None:
        """Return what a person said of a header, if anything."""
        keys = (f"{letter}列".casefold(), squeezed(header))
        for table in (self.given, self.remembered):
            found = next((table[key] for key in keys if key in table), None)
            if found:
                return found
        return None

    def of(self, header: str) -> Header:
        """Return what a header means."""
        return self.said(header) or meaning(header, declared=self.declared)


def header_words(
    *,
    declared: frozenset[str],
    given: Mapping[str, str] | None = None,
    remembered: Mapping[str, str] | None = None,
) -> HeaderWords:
    """Return the meanings of headers from words such as 数学, 学籍号 or 忽略.

    Raises
    ------
    SettingsError
        When a word is empty, or nearly but not quite that of a field.
    """
    return HeaderWords(declared, _read(given or {}), _read(remembered or {}))


def _read(words: Mapping[str, str]) -> dict[str, Header]:
    return {squeezed(plain(header)): named_meaning(word) for header, word in words.items()}


def named_meaning(word: str) -> Header:
    """Return what a person means by the name of a field or subject.

    Raises
    ------
    SettingsError
        When the word is empty, or nearly but not quite that of a field.

    Examples
    --------
    >>> named_meaning("学籍号").name, named_meaning("信息科技").role, named_meaning("忽略").role
    ('pupil_number', 'subject', 'ignored')
    """
    bare = squeezed(word)
    if bare in _IGNORE:
        return Header("ignored", bare)
    found = meaning(word, declared=frozenset())
    if found.role != "unknown":
        return found
    fields = [synonym for names in FIELDS.values() for synonym in names]
    like = get_close_matches(bare, fields, _MOST_LIKE, _LIKE_FIELD)
    if not bare or like:
        hint = f"; did you mean {', '.join(like)}?" if like else "."
        hint_zh = f"，是否指“{'、'.join(like)}”？" if like else "。"
        raise SettingsError(
            f"A column cannot mean {word!r}{hint} Name a field, a subject, or ignore.",
            f"列的含义不能是“{word}”{hint_zh}请写字段名、科目名，或“{IGNORE}”。",
        )
    return Header("subject", word.strip())


def like_known(header: str) -> list[str]:
    """Return names of fields and subjects that a header may have been meant for.

    Examples
    --------
    >>> like_known("学藉号")
    ['学籍号']
    """
    close = get_close_matches(squeezed(header), list(_SYNONYMS), 2 * _MOST_LIKE, _LIKE)
    return list(dict.fromkeys(_SYNONYMS[synonym] for synonym in close))[:_MOST_LIKE]
