"""A figure is the same in the picture, in the table, in the file and on the command line."""

import base64
import io
import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from numbers import Real
from typing import Any

import numpy as np
import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from data.store import Store
from pipeline.__main__ import DONE, main
from tests.pages.conftest import OpenPage
from tests.pages.same_numbers.cases import CASES, VIEWS, Case
from ui.sheets import Sheet, workbook_of
from ui.stamp import Caption
from ui.text import Words
from ui.widgets.cells import offer_cells
from ui.widgets.figure import Figure, show_below

MISSING = "not shown"
BESIDE = {
    "caterpillar": "school_table",
    "quadrant": "school_table",
    "gaps": "gap_table",
    "estimators_verdicts": "estimators_schools",
    "estimators_pairs": "estimators_pairs_table",
    "item_map": "item_table",
    "school_points": "school_point_table",
    "township_gaps": "township_levels",
    "class_progress": "class_progress_table",
}
"""Charts whose figures stand in a table on the same page."""

PLANES = ("quadrant", "township_quadrant", "funnel")
"""Charts whose points are figures along both axes."""

SLOPES = ("weights_moves", "estimators_order")
"""Charts whose figures are heights alone: places left and right."""

NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Saved:
    """The cells of a table as they are saved, and what is said above them."""

    sheet: Sheet
    caption: Caption


@dataclass
class Offered:
    """What a page offers below its charts and tables, by key, in the order of the page."""

    charts: dict[str, Figure] = field(default_factory=dict)
    tables: dict[str, Saved] = field(default_factory=dict)

    def sheet(self, key: str) -> Sheet:
        """Return the cells of a chart, or of the table beside it."""
        if key in self.tables:
            return self.tables[key].sheet
        return self.charts[key].sheet or self.tables[BESIDE[key]].sheet


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> Offered:
    """Give what the page that is opened next offers."""
    found = Offered()

    def record_chart(figure: Figure, *, words: Words) -> None:
        found.charts[figure.key] = figure
        show_below(figure, words=words)

    def record_table(sheet: Sheet, *, caption: Caption, key: str, words: Words) -> None:
        found.tables[key] = Saved(sheet, caption)
        offer_cells(sheet, caption=caption, key=key, words=words)

    monkeypatch.setattr("ui.widgets.figure.show_below", record_chart)
    monkeypatch.setattr("ui.widgets.table.offer_cells", record_table)
    return found


@pytest.mark.parametrize(("page", "address"), VIEWS)
def test_picture_table_file_and_command_say_the_same(
    open_page: OpenPage,
    offered: Offered,
    demonstration_store: Store,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    page: str,
    address: tuple[tuple[str, str], ...],
) -> None:
    app = open_page(page, lang="en", **dict(address))
    assert not app.exception
    for key, cells in tables_of(app, list(offered.tables)).items():
        for row, saved in zip(cells, saved_cells(offered.tables[key]), strict=True):
            assert row == saved, key
    for key, chart in charts_of(app, list(offered.charts)).items():
        compare_chart(chart, offered.sheet(key), key)
    monkeypatch.setattr("pipeline.command_line.view.open_store", lambda: demonstration_store)
    exam = str(app.selectbox(key="exam").value)
    for case in CASES:
        if (case.page, tuple(sorted(case.address.items()))) == (page, address):
            rows = said_by(case, exam, capsys)
            sheet = offered.sheet(case.key)
            assert shown_rows(sheet, case) == told_rows(rows, case), case.key


def saved_cells(figure: Saved) -> list[dict[str, object]]:
    """Return the cells of the file, by the names of the columns."""
    content = workbook_of(figure.sheet, figure.caption, missing=MISSING, link=None)
    page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    rows = list(page.iter_rows(values_only=True))
    titles = [column.title for column in figure.sheet.columns.values()]
    top = next(k for k, row in enumerate(rows) if list(row[: len(titles)]) == titles)
    assert any(fact in str(rows[1][0]) for fact in ("rules", "release"))
    names = list(figure.sheet.columns)
    below = rows[top + 1 : top + 1 + len(figure.sheet.rows)]
    cells = [dict(zip(names, row, strict=False)) for row in below]
    assert not [c for row in cells for c in row.values() if c is None]
    return [{name: _cell(value) for name, value in row.items()} for row in cells]


def tables_of(app: AppTest, keys: list[str]) -> dict[str, list[dict[str, object]]]:
    """Return the cells of the tables on the page by key, which are given in their order."""
    tables = [
        [
            {str(name): _cell(value) for name, value in row.items()}
            for row in table.value.to_dict("records")
        ]
        for table in app.dataframe
    ]
    return dict(zip(keys, tables, strict=True))


