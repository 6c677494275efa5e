"""The page of checks knows every check, and no check that does not exist."""

import ast
import re
from pathlib import Path

from data.checks.screening import STAGES

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "howto" / "checks.md").read_text(encoding="utf-8")
ROWS = [line.split("|")[1:-1] for line in PAGE.splitlines() if line.startswith("| `")]
DOCUMENTED = [name for cells in ROWS for name in re.findall(r"`(\w+)`", cells[0])]
FOLDERS = ("data/checks", "data/importers", "data/dataset_kinds", "pipeline")
SEVERITIES = ("error", "warning", "note")
STAGED = [check.__name__.removeprefix("check_") for _, checks in STAGES for check in checks]


def test_every_check_has_its_row_in_the_order_of_the_stages() -> None:
    assert [name for name in DOCUMENTED if name in STAGED] == STAGED


def test_no_check_is_documented_twice() -> None:
    assert len(DOCUMENTED) == len(set(DOCUMENTED))


def ids_of(path: Path) -> set[str]:
    """Return the checks that a file names where it makes its findings."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            found |= {named(k.value) for k in node.keywords if k.arg == "check"}
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            texts = [named(a) for a in node.args[:2]]
            if texts and texts[0] in SEVERITIES:
                found |= set(texts[1:])
            elif texts and name in {"refuse", "_warning"}:
                found.add(texts[0])
        elif isinstance(node, ast.Tuple) and len(node.elts) == 3:
            # Words of a check: its name, Chinese, English.
            first, *texts = [named(e) for e in node.elts]
            if re.search(r"[\u4e00-\u9fff]", ast.unparse(node.elts[1])):
                found.add(first)
        elif isinstance(node, ast.FunctionDef):
            pairs = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
            found |= {named(default) for own, default in pairs if own.arg == "check"}
    return {name for name in found if re.fullmatch(r"[a-z]+(?:_[a-z0-9]+)*", name)}


def named(node: ast.expr | None) -> str:
    value = node.value if isinstance(node, ast.Constant) else ""
    return value if isinstance(value, str) else ""


def test_every_check_that_a_finding_names_is_documented() -> None:
    """The checks of a whole store are documented in docs/howto/audit.md."""
    found = {
        name: path.name
        for folder in FOLDERS
        for path in (ROOT / folder).glob("*.py")
        if not path.name.startswith("verify")
        for name in ids_of(path)
    }
    assert len(found) > 90
    assert {name: found[name] for name in found if name not in DOCUMENTED} == {}


def test_every_documented_check_exists() -> None:
    source = "".join(
        path.read_text(encoding="utf-8") for f in FOLDERS for path in (ROOT / f).glob("*.py")
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
