"""Workbooks whose XML is hostile, odd, or of another dialect."""

from tests.corpus.pupils import good_rows
from tests.corpus.workbook_xml import (
    BOOK,
    HEAD,
    MAIN,
    RELATIONS,
    SHEET,
    STRINGS,
    SheetOf,
    book_of,
    column_name,
    packed,
    parts_of,
    workbook,
)


def billion_laughs(part: str) -> bytes:
    """Return a workbook in which ten entities of ten entities grow to 10^10 characters."""
    entities = '<!ENTITY e0 "ha">' + "".join(
        f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 11)
    )
    return _with_entity(part, f"<!DOCTYPE x [{entities}]>", "&e10;")


def quadratic() -> bytes:
    """Return a workbook in which one entity of 50 KB is named 5,000 times."""
    entity = f'<!DOCTYPE x [<!ENTITY e "{"a" * 50_000}">]>'
    return _with_entity(STRINGS, entity, "&e;" * 5000)


def external_entity() -> bytes:
    """Return a workbook that asks for a file of the machine that reads it."""
    entity = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return _with_entity(SHEET, entity, "&e;")


def external_dtd() -> bytes:
    """Return a workbook whose main part names a DTD elsewhere."""
    book = parts_of([SheetOf("成绩", good_rows())])[BOOK].decode()
    dtd = '<!DOCTYPE workbook SYSTEM "http://127.0.0.1:9/x.dtd">'
    return workbook(good_rows(), changes={BOOK: book.replace(HEAD, HEAD + dtd).encode()})


def _with_entity(part: str, doctype: str, text: str) -> bytes:
    if part == STRINGS:
        body = f'<sst xmlns="{MAIN}"><si><t>{text}</t></si></sst>'
    else:
        cell = f'<c r="A1" t="inlineStr"><is><t>{text}</t></is></c>'
        body = (
            f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{cell}</row></sheetData>'
            "</worksheet>"
        )
    xml = f"{HEAD}{doctype}{body}"
    return workbook(good_rows(), changes={part: xml.encode()})


def lying_dimension() -> bytes:
    """Return a workbook that claims the whole sheet for its twelve rows."""
    claim = '<dimension ref="A1:XFD1048576"/>'
    return book_of(SheetOf("成绩", good_rows(), before=claim))


def wide() -> bytes:
    """Return a workbook with 16,384 columns."""
    header = [column_name(i) for i in range(1, 16_385)]
    return workbook([[*row, *header[10:]] for row in good_rows()[:3]])


def pictures_only() -> bytes:
    """Return a workbook whose sheet holds a drawing and no cell."""
    sheet = SheetOf("成绩", [], after='<drawing r:id="r1"/>')
    parts = parts_of([sheet])
    parts["xl/media/image1.png"] = b"\x89PNG\r\n\x1a\n" + bytes(2000)
    return packed(parts)


def with_links() -> bytes:
    """Return a workbook that points to another one on a server."""
    link = f'<externalLink xmlns="{MAIN}" xmlns:r="{RELATIONS}"><externalBook r:id="r1"/>'
    target = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{RELATIONS}/externalLinkPath" '
        'Target="http://127.0.0.1:9/marks.xlsx" TargetMode="External"/></Relationships>'
    )
    folder = "xl/externalLinks"
    return workbook(
        good_rows(),
        changes={
            f"{folder}/externalLink1.xml": f"{HEAD}{link}</externalLink>".encode(),
            f"{folder}/_rels/externalLink1.xml.rels": f"{HEAD}{target}".encode(),
        },
    )


def chart_sheet_first() -> bytes:
    """Return a workbook of which the first tab is a chart, the second the table."""
    parts = parts_of([SheetOf("图表", []), SheetOf("成绩", good_rows())])
    rels = "xl/_rels/workbook.xml.rels"
    parts["xl/chartsheets/sheet1.xml"] = (
        f'{HEAD}<chartsheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"/>'
        "</sheetViews></chartsheet>"
    ).encode()
    parts[rels] = (
        parts[rels]
        .replace(b"worksheets/sheet1.xml", b"chartsheets/sheet1.xml")
        .replace(b'/worksheet" Target="chart', b'/chartsheet" Target="chart')
    )
    types = "[Content_Types].xml"
    parts[types] = parts[types].replace(
        b'/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-'
        b"officedocument.spreadsheetml.worksheet+xml",
        b'/xl/chartsheets/sheet1.xml" ContentType="application/vnd.openxmlformats-'
        b"officedocument.spreadsheetml.chartsheet+xml",
    )
    del parts[SHEET]
    return packed(parts)


def strict() -> bytes:
    """Return a workbook in the strict dialect, whose namespaces differ."""
    return packed(parts_of([SheetOf("成绩", good_rows())], is_strict=True))
