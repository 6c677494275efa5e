"""Growth charts, starts and years on the screen: sentences, tables, and what is not shown."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pipeline.views import (
    DifferentialView,
    GroupSummary,
    GrowthChartView,
    ValueAddedYearsView,
)
from tests.ui.made_views import MADE_COUNTY, MADE_STAMP
from ui.growth_sentences import bands_finding, group_name, growth_finding
from ui.several_years_sentences import several_years_finding
from ui.start_gap_sentences import all_together, start_gaps_finding
from ui.text import Words
from ui.theme import LIGHT
from ui.widgets.value_added_growth import bands_figure, chart_figure, fifths_table
from ui.widgets.value_added_starts import gaps_figure, gaps_table
from ui.widgets.value_added_years import drawn_schools, years_figure, years_table

EN, ZH = Words("en"), Words("zh")
SUMMARY = GroupSummary(171, 2, 56.2, 52.0, 60.4, 57.0, 50.0, 64.0, "above")


def make_chart() -> GrowthChartView:
    """Return a township with one hidden fifth, a small one and one hidden band."""
    curves = [(p, x, x + p / 5) for p in (10, 25, 50, 75, 90) for x in (20.0, 60.0, 100.0)]
    fifths = {
        "fifth": [1, 2, 3],
        "n": pd.array([40, 12, None], dtype="Int64"),
        "start": [40.0, 60.0, np.nan],
        "measure": ["median", "mean", None],
        "estimate": [55.0, 72.0, np.nan],
        "low": [50.0, 66.0, np.nan],
        "high": [60.0, 78.0, np.nan],
        "typical": [50.0, 70.0, np.nan],
        "status": ["ok", "ok", "suppressed"],
    }
    bands = {
        "band": range(1, 6),
        "n": pd.array([20, 30, None, 40, 60], dtype="Int64"),
        "share": [0.117, 0.175, np.nan, 0.234, 0.351],
        "low": [0.08, 0.13, np.nan, 0.18, 0.284],
        "high": [0.17, 0.24, np.nan, 0.30, 0.425],
        "county_share": 0.2,
        "status": ["ok", "ok", "suppressed", "ok", "ok"],
    }
    return GrowthChartView(
        stamp=replace(MADE_STAMP, method="growth_percentile"),
        path=(MADE_COUNTY,),
        unit="T01",
        kind="township",
        name="<第1镇>",
        status="ok",
        why=None,
        summary=SUMMARY,
        county_mean=49.8,
        curves=pd.DataFrame(curves, columns=["percentile", "start", "score"]),
        fifths=pd.DataFrame(fifths),
        bands=pd.DataFrame(bands),
        warnings=(),
    )


def make_differential(n: int = 4) -> DifferentialView:
    """Return schools of which the first does more for low starts and the last is hidden."""
    known = np.arange(n) < n - 1
    figures = {
        f"{side}_{name}": np.where(known, value, np.nan)
        for side in ("lowest", "highest")
        for name, value in (("estimate", 0.1), ("low", -0.1), ("high", 0.3), ("n", 40.0))
    }
    schools = pd.DataFrame(
        {
            "school": [f"S{k}" for k in range(n)],
            "name": [f"第{k + 1}学校" for k in range(n)],
            "township": None,
            **figures,
            "difference": np.where(known, 0.2, np.nan),
            "diff_low": np.where(known, -0.1, np.nan),
            "diff_high": np.where(known, 0.5, np.nan),
            "q_value": np.where(known, 0.4, np.nan),
            "flag": ["low_more", *["none"] * (n - 2), None],
            "status": ["ok"] * (n - 1) + ["suppressed"],
        }
    )
    return DifferentialView(
        MADE_STAMP, (MADE_COUNTY,), schools, 5, n - 1, 1, 1, 0.03, 0.12, None
    )


def make_years(n: int = 3) -> ValueAddedYearsView:
    """Return schools over two years, the last of them hidden."""
    exams = pd.DataFrame(
        {"exam": ["2026", "2025"], "baseline": "b", "weight": [3.0, 2.0], "status": "ok"}
    )
    estimate = np.append(np.linspace(0.4, -0.4, n - 1), np.nan)
    schools = pd.DataFrame(
        {
            "school": [f"S{k}" for k in range(n)],
            "name": [f"第{k + 1}学校" for k in range(n)],
            "township": "第1镇",
            "estimate": estimate,
            "low": estimate - 0.1,
            "high": estimate + 0.1,
            "verdict": ["well_above", *["as_expected"] * (n - 2), None],
            "missing": "",
            "status": ["ok"] * (n - 1) + ["suppressed"],
        }
    )
    single = pd.DataFrame(
        {"school": list(schools["school"]) * 2, "exam": ["2026"] * n + ["2025"] * n}
    ).assign(estimate=[*estimate, *(estimate - 0.05)])
    return ValueAddedYearsView(MADE_STAMP, (MADE_COUNTY,), exams, schools, single)


@pytest.mark.parametrize(
    ("side", "said"), [("above", "further"), ("below", "less far"), ("within", "about as far")]
)
def test_a_group_is_told_by_its_interval_beside_the_county(side: str, said: str) -> None:
    view = replace(make_chart(), summary=replace(SUMMARY, side=side))
    finding = growth_finding(view, words=EN)
    assert said in finding
    assert "56.2 [52.0, 60.4]; county 49.8" in finding
    nothing = growth_finding(replace(view, summary=None), words=ZH)
    assert nothing == "<第1镇>，数学：没有可显示的成长数据"


def test_groups_of_a_kind_or_place_are_named_as_such() -> None:
    assert group_name("locale", "town", words=EN) == "schools by place: town"
    assert group_name("school_type", "镇初中", words=ZH) == "镇初中类学校"


def test_bands_name_the_ends_and_say_where_one_is_hidden() -> None:
    bands = make_chart().bands
    assert "1–20: 11.7% of the pupils; 81–99: 35.1%" in bands_finding(bands, words=EN)
    hidden = bands.assign(share=bands["share"].where(bands["band"] > 1))
    assert "1–20: not shown" in bands_finding(hidden, words=EN)


def test_the_chart_has_five_curves_with_their_number_and_a_mark_for_each_shown_fifth() -> None:
    figure = chart_figure(make_chart(), words=EN).draw(LIGHT)
    curves, marks = figure.data[:5], figure.data[5:]
    assert all(curve.mode == "lines" for curve in curves)
    assert [note.text for note in figure.layout.annotations] == ["10", "25", "50", "75", "90"]
    assert [list(mark.x) for mark in marks] == [[40.0], [60.0]]
    assert marks[0].marker.symbol != marks[1].marker.symbol


def test_the_notes_tell_hidden_fifths_and_what_the_interval_leaves_out() -> None:
    notes = " ".join(chart_figure(make_chart(), words=EN).caption.notes)
    assert "1 fifth is not shown" in notes
    assert "Pupils of 2 schools" in notes
    table = fifths_table(make_chart(), words=EN)
    assert table.rows["measure"].tolist()[:2] == ["median", "mean"]
    assert table.rows["status"].str.startswith("hidden").tolist() == [False, False, True]
    sheet = bands_figure(make_chart(), words=EN).sheet
    assert sheet is not None
    assert sheet.rows["name"].iloc[0] == "percentile 81–99"


def test_starts_count_both_sides_and_say_whether_schools_differ_at_all() -> None:
    view = make_differential()
    assert "of 3 schools, 1 clearly do more for low" in start_gaps_finding(view, words=EN)
    calm = replace(view, n_flagged=0, p_all=0.4)
    assert "没有一所" in start_gaps_finding(calm, words=ZH)
    assert "beyond chance (p = 0.030)" in all_together(view, words=EN)
    assert "no more than chance" in all_together(calm, words=EN)
    assert all_together(replace(view, p_all=None), words=EN) == ""


def test_a_hidden_school_has_no_mark_and_reads_not_shown() -> None:
    view = make_differential()
    figure = gaps_figure(view, words=EN).draw(LIGHT)
    codes = [c[0] for trace in figure.data[1:] for c in trace.customdata]
    assert codes == ["S0", "S1", "S2"]
    rows = gaps_table(view, words=EN).rows
    assert rows["flag"].iloc[-1] == "not shown"
    assert rows["difference"].isna().iloc[-1]
    many = gaps_figure(make_differential(60), words=EN)
    assert any("only those that are flagged" in note for note in many.caption.notes)


def test_years_show_each_year_and_leave_the_middle_of_many_schools_to_the_table() -> None:
    view = make_years()
    assert "2 school years together: of 2 schools, 1 add" in several_years_finding(
        view, words=EN
    )
    figure = years_figure(view, words=EN).draw(LIGHT)
    assert [trace.name for trace in figure.data[-2:]] == ["2026", "2025"]
    rows = years_table(view, words=EN).rows
    assert rows["year 1"].round(2).tolist()[:2] == [0.35, -0.45]
    assert rows["verdict"].str.startswith("hidden").tolist() == [False, False, True]
    drawn, n = drawn_schools(make_years(101).schools)
    assert (len(drawn), n) == (45, 100)
    assert drawn["estimate"].abs().min() > 0.15


def shown_script() -> None:
    """Show the three parts from made views, and what each says without figures."""
    from dataclasses import replace as other

    from tests.ui.widgets import test_value_added_growth as made
    from ui.text import Words
    from ui.widgets.value_added_growth import show_growth
    from ui.widgets.value_added_starts import show_start_gaps
    from ui.widgets.value_added_years import show_several_years

    words = Words("en")
    show_growth(made.make_chart(), words=words)
    show_start_gaps(made.make_differential(), words=words)
    years = made.make_years()
    show_several_years(years, words=words)
    show_growth(other(made.make_chart(), summary=None, status="suppressed"), words=words)
    show_start_gaps(other(made.make_differential(), n_compared=0), words=words)
    show_several_years(other(years, exams=years.exams.head(1)), words=words)


def test_the_parts_open_and_say_plainly_what_they_cannot_show() -> None:
    app = AppTest.from_function(shown_script, default_timeout=30).run()
    assert not app.exception
    said = [info.value for info in app.info]
    assert "is not shown: hidden" in said[0]
    assert "No school can be compared by start" in said[1]
    assert said[2].startswith("Only one school year of this grade is known")
    assert len(app.dataframe) == 3
