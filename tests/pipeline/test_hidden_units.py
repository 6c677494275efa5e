"""Hidden schools: nothing that the Views tell gives the number of a small group back."""

from datetime import date

import pytest

from core.suppression import MIN_PUPILS_SHOWN
from data.catalogue import find_exam, units_of
from data.home import Home
from data.scope import LEADERSHIP, OPERATOR
from data.store import Store
from pipeline.compute_indicators import exam_indicators
from pipeline.hidden_units import hidden_in_exam, hidden_in_pair
from pipeline.load_views import load_exams, load_leadership, load_school
from pipeline.publish import publish
from pipeline.view_parts import shown_indicators
from pipeline.views import Query
from tests.small_county import SMALL_SCHOOLS, SmallExam, make_county, submission_of
from tests.subtraction import Place, Told

ENTRY, MAKE_UP, FINAL = "入学", "补考", "中考"
SUBJECTS = ("chinese", "math", "total")
SCHOOLS = tuple(SMALL_SCHOOLS)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Give a county where other schools are small in each exam, subject and pair of exams."""
    entry = SmallExam(absent={("C", 1): 2, ("E", 2): 1})
    final = SmallExam(
        sizes=SMALL_SCHOOLS | {"C": 11, "D": 29, "G": 9},
        absent={("I", 2): 20},
        strangers={"F": 35},
        best={"D": 29},
    )
    return make_county(
        Home(tmp_path_factory.mktemp("small") / "store"),
        submission_of(entry, ENTRY, day=date(2023, 9, 4), grade=7),
        submission_of(SmallExam({"M": 6}), MAKE_UP, day=date(2025, 9, 4), grade=9),
        submission_of(final, FINAL, day=date(2026, 6, 28), grade=9, seed=2),
    )


def query(subject: str = "math", *, exam: str = FINAL, baseline: str | None = ENTRY) -> Query:
    """Return a query of the county's last exam, linked with its first."""
    return Query(exam, subject, baseline, "random_intercept")


def tell_exam(told: Told, store: Store, exam: str) -> None:
    """Tell the numbers of an exam: county, townships, and each school on both pages."""
    release = find_exam(LEADERSHIP, store, exam)
    parent = units_of(store, release.county).set_index("code")["parent"][list(SCHOOLS)]
    for subject in SUBJECTS:
        view = load_leadership(LEADERSHIP, store, query(subject, exam=exam, baseline=None))
        told.tell(SCHOOLS, f"{exam} sat {subject}", view.stamp.n_pupils)
        for school, n in zip(view.schools["school"], view.schools["n_sat"], strict=True):
            told.tell([school], f"{exam} sat {subject}", n)
        shown = shown_indicators(LEADERSHIP, store, release, subject=subject)
        numbers = shown.set_index(["unit", "indicator"])["n_pupils"]
        for township, members in parent.groupby(parent):
            told.tell(members.index, f"{exam} sat {subject}", numbers[township, "n_sat"])
            told.tell(members.index, f"{exam} roll", numbers[township, "n_enrolled"])
        told.at_most += [
            ((s, f"{exam} {few}"), (s, f"{exam} {many}"))
            for s in SCHOOLS
            for few, many in (("sat total", f"sat {subject}"), (f"sat {subject}", "roll"))
        ]
    told.tell(SCHOOLS, f"{exam} roll", view.key_figures["n_pupils"].iloc[0])
    for school in SCHOOLS:
        page = load_school(LEADERSHIP, store, school, query(exam=exam, baseline=None))
        numbers = page.figures.set_index(["subject", "indicator"])["n_pupils"]
        for subject in SUBJECTS:
            told.tell([school], f"{exam} sat {subject}", numbers[subject, "n_sat"])
            told.tell([school], f"{exam} roll", numbers[subject, "n_enrolled"])


