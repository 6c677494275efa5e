"""The twelve invented pupils of the corpus, and their table without any fault."""

HEADER = ("学校代码", "学校名称", "年级", "班级", "学籍号", "考号", "姓名", "语文", "数学",
          "英语")  # fmt: skip
SCHOOL, OTHER_SCHOOL = ("3301", "柳溪镇中心学校"), ("3302", "白鹭乡初级中学")
GRADE = "八年级"
NAMES = ("丁望舒", "孔令仪", "白若川", "石晚晴", "叶知秋", "江临渊", "贺云开", "苏念安",
         "章以宁", "温故新", "陆听澜", "简明月")  # fmt: skip
N_PUPILS = len(NAMES)
Row = list[object]

# GB 11643: weights of the first 17 digits, and the check character by the sum modulo 11.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


def pupil_number(k: int) -> str:
    """Return the number of pupil k, with a check character that fits; 999999 is no county."""
    digits = f"9999992012{k % 12 + 1:02d}{k % 28 + 1:02d}{k % 900 + 101:03d}"
    weighted = sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=True))
    return f"G{digits}{_CHECK[weighted % 11]}"


def exam_number(k: int) -> str:
    """Return the exam number of pupil k; its first character is a zero that matters."""
    return f"033010{k:04d}"


def pupil_row(k: int) -> Row:
    """Return the row of pupil k from 1: two classes of six, no score twice in a row."""
    place = [*SCHOOL, GRADE, "1班" if k <= N_PUPILS // 2 else "2班"]
    scores = (70 + 7 * k % 45, 65 + 11 * k % 52, 62 + 5 * k % 51)
    return [*place, pupil_number(k), exam_number(k), NAMES[(k - 1) % N_PUPILS], *scores]


def good_rows() -> list[Row]:
    """Return the header and the twelve pupils, in rows 1 to 13 of a spreadsheet."""
    return [list(HEADER), *(pupil_row(k) for k in range(1, N_PUPILS + 1))]


def with_cells(column: str, values: dict[int, object]) -> list[Row]:
    """Return the good rows with other values in one column, by spreadsheet row."""
    rows = good_rows()
    for row, value in values.items():
        rows[row - 1][HEADER.index(column)] = value
    return rows


def with_column(header: object, values: list[object]) -> list[Row]:
    """Return the good rows with one more column at the right."""
    return [[*row, value] for row, value in zip(good_rows(), [header, *values], strict=True)]


def secrets() -> tuple[str, ...]:
    """Return what no message may hold: names, pupil numbers, exam numbers."""
    numbers = range(1, 2 * N_PUPILS + 1)
    return (*NAMES, *map(pupil_number, numbers), *map(exam_number, numbers))
