"""The statistics: one ANSI SQL text or count of cells each, the same for every engine.

Only integers are summed and every product is cast to BIGINT first, so that all engines agree to
the last digit. Subjects are addressed by their position in the release (score_1, state_1 ..),
never by name: no text of a user enters a statement.

Sums of subjects stand side by side, a column for each position, so that the pupils are grouped
once, not once for each subject; the short result is folded into a row for each position.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement

from data.engine.cell_count import CellCount
from data.engine.positions import by_position, numbers

Lines = Mapping[str, int]
_SCHOOL = ("school",)
_CLASS = ("school", "class_name")


@dataclass(frozen=True, slots=True)
class LinkedSubject:
    """A subject of the current exam with its prior scores, by position in their releases."""

    position: int
    priors: tuple[int, ...]


def score_histogram(positions: Sequence[int]) -> CellCount:
    """Count pupils by subject position, school and score; reads the table ``scores``."""
    columns = {k: (f"score_{k:d}",) for k in positions}
    scores = ", ".join(f"score_{k:d}" for k in positions)
    return CellCount(f"SELECT school, {scores} FROM scores", ("score",), columns)  # noqa: S608


def state_count(positions: Sequence[int]) -> str:
    """Count pupils by subject position, school and state; reads the table ``scores``."""
    # Cast, because one engine reads the file's dictionaries as a type of their own.
    return "\nUNION ALL".join(
        f"""
SELECT {k:d} AS position, school, CAST(state_{k:d} AS STRING) AS state, COUNT(*) AS n
FROM scores
GROUP BY school, CAST(state_{k:d} AS STRING)"""  # noqa: S608 positions are integers
        for k in positions
    )


def class_moments(lines: Mapping[int, Lines]) -> str:
    """Sum the scores of each class; reads the table ``scores``.

    Parameters
    ----------
    lines : mapping of int to mapping
        For each subject position the names of the lines that are counted and their scores in
        hundredths. ``low`` counts the scores below its line, every other those at or above.
    """
    columns = {k: _class_columns(f"score_{k:d}", of_subject) for k, of_subject in lines.items()}
    return _folded("scores", by=_CLASS, columns=columns)


def moments(subjects: Sequence[LinkedSubject]) -> str:
    """Sum cross-moments by subject position and school; reads ``current`` and ``baseline``.

    A pupil counts for the school of the current exam; one who left counts, in ``n_prior``, for
    the school of the baseline. All subjects must have the same number of priors.
    """
    joined = _joined(subjects, "FULL OUTER", place="COALESCE(c.school, b.school) AS school")
    return _moments(subjects, joined, by=_SCHOOL)


def linked_class_moments(subjects: Sequence[LinkedSubject]) -> str:
    """Sum cross-moments by subject position, school and class of the current exam.

    As ``moments``, but pupils who left count nowhere: they have no class.
    """
    joined = _joined(subjects, "LEFT OUTER", place="c.school, c.class_name")
    return _moments(subjects, joined, by=_CLASS)


def subject_moments(pairs: Sequence[tuple[int, int]]) -> str:
    """Sum cross-moments of pairs of subjects by school; reads the table ``scores``."""
    x, y = ([f"s.score_{pair[k]:d}" for pair in pairs] for k in (0, 1))
    order = (("x", "x"), ("y", "y"), ("x", "y"))
    return _of_pairs("scores s", {"x": x, "y": y}, order=order)


def linked_subject_moments(pairs: Sequence[tuple[LinkedSubject, LinkedSubject]]) -> str:
    """Sum cross-moments of pairs of subjects, each with its prior, by school.

    Reads ``current`` and ``baseline``; a pupil counts for the school of the current exam.
    """
    columns = {}
    for k in (0, 1):
        columns[f"x{k + 1}"] = [f"s.x_{pair[k].priors[0]:d}" for pair in pairs]
        columns[f"y{k + 1}"] = [f"s.y_{pair[k].position:d}" for pair in pairs]
    subjects = {s.position: s for pair in pairs for s in pair}
    joined = _joined(list(subjects.values()), "INNER", place="c.school")
    order = tuple(combinations_with_replacement(columns, 2))
    return _of_pairs(f"({joined}) s", columns, order=order)


def joint_histogram(subjects: Sequence[LinkedSubject]) -> CellCount:
    """Count matched pupils by subject position, school, prior and current score."""
    columns = {s.position: (f"x_{s.priors[0]:d}", f"y_{s.position:d}") for s in subjects}
    joined = _joined(subjects, "INNER", place="c.school")
    return CellCount(joined, ("prior", "current"), columns)


def _moments(subjects: Sequence[LinkedSubject], joined: str, *, by: Sequence[str]) -> str:
    """Fold the cross-moments of linked subjects; the matched scores are made first."""
    scores, columns = [], {}
    for subject in subjects:
        k, y = subject.position, f"y_{subject.position:d}"
        priors = {f"x{i}": f"x_{p:d}" for i, p in enumerate(subject.priors, start=1)}
        everything = [*priors.values(), y]
        values = {name: f"{name}_of_{k:d}" for name in (*priors, "y")}
        scores += [
            f"{_where_present(column, everything)} AS {values[name]}"
            for name, column in (*priors.items(), ("y", y))
        ]
        known = {f"{x}_all": _where_present(c, priors.values()) for x, c in priors.items()}
        columns[k] = {
            "n": _count(values["y"]),
            "n_sat": _count(y),
            "n_prior": _count(known["x1_all"]),
            **_sums(values),
            **_products(values, tuple(combinations_with_replacement(values, 2))),
            **_sums(known),
        }
    matched = f"SELECT linked.*, {', '.join(scores)} FROM ({joined}) linked"  # noqa: S608
    return _folded(f"({matched}) matched", by=by, columns=columns)


def _of_pairs(
    source: str,
    columns: Mapping[str, Sequence[str]],
    *,
    order: Sequence[tuple[str, str]],
) -> str:
    """Sum the columns of each pair over the pupils who have all of them.

    A row for each pupil and pair is made before they are grouped: with dozens of pairs, sums
    side by side would take longer to plan than a county's exam takes to run.
    """
    chosen = ", ".join(
        f"{by_position(list(enumerate(of_pairs)))} AS {name}"
        for name, of_pairs in columns.items()
    )
    complete = ", ".join(f"{_where_present(name, columns)} AS {name}" for name in columns)
    names = {name: name for name in columns}
    sums = {"n": _count(next(iter(columns))), **_sums(names), **_products(names, order)}
    n_pairs = len(next(iter(columns.values())))
    return f"""
