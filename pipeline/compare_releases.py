"""What a correction changes: pupils added, removed and changed, by school and by subject."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

_PLACES = ["school", "class_name", "sex"]


@dataclass(frozen=True, slots=True, eq=False)
class ReleaseDiff:
    """The difference between two releases of one exam.

    Attributes
    ----------
    n_added, n_removed, n_changed : int
        Pupils; changed means another school, class, sex, score or state.
    schools : DataFrame
        school, n_added, n_removed, n_changed; only schools with a difference. A pupil who
        changed school counts as changed for the new one.
    subjects : DataFrame
        subject, n_changed (pupils of both releases whose score or state differs),
        n_before, n_after (present), mean_before, mean_after (points).
    """

    n_added: int
    n_removed: int
    n_changed: int
    schools: pd.DataFrame
    subjects: pd.DataFrame

    @property
    def is_empty(self) -> bool:
        """Whether no pupil differs."""
        return not (self.n_added or self.n_removed or self.n_changed)


def compare_releases(
    before: pd.DataFrame,
    after: pd.DataFrame,
    *,
    subjects_before: pd.DataFrame,
    subjects_after: pd.DataFrame,
) -> ReleaseDiff:
    """Compare the wide rows of two releases.

    Parameters
    ----------
    before, after : DataFrame
        ``ReleaseRows.wide``.
    subjects_before, subjects_after : DataFrame
        SUBJECTS of the two releases; subjects are matched by code.
    """
    old, new = before.set_index("pupil"), after.set_index("pupil")
    both = new.index.intersection(old.index)
    old_both, new_both = old.loc[both], new.loc[both]
    changed = np.zeros(len(both), dtype=bool)
    for name in _PLACES:
        changed |= _differ(old_both[name], new_both[name])
    rows = []
    for code in dict.fromkeys([*subjects_before["subject"], *subjects_after["subject"]]):
        one, two = _columns(subjects_before, code), _columns(subjects_after, code)
        own = _subject_changed(old_both, new_both, one, two)
        changed |= own
        rows.append(
            (code, int(own.sum()), *_level(old, one), *_level(new, two)),
        )
    subjects = pd.DataFrame(
        rows,
        columns=["subject", "n_changed", "n_before", "mean_before", "n_after", "mean_after"],
    )
    added, removed = new.index.difference(old.index), old.index.difference(new.index)
    schools = _by_school(
        new["school"][added], old["school"][removed], new_both["school"][changed]
    )
    return ReleaseDiff(len(added), len(removed), int(changed.sum()), schools, subjects)


def _columns(subjects: pd.DataFrame, code: str) -> tuple[str, str] | None:
    own = subjects.loc[subjects["subject"] == code, "position"]
    return (f"score_{own.iloc[0]}", f"state_{own.iloc[0]}") if len(own) else None


def _subject_changed(
    old: pd.DataFrame,
    new: pd.DataFrame,
    before: tuple[str, str] | None,
    after: tuple[str, str] | None,
) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Say whose score or state differs; a subject in one release only is no pupil's change."""
    if before is None or after is None:
        return np.zeros(len(old), dtype=bool)
    return _differ(old[before[0]], new[after[0]]) | _differ(old[before[1]], new[after[1]])


def _differ(old: pd.Series, new: pd.Series) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Compare two columns; null equals null."""
    one, two = (
        column.astype(object).where(column.notna(), None).to_numpy() for column in (old, new)
    )
    return np.asarray(one != two, dtype=bool)


def _level(rows: pd.DataFrame, columns: tuple[str, str] | None) -> tuple[int, float]:
    if columns is None:
        return 0, float("nan")
    present = rows[columns[0]].dropna()
    return len(present), float(present.mean()) / 100 if len(present) else float("nan")


def _by_school(added: pd.Series, removed: pd.Series, changed: pd.Series) -> pd.DataFrame:
    counts = {
        "n_added": added.value_counts(),
        "n_removed": removed.value_counts(),
        "n_changed": changed.value_counts(),
    }
    table = pd.DataFrame(counts).fillna(0).astype(int).sort_index()
    return table.rename_axis("school").reset_index()
