"""The statistics' SQL: one ANSI text each, run unchanged by every engine.

Only integers are summed and every product is cast to BIGINT first, so that all engines agree to
the last digit. Subjects are addressed by their position in the release (score_1, state_1 ..),
never by name: no text of a user enters a statement.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement


@dataclass(frozen=True, slots=True)
class LinkedSubject:
    """A subject of the current exam with its prior scores, by position in their releases."""

    position: int
    priors: tuple[int, ...]


def score_histogram(positions: Sequence[int]) -> str:
    """Count pupils by subject position, school and score; reads the table ``scores``."""
    return f"""
SELECT position, school, score, COUNT(*) AS n
FROM (SELECT k.position, s.school, {_case("score", positions)} AS score
      FROM scores s CROSS JOIN {_numbers(positions)} k) marks
WHERE score IS NOT NULL
GROUP BY position, school, score"""  # noqa: S608 positions are integers


def state_count(positions: Sequence[int]) -> str:
    """Count pupils by subject position, school and state; reads the table ``scores``."""
    return f"""
SELECT position, school, state, COUNT(*) AS n
FROM (SELECT k.position, s.school, {_case("state", positions)} AS state
      FROM scores s CROSS JOIN {_numbers(positions)} k) states
GROUP BY position, school, state"""  # noqa: S608 positions are integers


def moments(subjects: Sequence[LinkedSubject]) -> str:
    """Sum cross-moments by subject position and school; reads ``current`` and ``baseline``.

    A pupil counts for the school of the current exam; one who left counts, in ``n_prior``, for
    the school of the baseline. All subjects must have the same number of priors.
    """
    priors = [f"x{i}" for i in range(1, len(subjects[0].priors) + 1)]
    has_prior = " AND ".join(f"{x} IS NOT NULL" for x in priors)
    matched = f"y IS NOT NULL AND {has_prior}"
    factors = [*priors, "y"]
    sums = [_sum(matched, v, v) for v in factors]
    sums += [
        _sum(matched, f"{a}_{b}", f"CAST({a} AS BIGINT) * {b}")
        for i, a in enumerate(factors)
        for b in factors[i:]
    ]
    sums += [_sum(has_prior, f"{x}_all", x) for x in priors]
    return f"""
SELECT position, school,
  {_count(matched)} AS n, {_count("y IS NOT NULL")} AS n_sat, {_count(has_prior)} AS n_prior,
  {", ".join(sums)}
FROM ({_linked(subjects)}) linked
WHERE school IS NOT NULL
GROUP BY position, school"""  # noqa: S608 positions are integers


def subject_moments(pairs: Sequence[tuple[int, int]]) -> str:
    """Sum cross-moments of pairs of subjects by school; reads the table ``scores``."""
    x, y = (
        _by_position([(i, f"s.score_{p[k]:d}") for i, p in enumerate(pairs)]) for k in (0, 1)
    )
    both = "x IS NOT NULL AND y IS NOT NULL"
    sums = [_sum(both, name, name) for name in ("x", "y")]
    sums += [
        _sum(both, f"{a}_{b}", f"CAST({a} AS BIGINT) * {b}")
        for a, b in (("x", "x"), ("y", "y"), ("x", "y"))
    ]
    return f"""
SELECT position, school, {_count(both)} AS n, {", ".join(sums)}
FROM (SELECT k.position, s.school, {x} AS x, {y} AS y
      FROM scores s CROSS JOIN {_numbers(range(len(pairs)))} k) pairs
GROUP BY position, school"""  # noqa: S608 positions are integers


def linked_subject_moments(pairs: Sequence[tuple[LinkedSubject, LinkedSubject]]) -> str:
    """Sum cross-moments of pairs of subjects, each with its prior, by school.

    Reads ``current`` and ``baseline``; a pupil counts for the school of the current exam.
    """
    columns = {}
    for k in (0, 1):
        own = [(i, pair[k]) for i, pair in enumerate(pairs)]
        columns[f"x{k + 1}"] = _by_position([(i, f"b.score_{s.priors[0]:d}") for i, s in own])
        columns[f"y{k + 1}"] = _by_position([(i, f"c.score_{s.position:d}") for i, s in own])
    every = " AND ".join(f"{name} IS NOT NULL" for name in columns)
    sums = [_sum(every, name, name) for name in columns]
    sums += [
        _sum(every, f"{a}_{b}", f"CAST({a} AS BIGINT) * {b}")
        for a, b in combinations_with_replacement(columns, 2)
    ]
    scores = ", ".join(f"{value} AS {name}" for name, value in columns.items())
    return f"""
SELECT position, school, {_count(every)} AS n, {", ".join(sums)}
FROM (SELECT k.position, c.school, {scores}
      FROM current c INNER JOIN baseline b ON c.pupil = b.pupil
      CROSS JOIN {_numbers(range(len(pairs)))} k) pairs
GROUP BY position, school"""  # noqa: S608 positions are integers


def joint_histogram(subjects: Sequence[LinkedSubject]) -> str:
    """Count matched pupils by subject position, school, prior and current score."""
    return f"""
SELECT position, school, x1 AS prior, y AS current, COUNT(*) AS n
FROM ({_linked(subjects)}) linked
WHERE x1 IS NOT NULL AND y IS NOT NULL
GROUP BY position, school, x1, y"""  # noqa: S608 positions are integers


def _linked(subjects: Sequence[LinkedSubject]) -> str:
    """One row per pupil and subject: position, school, prior scores x1.., current score y."""
    n_priors = len(subjects[0].priors)
    xs = ", ".join(
        _by_position([(s.position, f"p.x_{s.priors[i]}") for s in subjects]) + f" AS x{i + 1}"
        for i in range(n_priors)
    )
    y = _by_position([(s.position, f"p.y_{s.position}") for s in subjects])
    current = ", ".join(f"c.score_{s.position} AS y_{s.position}" for s in subjects)
    used = sorted({prior for s in subjects for prior in s.priors})
    baseline = ", ".join(f"b.score_{prior} AS x_{prior}" for prior in used)
    return f"""
SELECT k.position, p.school, {xs}, {y} AS y
FROM (SELECT COALESCE(c.school, b.school) AS school, {current}, {baseline}
      FROM current c FULL OUTER JOIN baseline b ON c.pupil = b.pupil) p
CROSS JOIN {_numbers([s.position for s in subjects])} k"""  # noqa: S608


def _numbers(positions: Sequence[int]) -> str:
    return "(" + " UNION ALL ".join(f"SELECT {k:d} AS position" for k in positions) + ")"


def _case(column: str, positions: Sequence[int]) -> str:
    return _by_position([(k, f"s.{column}_{k:d}") for k in positions])


def _by_position(values: Sequence[tuple[int, str]]) -> str:
    return "CASE k.position " + " ".join(f"WHEN {k:d} THEN {v}" for k, v in values) + " END"


def _count(condition: str) -> str:
    return f"COUNT(CASE WHEN {condition} THEN 1 END)"


def _sum(condition: str, name: str, value: str) -> str:
    total = f"SUM(CASE WHEN {condition} THEN CAST({value} AS BIGINT) END)"
    return f"CAST(COALESCE({total}, 0) AS BIGINT) AS {name}"
