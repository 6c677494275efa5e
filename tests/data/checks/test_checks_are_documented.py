"""The page of checks knows every check, and no check that does not exist."""

import re
from pathlib import Path

from data.checks.screening import STAGES

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "howto" / "checks.md").read_text(encoding="utf-8")
ROWS = [line.split("|")[1:-1] for line in PAGE.splitlines() if line.startswith("| `")]
DOCUMENTED = [name for cells in ROWS for name in re.findall(r"`(\w+)`", cells[0])]
STAGED = [check.__name__.removeprefix("check_") for _, checks in STAGES for check in checks]


def test_every_check_has_its_row_in_the_order_of_the_stages() -> None:
    assert [name for name in DOCUMENTED if name in STAGED] == STAGED


def test_no_check_is_documented_twice() -> None:
    assert len(DOCUMENTED) == len(set(DOCUMENTED))


def test_every_documented_check_exists() -> None:
    folders = ("data/checks", "data/importers", "pipeline")
    source = "".join(
        path.read_text(encoding="utf-8") for f in folders for path in (ROOT / f).glob("*.py")
    )
    gone = [n for n in DOCUMENTED if n not in STAGED and f'"{n}"' not in source]
    assert gone == []


def test_every_row_says_how_grave_it_is_and_what_to_do() -> None:
    for name, severity, meaning, remedy in ROWS:
        assert set(severity.strip().split(", ")) <= {"error", "warning", "note"}, name
        assert len(meaning.strip()) > 10, name
        assert len(remedy.strip()) > 4, name


def test_the_severities_of_the_page_are_those_of_the_code() -> None:
    """Severities that a check's own file writes out must stand in its row."""
    told = {
        name: {part.strip() for part in cells[1].split(",")}
        for cells in ROWS
        for name in re.findall(r"`(\w+)`", cells[0])
    }
    for name in STAGED:
        source = (ROOT / "data" / "checks" / f"{name}.py").read_text(encoding="utf-8")
        written = set(re.findall(r'"(error|warning|note)"', source)) - {"error"}
        assert written <= told[name], name


def test_there_are_more_than_thirty_checks() -> None:
    assert len(STAGED) > 30
