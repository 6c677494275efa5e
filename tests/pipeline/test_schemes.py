"""Weight schemes: saved, approved by another person, and what weak schools are screened by."""

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from core.errors import NotEstimableError, SettingsError
from core.weak_schools import DEFAULT_INDICATORS
from core.weighting.scheme import IndicatorTree, Leaf, Node, WeightScheme
from data.catalogue import find_exam
from data.home import Home
from data.policy_versions import retire_policy
from data.scope import LEADERSHIP, OPERATOR, Scope
from data.store import Store, open_store_at
from pipeline.compute_weak_schools import exam_weak_schools
from pipeline.load_views import list_exam_schemes, load_exams, load_weak_schools, load_weighting
from pipeline.schemes import (
    Scheme,
    approve_scheme,
    find_scheme,
    list_schemes,
    official_scheme,
    read_scheme,
    save_scheme,
    scheme_text,
    submit_scheme,
    withdraw_scheme,
)
from pipeline.screening import Screening, screening_for
from pipeline.views import Query, SchemeLabel

TREE = IndicatorTree(
    (
        Leaf("value_added", "total", 0.6),
        Node(
            "levels", 0.4, (Leaf("z", "total", 0.75), Leaf("low_rate", "total", 0.25, "lower"))
        ),
    )
)
SCHEME = WeightScheme("增值为主", "1", "office", "plan of three years", "", TREE)


@pytest.fixture
def county(demonstration_home: Path, tmp_path: Path) -> Store:
    """Give an own copy of the demonstration."""
    shutil.copytree(demonstration_home, tmp_path / "own")
    return open_store_at(Home(tmp_path / "own"))


@pytest.fixture
def query(county: Store) -> Query:
    exam = next(e for e in load_exams(LEADERSHIP, county) if e.grade == 9)
    return Query(exam.name, "total", exam.baselines[0], "random_intercept")


@pytest.fixture
def code(county: Store, query: Query) -> str:
    return find_exam(LEADERSHIP, county, query.exam).county


def make_official(store: Store, county: str, scheme: WeightScheme, *, valid_from: date) -> int:
    """Let one person write and another approve."""
    number = save_scheme(LEADERSHIP, store, county, scheme, actor="zhang")
    submit_scheme(LEADERSHIP, store, number, county=county, actor="zhang")
    approve_scheme(LEADERSHIP, store, number, county=county, actor="li", valid_from=valid_from)
    return number


def test_a_saved_scheme_is_the_next_version_of_its_name(county: Store, code: str) -> None:
    first = save_scheme(LEADERSHIP, county, code, SCHEME, actor="zhang")
    second = save_scheme(LEADERSHIP, county, code, SCHEME, actor="wang")
    found = list_schemes(LEADERSHIP, county, code)
    assert [s.policy.id for s in found] == [second, first]
    assert [s.weights.version for s in found] == ["2", "1"]
    assert [s.weights.author for s in found] == ["wang", "zhang"]
    assert [str(s.label) for s in found] == ["增值为主 #2", "增值为主 #1"]
    assert all(s.weights.tree == TREE for s in found)


@pytest.mark.parametrize("scheme", [replace(SCHEME, name=" "), replace(SCHEME, reason=" ")])
def test_a_scheme_without_name_or_reason_is_not_saved(
    county: Store, code: str, scheme: WeightScheme
) -> None:
    with pytest.raises(SettingsError, match="signs"):
        save_scheme(LEADERSHIP, county, code, scheme, actor="zhang")
    assert list_schemes(LEADERSHIP, county, code) == ()


