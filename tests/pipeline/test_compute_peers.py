"""Peers of an exam: the nearest in intake, size and type; hidden schools are none."""

import numpy as np
import pandas as pd
import pytest

from core.peers import Peers
from data.catalogue import ExamRelease, find_exam, units_of
from data.home import Home
from data.scope import LEADERSHIP
from data.store import Store
from pipeline.compute_peers import PEERS_PER_SCHOOL, exam_peers
from pipeline.compute_value_added import exam_value_added, request_for
from pipeline.hidden_units import hidden_in_pair
from tests.small_county import FEW, SMALL_SCHOOLS, SmallExam, make_cohort

BEFORE, AFTER = "入学测", "期末"
MATH = "math"


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Give a county whose cohort sat two exams; school A has six pupils."""
    home = Home(tmp_path_factory.mktemp("peers") / "store")
    return make_cohort(home, FEW, before=BEFORE, after=AFTER)


def exams(store: Store) -> tuple[ExamRelease, ExamRelease]:
    return find_exam(LEADERSHIP, store, AFTER), find_exam(LEADERSHIP, store, BEFORE)


def peers_of(store: Store) -> Peers:
    found = exam_peers(LEADERSHIP, store, *exams(store), MATH)
    assert isinstance(found, Peers)
    return found


def test_a_hidden_school_has_no_peers_and_is_none(county: Store) -> None:
    hidden = hidden_in_pair(LEADERSHIP, county, *exams(county)) & set(SMALL_SCHOOLS)
    found = peers_of(county)
    assert "A" in hidden
    assert not hidden & set(found.pairs["school"])
    assert not hidden & set(found.pairs["peer"])
    assert not hidden & set(found.schools["school"])


def test_every_other_school_has_its_peers_nearest_first(county: Store) -> None:
    found = peers_of(county)
    assert (found.schools["status"] == "ok").all()
    by_school = found.pairs.groupby("school")
    assert (by_school.size() == PEERS_PER_SCHOOL).all()
    assert by_school["distance"].is_monotonic_increasing.all()


def test_the_distance_is_that_of_prior_mean_and_size(county: Store) -> None:
    exam, baseline = exams(county)
    rows = exam_value_added(
        LEADERSHIP, county, request_for(exam, baseline, subject=MATH)
    ).schools.set_index("school")
    found = peers_of(county)
    rows = rows.loc[found.schools["school"]]
    prior, size = rows["prior_mean"], pd.Series(np.log(rows["n_sat"].astype(float)))
    pair = found.pairs.iloc[0]
    apart = [
        (value[pair["school"]] - value[pair["peer"]]) / value.std(ddof=0)
        for value in (prior, size)
    ]
    assert set(units_of(county, exam.county)["school_type"].dropna()) == set()
    assert pair["distance"] == pytest.approx(np.sqrt(apart[0] ** 2 + 0.5 * apart[1] ** 2))


def test_too_few_schools_say_so_in_both_languages(home: Home) -> None:
    made = SmallExam({"D": 40, "E": 50, "F": 60})
    store = make_cohort(home, made, before=BEFORE, after=AFTER)
    why = exam_peers(LEADERSHIP, store, *exams(store), MATH)
    assert isinstance(why, tuple)
    assert "No comparison group has 6 schools" in why[0]
    assert "没有比较组具有 6 所" in why[1]
