"""Tutorials: every notebook is stored bare and runs; its figures are those of the pages."""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient

from data.home import HOME_VARIABLE, Home
from data.scope import RESEARCHER
from data.store import open_store_at
from pipeline.deidentify import coding_of
from pipeline.load_views import load_leadership, load_weighting
from pipeline.views import LeadershipView, Query

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "docs" / "tutorials").glob("*.ipynb"))
ONE_EXAM = ROOT / "docs" / "tutorials" / "one_exam.ipynb"
LONGEST_SECONDS = 300

TOLD = """
import json
print(json.dumps({
    "exam": exam,
    "baseline": baseline,
    "effects": effects[["school", "n", "estimate", "low", "high"]].to_dict("list"),
    "gauge": dict(zip(gauge["method"], gauge["r"])),
    "n_marks": len(caterpillar.data[0].x),
    "weights": weights[["indicator", "nominal", "effective"]].to_dict("list"),
    "counted": counted.query("level == 'school' and subject == 'total'")[
        ["unit", "indicator", "estimate"]
    ].dropna().to_dict("list"),
    "n_in_bands": int(bands["n_pupils"].sum()),
}))
"""
"""A last cell that says what the notebook holds."""


@pytest.fixture(scope="module")
def quiet_kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep the kernel's files off the machine, and its imports on this checkout."""
    folder = tmp_path_factory.mktemp("kernel")
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR"):
            patch.setenv(variable, str(folder / variable.lower()))
        patch.setenv("PYTHONPATH", str(ROOT))
        yield folder


@pytest.fixture(scope="module")
def run(quiet_kernel: Path, demonstration_home: Path) -> dict[Path, Any]:  # noqa: ARG001
    """Run every notebook once on the demonstration county, with a last cell."""
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME_VARIABLE, str(demonstration_home))
        for path in NOTEBOOKS:
            notebook = nbformat.read(path, as_version=4)
            if path == ONE_EXAM:
                notebook.cells.append(nbformat.v4.new_code_cell(TOLD, id="told"))
            client = NotebookClient(notebook, timeout=LONGEST_SECONDS, kernel_name="python3")
            found[path] = client.execute(cwd=str(path.parent))
    return found


@pytest.fixture(scope="module")
def told(run: dict[Path, Any]) -> dict[str, Any]:
    """Give what the notebook of one exam holds at its end."""
    output = run[ONE_EXAM].cells[-1].outputs[0]["text"]
    return dict(json.loads(output))


@pytest.fixture(scope="module")
def view(told: dict[str, Any], demonstration_home: Path) -> LeadershipView:
    """Give the page of the county about the same exam, with codes in place of names."""
    store = open_store_at(Home(demonstration_home))
    query = Query(told["exam"], "total", told["baseline"], "contextual")
    named = load_leadership(RESEARCHER, store, query)
    return coding_of(RESEARCHER, store).answered(named)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_is_stored_without_outputs_and_places_of_a_machine(path: Path) -> None:
    text, notebook = path.read_text(encoding="utf-8"), nbformat.read(path, as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(cells) >= 5
    assert [cell for cell in cells if cell.outputs or cell.execution_count is not None] == []
    assert not re.search(r"/(home|tmp|root|Users|work)/|[A-Z]:\\\\", text)
    assert sys.prefix not in text


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_links_of_a_notebook_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_runs_and_warns_of_nothing(path: Path, run: dict[Path, Any]) -> None:
    outputs = [output for cell in run[path].cells for output in cell.get("outputs", [])]
    assert [o for o in outputs if o.output_type == "error"] == []
    assert [o["text"] for o in outputs if o.get("name") == "stderr"] == []


def test_its_value_added_is_that_of_the_page(
    told: dict[str, Any], view: LeadershipView
) -> None:
    columns = ["n", "estimate", "low", "high"]
    found = pd.DataFrame(told["effects"]).set_index("school").sort_index()
    page = view.schools.set_index("school").sort_index()
    pd.testing.assert_frame_equal(found[columns], page[columns], check_dtype=False)
    assert told["n_marks"] == (page["status"] == "ok").sum() >= 10
    assert told["gauge"]["contextual"] == view.model.fairness_r


def test_its_weights_are_nominal_and_decide_otherwise(told: dict[str, Any]) -> None:
    weights = pd.DataFrame(told["weights"]).set_index("indicator")
    assert weights["nominal"].to_dict() == pytest.approx(
        {"total.mean": 0.30, "total.pass_rate": 0.35, "total.excellent_rate": 0.35}
    )
    assert weights["effective"].sum() == pytest.approx(1)
    assert (weights["effective"] - weights["nominal"]).abs().max() > 0.05


def test_what_its_weights_act_on_are_the_figures_of_the_bench(
    told: dict[str, Any], demonstration_home: Path
) -> None:
    store = open_store_at(Home(demonstration_home))
    query = Query(told["exam"], "total", told["baseline"], "contextual")
    bench = coding_of(RESEARCHER, store).answered(load_weighting(RESEARCHER, store, query))
    page = bench.figures.set_index("school")
    counted = pd.DataFrame(told["counted"])
    for name in ("mean", "pass_rate", "excellent_rate"):
        own = counted[counted["indicator"] == name].set_index("unit")["estimate"]
        assert own.to_dict() == page[f"total.{name}"].dropna().to_dict()
        assert len(own) >= 10


def test_it_shows_pictures_and_a_refusal(run: dict[Path, Any], view: LeadershipView) -> None:
    outputs = [o for cell in run[ONE_EXAM].cells for o in cell.get("outputs", [])]
    pictures = [o for o in outputs if "application/vnd.plotly.v1+json" in o.get("data", {})]
    assert len(pictures) == 4
    said = "".join(o["text"] for o in outputs if o.get("name") == "stdout")
    assert "角色“researcher”" in said
    assert view.stamp.n_pupils is not None


def test_its_bands_hold_every_pupil_with_a_total(
    told: dict[str, Any], view: LeadershipView
) -> None:
    assert told["n_in_bands"] == view.stamp.n_pupils