def test_weak_schools_are_screened_by_the_scheme_of_the_exams_day(
    county: Store, query: Query, code: str
) -> None:
    exam = find_exam(LEADERSHIP, county, query.exam)
    before = load_weak_schools(LEADERSHIP, county, query)
    later = make_official(county, code, SCHEME, valid_from=exam.held_on + timedelta(days=1))
    same = load_weak_schools(LEADERSHIP, county, query)
    assert same.stamp.scheme == SchemeLabel()
    pd.testing.assert_frame_equal(same.schools, before.schools)

    number = make_official(county, code, SCHEME, valid_from=exam.held_on)
    after = load_weak_schools(LEADERSHIP, county, query)
    assert after.stamp.scheme == SchemeLabel(number, "增值为主", 2, exam.held_on)
    assert not after.schools["estimate"].equals(before.schools["estimate"])
    nominal = after.indicators.set_index("indicator")["nominal"]
    assert nominal.to_dict() == pytest.approx({"value_added": 0.6, "z": 0.3, "low_rate": 0.1})

    former = load_weak_schools(LEADERSHIP, county, replace(query, scheme=0))
    pd.testing.assert_frame_equal(former.schools, before.schools)
    assert former.stamp.scheme == SchemeLabel()
    offered = list_exam_schemes(LEADERSHIP, county, query.exam)
    assert offered.holds.id == number
    assert [s.id for s in offered.offered] == [number, later, 0]


def test_the_screening_by_a_scheme_is_that_of_its_weights_given_by_hand(
    county: Store, query: Query, code: str
) -> None:
    """The default written down as a scheme gives the default's figures."""
    leaves = tuple(
        Leaf(i.name, "total", i.weight, "higher" if i.higher_is_better else "lower")
        for i in DEFAULT_INDICATORS
    )
    exam = find_exam(LEADERSHIP, county, query.exam)
    baseline = find_exam(LEADERSHIP, county, str(query.baseline))
    plain = exam_weak_schools(OPERATOR, county, exam, baseline=baseline)
    written = replace(SCHEME, tree=IndicatorTree(leaves))
    number = make_official(county, code, written, valid_from=exam.held_on)
    found = exam_weak_schools(OPERATOR, county, exam, baseline=baseline, scheme=number)
    columns = ["school", "rank", "rank_low", "rank_high", "candidate"]
    pd.testing.assert_frame_equal(found.schools[columns], plain.schools[columns])
    assert found.schools["p_bottom20"].to_numpy() == pytest.approx(
        plain.schools["p_bottom20"].to_numpy(), nan_ok=True
    )


def test_without_a_baseline_the_other_weights_keep_their_proportions(
    county: Store, query: Query, code: str
) -> None:
    exam = find_exam(LEADERSHIP, county, query.exam)
    make_official(county, code, SCHEME, valid_from=exam.held_on)
    by = screening_for(LEADERSHIP, county, exam)
    rest = {i.name: i.weight for i in by.without_value_added()}
    assert rest == pytest.approx({"z": 0.75, "low_rate": 0.25})


def test_value_added_alone_cannot_screen_without_a_baseline() -> None:
    alone = Screening((DEFAULT_INDICATORS[1],), SchemeLabel())
    with pytest.raises(NotEstimableError, match="value-added alone"):
        alone.without_value_added()


@pytest.mark.parametrize(
    ("scheme", "said"),
    [
        (replace(SCHEME, normalisation="share_of_best"), "share_of_best"),
        (replace(SCHEME, normalisation="rank", aggregation="geometric"), "geometric"),
        (replace(SCHEME, tree=IndicatorTree((Leaf("z", "math", 1.0),))), "math"),
        (replace(SCHEME, tree=IndicatorTree((Leaf("median", "total", 1.0),))), "median"),
    ],
)
def test_what_cannot_screen_is_kept_as_a_draft_but_not_submitted(
    county: Store, code: str, scheme: WeightScheme, said: str
) -> None:
    number = save_scheme(LEADERSHIP, county, code, scheme, actor="zhang")
    with pytest.raises(SettingsError, match=said):
        submit_scheme(LEADERSHIP, county, number, county=code, actor="zhang")
    assert find_scheme(LEADERSHIP, county, code, number).policy.status == "draft"


