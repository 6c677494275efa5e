"""What the tests of large sheets share."""

import pytest

from data.importers import spreadsheet
from data.importers.large_sheet import read_large_sheet


@pytest.fixture
def by_vectors(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Treat every sheet as large; the list tells whether vectors read it in the end."""
    seen: list[bool] = []

    def watched(*args: object, **options: object) -> object:
        found = read_large_sheet(*args, **options)  # type: ignore[arg-type]
        seen.append(found is not None)
        return found

    monkeypatch.setattr(spreadsheet, "_LARGE", 0)
    monkeypatch.setattr("data.importers.large_sheet.read_large_sheet", watched)
    return seen
