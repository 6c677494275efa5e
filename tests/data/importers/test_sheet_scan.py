"""The scan of a sheet: flags of odd cells, true extent, order of rows and cells."""

from xml.parsers import expat

import pytest

from data.importers.cell_styles import CellStyles
from data.importers.grid import (
    BOOLEAN,
    ERROR,
    FORMULA,
    PERCENT,
    PERCENT_FORMULA,
    TEXT_FORMULA,
)
from data.importers.limits import Limits
from data.importers.number_format import NumberFormat
from data.importers.remarks import RefusedError
from data.importers.sheet_scan import SheetFacts, SheetScan

ABSENT = NumberFormat('0;-0;"缺考"')


def scan(data: str, *, limits: Limits | None = None) -> SheetFacts:
    styles = CellStyles(percent=frozenset({7}), words={8: ABSENT})
    scan = SheetScan(styles=styles, limits=limits or Limits())
    parser = expat.ParserCreate()
    parser.StartElementHandler = scan.on_start
    parser.EndElementHandler = scan.on_end
    parser.DefaultHandler = scan.on_rest
    parser.Parse(f'<w xmlns:x="x"><cols/>{data}</w>', True)
    return scan.facts()


def refusal_of(data: str, *, limits: Limits | None = None) -> str:
    with pytest.raises(RefusedError) as refusal:
        scan(data, limits=limits)
    return refusal.value.finding.check


@pytest.mark.parametrize(
    ("cell", "flag"),
    [
        ('<c r="A1" t="e"><v>#N/A</v></c>', ERROR),
        ('<c r="A1" t="b"><v>1</v></c>', BOOLEAN),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', FORMULA),
        ('<c r="A1"><f>1+1</f></c>', ERROR),
        ('<c r="A1" t="str"><f>A2</f><v>x</v></c>', TEXT_FORMULA),
        ('<c r="A1" t="str"><f>A2</f></c>', ERROR),
        ('<c r="A1" s="7"><f>A2</f><v>1</v></c>', PERCENT_FORMULA),
        ('<c r="A1" t="e"><f>A2</f><v>#REF!</v></c>', ERROR),
        ('<c r="A1" t="b"><f>A2</f><v>1</v></c>', BOOLEAN),
        ('<c r="A1" s="7"><v>0.85</v></c>', PERCENT),
        ('<c r="A1" s="7" t="n"><v>0.85</v></c>', PERCENT),
        ('<c r="A1" s="07"><v>0.85</v></c>', PERCENT),
        ('<c r="A1" s="+7"><v>0.85</v></c>', PERCENT),
        ('<c r="A1" s="7"><f>A2</f></c>', ERROR),
        ('<x:c r="A1" t="e"><x:v>#N/A</x:v></x:c>', ERROR),
    ],
)
def test_odd_cells_are_flagged(cell: str, flag: int) -> None:
    assert scan(f'<row r="1">{cell}</row>').flags == {(1, 1): flag}


@pytest.mark.parametrize(
    "cell",
    ['<c r="A1"><v>1</v></c>', '<c r="A1" t="s" s="7"><v>0</v></c>', '<c r="A1" s="7" t="d"/>'],
)
def test_plain_cells_are_not_flagged(cell: str) -> None:
    assert scan(f'<row r="1">{cell}</row>').flags == {}


@pytest.mark.parametrize(
    "cell",
    [
        "<v>6<!-- x -->3</v>",
        "<v><!-- x -->63</v>",
        "<v>6<?x y?>3</v>",
        "<v>6&#51;</v>",
        "<v>6&amp;3</v>",
        "<v><![CDATA[63]]></v>",
        "<v>6<b>1</b>3</v>",
        "<v>63</v><v>99</v>",
        "<v>63</v><v/>",
        "<v>63</v><x:v>99</x:v>",
        "<x:v>99</x:v><v>63</v>",
        "<v>63</v><is><t>99</t></is>",
        "<f>A1<v>1</v></f><v>63</v>",
    ],
)
def test_a_value_that_is_not_one_plain_text_is_refused(cell: str) -> None:
    assert refusal_of(f'<row r="1"><c r="A1">{cell}</c></row>') == "cell_content"


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1" t="str"><v><![CDATA[缺考]]></v></c>',
        '<c r="A1" t="str"><v>缺<!-- -->考</v></c>',
        '<c r="A1" t="inlineStr"><is><t>63</t></is><v>99</v></c>',
        '<c r="A1" t="inlineStr"><v>63</v></c>',
        '<c r="A1" t="inlineStr"><is><t><![CDATA[</c>]]></t></is><x:v>99</x:v></c>',
        '<c r="A1" t="s"><v>6x</v></c>',
        '<c r="A1" t="s"><v>-1</v></c>',
    ],
)
def test_texts_that_readers_would_lose_are_refused(cell: str) -> None:
    assert refusal_of(f'<row r="1">{cell}</row>') == "cell_content"


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1"><v/></c><c r="B1"><v>1</v></c>',
        '<c r="A1" t="n"><v></v></c>',
        '<c r="A1"><f>1+1</f><v></v></c>',
        '<c r="A1" t="str"><f>B1</f><v>甲&amp;乙&#10;丙</v></c>',
        '<c r="A1" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c>',
        '<c r="A1" t="inlineStr"><is><t><![CDATA[63]]></t></is></c>',
        '<!-- x --><c r="A1"><!-- x --><v>63</v><!-- x --></c>',
        '<x:c r="A1"><x:v>63</x:v></x:c>',
    ],
)
def test_other_ways_to_write_a_value_are_welcome(cell: str) -> None:
    assert scan(f'<row r="1">{cell}</row>').n_values > 0