SELECT position, school, {", ".join(f"{value} AS {name}" for name, value in sums.items())}
FROM (SELECT position, school, {complete}
      FROM (SELECT k.position, s.school, {chosen}
            FROM {source} CROSS JOIN {numbers(range(n_pairs))} k) pairs) complete
GROUP BY position, school"""  # noqa: S608 positions are integers


def _joined(subjects: Sequence[LinkedSubject], kind: str, *, place: str) -> str:
    """One row per pupil: where he counts, current scores y_k, prior scores x_k."""
    current = ", ".join(f"c.score_{s.position:d} AS y_{s.position:d}" for s in subjects)
    used = sorted({prior for s in subjects for prior in s.priors})
    baseline = ", ".join(f"b.score_{prior:d} AS x_{prior:d}" for prior in used)
    return (
        f"SELECT {place}, {current}, {baseline} "  # noqa: S608 positions are integers
        f"FROM current c {kind} JOIN baseline b ON c.pupil = b.pupil"
    )


def _folded(source: str, *, by: Sequence[str], columns: Mapping[int, Mapping[str, str]]) -> str:
    """Sum every position's columns side by side, then give each position a row of its own."""
    side_by_side = ", ".join(
        f"{value} AS {name}_at_{k:d}"
        for k, of_position in columns.items()
        for name, value in of_position.items()
    )
    folded = ", ".join(
        f"{by_position([(k, f'g.{name}_at_{k:d}') for k in columns])} AS {name}"
        for name in next(iter(columns.values()))
    )
    return f"""
SELECT k.position, {", ".join(f"g.{name}" for name in by)}, {folded}
FROM (SELECT {", ".join(by)}, {side_by_side}
      FROM {source}
      WHERE school IS NOT NULL
      GROUP BY {", ".join(by)}) g
CROSS JOIN {numbers(list(columns))} k"""  # noqa: S608 positions are integers


def _class_columns(score: str, lines: Lines) -> dict[str, str]:
    counts = {
        f"n_{name}": f"COUNT(CASE WHEN {score} {'<' if name == 'low' else '>='} {line:d} "
        "THEN 1 END)"
        for name, line in lines.items()
    }
    return {
        "n": _count(score),
        "y": _sum(score),
        "y_y": _sum(f"CAST({score} AS BIGINT) * {score}"),
        "lowest": f"MIN({score})",
        "highest": f"MAX({score})",
        **counts,
    }


def _where_present(column: str, together: Iterable[str]) -> str:
    """Return the column, null wherever one of the columns it goes with is null."""
    others = " AND ".join(f"{other} IS NOT NULL" for other in together if other != column)
    return f"CASE WHEN {others} THEN {column} END" if others else column


def _count(value: str) -> str:
    return f"COUNT({value})"


def _sums(values: Mapping[str, str]) -> dict[str, str]:
    return {name: _sum(value) for name, value in values.items()}


def _products(values: Mapping[str, str], pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    return {f"{a}_{b}": _sum(f"CAST({values[a]} AS BIGINT) * {values[b]}") for a, b in pairs}


def _sum(value: str) -> str:
    """Sum whole numbers in 64 bits; 0 where there are none."""
    return f"CAST(COALESCE(SUM(CAST({value} AS BIGINT)), 0) AS BIGINT)"