def charts_of(app: AppTest, keys: list[str]) -> dict[str, dict[str, Any]]:
    """Return the charts on the page by key, as their JSON."""
    charts = app.get("plotly_chart")
    assert len(charts) == len(keys)
    return {
        key: json.loads(chart.proto.spec)
        for key in keys
        for chart in charts
        if chart.proto.id.endswith(f"-{key}")
    }


def compare_chart(chart: dict[str, Any], sheet: Sheet, key: str) -> None:
    """Require that every point with whiskers is a row of the sheet, and so are its ends."""
    told = {
        number
        for name in sheet.columns
        for value in sheet.shown[name]
        for number in numbers_in(value)
    }
    scale = 100.0 if _is_percent(chart) else 1.0
    n_points = 0
    for trace in chart["data"]:
        for axis in ("x", "y"):
            if f"error_{axis}" not in trace:
                continue
            values = _array(trace[axis])
            up, down = (_array(trace[f"error_{axis}"][end]) for end in ("array", "arrayminus"))
            for value, above, below in zip(values, up, down, strict=True):
                if value is None or math.isnan(value):
                    continue
                n_points += 1
                for end in (value, value + above, value - below):
                    assert math.isnan(end) or round(scale * end, 4) in told, (key, end)
    if "customdata" in json.dumps(chart) and not n_points:
        axes = ("x", "y") if key in PLANES else ("y",) if key in SLOPES else ("x",)
        drawn = [trace for trace in chart["data"] if "customdata" in trace]
        points = [v for trace in drawn for axis in axes for v in _array(trace[axis])]
        assert all(math.isnan(v) or round(scale * v, 4) in told for v in points), key


def said_by(case: Case, exam: str, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """Return the rows of the command's table that the page shows."""
    view, table, *options = case.call
    capsys.readouterr()
    assert main(["view", view, "--exam", exam, "--table", table, *options]) == DONE
    answer = json.loads(capsys.readouterr().out)
    assert {"release", "rule_version", "n_pupils"} <= set(answer["stamp"])
    return [
        row
        for row in answer[table]
        if all(row[name] == value for name, value in case.only.items())
    ]


def shown_rows(sheet: Sheet, case: Case) -> list[tuple[float, ...]]:
    """Return the numbers of each row of the sheet; rows without any are left out."""
    rows = sheet.shown[list(case.columns)].to_dict("records")
    numbers = [tuple(n for v in row.values() for n in numbers_in(v)) for row in rows]
    return sorted(row for row in numbers if row)


def told_rows(rows: list[dict[str, Any]], case: Case) -> list[tuple[float, ...]]:
    """Return the numbers of each row of the command, in the order of the sheet."""
    names = [name for own in case.columns.values() for name in own]
    numbers = [
        tuple(
            round((100.0 if name in case.percent else 1.0) * float(row[name]), 4)
            for name in names
            if row[name] is not None
        )
        for row in rows
    ]
    return sorted(row for row in numbers if row)


def numbers_in(value: object) -> Iterator[float]:
    """Give the numbers of a cell, which may be a text such as an interval."""
    if isinstance(value, str):
        text = value.replace("\N{MINUS SIGN}", "-").replace("\N{EN DASH}", " ")
        yield from (round(float(n), 4) for n in NUMBER.findall(text.replace(",", "")))
    elif isinstance(value, Real) and math.isfinite(value):
        yield round(float(value), 4)


def _is_percent(chart: dict[str, Any]) -> bool:
    axes = [chart["layout"].get(axis, {}).get("tickformat", "") for axis in ("xaxis", "yaxis")]
    return any("%" in str(text) for text in axes)


def _array(values: Any) -> list[float]:
    if isinstance(values, dict):
        found = np.frombuffer(base64.b64decode(values["bdata"]), dtype=values["dtype"])
        return [float(v) for v in found]
    return [math.nan if v is None else float(v) for v in values]


def _cell(value: object) -> object:
    """Return a cell so that what is missing compares equal, whatever holds it."""
    if isinstance(value, list | np.ndarray):
        return tuple(numbers_in("; ".join(f"{v:+.2f}" for v in value)))
    if value is None or value == MISSING or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, str):
        return tuple(numbers_in(value)) or value
    return round(float(value), 6) if isinstance(value, int | float | np.number) else None
