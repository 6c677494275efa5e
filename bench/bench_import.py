"""Import of 20,000 pupils x 9 subjects from XLSX, beside pandas + openpyxl reading the file.

    python -m bench.bench_import [--pupils 20000] [--rounds 3]

Each side runs in a process of its own, alternating; wall and processor seconds and the highest
resident memory of any process of a side are printed, then the ratios of the medians.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import xlsxwriter

ROOT = Path(__file__).resolve().parents[1]
SUBJECTS = ("语文", "数学", "英语", "物理", "化学", "道德与法治", "历史", "地理", "生物")
HEADER = ("学校代码", "学校名称", "班级", "学籍号", "姓名", *SUBJECTS)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took: seconds of wall clock and processor, peak MiB of one process."""

    wall: float
    cpu: float
    peak_mb: float


def write_workbook(path: Path, n_pupils: int) -> None:
    """Write a workbook of invented pupils in 60 schools, 2.5 % of the cells absent."""
    rng = np.random.default_rng(1)
    points = rng.normal(70, 15, (n_pupils, len(SUBJECTS))).clip(0, 100).round(1)
    absent = rng.random(points.shape) < 0.025
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADER)
    for i in range(n_pupils):
        school = i * 60 // n_pupils + 1
        place = (f"S{school:02d}", f"示例第{school}学校", f"{i % 8 + 1}班")
        marks = ["缺考" if a else p for p, a in zip(points[i].tolist(), absent[i], strict=True)]
        sheet.write_row(i + 1, 0, (*place, f"B{i:08d}", f"示例学生{i}", *marks))
    book.close()


def run_import(path: Path) -> None:
    """Check and publish the file with the command line, in a fresh store."""
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "pipeline", "import", str(path)]
        command += ["--exam", "bench", "--date", "2026-06-28", "--grade", "9"]
        environment = os.environ | {"ZHUNSHENG_HOME": home}
        subprocess.run(
            command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
        )


def run_openpyxl(path: Path) -> None:
    """Read the file with pandas and openpyxl, every cell as text."""
    code = "import pandas, sys; pandas.read_excel(sys.argv[1], dtype=str, engine='openpyxl')"
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)


SIDES = {"import": run_import, "openpyxl": run_openpyxl}


def measure(side: str, path: Path) -> Cost:
    """Run one side in a child and return what it and its children took."""
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_measured, args=(side, path, sender))
    process.start()
    cost: Cost = receiver.recv()
    process.join()
    return cost


def _measured(side: str, path: Path, sender: object) -> None:
    start = time.perf_counter()
    SIDES[side](path)
    wall = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cost = Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
    sender.send(cost)  # type: ignore[attr-defined]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pupils", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "exam.xlsx"
        write_workbook(path, options.pupils)
        size = path.stat().st_size / 2**20
        rounds = [{side: measure(side, path) for side in SIDES} for _ in range(options.rounds)]
    print(f"{options.pupils} pupils x {len(SUBJECTS)} subjects, {size:.1f} MiB, "
          f"median of {options.rounds}")  # fmt: skip
    print("| side | wall s | CPU s | peak MiB of one process |\n|---|---|---|---|")
    medians = {}
    for side, name in (
        ("import", "checked and published"),
        ("openpyxl", "pandas + openpyxl reads"),
    ):
        costs = [found[side] for found in rounds]
        wall, cpu, peak = (
            statistics.median(getattr(c, key) for c in costs)
            for key in ("wall", "cpu", "peak_mb")
        )
        medians[side] = (wall, cpu, peak)
        print(f"| {name} | {wall:.1f} | {cpu:.1f} | {peak:.0f} |")
    ratio = [a / b for a, b in zip(medians["import"], medians["openpyxl"], strict=True)]
    print(f"| ratio | {ratio[0]:.2f} | {ratio[1]:.2f} | {ratio[2]:.2f} |")


if __name__ == "__main__":
    main()