@pytest.mark.parametrize("style", ["x", "", " 1", "1.0", "-1", "１"])
def test_a_style_that_is_no_number_is_damage(style: str) -> None:
    assert refusal_of(f'<row r="1"><c r="A1" s="{style}"><v>1</v></c></row>') == "damaged"


def test_numbers_that_a_format_may_show_as_a_word_are_told() -> None:
    facts = scan(
        '<row r="1"><c r="A1" s="8"><v>0</v></c><c r="B1" s="8" t="s"><v>0</v></c>'
        '<c r="C1" s="8"/><c r="D1"><v>0</v></c><c r="E1" s="08"><f>1</f><v>0</v></c></row>'
    )
    assert facts.formats == {(1, 1): ABSENT, (1, 5): ABSENT}


def test_flags_stand_at_their_own_cells() -> None:
    facts = scan(
        '<row><c><v>1</v></c><c t="e"><v>#N/A</v></c></row>'
        '<row r="4"><c r="B4"><f>1</f></c><c><v>1</v></c></row>'
    )
    assert facts.flags == {(1, 2): ERROR, (4, 2): ERROR}
    assert facts.n_values == 4


def test_hidden_rows_and_columns_are_told() -> None:
    facts = scan('<col min="2" max="3" hidden="1"/><row r="1" hidden="1"/><row r="2"/>')
    assert (facts.hidden_rows, facts.hidden_columns) == ([1], [2, 3])


def test_rows_and_columns_without_any_size_are_hidden() -> None:
    facts = scan(
        '<col min="1" max="1" width="9"/><col min="2" max="3" width="0" customWidth="1"/>'
        '<row r="1" ht="0" customHeight="1"/><row r="2" ht="15"/><row r="3" ht="0.25"/>'
    )
    assert (facts.hidden_rows, facts.hidden_columns) == ([1, 3], [2, 3])


def test_rows_and_columns_whose_usual_size_is_none_are_hidden() -> None:
    facts = scan(
        '<sheetFormatPr defaultRowHeight="0" defaultColWidth="0" zeroHeight="1"/>'
        '<col min="2" max="2" width="9"/><row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="2" ht="15"><c r="C2"><v>1</v></c></row>'
    )
    assert (facts.hidden_rows, facts.hidden_columns) == ([1], [1, 3])


def test_rows_that_are_written_stay_shown_where_only_unused_ones_are_hidden() -> None:
    facts = scan(
        '<sheetFormatPr defaultRowHeight="15" zeroHeight="1"/>'
        '<row r="1"><c r="A1"><v>1</v></c></row>'
    )
    assert facts.hidden_rows == []


@pytest.mark.parametrize(
    "data",
    [
        '<row r="2"/><row r="2"/>',
        '<row r="2"/><row r="1"/>',
        '<row r="1"><c r="B1"/><c r="A1"/></row>',
        '<row r="1"><c r="A1"/><c r="A1"/></row>',
        '<row r="1"><c r="A2"/></row>',
        '<row r="1"><c r="a1"/></row>',
        '<row r="1"><c r="1"/></row>',
    ],
)
def test_cells_out_of_order_are_damage(data: str) -> None:
    assert refusal_of(data) == "damaged"


def test_a_value_in_the_farthest_cell_is_refused() -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert refusal_of(far) == "too_many_rows"


def test_a_value_far_to_the_right_is_refused() -> None:
    assert refusal_of('<row r="1"><c r="XFD1"><v>1</v></c></row>') == "too_many_columns"


def test_empty_formatted_cells_far_away_are_harmless() -> None:
    assert scan('<row r="1048576"><c r="XFD1048576" s="1"/></row>').n_values == 0


@pytest.mark.parametrize("style", ['s="7"', 't="e"', 't="b"'])
def test_cells_without_content_far_away_are_not_flagged(style: str) -> None:
    assert scan(f'<row r="1048576"><c r="XFD1048576" {style}/></row>').flags == {}


def test_an_error_cell_without_content_is_flagged_all_the_same() -> None:
    assert scan('<row r="1"><c r="A1" t="e"/></row>').flags == {(1, 1): ERROR}


def test_too_many_cells_are_refused() -> None:
    cells = "".join("<c><v>1</v></c>" for _ in range(9))
    assert refusal_of(f"<row>{cells}</row>", limits=Limits(max_cells=4)) == "too_many_cells"


def test_extent_and_merged_cells_are_told() -> None:
    facts = scan(
        '<row r="1"><c r="A1"><v>1</v></c><c r="C1"/></row><row r="3"><c r="B3"><f>1</f></c>'
        '</row><row r="9"/><mergeCells><mergeCell ref="A1:C2"/></mergeCells>'
    )
    assert (facts.n_rows, facts.n_columns, facts.merged) == (3, 2, [(1, 2, 1, 3)])


@pytest.mark.parametrize("reference", ["A1", "A1:", "a1:B2", "A1:B2:C3", "A0:B2"])
def test_an_odd_merged_cell_is_damage(reference: str) -> None:
    assert refusal_of(f'<mergeCell ref="{reference}"/>') == "damaged"


def test_more_merged_cells_than_rows_are_refused() -> None:
    merged = '<mergeCell ref="A1:B1"/>' * 3
    assert refusal_of(merged, limits=Limits(max_rows=2)) == "too_many_cells"


def test_formulas_of_foreign_kinds_behind_the_rows_belong_to_no_cell() -> None:
    facts = scan(
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"/></row>'
        '<extLst xmlns:xm="m"><xm:f>List!A1</xm:f></extLst>'
    )
    assert (facts.flags, facts.n_values) == ({}, 1)
