"""Group E: files that are too large, and one that is large and right."""

from tests.corpus.case import Case
from tests.corpus.dirt import dirt
from tests.corpus.other_files import separated
from tests.corpus.pupils import GRADE, HEADER, NAMES, Row, exam_number
from tests.corpus.workbook_xml import workbook

MANY = 50_000
_IN_CLASS, _IN_SCHOOL = 50, 1000


def many_rows(count: int) -> list[Row]:
    """Return the header and this many pupils in classes of fifty, with scores as they occur."""
    random = dirt(9)
    rows: list[Row] = [list(HEADER)]
    for k in range(count):
        school = k // _IN_SCHOOL + 1
        place = [f"{3300 + school}", f"第{school}中学", GRADE, f"{k // _IN_CLASS % 20 + 1}班"]
        level = random.gauss(72, 14)
        marks = (min(120, max(1, round(level + random.gauss(0, 7)))) for _ in range(3))
        rows.append([*place, f"T{k:06d}", exam_number(k), NAMES[k % len(NAMES)], *marks])
    return rows


def _one_line() -> bytes:
    return b"3301," * (12 << 20)  # 60 MiB without a line break


def _long_file() -> bytes:
    return separated(many_rows(60_001)).encode()


CASES = (
    Case("E01", "五万行，没有错误", "E01.xlsx", lambda: workbook(many_rows(MANY)), "accept",
         also_ok=("normalise", "accept-with-warning"), good=MANY),
    Case("E02", "超过 60,000 行", "E02.csv", _long_file, "reject", ("行", "过多|超过")),
    Case("E03", "60 MB 没有换行", "E03.csv", _one_line, "reject", ("过大|超过|过长",)),
    Case("E04", "25 MB 的文本", "E04.csv", lambda: separated().encode() * 26_000, "reject",
         ("过大|超过",)),
)  # fmt: skip