def test_the_author_cannot_approve_and_others_cannot_withdraw(county: Store, code: str) -> None:
    number = save_scheme(LEADERSHIP, county, code, SCHEME, actor="zhang")
    submit_scheme(LEADERSHIP, county, number, county=code, actor="zhang")
    with pytest.raises(SettingsError, match="second person"):
        approve_scheme(
            LEADERSHIP, county, number, county=code, actor="zhang", valid_from=date(2026, 1, 1)
        )
    with pytest.raises(SettingsError, match="alone can take it back"):
        withdraw_scheme(LEADERSHIP, county, number, county=code, actor="li")
    withdraw_scheme(LEADERSHIP, county, number, county=code, actor="zhang")
    assert find_scheme(LEADERSHIP, county, code, number).policy.status == "retired"


def test_an_official_scheme_is_locked(county: Store, code: str) -> None:
    number = make_official(county, code, SCHEME, valid_from=date(2020, 1, 1))
    with pytest.raises(SettingsError, match="official"):
        withdraw_scheme(LEADERSHIP, county, number, county=code, actor="zhang")
    with pytest.raises(SettingsError, match="official"):
        submit_scheme(LEADERSHIP, county, number, county=code, actor="zhang")


def test_a_retired_scheme_holds_no_longer(county: Store, code: str) -> None:
    number = make_official(county, code, SCHEME, valid_from=date(2020, 1, 1))
    held = official_scheme(LEADERSHIP, county, code, on=date(2026, 1, 1))
    assert isinstance(held, Scheme)
    assert held.policy.id == number
    retire_policy(county, number, actor="li")
    assert official_scheme(LEADERSHIP, county, code, on=date(2026, 1, 1)) is None


@pytest.mark.parametrize("role", ["township", "school", "clerk"])
def test_only_who_may_draft_saves(county: Store, code: str, role: str) -> None:
    with pytest.raises(SettingsError, match="may not draft"):
        save_scheme(Scope(role), county, code, SCHEME, actor="zhang")  # type: ignore[arg-type]


def test_a_scheme_of_another_number_is_refused_with_those_that_are(
    county: Store, query: Query, code: str
) -> None:
    number = save_scheme(LEADERSHIP, county, code, SCHEME, actor="zhang")
    with pytest.raises(SettingsError, match=rf"no weight scheme 99 \(there are: {number}\)"):
        load_weak_schools(LEADERSHIP, county, replace(query, scheme=99))


def test_exported_withdrawn_and_imported_it_gives_equal_results(
    county: Store, query: Query, code: str
) -> None:
    first = save_scheme(LEADERSHIP, county, code, SCHEME, actor="zhang")
    text = scheme_text(find_scheme(LEADERSHIP, county, code, first).weights)
    withdraw_scheme(LEADERSHIP, county, first, county=code, actor="zhang")
    second = save_scheme(LEADERSHIP, county, code, read_scheme(text), actor="zhang")
    exam = find_exam(LEADERSHIP, county, query.exam)
    found = [
        screening_for(LEADERSHIP, county, exam, asked=n).indicators for n in (first, second)
    ]
    assert found[0] == found[1]
    assert find_scheme(LEADERSHIP, county, code, second).weights.tree == TREE


@pytest.mark.parametrize("text", ["x", "name = 1", "[parts]\n"])
def test_what_is_no_scheme_is_refused(text: str) -> None:
    with pytest.raises(SettingsError):
        read_scheme(text)


def test_the_bench_begins_with_the_scheme_of_the_exams_day(
    county: Store, query: Query, code: str
) -> None:
    exam = find_exam(LEADERSHIP, county, query.exam)
    number = make_official(county, code, SCHEME, valid_from=exam.held_on)
    view = load_weighting(LEADERSHIP, county, replace(query, subject="math"))
    assert view.holds.label.id == number
    assert {leaf.key: leaf.weight for leaf in view.holds.weights.tree.leaves} == pytest.approx(
        {"math.value_added": 0.6, "math.z": 0.3, "math.low_rate": 0.1}
    )
    assert [p.label.name for p in view.presets] == [None, "两率一分"]
