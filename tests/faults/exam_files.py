"""Small exam files as schools send them, and the requests that import them."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import xlsxwriter

from pipeline.import_scores import ImportRequest

HEADERS = ("学校代码", "学校名称", "乡镇", "班级", "学籍号", "姓名", "语文", "数学")
N_SCHOOLS, N_PUPILS = 3, 14


def write_exam(path: Path, *, seed: int) -> Path:
    """Write an exam of three schools as CSV or XLSX, by the path's ending."""
    rng = np.random.default_rng(seed)
    rows = [
        (
            f"33{school:02d}",
            f"示例第{school}中学",
            f"示例镇{school % 2 + 1}",
            f"{pupil % 2 + 1}班",
            f"2023{school:02d}{pupil:04d}",
            f"示例学生{chr(0x4E00 + school * 100 + pupil)}",
            f"{rng.integers(80, 241) / 2:g}",
            "缺考" if pupil == seed % N_PUPILS else f"{rng.integers(80, 241) / 2:g}",
        )
        for school in range(1, N_SCHOOLS + 1)
        for pupil in range(N_PUPILS)
    ]
    if path.suffix == ".xlsx":
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate((HEADERS, *rows)):
                sheet.write_row(number, 0, row)
    else:
        lines = "\n".join(",".join(row) for row in (HEADERS, *rows))
        path.write_text(lines, encoding="utf-8")
    return path


def request_for(path: Path, *, exam: str, day: int = 0) -> ImportRequest:
    """Return the request that imports a file as an exam, ``day`` days after the first."""
    return ImportRequest(
        path=path,
        exam=exam,
        held_on=date(2025, 9, 1) + timedelta(days=day % 300),
        grade=9,
        stage=None,
        full_marks={"chinese": 120_00, "math": 120_00},
    )
