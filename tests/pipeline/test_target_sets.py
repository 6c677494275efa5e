"""Targets: proposed, approved by another person, and what an exam reached of them."""

import argparse
import re
from datetime import date
from pathlib import Path

import pytest

from core.errors import SettingsError
from core.suppression import MIN_PUPILS_SHOWN
from data.catalogue import find_exam
from data.home import HOME_VARIABLE, Home
from data.scope import LEADERSHIP, OPERATOR
from data.store import Store
from pipeline.command_line import targets as command
from pipeline.command_line.parser import parse
from pipeline.decide import make_official
from pipeline.load_views import load_exams, load_targets
from pipeline.organisation import LOCAL_COUNTY
from pipeline.target_sets import (
    list_target_sets,
    official_targets,
    propose_targets,
    read_targets,
)
from pipeline.view_parts import shown_indicators
from pipeline.views import Query, TargetsView
from tests.small_county import FEW, SmallExam, make_county, submission_of

NINTH = date(2026, 6, 28)


def a_target(indicator: str = "pass_rate", **settings: object) -> str:
    """Return a target as a file has it; numbers as TOML writes them."""
    values = {
        "grades": "[9]",
        "subject": '"s0"',
        "indicator": f'"{indicator}"',
        "id": '"one"',
        "version": '"1"',
        "title": '{ zh = "目标甲", en = "target one" }',
        "base_year": "2025",
        "baseline": "40",
        "steps": "[5, 6, 7]",
        "unit": '"points"',
        "basis": '"from_baseline"',
        "better": '"higher"',
        "scale": '"rate"',
        **settings,
    }
    return "[[target]]\n" + "\n".join(f"{key} = {value}" for key, value in values.items())


def make_targets(store: Store, content: str, *, valid_from: date = date(2026, 1, 1)) -> int:
    """Let one person propose and another approve."""
    number = propose_targets(
        OPERATOR, store, LOCAL_COUNTY, content, reason="plan", actor="zhang"
    )
    make_official(OPERATOR, store, number, actor="li", valid_from=valid_from)
    return number


@pytest.fixture
def county(tmp_path: Path) -> Store:
    """Give a county with two exams of one cohort."""
    return make_county(
        Home(tmp_path / "store"),
        submission_of(FEW, "八年级", day=date(2025, 6, 28), grade=8, seed=1),
        submission_of(FEW, "九年级", day=NINTH, grade=9, seed=2),
    )


def query_of(store: Store, exam: str = "九年级") -> Query:
    return Query(exam, first_subject(store, exam), None, "random_intercept")


def first_subject(store: Store, exam: str) -> str:
    choice = next(e for e in load_exams(LEADERSHIP, store) if e.name == exam)
    return choice.subjects[0].code


def loaded(store: Store, content: str | None, exam: str = "九年级") -> TargetsView:
    if content is not None:
        subject = first_subject(store, exam)
        make_targets(store, content.replace('"s0"', f'"{subject}"'))
    return load_targets(LEADERSHIP, store, query_of(store, exam))


def test_the_figures_are_those_of_the_county(county: Store) -> None:
    view = loaded(county, a_target())
    row = view.rows.iloc[0]
    query = query_of(county)
    exam = find_exam(LEADERSHIP, county, "九年级")
    figures = shown_indicators(LEADERSHIP, county, exam, subject=query.subject)
    own = figures[
        (figures["indicator"] == "pass_rate") & figures["unit"].str.startswith("county")
    ].iloc[0]
    assert row["actual"] == pytest.approx(100 * own["estimate"], abs=0.0501)
    assert (row["low"], row["high"]) == pytest.approx(
        (100 * own["low"], 100 * own["high"]), abs=0.0501
    )
    assert row["target"] == 45.0
    assert row["gap"] == pytest.approx(45.0 - row["actual"], abs=0.051)
    assert row["way"] == pytest.approx((row["actual"] - 40) / 5, abs=0.0011)
    assert (row["final"], row["final_year"], row["n_pupils"]) == (47.0, 2028, own["n_pupils"])
    assert view.target_set is not None
    assert (view.target_set.number, view.target_set.approved_by) == (1, "li")


@pytest.mark.parametrize(("baseline", "verdict"), [("1", "reached"), ("70", "missed")])
def test_the_verdict_holds_figure_and_interval_against_the_target(
    county: Store, baseline: str, verdict: str
) -> None:
    row = loaded(county, a_target(baseline=baseline, steps="[1, 2, 3]")).rows.iloc[0]
    assert row["verdict"] == verdict
    assert (row["pupils"] > 0) == (verdict == "missed")
    assert (row["slope"] > 0) == (verdict == "missed")


def test_a_miss_within_the_interval_is_not_called_one(county: Store) -> None:
    actual = loaded(county, a_target()).rows.iloc[0]["actual"]
    content = a_target(unit='"level"', steps=f"[{actual + 0.2:.1f}, 99, 99]", baseline="1")
    row = loaded(county, content).rows.iloc[0]
    assert (row["verdict"], row["reached" if "reached" in row else "verdict"]) == (
        "near",
        "near",
    )
    assert row["gap"] == pytest.approx(0.2, abs=0.051)


