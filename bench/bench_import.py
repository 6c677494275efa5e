"""Import of XLSX beside pandas + openpyxl reading the same file as text.

    python -m bench.bench_import [--case check] [--case publish] [--rounds 3]

Two cases: *check* reads, lays out and checks 200,000 rows x 12 columns (dry run), *publish*
checks and publishes 20,000 pupils x 9 subjects. Each side runs in a process of its own,
alternating, in a fresh store. Seconds of the call alone, of the whole process with its start,
and of the processor are printed, and the highest resident memory of any process of a side, then
the ratios of the medians.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, fields
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import xlsxwriter

ROOT = Path(__file__).resolve().parents[1]
SUBJECTS = ("语文", "数学", "英语", "物理", "化学", "道德与法治", "历史", "地理", "生物")
FIELDS = ("学校代码", "学校名称", "班级", "学籍号", "姓名")
_FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英文华玉"
_PLACES = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])


@dataclass(frozen=True, slots=True)
class Case:
    """What is imported: pupils, subjects, schools; checked only, or published."""

    n_pupils: int
    n_subjects: int
    n_schools: int
    is_dry_run: bool
    done: str


CASES = {
    "check": Case(200_000, 7, 240, is_dry_run=True, done="checked"),
    "publish": Case(20_000, 9, 60, is_dry_run=False, done="checked and published"),
}
_IMPORT = """
import sys, time
from datetime import date
from pathlib import Path
from data.importers.limits import Limits
from pipeline.import_scores import ImportRequest, import_scores
from pipeline.store import open_store
store, limits = open_store(may_be_new=True), Limits.from_settings(max_rows=300_000, max_mb=100)
request = ImportRequest(Path(sys.argv[1]), "bench", date(2026, 6, 28), 9, None, {})
start = time.perf_counter()
report = import_scores(store, request, is_dry_run=IS_DRY_RUN, actor="bench", limits=limits)
print(time.perf_counter() - start)
assert report.outcome != "reject", report.findings
"""
_OPENPYXL = """
import sys, time
import pandas
start = time.perf_counter()
pandas.read_excel(sys.argv[1], dtype=str, engine="openpyxl")
print(time.perf_counter() - start)
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took: seconds of call, process and processor, peak MiB of one process."""

    call: float
    wall: float
    cpu: float
    peak_mb: float


def write_workbook(path: Path, case: Case) -> None:
    """Write a workbook of invented pupils, 2.5 % of the marks absent."""
    rng = np.random.default_rng(1)
    shape = (case.n_pupils, case.n_subjects)
    points = (rng.normal(70, 15, shape).clip(0, 100) * 2).round() / 2
    absent = rng.random(shape) < 0.025
    names = rng.integers(0, (len(_FAMILY), len(_GIVEN), len(_GIVEN)), (case.n_pupils, 3))
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, (*FIELDS, *SUBJECTS[: case.n_subjects]))
    for i, (family, first, second) in enumerate(names.tolist()):
        school = i * case.n_schools // case.n_pupils + 1
        place = (f"S{school:03d}", f"示例第{school}学校", f"{i % 12 + 1}班")
        name = f"{_FAMILY[family]}{_GIVEN[first]}{_GIVEN[second]}"
        marks = ["缺考" if a else p for p, a in zip(points[i].tolist(), absent[i], strict=True)]
        sheet.write_row(i + 1, 0, (*place, _pupil_number(i), name, *marks))
    book.close()


def _pupil_number(i: int) -> str:
    """Return an invented pupil number whose check character fits."""
    digits = f"110101{20100101 + i // 999:08d}{i % 999:03d}"
    rest = int(np.array([int(digit) for digit in digits]) @ _PLACES) % 11
    return f"G{digits}{'10X98765432'[rest]}"


def run_import(path: Path, case: Case) -> float:
    """Import the file in a fresh store and return the seconds of the call."""
    with tempfile.TemporaryDirectory() as home:
        code = _IMPORT.replace("IS_DRY_RUN", str(case.is_dry_run))
        return _run(code, path, environment=os.environ | {"ZHUNSHENG_HOME": home})


def run_openpyxl(path: Path, _: Case) -> float:
    """Read the file with pandas and openpyxl, every cell as text."""
    return _run(_OPENPYXL, path, environment=dict(os.environ))


def _run(code: str, path: Path, *, environment: dict[str, str]) -> float:
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return float(done.stdout)


SIDES = {"import": run_import, "openpyxl": run_openpyxl}


def measure(side: str, path: Path, case: Case) -> Cost:
    """Run one side in a child and return what it and its children took."""
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_measured, args=(side, path, case, sender))
    process.start()
    cost: Cost = receiver.recv()
    process.join()
    return cost


def _measured(side: str, path: Path, case: Case, sender: object) -> None:
    start = time.perf_counter()
    call = SIDES[side](path, case)
    wall = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cost = Cost(call, wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
    sender.send(cost)  # type: ignore[attr-defined]


def compare(case: Case, *, rounds: int) -> None:
    """Measure both sides of a case and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "exam.xlsx"
        write_workbook(path, case)
        size = path.stat().st_size / 2**20
        costs = [{side: measure(side, path, case) for side in SIDES} for _ in range(rounds)]
    print(f"\n{case.n_pupils} pupils x {case.n_subjects} subjects, {size:.1f} MiB, "
          f"median of {rounds}")  # fmt: skip
    print(
        "| side | call s | process s | CPU s | peak MiB of one process |\n|---|---|---|---|---|"
    )
    own, other = (_medians([found[side] for found in costs]) for side in SIDES)
    for name, medians in ((case.done, own), ("pandas + openpyxl reads it", other)):
        call, wall, cpu, peak = medians
        print(f"| {name} | {call:.1f} | {wall:.1f} | {cpu:.1f} | {peak:.0f} |")
    ratios = [f"{b / a:.2f}" for a, b in zip(own, other, strict=True)]
    print(f"| pandas over import | {' | '.join(ratios)} |")


def _medians(costs: Sequence[Cost]) -> list[float]:
    return [statistics.median(getattr(cost, f.name) for cost in costs) for f in fields(Cost)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--case", action="append", choices=tuple(CASES))
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    for name in options.case or CASES:
        compare(CASES[name], rounds=options.rounds)


if __name__ == "__main__":
    main()
