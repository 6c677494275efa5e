"""The scan of a sheet: flags of odd cells, true extent, order of rows and cells."""

from xml.parsers import expat

import pytest

from data.importers.grid import (
    BOOLEAN,
    ERROR,
    FORMULA,
    PERCENT,
    PERCENT_FORMULA,
    TEXT_FORMULA,
)
from data.importers.limits import Limits
from data.importers.remarks import RefusedError
from data.importers.sheet_scan import SheetFacts, SheetScan


def scan(data: str, *, limits: Limits | None = None) -> SheetFacts:
    scan = SheetScan(percent_styles={"7"}, limits=limits or Limits())
    parser = expat.ParserCreate()
    parser.StartElementHandler = scan.on_start
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