def test_where_lower_is_better_the_way_runs_down(county: Store) -> None:
    content = a_target(
        "low_rate", unit='"level"', steps="[50, 50, 50]", baseline="90", better='"lower"'
    )
    row = loaded(county, content).rows.iloc[0]
    assert row["way_low"] <= row["way"] <= row["way_high"]
    assert row["way"] == pytest.approx((90 - row["actual"]) / 40, abs=0.0011)


def test_a_target_that_is_the_baseline_has_no_way(county: Store) -> None:
    row = loaded(county, a_target(unit='"level"', steps="[40, 40, 40]")).rows.iloc[0]
    assert row["way"] != row["way"]
    assert row["verdict"] in ("reached", "near", "missed")


def test_pupils_are_those_of_the_shown_gap_not_of_the_exact_count(county: Store) -> None:
    row = loaded(county, a_target(baseline="85")).rows.iloc[0]
    least = row["gap"] * row["n_pupils"] / 100
    assert least - 1e-9 <= row["pupils"] < least + 1


def test_other_grades_years_subjects_and_figures_are_told_apart(county: Store) -> None:
    content = "\n".join([a_target(), a_target(subject='"astronomy"', id='"two"')])
    view = loaded(county, content + "\n" + a_target("no_such_rate", id='"three"'))
    assert list(view.rows["status"]) == ["ok", "not_given"]
    before = loaded(county, None, "八年级")
    assert before.rows.empty
    assert before.target_set is None
    assert before.year == 2025


def test_a_set_holds_from_its_day_on_and_the_newest_wins(county: Store) -> None:
    make_targets(county, a_target())
    make_targets(county, a_target(baseline="1"), valid_from=date(2026, 5, 1))
    make_targets(county, a_target(baseline="2"), valid_from=date(2026, 12, 1))
    propose_targets(OPERATOR, county, LOCAL_COUNTY, a_target(), reason="r", actor="wang")
    found = official_targets(LEADERSHIP, county, LOCAL_COUNTY, on=NINTH)
    assert found is not None
    assert float(found.targets[0].plan.baseline) == 1.0
    assert official_targets(LEADERSHIP, county, LOCAL_COUNTY, on=date(2025, 1, 1)) is None


def test_a_county_of_few_pupils_shows_no_figure(tmp_path: Path) -> None:
    few = SmallExam({"A": 4, "B": MIN_PUPILS_SHOWN - 5})
    store = make_county(
        Home(tmp_path / "few"), submission_of(few, "九年级", day=NINTH, grade=9, seed=2)
    )
    row = loaded(store, a_target()).rows.iloc[0]
    assert row["status"] == "suppressed"
    figures = ["actual", "low", "high", "gap", "way", "way_low", "way_high", "pupils", "slope"]
    assert row[[*figures, "verdict"]].isna().all()


def test_a_rate_that_is_told_as_a_range_has_no_interval(tmp_path: Path) -> None:
    best = SmallExam({"A": 40, "B": 41}, best={"A": 40, "B": 41})
    store = make_county(
        Home(tmp_path / "best"), submission_of(best, "九年级", day=NINTH, grade=9, seed=2)
    )
    row = loaded(store, a_target()).rows.iloc[0]
    assert row["status"] == "coded"
    assert row[["actual", "low", "high", "way_low", "way_high", "verdict"]].isna().all()


@pytest.mark.parametrize(
    ("content", "said"),
    [("target = ", "no TOML"), ("a = 1", "Setting target is missing"), ("", "target")],
)
def test_what_is_no_target_set_is_not_kept(county: Store, content: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        propose_targets(OPERATOR, county, LOCAL_COUNTY, content, reason="r", actor="zhang")
    assert list_target_sets(OPERATOR, county, LOCAL_COUNTY) == ()


def test_the_help_shows_a_file_that_is_taken() -> None:
    shown = re.search(r"  \[\[target\]\]\n(.+?)\n\n", command.DESCRIPTION, re.DOTALL)
    assert shown
    (target,) = read_targets(shown[0].replace("\n  ", "\n").strip())
    assert target.plan.id == "junior_pass"


def run(*options: str) -> bool:
    found: argparse.Namespace = parse(["targets", *options])
    return command.run(found)


def test_the_command_proposes_lists_and_approves(
    county: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(county.home.root))
    file = tmp_path / "targets.toml"
    file.write_text(a_target(), encoding="utf-8")
    assert run()
    assert "没有目标" in capsys.readouterr().out
    assert run("--propose", str(file), "--by", "张三", "--reason", "三年计划")
    assert "编号 1" in capsys.readouterr().out
    with pytest.raises(SettingsError, match="张三"):
        run("--approve", "1", "--by", "张三", "--from", "2026-01-01")
    assert run("--approve", "1", "--by", "李四", "--from", "2026-01-01")
    assert "自 2026-01-01 起生效" in capsys.readouterr().out
    assert run()
    said = capsys.readouterr().out
    assert "official" in said
    assert "李四" in said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--propose", "none.toml", "--by", "a", "--reason", "r"), "no file 'none.toml'"),
        (("--propose", "none.toml", "--by", "a"), "--reason is missing"),
        (("--approve", "7", "--by", "a", "--from", "2026-01-01"), "no target set 7"),
        (("--approve", "7", "--by", "a"), "--from is missing"),
    ],
)
def test_a_call_that_lacks_something_says_what(
    county: Store,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(county.home.root))
    with pytest.raises(SettingsError, match=said):
        run(*options)
