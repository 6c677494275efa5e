"""Group A: the file around the table is hostile, damaged, or something else."""

from functools import cache

from tests.corpus.archive import MIB, Entry, archive, entry, repeated
from tests.corpus.case import Case
from tests.corpus.markup import (
    billion_laughs,
    chart_sheet_first,
    external_dtd,
    external_entity,
    lying_dimension,
    pictures_only,
    quadratic,
    strict,
    wide,
    with_links,
)
from tests.corpus.old_book import locked_old_workbook, locked_workbook, old_workbook
from tests.corpus.other_files import (
    html_table,
    open_document,
    pdf,
    program,
    separated,
    spreadsheet_2003,
)
from tests.corpus.pupils import N_PUPILS, good_rows
from tests.corpus.workbook_xml import (
    HEAD,
    MAIN,
    SHEET,
    STRINGS,
    Cell,
    Parts,
    SheetOf,
    packed,
    parts_of,
    workbook,
)

_SHEET_HEAD = f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>'.encode()
_SHEET_TAIL = b"</sheetData></worksheet>"
_BOMB = ("压缩|解压|损坏|过大",)
_DTD = ("XML|实体|DTD|不安全",)


def _good_parts() -> Parts:
    return parts_of([SheetOf("成绩", good_rows())])


def _honest(*, without: str = "") -> list[Entry]:
    return [entry(name, data) for name, data in _good_parts().items() if name != without]


def _bomb() -> bytes:
    blanks = repeated(SHEET, b" " * MIB, 1024, head=_SHEET_HEAD, tail=_SHEET_TAIL)
    return archive([*_honest(without=SHEET), blanks])


def _long_string() -> bytes:
    head = f'{HEAD}<sst xmlns="{MAIN}"><si><t>'.encode()
    text = repeated(STRINGS, b"a" * MIB, 256, head=head, tail=b"</t></si></sst>")
    return archive([*_honest(), text])


def _lying_size() -> bytes:
    real = repeated(SHEET, b" " * MIB, 256, head=_SHEET_HEAD, tail=_SHEET_TAIL)
    return archive([*_honest(without=SHEET), Entry(SHEET, real.packed, 4096, real.crc)])


def _overlapping() -> bytes:
    parts = _honest()
    copies = [
        Entry(f"xl/copy{i}.xml", parts[0].packed, parts[0].size, parts[0].crc, at=0)
        for i in range(20)
    ]
    return archive([*parts, *copies])


def _million_rows() -> bytes:
    row = b"<row>" + b"<c><v>1</v></c>" * 10 + b"</row>"
    rows = repeated(SHEET, row * 4096, 256, head=_SHEET_HEAD, tail=_SHEET_TAIL)
    return archive([*_honest(without=SHEET), rows])


def _far_cell() -> bytes:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return workbook(good_rows(), changes={SHEET: _SHEET_HEAD + far + _SHEET_TAIL})


