"""House rules that no other tool keeps: lengths, names, scopes, what the docs promise."""

import ast
import importlib.metadata
import re
import sys
from pathlib import Path

import pytest

from core.tables import TABLES

ROOT = Path(__file__).resolve().parents[1]
LAYERS = ("core", "data", "pipeline", "ui", "pages")
MAX_LINES, MAX_PAGE_LINES = 300, 120
MODULES = sorted(
    path
    for top in (*LAYERS, "bench", "tests", "app.py")
    for path in ([ROOT / top] if top.endswith(".py") else (ROOT / top).rglob("*.py"))
)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_file_grows_for_ever(path: Path) -> None:
    limit = MAX_PAGE_LINES if path.parent.name == "pages" else MAX_LINES
    assert len(path.read_text(encoding="utf-8").splitlines()) <= limit


def test_every_package_of_the_project_stands_in_the_layers_contract() -> None:
    packages = {p.parent.name for p in ROOT.glob("*/__init__.py")} - {"bench"}
    modules = {p.stem for p in ROOT.glob("*.py")}
    assert (packages, modules) == (set(LAYERS), {"app"})


def test_no_module_of_the_interface_hides_an_installed_one() -> None:
    """The server puts ``ui/`` first on the path: a file ``ui/numbers.py`` would win."""
    installed = set(importlib.metadata.packages_distributions()) - set(LAYERS)
    taken = installed | set(sys.stdlib_module_names)
    own = {p.stem for folder in ("ui", "pages") for p in (ROOT / folder).glob("*")}
    assert {name for name in own if name.isidentifier() and name != "__init__"} & taken == set()


@pytest.mark.parametrize("path", sorted((ROOT / "pages").glob("*.py")), ids=name_of)
def test_no_page_holds_a_chinese_word(path: Path) -> None:
    assert not re.search(r"[\u4e00-\u9fff]", path.read_text(encoding="utf-8"))


def functions_of(path: Path) -> list[ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in tree.body if isinstance(node, ast.FunctionDef)]


def test_every_cached_or_public_loader_takes_the_scope_first() -> None:
    loaders = [
        f
        for path in (ROOT / "pipeline" / "load_views").glob("*.py")
        for f in functions_of(path)
        if not f.name.startswith("_")
    ]
    loaders += [
        f
        for path in (ROOT / "ui" / "state").glob("*.py")
        for f in functions_of(path)
        if any("cache_data" in ast.unparse(d) for d in f.decorator_list)
    ]
    assert len(loaders) >= 5
    assert {f.name for f in loaders if f.args.args[0].arg != "scope"} == set()


def test_the_glossary_knows_the_columns_of_the_figures() -> None:
    glossary = (ROOT / "docs" / "GLOSSARY.md").read_text(encoding="utf-8")
    shared = {"row", "line", "column", "text", "kind", "n", "position", "score", "name", "code"}
    for table in TABLES:
        if table.name in ("INDICATORS", "SCHOOL_EFFECTS", "UNITS"):
            missing = {c for c in table.names if c not in shared and f"`{c}`" not in glossary}
            assert missing == set(), table.name


def test_both_readmes_show_the_same_commands() -> None:
    blocks = [
        re.findall(r"```bash\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL)[
            :2
        ]
        for name in ("README.md", "README.zh-CN.md")
    ]
    assert blocks[0] == blocks[1]
    assert "requirements.txt" in blocks[0][0]
    assert "pytest" in blocks[0][1]


@pytest.mark.parametrize("path", sorted(ROOT.glob("*.md")) + sorted(ROOT.glob("docs/**/*.md")),
                         ids=name_of)  # fmt: skip
def test_links_of_the_documents_lead_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_every_pinned_requirement_carries_a_hash() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        pins = [i for i, line in enumerate(lines) if re.match(r"^[a-z0-9]", line)]
        assert len(pins) > 20
        assert [lines[i] for i in pins if "==" not in lines[i]] == []
        assert [lines[i] for i in pins if "--hash=sha256:" not in lines[i + 1]] == []


def test_every_page_of_methods_stands_in_their_index() -> None:
    folder = ROOT / "docs" / "methods"
    listed = set(re.findall(r"\]\((\w+)\.md\)", (folder / "README.md").read_text("utf-8")))
    assert listed == {page.stem for page in folder.glob("*.md")} - {"README"}
