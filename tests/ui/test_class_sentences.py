"""Findings about classes: the numbers of the View in words; every state is explained."""

from dataclasses import replace

from tests.ui.made_school_views import make_balance, make_class_view, make_near_line_view
from ui import class_sentences as sentences
from ui.text import LANGUAGES, Words

EN, ZH = Words("en"), Words("zh")
VIEW = make_class_view()


def test_levels_count_shown_classes_only() -> None:
    finding = sentences.level_finding(VIEW, words=ZH)
    assert finding == "数学：2 个班中，明显高于年级的 1 个，明显低于年级的 0 个"
    calm = make_class_view(("none", "none", "none"))
    assert "none of 2 classes" in sentences.level_finding(calm, words=EN)


def test_progress_counts_clear_verdicts() -> None:
    assert sentences.progress_finding(VIEW, words=EN) == (
        "Mathematics: from the same start, 1 of 2 classes clearly more than the others, 0 "
        "clearly less"
    )
    calm = replace(VIEW, progress=VIEW.progress.assign(verdict="above"))
    assert "none of 2" in sentences.progress_finding(calm, words=EN)


def test_balance_tells_which_way_the_classes_differ_from_chance() -> None:
    said = {
        verdict: sentences.balance_finding(
            replace(VIEW, balance=make_balance(verdict)), words=EN
        )
        for verdict in ("chance", "more_than_chance", "less_than_chance")
    }
    assert said == {
        "chance": "The classes differ as by chance in all 2 subjects",
        "more_than_chance": "The classes differ more than by chance in 2 of 2 subjects",
        "less_than_chance": "The classes are more alike than by chance in 2 of 2 subjects",
    }


def test_the_profile_is_that_of_the_chosen_class() -> None:
    assert sentences.profile_finding(VIEW, name="1班", words=EN) == (
        "1班: 1 strong and 0 weak among 1 subjects"
    )
    assert "no subject" in sentences.profile_finding(VIEW, name="2班", words=EN)


def test_a_hidden_count_of_the_grade_is_not_told() -> None:
    counts = make_near_line_view().counts
    told = sentences.near_line_finding(counts, place=1, line="Pass line", points=6, words=EN)
    assert told == "Pass line: 31 pupils of the grade up to 6.0 points under it"
    hidden = sentences.near_line_finding(counts, place=0, line="Pass line", points=3, words=EN)
    assert hidden == "Pass line: too few pupils up to 3.0 points under it to be told"


def test_every_state_without_classes_says_what_is_missing() -> None:
    for language in LANGUAGES:
        for text in sentences.STATES.values():
            assert len(Words(language)(text)) > 20
