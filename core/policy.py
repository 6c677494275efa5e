"""A policy as a plain mapping, read key by key; what is wrong is told by the key's name.

A policy file gives tables, numbers and texts. Every key has to be asked for: one that nobody
asked for is a slip of the pen, and would otherwise be a threshold that silently does nothing.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from core.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Title:
    """The name of a thing of policy in both languages."""

    zh: str
    en: str


@dataclass(slots=True)
class Section:
    """One table of a policy, and the keys that were asked for so far.

    Attributes
    ----------
    values : mapping
        As a TOML reader gives it.
    path : str
        Dotted name of the table, empty at the top.
    """

    values: Mapping[str, object]
    path: str = ""
    _asked: set[str] = field(default_factory=set)

    def has(self, key: str) -> bool:
        """Whether the key is given."""
        return key in self.values

    def text(self, key: str, *, allowed: Collection[str] = ()) -> str:
        """Return a text that is not empty, one of ``allowed`` if there are any."""
        found = self._value(key)
        if not isinstance(found, str) or not found.strip():
            raise self.refuse(key, found, "a text that is not empty", "非空文字")
        if allowed and found not in allowed:
            choices = " ".join(allowed)
            raise self.refuse(key, found, f"one of: {choices}", f"以下之一：{choices}")
        return found

    def number(self, key: str, *, low: float = -math.inf, high: float = math.inf) -> float:
        """Return a finite number from ``low`` to ``high``."""
        found = self._value(key)
        if not low <= _real(found) <= high:
            raise self.refuse(key, found, *_range_words(low, high))
        return _real(found)

    def integer(self, key: str, *, low: int, high: int | None = None) -> int:
        """Return a whole number from ``low`` to ``high``."""
        found, top = self._value(key), math.inf if high is None else high
        if not isinstance(found, int) or isinstance(found, bool) or not low <= found <= top:
            en, zh = _range_words(low, top)
            raise self.refuse(
                key, found, en.replace("a number", "a whole number"), f"整数，{zh}"
            )
        return found

    def flag(self, key: str) -> bool:
        """Return true or false."""
        found = self._value(key)
        if not isinstance(found, bool):
            raise self.refuse(key, found, "true or false", "true 或 false")
        return found

    def listed(self, key: str) -> Sequence[object]:
        """Return a list with at least one entry."""
        found = self._value(key)
        if not isinstance(found, list | tuple) or not found:
            raise self.refuse(key, found, "a list with at least one entry", "至少一项的列表")
        return found

    def numbers(self, key: str) -> tuple[float, ...]:
        """Return a list of at least one finite number."""
        found = self.listed(key)
        numbers = tuple(_real(entry) for entry in found)
        if any(map(math.isnan, numbers)):
            raise self.refuse(key, list(found), "a list of numbers", "由数构成的列表")
        return numbers

    def rising(self, key: str, *, length: int) -> tuple[float, ...]:
        """Return a list of ``length`` numbers, each above the one before."""
        numbers = self.numbers(key)
        if len(numbers) != length or any(a >= b for a, b in pairwise(numbers)):
            en, zh = f"{length} numbers, each above the one before", f"{length} 个递增的数"
            raise self.refuse(key, list(numbers), en, zh)
        return numbers

    def words(
        self, key: str, *, allowed: Collection[str], length: int | None = None
    ) -> tuple[str, ...]:
        """Return a list of texts, each one of ``allowed``."""
        found = self.listed(key)
        fits = length is None or len(found) == length
        if not fits or any(word not in allowed for word in found):
            count = "" if length is None else f"{length} "
            choices = " ".join(allowed)
            en, zh = (
                f"{count}words, each of: {choices}",
                f"{count}项，每项为以下之一：{choices}",
            )
            raise self.refuse(key, list(found), en, zh)
        return tuple(str(word) for word in found)

    def section(self, key: str) -> "Section":
        """Return the table below this one."""
        found = self._value(key)
        if not isinstance(found, Mapping):
            raise self.refuse(key, found, "a table of keys", "一组键值")
        return Section(found, path=self._name(key))

    def sections(self, key: str) -> list["Section"]:
        """Return the tables of a list of tables."""
        found = self.listed(key)
        if not all(isinstance(entry, Mapping) for entry in found):
            raise self.refuse(key, list(found), "a list of tables", "由若干组键值构成的列表")
        tables = [entry for entry in found if isinstance(entry, Mapping)]
        name = self._name(key)
        return [Section(table, path=f"{name}[{i}]") for i, table in enumerate(tables, 1)]

    def title(self, key: str = "title") -> Title:
        """Return the name in both languages, keys zh and en."""
        below = self.section(key)
        title = Title(zh=below.text("zh"), en=below.text("en"))
        below.close()
        return title

    def close(self, *, known: Collection[str] = ()) -> None:
        """Refuse keys that nobody asked for, and that are not among the ``known`` either.

        Raises
        ------
        SettingsError
            Naming them, and the keys that are known.
        """
        known_here = self._asked | set(known)
        unknown = [self._name(str(key)) for key in self.values if key not in known_here]
        if unknown:
            found, allowed = " ".join(unknown), " ".join(sorted(known_here))
            raise SettingsError(
                f"Unknown setting: {found}. Known keys here are: {allowed}. Correct the name, "
                "or take it out.",
                f"未知设置项：{found}。此处可用的键：{allowed}。请更正名称或删除。",
            )

    def refuse(self, key: str, found: object, required: str, required_zh: str) -> SettingsError:
        """Return the error that names the key, what was found and what is allowed."""
        return SettingsError(
            f"Setting {self._name(key)} is {found!r}. It must be {required}. Correct it.",
            f"设置项 {self._name(key)} 为 {found!r}，应为{required_zh}。请更正。",
        )

    def _value(self, key: str) -> object:
        self._asked.add(key)
        if key not in self.values:
            here = " ".join(map(str, self.values)) or "-"
            raise SettingsError(
                f"Setting {self._name(key)} is missing (keys found there: {here}). Add it.",
                f"缺少设置项 {self._name(key)}（该处现有的键：{here}）。请补充。",
            )
        return self.values[key]

    def _name(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key


def _real(found: object) -> float:
    """Return a finite number as float, NaN for everything else."""
    if isinstance(found, bool) or not isinstance(found, int | float):
        return math.nan
    return float(found) if math.isfinite(found) else math.nan


def _range_words(low: float, high: float) -> tuple[str, str]:
    """Return the range in words, English and Chinese."""
    if math.isinf(low) and math.isinf(high):
        return "a number", "一个数"
    if math.isinf(high):
        return f"a number of at least {low:g}", f"不小于 {low:g} 的数"
    if math.isinf(low):
        return f"a number of at most {high:g}", f"不大于 {high:g} 的数"
    return f"a number from {low:g} to {high:g}", f"{low:g} 到 {high:g} 之间的数"
