"""Files of named columns: header found by synonyms, text kept, every row accounted for."""

from data.importers.column_file import ColumnSpec, read_columns_file
from tests.data.importers.sheets import make_sheet

SPECS = (
    ColumnSpec("school_code", "学校代码", ("学校标识码",)),
    ColumnSpec("school_name", "学校名称", ("学校", "校名")),
    ColumnSpec("n_enrolled", "在籍人数", ("在校生数", "人数"), required=True),
)


def checks(findings: object) -> set[str]:
    return {finding.check for finding in findings}  # type: ignore[attr-defined]


def test_columns_are_found_by_synonym_below_title_rows_and_keep_their_excel_rows() -> None:
    file = read_columns_file(
        make_sheet(
            "某县在籍人数统计表\n序号,学校,在校生数(人)\n\n1,青禾一中,0120\n2,青禾二中,"
        ),
        SPECS,
    )
    assert file.frame is not None
    assert file.frame["row"].tolist() == [4, 5]
    assert file.frame["n_enrolled"].fillna("-").tolist() == ["0120", "-"]
    assert file.frame["school_code"].isna().all()
    assert file.kinds["n_enrolled"].tolist() == ["text", "empty"]
    assert file.headers == {"school_name": "学校", "n_enrolled": "在校生数(人)"}


def test_rows_of_totals_and_notes_are_set_aside_and_said() -> None:
    file = read_columns_file(
        make_sheet("序号,学校,在籍人数\n1,青禾一中,12\n合计,,12\n,全县,12\n制表人：某,,"), SPECS
    )
    assert file.frame is not None
    assert file.frame["row"].tolist() == [2]
    skipped = next(f for f in file.findings if f.check == "skipped_rows")
    assert (skipped.row, "3" in skipped.message_en) == (3, True)


def test_a_missing_required_column_is_refused_with_the_header_row() -> None:
    file = read_columns_file(make_sheet("说明\n学校代码,学校名称\nS1,一中"), SPECS)
    assert file.frame is None
    assert [(f.check, f.row, f.column) for f in file.findings if f.severity == "error"] == [
        ("missing_column", 2, "在籍人数")
    ]


def test_a_sheet_without_known_headers_is_refused() -> None:
    file = read_columns_file(make_sheet("甲,乙\n1,2"), SPECS)
    assert (file.frame is None, checks(file.findings)) == (True, {"header_row"})


def test_a_header_without_rows_is_refused() -> None:
    file = read_columns_file(make_sheet("学校名称,在籍人数"), SPECS)
    assert (file.frame is None, checks(file.findings)) == (True, {"no_data"})


def test_unknown_headers_are_not_read_and_named_unless_they_look_like_data() -> None:
    file = read_columns_file(make_sheet("学校,人数,备用列,20230001\n一中,3,x,y"), SPECS)
    words = next(f.message_zh for f in file.findings if f.check == "unknown_column")
    assert "备用列" in words
    assert "第 D 列" in words
    assert "20230001" not in words


def test_what_a_bureau_said_of_its_headers_wins() -> None:
    sheet = make_sheet("单位名,现有,人数\n一中,3,9")
    remembered = {"单位名": "学校名称", "现有": "n_enrolled", "人数": "忽略"}
    file = read_columns_file(sheet, SPECS, remembered=remembered)
    assert file.frame is not None
    assert file.frame[["school_name", "n_enrolled"]].to_numpy().tolist() == [["一中", "3"]]


def test_a_remembered_word_that_means_no_column_leaves_the_header_unknown() -> None:
    file = read_columns_file(
        make_sheet("学校,人数,现有\n一中,3,9"), SPECS, remembered={"现有": "没有这一列"}
    )
    assert "现有" in next(f.message_zh for f in file.findings if f.check == "unknown_column")


def test_two_columns_of_one_meaning_are_refused_unless_one_is_the_better_name() -> None:
    double = read_columns_file(make_sheet("学校,人数,人数\n一中,3,4"), SPECS)
    assert ("error", "double_column") in {(f.severity, f.check) for f in double.findings}
    better = read_columns_file(make_sheet("学校,人数,在籍人数\n一中,3,4"), SPECS)
    assert better.frame is not None
    assert better.frame["n_enrolled"].tolist() == ["4"]
    assert ("warning", "double_column") in {(f.severity, f.check) for f in better.findings}


def test_a_column_of_data_without_a_header_is_refused() -> None:
    file = read_columns_file(make_sheet("学校,人数,\n一中,3,4"), SPECS)
    assert ("unnamed_column", 1, "C") in {(f.check, f.row, f.column) for f in file.findings}


def test_a_remark_that_looks_like_a_note_costs_no_row() -> None:
    file = read_columns_file(make_sheet("学校,人数,备注\n一中,3,说明：含分校\n二中,4,"), SPECS)
    assert file.frame is not None
    assert file.frame["school_name"].tolist() == ["一中", "二中"]
