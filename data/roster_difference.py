"""How a roster differs from the pupils that are stored."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from core.errors import DataError

_COMPARED = ("exam_pupil", "name_hash", "school", "grade", "class_name")


@dataclass(frozen=True, slots=True, eq=False)
class Roster:
    """A roster that was checked and waits to be saved.

    Attributes
    ----------
    pupils : DataFrame
        One row a pupil: pupil, exam_pupil, name_hash, school, grade, class_name, pupil_number,
        exam_number, pupil_name. Null where the file is silent: what is known is kept.
    units : DataFrame
        UNITS that the roster names.
    is_complete : bool
        Whether the pupils of its schools who are not in it have left.
    school : str or None
        Code of the school whose clerk saves it: it moves no pupil.
    """

    county: str
    pupils: pd.DataFrame
    units: pd.DataFrame
    is_complete: bool = False
    school: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class RosterDifference:
    """What a roster changes.

    Attributes
    ----------
    new : DataFrame
        Rows of the roster that are not stored yet.
    changed : DataFrame
        Rows that differ from what is stored, with from_school, the school before, and
        is_back, whether the pupil had left; what the roster does not say is filled in.
    left : DataFrame
        Stored pupils of its schools who are missing in a complete roster: pupil, from_school.
    n_unchanged : int
    missing : DataFrame
        Enrolled pupils of its schools who are not in the roster, complete or not: pupil,
        from_school.
    n_enrolled : Series of int
        Enrolled pupils by school before.
    """

    new: pd.DataFrame
    changed: pd.DataFrame
    left: pd.DataFrame
    n_unchanged: int
    missing: pd.DataFrame
    n_enrolled: "pd.Series[int]"

    @property
    def n_moved(self) -> int:
        """Changed pupils who are in another school than before."""
        return int(self._is_moved().sum())

    def counts(self) -> dict[str, int]:
        """Return the number of pupils by what happens to them."""
        return {
            "new": len(self.new),
            "changed": len(self.changed) - self.n_moved,
            "moved": self.n_moved,
            "left": len(self.left),
            "unchanged": self.n_unchanged,
        }

    def require_none_moved(self) -> None:
        """Refuse a school's roster that takes pupils of others: only the bureau moves them.

        Raises
        ------
        DataError
        """
        if n := self.n_moved:
            raise DataError(
                f"Pupils of the roster who were enrolled at another school meanwhile: {n}. "
                "Nothing was changed. Check the roster again.",
                f"花名册中有 {n} 名学生在此期间登记到了另一所学校。未作任何改动。"
                "请重新检查这份花名册。",
            )

    def moves(self, day: date) -> pd.DataFrame:
        """Return the changes of enrolment as moves of this day."""
        between = self.changed[self._is_moved() & ~self.changed["is_back"].to_numpy(bool)]
        back = self.changed[self.changed["is_back"].to_numpy(bool)]
        return pd.concat([
            _moved(between["pupil"], "between", day, between["from_school"], between["school"]),
            _moved(back["pupil"], "in", day, None, back["school"]),
            _moved(self.left["pupil"], "out", day, self.left["from_school"], None),
        ], ignore_index=True)  # fmt: skip

    def _is_moved(self) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        return (self.changed["school"] != self.changed["from_school"]).to_numpy(bool)


def compare_rosters(
    stored: pd.DataFrame, incoming: pd.DataFrame, *, is_complete: bool
) -> RosterDifference:
    """Compare a roster with the stored pupils of its county.

    Parameters
    ----------
    stored : DataFrame
        pupil, exam_pupil, name_hash, school, grade, class_name, is_enrolled.
    incoming : DataFrame
        The same without is_enrolled, one row a pupil, and further columns that are kept.
    is_complete : bool
        Whether pupils of the roster's schools who are not in it have left.
    """
    before = stored.set_index("pupil").reindex(incoming["pupil"].to_numpy())
    is_new = (~incoming["pupil"].isin(stored["pupil"])).to_numpy(bool)
    differs = np.zeros(len(incoming), dtype=bool)
    filled = {}
    for name in _COMPARED:
        old = before[name].reset_index(drop=True)
        now = incoming[name].reset_index(drop=True).astype(old.dtype)
        filled[name] = now.fillna(old).array
        differs |= (now.notna() & (old.isna() | (now != old).fillna(False))).to_numpy(bool)
    was_enrolled = before["is_enrolled"].astype("boolean").fillna(False).to_numpy(bool)
    is_changed = ~is_new & (differs | ~was_enrolled)
    kept = incoming.assign(
        **filled, from_school=before["school"].array, is_back=~is_new & ~was_enrolled
    )
    missing = _missing(stored, incoming)
    return RosterDifference(
        new=incoming[is_new],
        changed=kept[is_changed],
        left=missing if is_complete else missing.iloc[:0],
        n_unchanged=int((~is_new & ~is_changed).sum()),
        missing=missing,
        n_enrolled=stored.loc[stored["is_enrolled"], "school"].value_counts(),
    )


def _missing(stored: pd.DataFrame, incoming: pd.DataFrame) -> pd.DataFrame:
    schools = incoming["school"].unique()
    own = stored["is_enrolled"] & stored["school"].isin(schools)
    missing = stored[own & ~stored["pupil"].isin(incoming["pupil"])]
    return missing[["pupil", "school"]].rename(columns={"school": "from_school"})


def _moved(
    pupil: pd.Series, kind: str, day: date, origin: pd.Series | None, to: pd.Series | None
) -> pd.DataFrame:
    texts = {"kind": kind, "from_school": origin, "to_school": to}
    frame = pd.DataFrame({"pupil": pupil.array, "moved_on": day})
    for name, values in texts.items():
        column = values.array if isinstance(values, pd.Series) else [values] * len(frame)
        frame[name] = pd.Series(column, dtype="str", index=frame.index)
    frame["moved_on"] = frame["moved_on"].astype(object)
    return frame
