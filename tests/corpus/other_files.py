"""Files that are no workbook: text, web pages, documents, programs."""

import csv
import io
from collections.abc import Sequence
from xml.sax.saxutils import escape

from tests.corpus.archive import archive, entry
from tests.corpus.pupils import Row, good_rows


def separated(
    rows: Sequence[Row] | None = None, *, separator: str = ",", end: str = "\r\n"
) -> str:
    """Return rows as separated values."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, lineterminator=end)
    writer.writerows(good_rows() if rows is None else rows)
    return text.getvalue()


def html_table() -> bytes:
    """Return the web page that old school systems call an .xls."""
    cells = [[f"<td>{escape(str(cell))}</td>" for cell in row] for row in good_rows()]
    rows = "".join(f"<tr>{''.join(row)}</tr>" for row in cells)
    page = f"<html><head><meta charset='gb2312'></head><table border=1>{rows}</table></html>"
    return page.encode("gb18030")


def spreadsheet_2003() -> bytes:
    """Return the XML form of Excel 2003."""
    cells = [
        [f'<Cell><Data ss:Type="String">{escape(str(cell))}</Data></Cell>' for cell in row]
        for row in good_rows()
    ]
    rows = "".join(f"<Row>{''.join(row)}</Row>" for row in cells)
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="成绩">'
        f"<Table>{rows}</Table></Worksheet></Workbook>"
    ).encode()


def open_document() -> bytes:
    """Return the bones of an OpenDocument sheet."""
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    content = b"<office:document-content xmlns:office='urn:x'/>"
    return archive([entry("mimetype", kind), entry("content.xml", content)])


def pdf() -> bytes:
    """Return the bones of a PDF."""
    return b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def program() -> bytes:
    """Return what starts like a program of Windows."""
    return b"MZ" + b"\x90\x00" * 300
