"""Rank intervals and acceptability under drawn weights, beside an argsort of the same scores.

    python -m bench.weights [--schools 2000] [--indicators 12] [--draws 10000] [--rounds 3]

Ours: the product of draws and indicators, the rank of every school in every draw, the 90 % rank
interval, the probability of the bottom 20 %, and the share of draws at every rank. Beside it
``numpy.argsort(scores, axis=1)`` alone, on the same scores. Processor time, one thread.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.numerics.rank import bottom_count
from core.numerics.rank_draws import count_ranks, summarise_rank_counts
from core.weighting.sensitivity import score_blocks

SEED = 20260628
LIMIT = 3.0
"""Most that ours may cost, in times the argsort."""


@dataclass(frozen=True, slots=True)
class WeightsRow:
    """One round: processor seconds of both sides, and their ratio."""

    name: str
    ours: float
    argsort: float
    ratio: float


@dataclass(frozen=True, slots=True)
class Size:
    """How many schools, indicators and draws of weights."""

    n_schools: int = 2000
    n_indicators: int = 12
    n_draws: int = 10_000


def measure(size: Size, *, rounds: int = 3) -> list[WeightsRow]:
    """Measure schools that all differ, then schools of which one in ten equals another."""
    rng = np.random.default_rng(SEED)
    value = rng.normal(size=(size.n_schools, size.n_indicators))
    draws = rng.dirichlet(np.full(size.n_indicators, 5.0), size.n_draws)
    with_equals = value.copy()
    n_equal = size.n_schools // 10
    with_equals[:n_equal] = value[n_equal : 2 * n_equal]
    cases = {"all differ": value, "one in ten equals another": with_equals}
    return [
        _round(name, schools, draws=draws)
        for name, schools in cases.items()
        for _ in range(rounds)
    ]


def _round(name: str, value: np.ndarray, *, draws: np.ndarray) -> WeightsRow:
    argsort = _argsort_seconds(draws @ value.T)
    ours = _seconds(lambda: _summarise(value, draws=draws))
    return WeightsRow(name, ours, argsort, ours / argsort)


def _argsort_seconds(scores: np.ndarray) -> float:
    return _seconds(lambda: np.argsort(scores, axis=1))


def _summarise(value: np.ndarray, *, draws: np.ndarray) -> None:
    ranks = count_ranks(score_blocks(value, draws=draws))
    summarise_rank_counts(ranks, n_bottom=bottom_count(len(value)))
    _ = ranks.acceptability


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("schools", 2000), ("indicators", 12), ("draws", 10_000)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    size = Size(asked.schools, asked.indicators, asked.draws)
    print_rows(measure(size, rounds=asked.rounds))


def print_rows(rows: list[WeightsRow]) -> None:
    """Print every round, then the median ratio of each case."""
    for row in rows:
        print(
            f"{row.name:28} {row.ours:6.2f} s  argsort {row.argsort:6.2f} s  {row.ratio:5.2f}"
        )
    for name in dict.fromkeys(row.name for row in rows):
        ratio = statistics.median(row.ratio for row in rows if row.name == name)
        print(f"{name:28} median ratio {ratio:5.2f} (at most {LIMIT})")


if __name__ == "__main__":
    main()