def _macro_book() -> bytes:
    parts = _good_parts()
    types = parts["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    return packed({**parts, "[Content_Types].xml": types, "xl/vbaProject.bin": b"\xcc\x61"})


def _many_parts() -> bytes:
    return archive([*_honest(), *(entry(f"xl/media/{i}.png", b"x") for i in range(3000))])


def _with(**added: bytes) -> bytes:
    return workbook(good_rows(), changes={f"xl/{name}": data for name, data in added.items()})


def _slip() -> bytes:
    odd = {"../../../../zhunsheng-slip.txt": b"x", "/zhunsheng-slip.txt": b"x"}
    return workbook(good_rows(), changes=odd)


@cache
def _good() -> bytes:
    return workbook(good_rows())


GOOD = Case("000", "没有错误：对照文件", "000.xlsx", _good, "accept", good=N_PUPILS)
CASES = (
    GOOD,
    Case("A01", "解压后 1 GiB 的工作表", "A01.xlsx", _bomb, "reject", _BOMB),
    Case("A02", "256 MiB 的共享字符串", "A02.xlsx", _long_string, "reject", _BOMB),
    Case("A03", "压缩包里有三千个部分", "A03.xlsx", _many_parts, "reject", _BOMB),
    Case("A04", "声称 4 KB，实际解压 256 MiB", "A04.xlsx", _lying_size, "reject", _BOMB),
    Case("A05", "实体膨胀在共享字符串", "A05.xlsx", lambda: billion_laughs(STRINGS),
         "reject", _DTD),
    Case("A06", "实体膨胀在工作表", "A06.xlsx", lambda: billion_laughs(SHEET), "reject", _DTD),
    Case("A07", "一个长实体引用许多次", "A07.xlsx", quadratic, "reject", _DTD),
    Case("A08", "外部实体指向服务器上的文件", "A08.xlsx", external_entity, "reject", _DTD),
    Case("A09", "workbook.xml 引用外部 DTD", "A09.xlsx", external_dtd, "reject", _DTD),
    Case("A10", "压缩包内的部分互相重叠", "A10.xlsx", _overlapping, "reject", _BOMB),
    Case("A11", "两个部分同名", "A11.xlsx",
         lambda: archive([*_honest(), entry(SHEET, b"<x/>")]), "reject", ("重名|损坏|压缩",)),
    Case("A12", "网页表格冒充 .xls", "A12.xls", html_table, "reject",
         ("网页|HTML|另存为|格式",)),
    Case("A13", "XML 表格 2003 存为 .xls", "A13.xls", spreadsheet_2003, "reject",
         ("XML|另存为|格式",)),
    Case("A14", "CSV 改名为 .xlsx", "A14.xlsx", lambda: separated().encode("gbk"), "reject",
         ("不是|格式|扩展名|CSV",)),
    Case("A15", "xlsx 改名为 .csv", "A15.csv", _good, "reject", ("不是|格式|扩展名|xlsx",)),
    Case("A16", "旧式 .xls", "A16.xls", lambda: old_workbook(good_rows()),
         "accept-with-warning", ("xls|旧式|格式",), good=N_PUPILS),
    Case("A17", "WPS 表格 .et（旧式）", "A17.et", lambda: old_workbook(good_rows()),
         "accept-with-warning", ("et|WPS|格式",), good=N_PUPILS),
    Case("A18", "扩展名 .et，内容是新式工作簿", "A18.et", _good, "accept-with-warning",
         ("et|WPS|格式",), good=N_PUPILS),
    Case("A19", "设了打开密码的 xlsx", "A19.xlsx", locked_workbook, "reject", ("密码|加密",)),
    Case("A20", "设了打开密码的 xls", "A20.xls", locked_old_workbook, "reject", ("密码|加密",)),
    Case("A21", "带宏的 .xlsm", "A21.xlsm", _macro_book, "reject", ("宏",)),
    Case("A22", ".xlsx 里夹带宏", "A22.xlsx",
         lambda: _with(**{"vbaProject.bin": bytes(512)}), "reject", ("宏",)),
    Case("A23", "截断的 xlsx", "A23.xlsx", lambda: _good()[: len(_good()) // 2], "reject",
         ("损坏|不完整",)),
    Case("A24", "0 字节", "A24.xlsx", bytes, "reject", ("空|没有数据",)),
    Case("A25", "PDF 改名为 .xlsx", "A25.xlsx", pdf, "reject", ("不是|格式|PDF",)),
    Case("A26", "可执行文件改名为 .xls", "A26.xls", program, "reject", ("不是|格式",)),
    Case("A27", "压缩包内的路径向外指", "A27.xlsx", _slip, "reject", ("路径|不安全|非法",)),
    Case("A28", "上传文件名含 ../../", "A28.xlsx", _good, "accept", good=N_PUPILS),
    Case("A29", "最远的单元格 XFD1048576", "A29.xlsx", _far_cell, "reject",
         ("行|列|过多|超过",)),
    Case("A30", "声称的范围是假的", "A30.xlsx", lying_dimension, "accept", good=N_PUPILS),
    Case("A31", "1,048,576 行 × 10 列", "A31.xlsx", _million_rows, "reject",
         ("行|过多|过大|超过",)),
    Case("A32", "16384 列", "A32.xlsx", wide, "reject", ("列|过多|超过",)),
    Case("A33", "只有图片，没有单元格", "A33.xlsx", pictures_only, "reject", ("没有数据|空",)),
    Case("A34", "链接到外部工作簿", "A34.xlsx", with_links, "accept-with-warning",
         ("外部|链接",), good=N_PUPILS),
    Case("A35", "第一张是图表工作表", "A35.xlsx", chart_sheet_first, "accept",
         also_ok=("normalise", "accept-with-warning"), good=N_PUPILS),
    Case("A36", "严格 Open XML 命名空间", "A36.xlsx", strict, "accept", good=N_PUPILS),
    Case("A37", "工作表 XML 不完整", "A37.xlsx",
         lambda: workbook(good_rows(), changes={SHEET: _SHEET_HEAD + b"<row><c>"}), "reject",
         ("损坏|不完整",)),
    Case("A38", "ods 文件改名为 .xlsx", "A38.xlsx", open_document, "reject", ("格式|不是",)),
    Case("A39", "扩展名是 .xls，内容是新式工作簿", "A39.xls", _good, "accept-with-warning",
         ("扩展名|格式",), good=N_PUPILS),
    Case("A40", "只有链接的单元格样式，没有值", "A40.xlsx",
         lambda: workbook([[Cell('s="1"') for _ in range(10)] for _ in range(30)]), "reject",
         ("没有数据|空",)),
)  # fmt: skip
