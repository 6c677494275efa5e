"""Views with codes in place of the names of schools and townships, and questions by such codes.

Names are replaced by value wherever they stand, so that a table that is new is covered too.
Codes of units are replaced likewise, but for fields that hold other codes.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar, cast

import pandas as pd

from data.catalogue import list_counties, units_of
from data.scope import Scope
from data.store import Store
from data.unit_codes import codes_in_place_of_names
from pipeline.remember import remember

V = TypeVar("V")

OTHER_CODES = frozenset(
    {
        "subject", "indicator", "exam", "baseline", "previous_exam", "class_name", "band",
        "flag", "signal", "reason", "rule", "version", "verdict", "status", "level", "method",
        "group", "test",
    }
)  # fmt: skip
"""Fields and columns that hold codes, but never those of units."""

_LISTS = ("schools",)
"""Values of remarks that hold several codes, separated by commas."""


@dataclass(frozen=True, slots=True)
class Coding:
    """How units are called: code and name to their stand-in, and stand-in to code."""

    stand_ins: Mapping[str, str]
    codes: Mapping[str, str]

    def asked(self, question: tuple[Hashable, ...]) -> tuple[Hashable, ...]:
        """Return a question with the units' own codes in place of stand-ins."""
        return tuple(self.codes.get(part, part) for part in cast(tuple[str, ...], question))

    def called(self, unit: str, *, by_name: bool) -> str:
        """Return the code by which a reader with names, or without, knows a unit."""
        return (self.codes if by_name else self.stand_ins).get(unit, unit)

    def answered(self, view: V) -> V:
        """Return a View in which no unit below the county has its name or its code."""
        return cast(V, self._coded(view, field=""))

    def _coded(self, value: Any, *, field: str) -> Any:  # noqa: PLR0911  one case for each kind
        match value:
            case str():
                return self._text(value, field=field)
            case tuple() | list():
                return type(value)(self._coded(item, field=field) for item in value)
            case pd.DataFrame():
                return value.assign(
                    **{str(name): self._column(value[name], str(name)) for name in value}
                )
            case pd.Series():
                return self._column(value, field)
            case Mapping():
                return {
                    self._coded(key, field=""): self._coded(item, field=str(key))
                    for key, item in value.items()
                }
            case _ if is_dataclass(value) and not isinstance(value, type):
                return replace(
                    value,
                    **{
                        f.name: self._coded(getattr(value, f.name), field=f.name)
                        for f in fields(value)
                    },
                )
            case _:
                return value

    def _column(self, column: pd.Series, field: str) -> pd.Series:
        if pd.api.types.is_numeric_dtype(column) or field in OTHER_CODES:
            return column
        return column.map(lambda value: self._coded(value, field=field), na_action="ignore")

    def _text(self, text: str, *, field: str) -> str:
        if field in OTHER_CODES:
            return text
        if field in _LISTS:
            return ",".join(self.stand_ins.get(part, part) for part in text.split(","))
        # The code of a class is that of its school with the name behind a stroke.
        unit, stroke, name = text.partition("/")
        if stroke and unit in self.stand_ins and text not in self.stand_ins:
            return f"{self.stand_ins[unit]}/{name}"
        return self.stand_ins.get(text, text)


@remember(most=4)
def coding_of(scope: Scope, store: Store) -> Coding:  # noqa: ARG001
    """Return the coding of all units of the store below its counties, with exams or without."""
    trees = [units_of(store, county) for county in list_counties(store)]
    units = pd.concat(trees, ignore_index=True) if trees else pd.DataFrame()
    if units.empty:
        return Coding({}, {})
    below = units[~units["level"].isin(["city", "county"])]
    codes = codes_in_place_of_names(store.home, zip(below["code"], below["level"], strict=True))
    # A school may have the name of its centre school; the name then stands for the school.
    by_level = below.sort_values("level", key=lambda level: level == "school", kind="stable")
    names = zip(by_level["name"], by_level["code"], strict=True)
    return Coding(
        {**codes, **{name: codes[code] for name, code in names}},
        {stand_in: code for code, stand_in in codes.items()},
    )
