"""Growth charts of groups: hidden cells stay hidden whatever else is told, and names do too."""

from collections.abc import Mapping
from dataclasses import asdict

import numpy as np
import pandas as pd
import pytest

from core.disclosure.audit import audit_pattern
from core.disclosure.linear_table import Sum, table_of_sums
from core.errors import SettingsError
from core.suppression import MIN_PUPILS_SHOWN
from data.catalogue import find_exam, units_of
from data.scope import LEADERSHIP, OPERATOR, Scope
from data.store import Store
from pipeline.compute_growth import exam_growth
from pipeline.deidentify import coding_of
from pipeline.demo import LONDON_BASELINE, LONDON_CURRENT
from pipeline.growth_groups import ShownGroups, shown_growth_groups
from pipeline.load_views import list_growth_groups, load_exams, load_growth_chart, load_school
from pipeline.school_groups import groupings_of
from pipeline.views import GrowthChartView, Query
from tests.pipeline.test_deidentify import texts_of, units_below_the_county

LONDON = Query(LONDON_CURRENT, "comprehensive", LONDON_BASELINE, "random_intercept")


def query_of(store: Store, *, grade: int) -> Query:
    """Return the query of the newest exam of a grade."""
    exam = next(e for e in load_exams(LEADERSHIP, store) if e.grade == grade)
    return Query(exam.name, "math", exam.baselines[0], "random_intercept")


def groups_of(scope: Scope, store: Store, query: Query) -> ShownGroups:
    assert query.baseline is not None
    pair = (find_exam(scope, store, name) for name in (query.exam, query.baseline))
    return shown_growth_groups(scope, store, *pair, subject=query.subject)


def chart(
    store: Store, query: Query, unit: str, *, scope: Scope = LEADERSHIP
) -> GrowthChartView:
    return load_growth_chart(scope, store, query, unit)


@pytest.mark.parametrize("grade", [7, 9])
def test_a_school_has_the_figures_of_the_computation(demonstration: Store, grade: int) -> None:
    query = query_of(demonstration, grade=grade)
    assert query.baseline is not None
    pair = [find_exam(LEADERSHIP, demonstration, x) for x in (query.exam, query.baseline)]
    growth = exam_growth(LEADERSHIP, demonstration, *pair, subject="math")
    row = growth.schools.set_index("school").loc["J003"]
    view = chart(demonstration, query, "J003")
    assert view.summary is not None
    assert view.summary.n_pupils == row["n"]
    assert view.summary.mean == round(row["mean"], 1)
    assert view.summary.median == round(row["median"], 1)
    assert view.county_mean == round(growth.mean_percentile, 1)
    assert view.stamp.method == "growth_percentile"
    assert view.stamp.n_linked == growth.n_pupils
    ends = view.curves.groupby("percentile")["start"].agg(["min", "max"])
    assert ends.nunique().tolist() == [1, 1]


@pytest.mark.parametrize("grade", [7, 8, 9])
@pytest.mark.parametrize("table", ["fifths", "bands"])
def test_no_small_cell_can_be_worked_out_from_schools_townships_kinds_and_places(
    demonstration: Store, grade: int, table: str
) -> None:
    """All cells that are told, with all totals, are given to a linear program."""
    query = query_of(demonstration, grade=grade)
    told, whole = (
        getattr(groups_of(scope, demonstration, query), table)
        for scope in (LEADERSHIP, OPERATOR)
    )
    column = "fifth" if table == "fifths" else "band"
    counts = whole.pivot_table(index="unit", columns=column, values="n", fill_value=0)
    is_told = told.dropna(subset=["n"]).set_index(["unit", column]).index
    cells = {
        (str(unit), str(place)): float(n)
        for unit, row in counts.to_dict("index").items()
        for place, n in row.items()
    }
    units = units_of(demonstration, find_exam(LEADERSHIP, demonstration, query.exam).county)
    sums = list(sums_of(counts, cells, groupings_of(units)))
    dark = np.array(
        [(u, int(p)) not in is_told if p.isdigit() and u != "county" else False
         for u, p in cells]
    )  # fmt: skip
    audit = audit_pattern(table_of_sums(cells, sums=sums), hidden=dark)
    small = [cell for cell in audit.cells if cell[0] in set(counts.index)]
    assert len(small) > 3
    assert not audit.is_recovered.any()


