"""The warning board: bands of the verb, hidden schools listed and nothing else of them."""

from datetime import date

import pytest

from core.errors import SettingsError
from data.catalogue import find_exam
from data.home import Home
from data.scope import LEADERSHIP, Scope
from data.store import Store
from pipeline.compute_bands import exam_before
from pipeline.demo import LONDON_BASELINE, LONDON_CURRENT
from pipeline.hidden_units import hidden_in_exam
from pipeline.load_views import (
    load_exams,
    load_funnel,
    load_status_grid,
    load_warning_board,
    load_warning_reasons,
)
from pipeline.shown_judgements import shown_bands
from pipeline.views import Query
from tests.small_county import FEW, make_county, submission_of

LONDON = Query(LONDON_CURRENT, "comprehensive", LONDON_BASELINE, "random_intercept")


def newest(store: Store, *, subject: str = "math") -> Query:
    """Return the query of the newest exam of the ninth grade."""
    exam = next(e for e in load_exams(LEADERSHIP, store) if e.grade == 9)
    return Query(exam.name, subject, exam.baselines[0], "random_intercept")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, Query]:
    """Give a county with one exam, in which a school has six pupils."""
    exam = submission_of(FEW, "期末", day=date(2026, 6, 28), grade=9)
    store = make_county(Home(tmp_path_factory.mktemp("few") / "store"), exam)
    subject = load_exams(LEADERSHIP, store)[0].subjects[0].code
    return store, Query("期末", subject, None, "random_intercept")


def test_the_board_holds_every_band_of_the_verb_most_serious_first(
    demonstration: Store,
) -> None:
    query = newest(demonstration)
    board = load_warning_board(LEADERSHIP, demonstration, query)
    exam = find_exam(LEADERSHIP, demonstration, query.exam)
    shown = shown_bands(
        LEADERSHIP,
        demonstration,
        exam,
        baseline=find_exam(LEADERSHIP, demonstration, str(query.baseline)),
        previous=exam_before(LEADERSHIP, demonstration, exam),
    )
    key = ["unit", "subject"]
    own = board.bands.rename(columns={"school": "unit"}).set_index(key)["band"].sort_index()
    assert own.equals(shown.judgements.set_index(key)["band"].sort_index())
    counts = [
        tuple((bands == band).sum() for band in ("red", "yellow", "blue"))
        for _, bands in board.bands.groupby("school", sort=False)["band"]
    ]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > (0, 0, 0)
    assert board.rules.origin == "project_default"


def test_the_reasons_of_a_school_are_its_signals_rounded(demonstration: Store) -> None:
    query = newest(demonstration)
    board = load_warning_board(LEADERSHIP, demonstration, query)
    school = str(board.bands["school"].iloc[0])
    reasons = load_warning_reasons(LEADERSHIP, demonstration, school, query)
    assert not reasons.hidden
    fired = reasons.signals[reasons.signals["band"].isin(["blue", "yellow", "red"])]
    for row in reasons.bands.to_dict("records"):
        own = set(fired.loc[fired["subject"] == row["subject"], "signal"])
        assert own == set(filter(None, row["signals"].split(";")))
    low = reasons.signals[reasons.signals["signal"] == "low_rate"]["value"].dropna()
    assert (low == low.round(3)).all()
    assert reasons.signals["n_pupils"].dropna().min() >= 10


def test_a_hidden_school_is_listed_and_nothing_else_of_it_is_told(
    county: tuple[Store, Query],
) -> None:
    store, query = county
    exam = find_exam(LEADERSHIP, store, query.exam)
    hidden = hidden_in_exam(LEADERSHIP, store, exam)
    board = load_warning_board(LEADERSHIP, store, query)
    schools = set(board.bands["school"])
    assert set(board.hidden["school"]) == hidden & schools
    own = board.bands[board.bands["school"].isin(hidden)]
    assert set(own["band"]) == {"insufficient"}
    assert set(own["signals"]) == {""}
    reasons = load_warning_reasons(LEADERSHIP, store, "A", query)
    assert reasons.hidden
    assert reasons.signals.empty
    assert not set(load_status_grid(LEADERSHIP, store, query).schools["school"]) & hidden
    assert not set(load_funnel(LEADERSHIP, store, "pass_rate", query).units["school"]) & hidden


def test_a_quantile_that_may_be_a_hidden_school_is_not_told(
    county: tuple[Store, Query],
) -> None:
    store, query = county
    signals = load_warning_reasons(LEADERSHIP, store, "D", query).signals
    grid = signals[signals["signal"] == "grid"]
    assert grid["threshold"].isna().all()
    assert signals[signals["signal"] == "low_rate"]["threshold"].notna().all()


def test_a_change_of_a_share_told_as_a_range_has_no_value(demonstration: Store) -> None:
    board = load_warning_board(LEADERSHIP, demonstration, LONDON)
    school = str(board.bands["school"].iloc[0])
    signals = load_warning_reasons(LEADERSHIP, demonstration, school, LONDON).signals
    everybody_sat = signals[signals["signal"] == "participation_fall"]
    assert everybody_sat["value"].isna().all()
    assert signals[signals["signal"] == "grid"]["value"].notna().all()


def test_the_grid_places_the_schools_of_its_subject(demonstration: Store) -> None:
    view = load_status_grid(LEADERSHIP, demonstration, newest(demonstration))
    assert set(view.schools["status"]) <= {1, 2, 3, 4, 5}
    assert view.schools["school"].is_unique
    first = Query(
        next(e.name for e in load_exams(LEADERSHIP, demonstration) if not e.baselines),
        "math",
        None,
        "random_intercept",
    )
    alone = load_status_grid(LEADERSHIP, demonstration, first)
    assert alone.schools["change"].isna().all()
    assert alone.previous_exam is None


def test_an_outsider_reads_that_a_school_does_not_exist(demonstration: Store) -> None:
    query = newest(demonstration)
    codes = list(
        dict.fromkeys(load_warning_board(LEADERSHIP, demonstration, query).bands["school"])
    )
    mine = Scope("school", schools=(codes[0],))
    assert set(load_warning_board(mine, demonstration, query).bands["school"]) == {codes[0]}
    for school in (codes[1], "nowhere"):
        with pytest.raises(SettingsError, match="No school has the code"):
            load_warning_reasons(mine, demonstration, school, query)


def test_a_funnel_stands_around_the_rate_of_the_county(demonstration: Store) -> None:
    view = load_funnel(LEADERSHIP, demonstration, "pass_rate", newest(demonstration))
    units = view.units
    pooled = (units["estimate"] * units["n_pupils"]).sum() / units["n_pupils"].sum()
    assert view.target == pytest.approx(float(pooled), abs=0.002)
    lines = view.limits
    assert (lines["low_998"] <= lines["low_95"]).all()
    assert (lines["high_95"] <= lines["high_998"]).all()
    assert ((lines["low_95"] <= view.target) & (view.target <= lines["high_95"])).all()


def test_a_rate_that_everybody_reaches_has_no_funnel_and_says_why(
    demonstration: Store,
) -> None:
    view = load_funnel(LEADERSHIP, demonstration, "participation", LONDON)
    assert view.units.empty
    assert view.why is not None
    assert view.n_left_out == 65
