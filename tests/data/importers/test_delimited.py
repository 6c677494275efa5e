"""CSV and TXT: delimiters, quotes, ragged rows, row numbers."""

import pytest

from data.importers.delimited import read_delimited
from data.importers.limits import Limits
from data.importers.remarks import RefusedError

LIMITS = Limits()


def refusal_of(text: str, *, limits: Limits = LIMITS) -> str:
    with pytest.raises(RefusedError) as refusal:
        read_delimited(text.encode(), limits=limits)
    return refusal.value.finding.check


def test_commas_need_no_word() -> None:
    grid, findings = read_delimited(b"a,b\n1,2\n", limits=LIMITS)
    assert findings == []
    assert grid.columns == [["a", "1"], ["b", "2"]]
    assert grid.kinds == ["11", "11"]


def test_nothing_is_guessed_from_text() -> None:
    grid, _ = read_delimited(b"id,x\n0330100001,NA\n", limits=LIMITS)
    assert grid.columns == [["id", "0330100001"], ["x", "NA"]]


@pytest.mark.parametrize(
    ("separator", "word"), [("\t", "制表符"), (";", "分号"), ("|", "竖线")]
)
def test_other_delimiters_are_noted(separator: str, word: str) -> None:
    text = f"a{separator}b\n1{separator}2\n"
    grid, (finding,) = read_delimited(text.encode(), limits=LIMITS)
    assert grid.columns == [["a", "1"], ["b", "2"]]
    assert finding.severity == "note"
    assert word in finding.message_zh


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;"])
def test_a_line_that_names_the_delimiter_is_followed(first: str) -> None:
    grid, (finding,) = read_delimited(f"{first}\r\na;b,c\r\n1;2\r\n".encode(), limits=LIMITS)
    assert grid.columns == [["a", "1"], ["b,c", "2"]]
    assert grid.lines == [2, 3]
    assert "sep=;" in finding.message_zh


def test_one_column_has_no_delimiter() -> None:
    assert refusal_of("a\n1\n") == "delimiter"


def test_quoted_breaks_and_delimiters_stay_in_their_cell() -> None:
    grid, _ = read_delimited(b'a,b\n"x\ny","1,""2"\nz,3\n', limits=LIMITS)
    assert grid.columns == [["a", "x\ny", "z"], ["b", '1,"2', "3"]]
    assert grid.lines == [1, 2, 3]


@pytest.mark.parametrize("text", ['a,b\n"1,2\n', 'a,b\n"1"x,2\n'])
def test_quotes_that_do_not_match_are_refused(text: str) -> None:
    assert refusal_of(text) == "quotes"


@pytest.mark.parametrize("separator", [",", "\t"])
@pytest.mark.parametrize(
    "remarks",
    [
        ("", '"三好', "", '优"', ""),  # an unquoted export: two words that begin and end so
        ("", '"', '"', "", ""),  # ditto marks
        ("", '"三好', '"优"', "", ""),
        ("", '"三好', "", "", '"'),
    ],
)
def test_a_lone_quote_never_swallows_the_rows_below(
    remarks: tuple[str, ...], separator: str
) -> None:
    rows = [f"一中,P{i},{80 + i},{remark}" for i, remark in enumerate(remarks)]
    text = "\n".join(["学校,学籍号,数学,备注", *rows]).replace(",", separator)
    assert refusal_of(text) == "quotes"


def test_a_quote_that_closes_one_column_further_left_is_seen_as_well() -> None:
    rows = ["一中,P1,80,,", '一中,P2,81,,"三好', '一中,P3,82,优",', "一中,P4,83,,"]
    assert refusal_of("\n".join(["学校,学籍号,数学,备注一,备注二", *rows])) == "quotes"


def test_swallowed_rows_are_counted_and_the_row_is_named() -> None:
    text = '学校,学籍号,数学,备注\n一中,P1,80,\n一中,P2,81,"三好\n一中,P3,82,\n一中,P4,83,优"\n'
    with pytest.raises(RefusedError) as refusal:
        read_delimited(text.encode(), limits=LIMITS)
    finding = refusal.value.finding
    assert (finding.severity, finding.row) == ("error", 3)
    assert "下面的 2 行" in finding.message_zh
    assert "into one cell: 2" in finding.message_en


@pytest.mark.parametrize(
    "remark",
    ["家长已知情，\n同意补考", "一、体育\n二、音乐,美术\n三、书法", "他说：行\r\n已阅"],
)
def test_a_remark_of_several_lines_is_one_cell(remark: str) -> None:
    quoted = remark.replace('"', '""')
    text = f'学校,学籍号,数学,备注\n一中,P1,80,"{quoted}"\n一中,P2,81,\n'
    grid, findings = read_delimited(text.encode(), limits=LIMITS)
    assert findings == []
    assert grid.columns[1] == ["学籍号", "P1", "P2"]
    assert grid.columns[3][1] == remark


def test_ragged_rows_are_errors_with_their_rows() -> None:
    text = "a,b,c\n1,2,3\n1,2,3,4\n\n1,2\n1,2,3,\n4,5,6\n"
    grid, findings = read_delimited(text.encode(), limits=LIMITS)
    assert [(finding.check, finding.row) for finding in findings] == [
        ("ragged_row", 3),
        ("ragged_row", 5),
    ]
    assert "有 4 列，其它行是 3 列" in findings[0].message_zh
    assert grid.lines == [1, 2, 6, 7]


def test_titles_above_the_table_may_be_narrow() -> None:
    grid, findings = read_delimited("成绩表\na,b\n1,2\n3,4\n".encode(), limits=LIMITS)
    assert findings == []
    assert grid.columns[0] == ["成绩表", "a", "1", "3"]


def test_many_ragged_rows_end_in_their_number() -> None:
    text = "a,b\n" + "1,2\n" * 400 + "1,2,3\n" * 300
    _, findings = read_delimited(text.encode(), limits=LIMITS)
    assert len(findings) == 201
    assert "共 300 行" in findings[-1].message_zh


def test_an_endless_line_is_refused() -> None:
    assert refusal_of("a,b\n" + "x" * 50_000) == "line_length"


def test_too_many_rows_are_refused() -> None:
    assert refusal_of("a,b\n" + "1,2\n" * 50, limits=Limits(max_rows=10)) == "too_many_rows"