def sums_of(
    counts: pd.DataFrame,
    cells: dict[tuple[str, str], float],
    groupings: Mapping[str, pd.Series],
) -> list[Sum]:
    """Return every total that a reader knows, and put its count among the cells."""
    places = [str(place) for place in counts.columns]
    schools = [u for u in counts.index if u in next(iter(groupings.values())).index]
    sums: list[Sum] = []
    for unit in counts.index:
        cells[(unit, "all")] = sum(cells[(unit, place)] for place in places)
        sums.append(((unit, "all"), tuple((unit, place) for place in places)))
    for place in places:
        cells[("county", place)] = sum(cells[(school, place)] for school in schools)
        sums.append((("county", place), tuple((school, place) for school in schools)))
        for of in groupings.values():
            for unit, members in of.reindex(schools).dropna().groupby(of):
                sums.append(((str(unit), place), tuple((s, place) for s in members.index)))
    return sums


@pytest.mark.parametrize("grade", [7, 9])
def test_no_cell_that_is_told_has_fewer_pupils_than_may_be_shown(
    demonstration: Store, grade: int
) -> None:
    query = query_of(demonstration, grade=grade)
    for unit in list_growth_groups(LEADERSHIP, demonstration, query.exam)["unit"]:
        view = chart(demonstration, query, str(unit))
        for table in (view.fifths, view.bands):
            assert table["n"].dropna().min() >= MIN_PUPILS_SHOWN
            dark = table[table["status"] == "suppressed"]
            figures = dark.columns.difference(["fifth", "band", "county_share", "status"])
            assert dark[figures].isna().all(axis=None)


def test_the_fifths_of_a_school_are_hidden_as_on_its_own_page(demonstration: Store) -> None:
    query = query_of(demonstration, grade=9)
    for school in ("J001", "J006", "J012"):
        fifths = chart(demonstration, query, school).fifths
        starts = load_school(LEADERSHIP, demonstration, school, query).starts
        assert fifths["n"].isna().tolist() == starts["n"].isna().tolist()
        assert fifths["n"].dropna().tolist() == starts["n"].dropna().tolist()


def test_a_hidden_school_has_no_figure_and_says_so(demonstration: Store) -> None:
    found = groups_of(LEADERSHIP, demonstration, LONDON)
    hidden = found.groups.loc[found.groups["status"] == "suppressed", "unit"]
    assert len(hidden) >= 2
    for unit in hidden:
        view = chart(demonstration, LONDON, str(unit))
        assert (view.status, view.summary) == ("suppressed", None)
        assert view.fifths.empty
        assert len(view.curves)


def test_without_a_baseline_the_view_says_why(demonstration: Store) -> None:
    query = query_of(demonstration, grade=9)
    view = chart(demonstration, Query(query.exam, "math", None, "random_intercept"), "J003")
    assert view.why is not None
    assert "基线" in view.why[1]
    assert view.curves.empty


def test_who_sees_one_school_sees_no_other_group(demonstration: Store) -> None:
    query = query_of(demonstration, grade=9)
    mine = Scope("school", schools=("J003",))
    assert list_growth_groups(mine, demonstration, query.exam)["unit"].tolist() == ["J003"]
    view = chart(demonstration, query, "J003", scope=mine)
    assert view.summary == chart(demonstration, query, "J003").summary
    for other in ("J004", "T01", "locale=town", "none"):
        with pytest.raises(SettingsError, match="No group of pupils"):
            chart(demonstration, query, other, scope=mine)


def test_a_coded_chart_names_no_unit(demonstration: Store) -> None:
    query = query_of(demonstration, grade=9)
    coding = coding_of(LEADERSHIP, demonstration)
    secret = units_below_the_county(demonstration)
    groups = list_growth_groups(LEADERSHIP, demonstration, query.exam)
    coded = coding.answered(groups)
    assert not texts_of(coded) & secret
    assert coded["kind"].tolist() == groups["kind"].tolist()
    for unit in ("J003", "T01"):
        view = coding.answered(chart(demonstration, query, unit))
        assert not texts_of(asdict(view)) & secret
        assert coding.asked((query, view.unit))[1] == unit
