"""Long files: one row for each pupil and subject."""

from core.tables import ENTRIES, MARKS
from data.importers.layout import LaidOut, lay_out
from tests.data.importers.sheets import make_sheet

HEADER = "学校,班级,学籍号,姓名,科目,分数\n"
GOOD = HEADER + (
    "一中,1班,P1,甲,语文,80\n一中,1班,P1,甲,数学,85\n一中,1班,P2,乙,语文,缺考\n一中,1班,P2,乙,数学,90\n"
)


def lay(text: str) -> LaidOut:
    return lay_out(make_sheet(text), declared_subjects=frozenset())


def checks(laid: LaidOut) -> list[tuple[str, str, int | None]]:
    return [(finding.severity, finding.check, finding.row) for finding in laid.findings]


def test_a_pupil_is_one_entry_and_each_row_one_mark() -> None:
    laid = lay(GOOD)
    assert laid.findings == ()
    assert laid.entries is not None
    assert laid.marks is not None
    ENTRIES.require(laid.entries)
    MARKS.require(laid.marks)
    assert laid.entries["row"].tolist() == [2, 4]
    assert laid.marks[["row", "line", "subject", "text"]].values.tolist() == [
        [2, 2, "chinese", "80"],
        [2, 3, "math", "85"],
        [4, 4, "chinese", "缺考"],
        [4, 5, "math", "90"],
    ]
    assert laid.marks["column"].unique().tolist() == ["分数"]
    assert laid.subjects == {"chinese": "语文", "math": "数学"}


def test_english_long_headers_mean_the_same() -> None:
    laid = lay("School,Student ID,Subject,Score\nA,P1,Maths,85\n")
    assert laid.findings == ()
    assert laid.subjects == {"math": "Maths"}


def test_synonyms_of_a_subject_are_one_subject() -> None:
    laid = lay(HEADER + "一中,1班,P1,甲,英语,80\n一中,1班,P2,乙,外语,85\n")
    assert laid.subjects == {"english": "英语"}


def test_a_subject_given_twice_is_an_error_that_names_both_rows() -> None:
    laid = lay(GOOD + "一中,1班,P1,甲,数学,86\n")
    assert checks(laid) == [("error", "duplicate_mark", 6)]
    assert "第 3 行和第 6 行" in laid.findings[0].message_zh
    assert laid.marks is not None
    MARKS.require(laid.marks)


def test_many_repeated_subjects_end_in_their_number() -> None:
    laid = lay(GOOD + "一中,1班,P1,甲,数学,86\n" * 201)
    assert len(laid.findings) == 201
    assert "共 201 行" in laid.findings[-1].message_zh


def test_rows_of_a_pupil_that_differ_are_an_error_without_the_name() -> None:
    laid = lay(HEADER + "一中,1班,P1,甲,语文,80\n一中,1班,P1,丁,数学,85\n")
    assert checks(laid) == [("error", "pupil_conflict", 3)]
    assert "姓名不一致" in laid.findings[0].message_zh
    assert "丁" not in laid.findings[0].message_zh


def test_rows_without_a_pupil_number_stay_apart() -> None:
    laid = lay(HEADER + "一中,1班,,甲,语文,80\n一中,1班,,乙,语文,85\n")
    assert laid.entries is not None
    assert laid.entries["row"].tolist() == [2, 3]


def test_what_few_rows_hold_as_subject_may_be_a_name_and_is_not_quoted() -> None:
    laid = lay(GOOD + "一中,1班,P1,白若川,白若川,50\n")
    [finding] = [f for f in laid.findings if f.check == "unknown_subject"]
    assert (finding.severity, finding.row) == ("error", 6)
    assert "白若川" not in finding.message_zh + finding.message_en


def test_an_unknown_subject_is_an_error_that_names_it() -> None:
    laid = lay(GOOD + "".join(f"一中,1班,Q{i},甲,信息科技,50\n" for i in range(5)))
    assert checks(laid) == [("error", "unknown_subject", 6)]
    assert "信息科技" in laid.findings[0].message_zh


def test_names_in_the_subject_column_are_counted_and_not_shown() -> None:
    rows = "".join(f"一中,1班,Q{i},甲,学生{i},50\n" for i in range(30))
    laid = lay(GOOD + rows)
    assert checks(laid) == [("error", "unknown_subject", None)]
    assert "30 种未知" in laid.findings[0].message_zh
    assert "学生1" not in laid.findings[0].message_zh


def test_a_row_without_a_subject_is_an_error() -> None:
    laid = lay(GOOD + "一中,1班,P1,甲,,50\n")
    assert checks(laid) == [("error", "subject_missing", 6)]


def test_totals_have_their_own_place() -> None:
    laid = lay(GOOD + "一中,1班,P1,甲,总分,165\n")
    assert laid.findings == ()
    assert laid.totals is not None
    assert laid.totals[["row", "line", "text"]].values.tolist() == [[2, 6, "165"]]


def test_a_column_of_full_marks_is_read_where_it_is_the_same_throughout() -> None:
    text = "学校,学籍号,科目,分数,满分\n一中,P1,语文,80,120\n一中,P1,数学,85,100\n"
    assert lay(text).full_marks == {"chinese": 12000, "math": 10000}
    assert lay(text + "一中,P2,数学,85,100.0\n").full_marks["math"] == 10000
    assert lay(text + "一中,P2,数学,85,\n").full_marks["math"] == 10000


def test_full_marks_of_one_subject_that_differ_are_an_error() -> None:
    text = "学校,学籍号,科目,分数,满分\n一中,P1,语文,80,120\n一中,P1,数学,85,100\n"
    laid = lay(text + "一中,P2,数学,85,100\n一中,P3,数学,85,120\n一中,P4,数学,85,赵一\n")
    assert laid.full_marks == {"chinese": 12000}
    assert checks(laid) == [("error", "full_mark_conflict", 5)]
    (finding,) = laid.findings
    assert finding.column == "满分"
    assert "第 3 行 100、第 5 行 120、第 6 行 不是数字" in finding.message_zh
    assert "row 3: 100, row 5: 120, row 6: no number" in finding.message_en
    assert "数学" in finding.message_zh
    assert "赵一" not in finding.message_zh


def test_full_marks_of_totals_may_differ() -> None:
    text = "学校,学籍号,科目,分数,满分\n一中,P1,语文,80,120\n"
    laid = lay(text + "一中,P1,总分,80,120\n一中,P2,总分,80,240\n")
    assert laid.findings == ()


def test_long_and_wide_at_once_is_an_error() -> None:
    laid = lay("学校,学籍号,科目,分数,物理\n一中,P1,语文,80,70\n")
    assert checks(laid) == [("error", "mixed_layout", None)]
