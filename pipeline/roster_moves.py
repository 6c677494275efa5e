"""What a roster would move: pupils who change school or leave, told before it is saved."""

import pandas as pd

from core.findings import Finding
from data.roster_difference import RosterDifference

_MANY = 0.2
_MOST, _MIN_PUPILS = 0.5, 10  # a third leaves a school each summer, never half


def check_moves(
    difference: RosterDifference, *, n_rows: int, is_complete: bool
) -> list[Finding]:
    """Say how many pupils changed school, and how many of the roster are not in the file."""
    found = []
    if difference.n_moved:
        found.append(_moved(difference.n_moved, n_rows))
    if len(difference.missing):
        say = _left if is_complete else _missing
        found.append(say(len(difference.missing), n_rows))
    return found


def check_emptied(difference: RosterDifference) -> list[Finding]:
    """Refuse a complete roster by which most of a school would have left: it is a part."""
    left = difference.left["from_school"].value_counts()
    of = difference.n_enrolled.reindex(left.index)
    is_odd = (left > _MOST * of) & (of >= _MIN_PUPILS)
    odd = pd.DataFrame({"left": left, "of": of})[is_odd]
    return [
        Finding(
            "error", "roster_incomplete", None, None, str(school),
            f"学校 {school} 现有 {of} 名在校学生，其中 {n} 名不在这份名单中，超过一半。"
            f"这不像完整名单，未做任何改动。请补全名单，或不用 --complete。",
            f"Of {of} enrolled pupils of school {school}, {n} are not in this roster, more "
            f"than half. It cannot be complete; nothing was changed. Complete it, or leave out "
            f"--complete.",
        )
        for school, n, of in odd.itertuples()
    ]  # fmt: skip


def _moved(n: int, n_rows: int) -> Finding:
    return Finding(
        "warning" if n > _MANY * n_rows else "note", "roster_moved", None, None, str(n),
        f"有 {n} 名学生的学校与花名册中不同，记为转学。若人数过多，请核对学校代码。",
        f"Pupils in another school than in the roster: {n}; they count as moved. If that is "
        "too many, check the school codes.",
    )  # fmt: skip


def _left(n: int, n_rows: int) -> Finding:
    return Finding(
        "warning", "roster_left", None, None, str(n),
        f"有 {n} 名在校学生不在这份完整名单中，按离校处理（文件共 {n_rows} 人）。请核对人数。",
        f"Enrolled pupils who are not in this complete roster: {n}; they count as having left "
        f"(pupils in the file: {n_rows}). Check the number.",
    )  # fmt: skip


def _missing(n: int, _n_rows: int) -> Finding:
    return Finding(
        "note", "roster_missing", None, None, str(n),
        f"这些学校另有 {n} 名在校学生不在文件中，保持不变。若文件是完整名单，请用 --complete。",
        f"Enrolled pupils of these schools who are not in the file: {n}; they stay as they "
        "are. If the file is the complete roster, use --complete.",
    )  # fmt: skip
