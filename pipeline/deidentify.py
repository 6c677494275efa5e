"""Views with codes in place of the names of schools and townships, and questions by such codes.

Names are replaced by value wherever they stand, so that a table that is new is covered too.
Codes of units are replaced likewise, but for fields that hold other codes. A name that several
units share stands for none of them: beside the unit's own code it becomes that unit's code, and
elsewhere a code that is nobody's.
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
        "subject", "indicator", "exam", "later_exam", "baseline", "previous_exam", "class_name",
        "band", "flag", "signal", "reason", "rule", "version", "verdict", "status", "level",
        "method", "group", "test", "call",
    }
)  # fmt: skip
"""Fields and columns that hold codes, but never those of units."""

_LISTS = ("schools",)
"""Values of remarks that hold several codes, separated by commas."""

_OWN_CODE = ("school", "unit", "township", "code")
"""Fields and columns that may hold the code of the unit whose ``name`` stands beside them."""

_BELOW = " › "
"""Stands between the names of a unit and of one below it."""


@dataclass(frozen=True, slots=True)
class Coding:
    """How units are called: code and name to their stand-in, stand-in to code, code to name."""

    stand_ins: Mapping[str, str]
    codes: Mapping[str, str]
    names: Mapping[str, str]

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
                coded = {str(name): self._column(value[name], str(name)) for name in value}
                return value.assign(**coded | self._own_names(value, coded))
            case pd.Series():
                return self._column(value, field)
            case Mapping():
                return {
                    self._coded(key, field=""): self._coded(item, field=str(key))
                    for key, item in value.items()
                }
            case _ if is_dataclass(value) and not isinstance(value, type):
                given = {f.name: getattr(value, f.name) for f in fields(value)}
                coded = {name: self._coded(item, field=name) for name, item in given.items()}
                own = self._stand_in_of(given, given.get("name"))
                return replace(value, **coded | ({} if own is None else {"name": own}))
            case _:
                return value

    def _own_names(self, frame: pd.DataFrame, coded: Mapping[str, Any]) -> dict[str, Any]:
        """Return the column of names, where a row says itself whose name it is."""
        if "name" not in frame or not set(_OWN_CODE) & set(frame):
            return {}
        rows = frame[[name for name in ("name", *_OWN_CODE) if name in frame]]
        own = [self._stand_in_of(row, row["name"]) for row in rows.to_dict("records")]
        pairs = zip(own, coded["name"], strict=True)
        named = [other if one is None else one for one, other in pairs]
        return {"name": pd.Series(named, index=frame.index, dtype=frame["name"].dtype)}

    def _stand_in_of(self, given: Mapping[Any, Any], name: object) -> str | None:
        """Return the stand-in of the unit that is named here, None where none is."""
        for key in _OWN_CODE:
            code = given.get(key)
            if isinstance(code, str) and name is not None and self.names.get(code) == name:
                return self.stand_ins[code]
        return None

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
        if text in self.stand_ins or _BELOW not in text:
            return self.stand_ins.get(text, text)
        return _BELOW.join(self.stand_ins.get(part, part) for part in text.split(_BELOW))


@remember(most=4)
def coding_of(scope: Scope, store: Store) -> Coding:  # noqa: ARG001
    """Return the coding of all units of the store below its counties, with exams or without."""
    trees = [units_of(store, county) for county in list_counties(store)]
    units = pd.concat(trees, ignore_index=True) if trees else pd.DataFrame()
    if units.empty:
        return Coding({}, {}, {})
    below = units[~units["level"].isin(["city", "county"])]
    bearers = _bearers(below)
    shared = bearers[bearers["name"].duplicated(keep=False)].drop_duplicates("name")
    nobody = "name/" + shared["name"]
    codes = codes_in_place_of_names(
        store.home,
        zip([*below["code"], *nobody], [*below["level"], *shared["level"]], strict=True),
    )
    own = pd.concat([below, bearers]).set_index("name")["code"]
    stand_ins = {
        **codes,
        **{str(name): codes[code] for name, code in own.items()},
        **{str(name): codes[f"name/{name}"] for name in shared["name"]},
    }
    own_codes = {codes[code]: str(code) for code in below["code"]}
    return Coding(stand_ins, own_codes, dict(zip(below["code"], below["name"], strict=True)))


def _bearers(units: pd.DataFrame) -> pd.DataFrame:
    """Return the units that a name may stand for: schools, and what has units below it."""
    used = units[(units["level"] == "school") | units["code"].isin(units["parent"])]
    # A school may have the name of its centre school; the name then stands for the school.
    is_school = used["level"] == "school"
    bearers: pd.DataFrame = used[is_school | ~used["name"].isin(used.loc[is_school, "name"])]
    return bearers
