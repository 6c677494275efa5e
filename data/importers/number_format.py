"""What a number format shows of a number: the number, a word in its place, or nothing."""

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

# A quoted text, a sign behind \, a space (_), a fill (*), a bracket, or any other sign.
_TOKEN = re.compile(r'"([^"]*)"?|\\(.?)|_.?|\*.?|\[([^\]]*)\]|(.)', re.DOTALL)
_CONDITION = re.compile(r"(<=|>=|<>|=|<|>)\s*(-?[0-9]*\.?[0-9]+)")
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<=": operator.le, ">=": operator.ge, "<>": operator.ne, "=": operator.eq,
    "<": operator.lt, ">": operator.gt,
}  # fmt: skip
_GENERAL = re.compile("general|g/", re.IGNORECASE)
_NUMBER_SIGN = re.compile(r"[0#?@dmyhse]", re.IGNORECASE)  # those of dates too
_ZERO_SIGN = re.compile(r"[0?@dmyhse]", re.IGNORECASE)  # with # alone a 0 is not shown
_NUMBERS = 3  # sections for numbers; the fourth is for texts


@dataclass(frozen=True, slots=True)
class _Section:
    """One part of a format: the words it shows, the signs that stand for the number."""

    words: str
    signs: str
    compare: str = ""
    limit: float = 0.0

    @property
    def is_word(self) -> bool:
        return not (_NUMBER_SIGN.search(self.signs) or _GENERAL.search(self.signs))

    @property
    def may_hide(self) -> bool:
        return not (_ZERO_SIGN.search(self.signs) or _GENERAL.search(self.signs))

    def holds(self, value: float) -> bool:
        return bool(self.compare) and _COMPARE[self.compare](value, self.limit)


class NumberFormat:
    """A format code, such as ``0;-0;"缺考"`` or ``[>=60]"及格";0``.

    Reference: ECMA-376 part 1, 18.8.31.
    """

    def __init__(self, code: str) -> None:
        sections = _sections(code or "General")
        if len(sections) > 1 and "@" in sections[-1].signs:
            sections = sections[:-1]  # the last one is for texts
        self._sections = sections[:_NUMBERS]

    @property
    def may_show_words(self) -> bool:
        """Whether some number is shown as a word, or not at all."""
        return any(section.may_hide for section in self._sections)

    def shown(self, value: float) -> str | None:
        """Return the word that a number is shown as, empty for nothing; None for a number.

        Examples
        --------
        >>> absent = NumberFormat('0;-0;"缺考"')
        >>> absent.shown(0), absent.shown(60), NumberFormat("0;-0;;@").shown(0)
        ('缺考', None, '')
        """
        section = self._section(value)
        if section is None or not (section.is_word or (value == 0 and section.may_hide)):
            return None
        return section.words.strip()

    def _section(self, value: float) -> _Section | None:
        first, *others = self._sections
        if not any(section.compare for section in self._sections[:2]):
            return self._by_sign(value)
        if first.holds(value):
            return first
        if not others:
            return None  # shown as if there were no format
        if others[0].compare and not others[0].holds(value):
            return others[1] if len(others) > 1 else None
        return others[0]

    def _by_sign(self, value: float) -> _Section:
        n = len(self._sections)
        if value < 0 and n > 1:
            return self._sections[1]
        return self._sections[2 if value == 0 and n > 2 else 0]


def _sections(code: str) -> Sequence[_Section]:
    found, words, signs, compare, limit = [], "", "", "", 0.0
    for match in _TOKEN.finditer(code):
        quoted, escaped, bracket, sign = match.groups()
        condition = _CONDITION.fullmatch(bracket.strip()) if bracket else None
        if condition:
            compare, limit = condition[1], float(condition[2])
        elif bracket and bracket.startswith("$"):
            words += bracket[1:].partition("-")[0]
        elif sign == ";":
            found.append(_Section(words, signs, compare, limit))
            words, signs, compare, limit = "", "", "", 0.0
        elif sign and sign in "0#?@,":
            signs += sign
        else:
            words += quoted or escaped or sign or ""
            signs += sign or ""
    return [*found, _Section(words, signs, compare, limit)]
