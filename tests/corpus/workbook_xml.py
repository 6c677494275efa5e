"""Workbooks built part by part: any part can be made wrong on purpose."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from tests.corpus.archive import archive, entry
from tests.corpus.pupils import Row

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
SHEET, STRINGS, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"

GENERAL, PERCENT, DAY, TEXT, TIME, MONEY, POINTS, ZEROS = range(8)  # cell styles
ABSENT, NO_ZERO = 8, 9
_FORMATS = (0, 10, 14, 49, 20, 164, 165, 166, 167, 168)
Parts = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is more than its value: attributes and content as the XML holds them."""

    attributes: str = ""
    content: str = ""


@dataclass(frozen=True, slots=True)
class SheetOf:
    """One worksheet: its rows and what else its XML says.

    Attributes
    ----------
    before, after : str
        Elements around ``sheetData``: dimension and columns; merged cells and filters.
    hidden : frozenset of int
        Rows that are not shown.
    """

    name: str
    rows: Sequence[Row]
    state: str = "visible"
    before: str = ""
    after: str = ""
    hidden: frozenset[int] = field(default_factory=frozenset)


def styled(value: float, style: int) -> Cell:
    """Return a number shown in a style."""
    return Cell(f's="{style}"', f"<v>{value}</v>")


def formula(text: str, result: str | None) -> Cell:
    """Return a formula with or without a stored result."""
    value = "" if result is None else f"<v>{result}</v>"
    return Cell("", f"<f>{escape(text)}</f>{value}")


def error(text: str) -> Cell:
    """Return a cell that shows an error value."""
    return Cell('t="e"', f"<v>{escape(text)}</v>")


def truth(value: bool) -> Cell:
    """Return a cell that holds TRUE or FALSE."""
    return Cell('t="b"', f"<v>{int(value)}</v>")


def workbook(rows: Sequence[Row], *, changes: Mapping[str, bytes] | None = None) -> bytes:
    """Return a workbook with one sheet, parts of it changed or added."""
    return packed({**parts_of([SheetOf("成绩", rows)]), **(changes or {})})


def book_of(*sheets: SheetOf) -> bytes:
    """Return a workbook with these sheets."""
    return packed(parts_of(sheets))


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return the archive of a workbook's parts."""
    return archive([entry(name, data) for name, data in parts.items()])


def parts_of(sheets: Sequence[SheetOf], *, is_strict: bool = False) -> Parts:
    """Return the parts of a workbook, by their path in the archive."""
    main, relations = (STRICT_MAIN, STRICT_RELATIONS) if is_strict else (MAIN, RELATIONS)
    paths = [f"worksheets/sheet{i}.xml" for i in range(1, len(sheets) + 1)]
    overrides = [("xl/workbook.xml", "sheet.main"), ("xl/styles.xml", "styles")]
    overrides += [(f"xl/{path}", "worksheet") for path in paths]
    listed = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{i}" state="{sheet.state}" r:id="r{i}"/>'
        for i, sheet in enumerate(sheets, 1)
    )
    links = [(f"r{i}", "worksheet", path) for i, path in enumerate(paths, 1)]
    parts = {
        "[Content_Types].xml": _content_types(overrides),
        "_rels/.rels": _relations([("r1", "officeDocument", BOOK)], relations),
        BOOK: _xml(f'<workbook xmlns="{main}" xmlns:r="{relations}">'
                   f"<sheets>{listed}</sheets></workbook>"),
        "xl/_rels/workbook.xml.rels": _relations(
            [*links, ("r0", "styles", "styles.xml")], relations
        ),
        "xl/styles.xml": _styles(main),
    }  # fmt: skip
    for path, sheet in zip(paths, sheets, strict=True):
        parts[f"xl/{path}"] = sheet_xml(sheet, main=main)
    return parts


def sheet_xml(sheet: SheetOf, *, main: str = MAIN) -> bytes:
    """Return the XML of one worksheet."""
    data = "".join(_row_xml(i, row, sheet) for i, row in enumerate(sheet.rows, 1))
    return _xml(
        f'<worksheet xmlns="{main}" xmlns:r="{RELATIONS}">{sheet.before}'
        f"<sheetData>{data}</sheetData>{sheet.after}</worksheet>"
    )


def column_name(position: int) -> str:
    """Return the letters of a column, counted from 1."""
    name = ""
    while position:
        position, letter = divmod(position - 1, 26)
        name = chr(65 + letter) + name
    return name


def _row_xml(number: int, row: Row, sheet: SheetOf) -> str:
    cells = "".join(
        _cell_xml(f"{column_name(j)}{number}", value)
        for j, value in enumerate(row, 1)
        if value is not None
    )
    hidden = ' hidden="1"' if number in sheet.hidden else ""
    return f'<row r="{number}"{hidden}>{cells}</row>'


def _cell_xml(reference: str, value: object) -> str:
    if isinstance(value, Cell):
        return f'<c r="{reference}" {value.attributes}>{value.content}</c>'
    if isinstance(value, int | float):
        return f'<c r="{reference}"><v>{value}</v></c>'
    text = f'<t xml:space="preserve">{escape(str(value))}</t>'
    return f'<c r="{reference}" t="inlineStr"><is>{text}</is></c>'


def _xml(body: str) -> bytes:
    return f"{HEAD}{body}".encode()


def _content_types(overrides: Iterable[tuple[str, str]]) -> bytes:
    listed = "".join(
        f'<Override PartName="/{path}" ContentType="{_TYPES}.{kind}+xml"/>'
        for path, kind in overrides
    )
    return _xml(
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/>{listed}</Types>'
    )


def _relations(links: Iterable[tuple[str, str, str]], base: str) -> bytes:
    listed = "".join(
        f'<Relationship Id="{key}" Type="{base}/{kind}" Target="{target}"/>'
        for key, kind, target in links
    )
    return _xml(f'<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>')


def _styles(main: str) -> bytes:
    formats = (("164", "¥#,##0.00"), ("165", '0"分"'), ("166", "0000000000"),
               ("167", '0;-0;"缺考"'), ("168", "0;-0;;@"))  # fmt: skip
    codes = "".join(
        f'<numFmt numFmtId="{key}" formatCode={quoteattr(code)}/>' for key, code in formats
    )
    used = "".join(f'<xf numFmtId="{key}"/>' for key in _FORMATS)
    return _xml(
        f'<styleSheet xmlns="{main}"><numFmts count="{len(formats)}">{codes}</numFmts>'
        '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        f'<cellXfs count="{len(_FORMATS)}">{used}</cellXfs></styleSheet>'
    )