def tell_pair(told: Told, store: Store) -> None:
    """Tell the numbers of the linked pair: matched, joined and left."""
    for subject in SUBJECTS:
        matched, before, now = (
            f"matched {subject}",
            f"{ENTRY} sat {subject}",
            f"{FINAL} sat {subject}",
        )
        view = load_leadership(LEADERSHIP, store, query(subject))
        samples = {SCHOOLS: view.model.common_sample}
        for school, n in zip(view.schools["school"], view.schools["n"], strict=True):
            told.tell([school], matched, n)
        for school in SCHOOLS:
            page = load_school(LEADERSHIP, store, school, query(subject))
            samples[(school,)] = page.common_sample
            told.tell([school], matched, page.value_added.set_index("subject")["n"][subject])
        for schools, sample in samples.items():
            if sample is not None:
                told.tell(schools, matched, sample.matched)
                told.tell(schools, before, sample.matched + sample.left)
                told.tell(schools, now, sample.matched + sample.joined)
        told.at_most += [((s, matched), (s, other)) for s in SCHOOLS for other in (before, now)]


def small_groups(store: Store) -> list[Place]:
    """Return the places where in truth 1 to 9 pupils are counted, as the operator sees them."""
    truth: dict[Place, float] = {}
    for subject in SUBJECTS:
        for exam, baseline in ((ENTRY, None), (FINAL, ENTRY)):
            release = find_exam(OPERATOR, store, exam)
            figures = exam_indicators(OPERATOR, store, release, subject=subject)
            numbers = figures.set_index(["unit", "indicator"])["n_pupils"]
            for school in SCHOOLS:
                truth[school, f"{exam} roll"] = numbers[school, "n_enrolled"]
                truth[school, f"{exam} sat {subject}"] = numbers[school, "n_sat"]
            if baseline is not None:
                schools = load_leadership(OPERATOR, store, query(subject)).schools
                linked = zip(schools["school"], schools["n"], strict=True)
                truth |= {(school, f"matched {subject}"): n for school, n in linked}
    return [place for place, n in truth.items() if 0 < n < MIN_PUPILS_SHOWN]


def test_no_number_of_a_small_group_comes_back_from_all_pages_together(county: Store) -> None:
    told = Told()
    tell_exam(told, county, ENTRY)
    tell_exam(told, county, FINAL)
    tell_pair(told, county)
    small = small_groups(county)
    assert len(small) >= 20
    found = {place: (least, most) for place, least, most in told.ranges(small)}
    assert {place for place, (least, most) in found.items() if most - least < 1} == set()


def test_a_school_is_hidden_in_every_subject_or_in_none(county: Store) -> None:
    for exam in (ENTRY, FINAL):
        for school in SCHOOLS:
            figures = load_school(
                LEADERSHIP, county, school, query(exam=exam, baseline=None)
            ).figures
            counts = figures[figures["indicator"].isin(["n_sat", "n_enrolled", "z"])]
            assert len(set(counts["status"])) == 1


def test_a_school_small_in_one_subject_is_hidden_in_the_others(county: Store) -> None:
    view = load_leadership(LEADERSHIP, county, query("chinese", baseline=None))
    hidden = view.schools.loc[view.schools["status"] == "suppressed", "school"]
    assert "I" in set(hidden)  # 26 pupils in Chinese, 6 in mathematics


def test_what_either_exam_hides_is_hidden_where_they_are_linked(county: Store) -> None:
    entry, final = (find_exam(LEADERSHIP, county, name) for name in (ENTRY, FINAL))
    linked = hidden_in_pair(LEADERSHIP, county, final, entry)
    assert hidden_in_exam(LEADERSHIP, county, entry) <= linked
    assert hidden_in_exam(LEADERSHIP, county, final) <= linked
    assert "F" in linked - hidden_in_exam(LEADERSHIP, county, final)  # 6 of 41 are matched


