"""What the parts around the sheets tell: names, visibility, formats, links."""

import posixpath
import zipfile
from dataclasses import dataclass, field

from data.importers.cell_styles import CellStyles, read_cell_styles
from data.importers.container import refuse_damaged
from data.importers.file_kind import refuse_macro
from data.importers.xml_part import Budget, local, scan_part


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One sheet as the workbook lists it."""

    name: str
    path: str
    is_hidden: bool


@dataclass(slots=True)
class WorkbookParts:
    """Facts that the sheets' own XML does not hold.

    Attributes
    ----------
    sheets : list of SheetPart
        In the order of the tabs.
    styles : CellStyles
        Formats that change what a number means.
    has_external : bool
        The book points to other workbooks or data connections.
    """

    sheets: list[SheetPart] = field(default_factory=list)
    styles: CellStyles = field(default_factory=CellStyles)
    has_external: bool = False


def read_parts(archive: zipfile.ZipFile, *, budget: Budget) -> WorkbookParts:
    """Read the workbook's structure parts.

    Raises
    ------
    RefusedError
        When a part is damaged, or declares macros.
    """
    names = {name.lower(): name for name in archive.namelist()}
    _check_content_type(archive, names["[content_types].xml"], budget=budget)
    targets = _targets(archive, names.get("xl/_rels/workbook.xml.rels"), budget=budget)
    parts = WorkbookParts(
        sheets=_sheets(archive, names["xl/workbook.xml"], targets=targets, budget=budget),
        has_external=any(
            name.startswith("xl/externallinks/") or name == "xl/connections.xml"
            for name in names
        ),
    )
    if "xl/styles.xml" in names:
        parts.styles = read_cell_styles(archive, names["xl/styles.xml"], budget=budget)
    return parts


def _check_content_type(archive: zipfile.ZipFile, name: str, *, budget: Budget) -> None:
    types: list[str] = []
    scan_part(
        archive,
        name,
        on_start=lambda _, attrs: types.append(attrs.get("ContentType", "")),
        budget=budget,
    )
    if any("macroenabled" in kind.lower() for kind in types):
        refuse_macro()


def _targets(archive: zipfile.ZipFile, name: str | None, *, budget: Budget) -> dict[str, str]:
    targets: dict[str, str] = {}

    def on_start(element: str, attrs: dict[str, str]) -> None:
        if local(element) == "Relationship":
            path = attrs.get("Target", "")
            absolute = path[1:] if path.startswith("/") else posixpath.join("xl", path)
            targets[attrs.get("Id", "")] = posixpath.normpath(absolute)

    if name is None:
        refuse_damaged()
    scan_part(archive, name, on_start=on_start, budget=budget)
    return targets


def _sheets(
    archive: zipfile.ZipFile, name: str, *, targets: dict[str, str], budget: Budget
) -> list[SheetPart]:
    sheets: list[SheetPart] = []

    def on_start(element: str, attrs: dict[str, str]) -> None:
        if local(element) == "sheet":
            key = next((v for k, v in attrs.items() if local(k) == "id"), "")
            hidden = attrs.get("state", "visible") != "visible"
            sheets.append(SheetPart(attrs.get("name", ""), targets.get(key, ""), hidden))

    scan_part(archive, name, on_start=on_start, budget=budget)
    return sheets
