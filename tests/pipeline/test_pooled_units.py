"""Village schools with their centre school by exact sums, and the cases of a township."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from core.simulation.spec import CountySpec
from core.value_added import compute_value_added
from data.cases import NewCase, NewStep, Status, add_case, add_step, steps_of
from data.catalogue import find_exam, units_of
from data.home import Home
from data.scope import LEADERSHIP, OPERATOR
from data.store import Store, open_store_at
from pipeline.command_line.answer import as_json
from pipeline.command_line.view import plain
from pipeline.compute_value_added import exam_value_added
from pipeline.deidentify import coding_of
from pipeline.demo import build_demonstration
from pipeline.exam_statistics import populations_of
from pipeline.link_exams import link_exams
from pipeline.load_views import list_townships
from pipeline.pooled_units import centre_school_pools
from tests.pipeline.townships import query_of, request_of, view_of

VILLAGES = CountySpec(n_primary=14, n_junior=0, n_years=1, size_factor=2.0)
"""Two county schools, nine centre schools and three villages, each with its centre school."""


@pytest.fixture(scope="module")
def villages(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Give a county of primary schools, three townships of which have a village school."""
    store = open_store_at(Home(tmp_path_factory.mktemp("villages")))
    build_demonstration(store, spec=VILLAGES)
    return store


def test_townships_with_their_centre_schools_can_be_chosen(villages: Store) -> None:
    units = list_townships(LEADERSHIP, villages, query_of(villages, grade=4).exam)
    assert list(units["township"])[:4] == ["T01", "Z01", "T02", "Z02"]
    assert len(units) == 18
    assert str(units["name"].iloc[1]).startswith("青禾演示镇 › ")


def test_with_codes_neither_township_nor_centre_school_is_named(villages: Store) -> None:
    coding = coding_of(LEADERSHIP, villages)
    listed = list_townships(LEADERSHIP, villages, query_of(villages, grade=4).exam)
    told = coding.answered(listed)
    for code, name in zip(told["township"], told["name"], strict=True):
        assert set(name.split(" › ")) <= set(coding.codes)
        assert name.split(" › ")[-1] == code
    query = query_of(villages, grade=4)
    units = units_of(villages, find_exam(LEADERSHIP, villages, query.exam).county)
    names = units.loc[units["level"] != "county", "name"]
    view = as_json(plain(coding.answered(view_of(villages, query, "T01", pooled=True))))
    assert not [name for name in names if name in view]


def test_village_schools_are_pooled_by_their_sums(villages: Store) -> None:
    query = query_of(villages, grade=4)
    request = request_of(villages, query)
    pools = dict(centre_school_pools(units_of(villages, request.current.county)))
    moments = link_exams(OPERATOR, villages, request.current, request.baseline)
    moments = moments[moments["subject"] == "math"].drop(columns="subject")
    moments["school"] = moments["school"].map(pools).fillna(moments["school"])
    sums = moments.groupby("school", as_index=False).sum()
    sums.insert(0, "subject", "math")
    current = populations_of(OPERATOR, villages, request.current, ["math"])["math"]
    past = populations_of(OPERATOR, villages, request.baseline, ["math"])["math"]
    expected = compute_value_added(
        sums.astype({"subject": "str", "school": "str"}),
        current=current,
        priors=(("数学", past),),
        spec=request.spec,
    ).schools.set_index("school")
    view = view_of(villages, query, "T01", pooled=True)
    assert view.pooled
    (row,) = view.schools.to_dict("records")
    assert (row["unit"], row["level"], row["n_schools"]) == ("Z01", "centre_school", 2)
    for column in ("estimate", "low", "high"):
        assert row[column] == pytest.approx(expected.loc["Z01", column], abs=0.006)
    assert row["n"] == expected.loc["Z01", "n"]


def test_methods_by_joint_histograms_pool_the_same_pupils(villages: Store) -> None:
    request = request_of(villages, query_of(villages, grade=4))
    pools = centre_school_pools(units_of(villages, request.current.county))
    spec = replace(request.spec, method="prior_group")
    single, pooled = (
        exam_value_added(OPERATOR, villages, replace(request, spec=spec, counted_as=counted_as))
        for counted_as in ((), pools)
    )
    n = single.schools.set_index("school")["n"]
    own = [school for school, centre in pools if centre == "Z01"]
    found = pooled.schools.set_index("school")
    assert set(own).isdisjoint(found.index)
    assert int(found["n"]["Z01"]) == int(n[own].sum())
    assert pooled.n_pupils == single.n_pupils


def test_pooled_levels_are_those_of_all_pupils_together(villages: Store) -> None:
    query = query_of(villages, grade=4)
    single, pooled = (
        view_of(villages, query, "T01", pooled=on, scope=OPERATOR) for on in (False, True)
    )
    assert single.can_pool
    assert not single.pooled
    assert len(single.schools) == 2
    weights = single.schools["n_sat"].astype(float)
    mean = np.average(single.schools["z"], weights=weights)
    assert pooled.schools["z"].iloc[0] == pytest.approx(mean, abs=0.011)
    assert pooled.schools["n_sat"].iloc[0] == weights.sum()
    shares = pooled.bottom20[pooled.bottom20["subject"] == "math"]
    assert list(shares["unit"]) == ["T01", "Z01"]
    assert shares["estimate"].iloc[0] == shares["estimate"].iloc[1]


def test_open_cases_come_by_their_due_day_and_closed_ones_do_not(
    villages: Store,
) -> None:
    query = query_of(villages, grade=4)
    school = str(view_of(villages, query, "T01").schools["unit"].iloc[0])
    county = find_exam(OPERATOR, villages, query.exam).county

    def case(unit: str, due: date | None) -> int:
        new = NewCase(county, unit, f"问题 {unit}", "预警", "说明", owner="张三", due_on=due)
        return add_case(villages, new, actor="李四")

    case(school, date(2026, 8, 1))
    case("T01", date(2026, 6, 1))
    case("T05", date(2026, 6, 1))
    done = case(school, None)
    steps: tuple[tuple[Status, str], ...] = (
        ("in_progress", "李四"),
        ("submitted", "张三"),
        ("closed", "王五"),
    )
    for status, actor in steps:
        step = NewStep(newest_step(villages, done), status, "进展")
        add_step(OPERATOR, villages, done, step, actor=actor)
    view = view_of(villages, query, "T01")
    assert view.cases["unit"].tolist() == ["T01", school]
    assert view.cases["is_overdue"].tolist() == [True, False]
    due = next(r for r in view.remarks if r.code == "township_cases")
    assert due.values == {"count": 2, "overdue": 1}


def newest_step(store: Store, case: int) -> int:
    return steps_of(OPERATOR, store, case)[-1].id