def test_the_operator_has_nothing_hidden(county: Store) -> None:
    entry, final = (find_exam(OPERATOR, county, name) for name in (ENTRY, FINAL))
    assert not hidden_in_exam(OPERATOR, county, final)
    assert not hidden_in_pair(OPERATOR, county, final, entry)


def test_a_small_exam_does_not_come_back_from_the_change_to_the_next(county: Store) -> None:
    view = load_leadership(LEADERSHIP, county, query())
    assert view.previous_exam == MAKE_UP
    assert view.key_figures[["change", "change_low", "change_high"]].isna().all(axis=None)
    assert not [remark for remark in view.remarks if "change" in remark.code]


def test_an_exam_of_few_pupils_tells_no_number_at_all(county: Store) -> None:
    choice = next(e for e in load_exams(LEADERSHIP, county) if e.name == MAKE_UP)
    assert choice.n_pupils is None
    view = load_leadership(LEADERSHIP, county, query(exam=MAKE_UP, baseline=None))
    assert view.stamp.n_pupils is None
    assert view.key_figures[["estimate", "n_pupils"]].isna().all(axis=None)
    assert next(e for e in load_exams(OPERATOR, county) if e.name == MAKE_UP).n_pupils == 6


def test_few_matched_pupils_give_no_model_and_no_number(store: Store) -> None:
    entry = SmallExam({"D": 30, "E": 40})
    final = SmallExam({"D": 30, "E": 40}, strangers={"D": 26, "E": 37})
    made = submission_of(entry, ENTRY, day=date(2023, 9, 4), grade=7)
    publish(store, made, actor="test")
    made = submission_of(final, FINAL, day=date(2026, 6, 28), grade=9, seed=2)
    publish(store, made, actor="test")
    view = load_leadership(LEADERSHIP, store, query())
    assert view.model.status == "not_estimable"
    assert view.model.why is not None
    assert "Fewer than 10 pupils" in view.model.why[0]
    assert view.model.common_sample is None
    assert view.stamp.n_linked is None
    assert load_school(LEADERSHIP, store, "D", query()).common_sample is None
    assert load_leadership(OPERATOR, store, query()).stamp.n_linked == 7


def test_the_mean_of_one_who_left_cannot_be_worked_out(county: Store) -> None:
    sample = load_school(LEADERSHIP, county, "D", query()).common_sample
    assert sample is not None
    assert (sample.matched, sample.left) == (29, 1)
    assert sample.prior_mean_all is None
    assert sample.prior_mean_matched is None
    seen = load_school(OPERATOR, county, "D", query()).common_sample
    assert seen is not None
    assert seen.prior_mean_all is not None


def test_the_mean_prior_stands_where_nobody_left(county: Store) -> None:
    sample = load_school(LEADERSHIP, county, "E", query("chinese")).common_sample
    assert sample is not None
    assert sample.left == 0
    assert sample.prior_mean_all is not None
    assert sample.prior_mean_all == sample.prior_mean_matched == round(sample.prior_mean_all, 2)


def test_a_rate_of_all_pupils_is_a_range_on_the_page(county: Store) -> None:
    figures = load_school(LEADERSHIP, county, "D", query()).figures
    rates = figures[(figures["subject"] == "math") & (figures["indicator"] == "pass_rate")]
    assert rates["estimate"].isna().all()
    columns = ["status", "low", "high"]
    assert rates[columns].to_numpy().tolist() == [["coded", 0.9, 1.0]]


def test_quantiles_of_few_pupils_are_not_on_the_page(county: Store) -> None:
    figures = load_school(LEADERSHIP, county, "E", query()).figures
    own = figures[figures["subject"] == "math"].set_index("indicator")["status"]
    assert (own["p10"], own["median"], own["p90"]) == ("suppressed", "ok", "suppressed")


def test_a_school_without_thin_subjects_is_not_hidden_for_its_quantiles(county: Store) -> None:
    assert not load_school(LEADERSHIP, county, "E", query()).hidden
    assert load_school(LEADERSHIP, county, "A", query()).hidden
