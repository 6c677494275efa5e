"""Tables as pictures: every row and every letter, in columns that fit side by side."""

import pandas as pd
import plotly.graph_objects as go

from ui.charts.table_picture import WIDTH, table_picture
from ui.table_columns import Column
from ui.theme import LIGHT

SHORT = {"name": Column("School"), "n": Column("n", "count")}


def picture(rows: pd.DataFrame, columns: dict[str, Column]) -> go.Figure:
    return table_picture(rows, columns=columns, missing="not shown", palette=LIGHT)


def test_all_rows_stand_in_the_picture_and_its_height_grows_with_them() -> None:
    rows = pd.DataFrame({"name": [f"第{k}中学" for k in range(30)], "n": range(30)})
    small, large = picture(rows.head(3), SHORT), picture(rows, SHORT)
    assert len(large.data[0].cells["values"][0]) == 30
    assert large.layout.height - small.layout.height == 27 * 32
    assert large.layout.width == WIDTH


def test_a_long_text_is_broken_and_no_letter_of_it_is_lost() -> None:
    text = "现状 × 变化 −0.10 个标准差（阈值 +0.12 个标准差，n = 232）；增值指数 −2.1"
    rows = pd.DataFrame({"name": ["a"], "why": [text]})
    figure = picture(rows, {"name": Column("School"), "why": Column("Why")})
    cell = figure.data[0].cells["values"][1][0]
    assert "<br>" in cell
    assert cell.replace("<br>", "").replace(" ", "") == text.replace(" ", "")
    one_line = picture(rows.assign(why="b"), {"name": SHORT["name"], "why": Column("Why")})
    assert figure.layout.height > one_line.layout.height


def test_a_chinese_column_is_as_wide_as_its_letters() -> None:
    rows = pd.DataFrame({"name": ["演示县第一中学"], "n": [7]})
    name, n = picture(rows, SHORT).data[0].columnwidth
    assert name > 14 * 9
    assert n < name


def test_many_columns_make_a_wider_picture_instead_of_broken_figures() -> None:
    columns = {f"c{k}": Column(f"科目{k}") for k in range(12)}
    rows = pd.DataFrame({name: ["● 20% [14, 27]"] for name in columns})
    figure = picture(rows, columns)
    assert figure.layout.width > WIDTH
    assert all("<br>" not in column[0] for column in figure.data[0].cells["values"])


def test_small_lines_are_left_out() -> None:
    rows = pd.DataFrame({"name": ["a"], "line": [[0.1, 0.2]]})
    figure = picture(rows, {"name": Column("School"), "line": Column("So far", "line")})
    assert len(figure.data[0].cells["values"]) == 1
