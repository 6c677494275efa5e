"""Remarks: every code of the rules has a sentence in both languages with its numbers."""

import ast
from pathlib import Path

import pytest

import core.remarks
from core.remarks import Remark
from ui.remark_words import remark_sentence
from ui.text import LANGUAGES, Language, Words

REMARKS = (
    Remark("n_well_above", {"count": 2, "schools": "S1,S2"}, ""),
    Remark("n_well_below", {"count": 0, "schools": ""}, ""),
    Remark("expected_by_chance", {"count": 2, "expected": 2.73, "n_schools": 60}, ""),
    Remark("no_difference_found", {"n_schools": 12, "n_pupils": 1530}, ""),
    Remark("fairness_warning", {"r": 0.41, "limit": 0.3, "method": "random_intercept"}, ""),
    Remark("low_coverage_schools", {"count": 3, "not_estimable": 1, "coverage": 0.91}, ""),
    Remark(
        "largest_change",
        {
            "subject": "math",
            "indicator": "pass_rate",
            "change": -0.031,
            "se": 0.01,
            "now": 0.612,
            "n_beyond": 2,
            "n_compared": 6,
        },
        "",
    ),
    Remark("no_change_found", {"n_compared": 6}, ""),
    Remark("weak_candidates", {"count": 2, "schools": "S1,S2", "n_schools": 32}, ""),
    Remark("weak_wrong_flags", {"count": 5, "expected": 1.3}, ""),
    Remark("weak_doubtful", {"count": 1, "schools": "S1"}, ""),
    Remark("weak_near_line", {"count": 1, "schools": "S2"}, ""),
    Remark("weak_lasting", {"count": 1, "schools": "S1", "years": 2}, ""),
    Remark("weak_left_out", {"count": 1, "indicators": "low_rate"}, ""),
    Remark("weak_not_judged", {"n_schools": 4}, ""),
    Remark("weak_none", {"n_schools": 12}, ""),
    Remark(
        "township_standing",
        {"n_schools": 4, "n_above": 1, "n_below": 1, "count": 2, "schools": "S1,S2"},
        "",
    ),
    Remark("township_low_coverage", {"count": 1, "schools": "S2"}, ""),
    Remark(
        "township_bottom20",
        {
            "share": 0.263,
            "share_low": 0.206,
            "share_high": 0.328,
            "n_pupils": 198,
            "county_share": 0.197,
            "side": "more",
        },
        "",
    ),
    Remark(
        "township_gaps",
        {"n_subjects": 9, "count": 1, "schools": "math", "n_strong": 0, "strong": ""},
        "",
    ),
    Remark(
        "township_bands",
        {"red": 1, "yellow": 1, "blue": 0, "n_schools": 4, "count": 2, "schools": "S1,S2"},
        "",
    ),
    Remark("township_cases", {"count": 3, "overdue": 1}, ""),
    Remark("subject_weak", {"count": 2, "schools": "S1,S2"}, ""),
    Remark("subject_strong", {"count": 0, "schools": ""}, ""),
    Remark("subject_false_flags", {"own": 5, "flags": 52, "expected": 2.6, "n_tests": 198}, ""),
    Remark("subject_share", {"share": 0.118, "line": 0.15, "place": 4, "n_subjects": 9}, ""),
    Remark("subject_share_changed", {"before": 0.05, "share": 0.118, "n_exams": 7}, ""),
    Remark("subject_share_steady", {"before": 0.107, "share": 0.118, "n_exams": 7}, ""),
    Remark("county_subject", {"gap": -0.022, "flag": "weak", "q_value": 0.001}, ""),
    Remark("reliable", {"alpha": 0.88, "limit": 0.8, "sem": 7.0}, ""),
    Remark("unreliable", {"alpha": 0.62, "limit": 0.8, "sem": 9.5}, ""),
    Remark("item_note", {"note": "flat", "count": 2, "items": "7,21(2)"}, ""),
    Remark("no_item_note", {"n_items": 25}, ""),
    Remark(
        "weak_points",
        {"count": 2, "n_points": 6, "points": "a_1,b", "lowest": 0.401, "paper": 0.61},
        "",
    ),
    Remark("no_weak_point", {"n_points": 6}, ""),
    Remark(
        "school_points", {"count": 59, "n_tests": 132, "expected": 2.95, "n_schools": 17}, ""
    ),
    Remark("school_adds_more", {"count": 1, "subjects": "S1"}, ""),
    Remark("school_adds_less", {"count": 2, "subjects": "S1,S2"}, ""),
    Remark("school_as_expected", {"n_subjects": 9}, ""),
    Remark("school_low_coverage", {"count": 1, "subjects": "S2"}, ""),
    *(
        Remark(code, {"difference": 0.31, "lowest": 1, "highest": 5}, "")
        for code in ("starts_low_more", "starts_high_more", "starts_alike")
    ),
    *(
        Remark(code, {"indicator": "value_added", "difference": -0.2, "n_peers": 5}, "")
        for code in ("peers_ahead_of", "peers_behind", "peers_alike")
    ),
    Remark("subjects_strong", {"count": 1, "subjects": "S1"}, ""),
    Remark("subjects_weak", {"count": 1, "subjects": "S2"}, ""),
    Remark("warnings", {"count": 1, "subjects": "S1", "band": "red", "n_warned": 4}, ""),
    Remark("no_warnings", {"n_subjects": 10}, ""),
    Remark("classes_alike", {"n_classes": 8}, ""),
    Remark("classes_above", {"count": 1, "classes": "S1"}, ""),
    Remark("classes_below", {"count": 2, "classes": "S1,S2"}, ""),
    Remark("classes_progress_alike", {"n_classes": 8}, ""),
    Remark("classes_progress_more", {"count": 1, "classes": "S1"}, ""),
    Remark("classes_progress_less", {"count": 1, "classes": "S2"}, ""),
    *(
        Remark(code, {"spread": 0.31, "chance_high": 0.24, "n_classes": 8}, "")
        for code in (
            "classes_unbalanced",
            "classes_unbalanced_from_start",
            "classes_evened_out",
            "classes_balanced",
        )
    ),
    Remark(
        "class_subjects_flagged",
        {"count": 2, "class": "S1", "subject": "S2", "difference": -0.4, "q": 0.02},
        "",
    ),
)
NAMES = {"S1": "A*B", "S2": "Second"}


def codes_of_the_rules() -> set[str]:
    """Return the codes that the rules can give, read from their source."""
    sources = Path(core.remarks.__file__).parent.glob("*.py")
    return {
        node.args[0].value
        for source in sources
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Remark"
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def test_every_code_of_the_rules_is_tried_here() -> None:
    assert {remark.code for remark in REMARKS} == codes_of_the_rules()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("remark", REMARKS, ids=lambda remark: remark.code)
def test_every_remark_is_a_sentence(remark: Remark, language: Language) -> None:
    sentence = remark_sentence(remark, names=NAMES, words=Words(language))
    assert len(sentence) > 10
    assert "{" not in sentence


def test_schools_are_named_and_counted() -> None:
    sentence = remark_sentence(REMARKS[0], names=NAMES, words=Words("en"))
    assert sentence.endswith(r"2 schools (A\*B, Second)")


def test_a_long_list_of_schools_is_cut_and_says_so() -> None:
    codes = ",".join(f"S{i}" for i in range(8))
    remark = Remark("n_well_above", {"count": 8, "schools": codes}, "")
    sentence = remark_sentence(remark, names={}, words=Words("en"))
    assert sentence.endswith("8 schools (S0, S1, S2, S3, S4, 3 more)")


def test_a_change_of_a_rate_is_told_in_percentage_points() -> None:
    sentence = remark_sentence(REMARKS[6], names=NAMES, words=Words("en"))
    assert "Pass rate −3.1 percentage points, now 61.2%" in sentence


def test_wrong_flags_are_told_with_one_decimal() -> None:
    remark = Remark("weak_wrong_flags", {"count": 5, "expected": 1.3}, "")
    chinese = remark_sentence(remark, names={}, words=Words("zh"))
    assert "5 所中" in chinese
    assert "约 1.3 所是误判" in chinese


def test_the_share_of_the_lowest_is_told_for_every_side() -> None:
    values: dict[str, float | int | str] = {
        "share": 0.263,
        "share_low": 0.206,
        "share_high": 0.328,
        "n_pupils": 198,
        "county_share": 0.197,
    }
    said = [
        remark_sentence(
            Remark("township_bottom20", values | {"side": side}, ""),
            names={},
            words=Words("en"),
        )
        for side in ("more", "fewer", "alike")
    ]
    assert len(set(said)) == 3
    assert all("26.3% [20.6%, 32.8%], n = 198; county 19.7%" in text for text in said)


def test_a_township_without_findings_says_so() -> None:
    rules: dict[str, dict[str, float | int | str]] = {
        "township_standing": {"n_schools": 4, "count": 0, "schools": ""},
        "township_gaps": {"n_subjects": 9, "count": 0, "schools": "", "strong": ""},
        "township_bands": {"red": 0, "yellow": 0, "blue": 2, "n_schools": 4, "count": 0},
    }
    said = {
        code: remark_sentence(Remark(code, values, ""), names={}, words=Words("en"))
        for code, values in rules.items()
    }
    assert said["township_standing"].startswith("＝ None of 4 schools")
    assert said["township_gaps"].startswith("＝ No subject lags")
    assert said["township_bands"].endswith("● watch 2, of 4 schools.")


def said(code: str, **values: float | str) -> str:
    """Return the English sentence of a remark of the list, with other values."""
    remark = next(remark for remark in REMARKS if remark.code == code)
    changed = Remark(code, {**remark.values, **values}, "")
    return remark_sentence(changed, names=NAMES, words=Words("en"))


def test_a_share_of_the_only_subject_has_no_place() -> None:
    assert "place 4 of 9 subjects" in said("subject_share")
    assert "place" not in said("subject_share", n_subjects=1)


def test_the_county_gains_loses_or_stays_in_words() -> None:
    assert said("county_subject").startswith("▼ The whole county lost")
    assert "−2.2 percentage points" in said("county_subject")
    assert said("county_subject", flag="strong").startswith("▲ The whole county gained")
    assert said("county_subject", flag="none").startswith("＝")


def test_each_note_on_items_has_its_sign_and_names_letter_by_letter() -> None:
    signs = {"wrong_key": "✖", "flat": "■", "too_hard": "▽", "too_easy": "△"}
    for note, sign in signs.items():
        assert said("item_note", note=note).startswith(sign)
    assert said("item_note").endswith(r"7, 21\(2\)")


def test_a_long_list_of_items_is_cut_and_says_so() -> None:
    items = ",".join(str(i) for i in range(1, 12))
    assert said("item_note", items=items).endswith("7, 8, 3 more")


def test_the_error_of_a_total_is_told_as_the_range_of_nearly_all() -> None:
    assert "±13.7 points" in said("reliable")


def test_all_subjects_of_a_school_are_named() -> None:
    codes = ",".join(f"s{i}" for i in range(8))
    remark = Remark("subjects_weak", {"count": 8, "subjects": codes}, "")
    sentence = remark_sentence(remark, names={"s0": "A*B"}, words=Words("zh"))
    assert sentence.endswith("A\\*B、s1、s2、s3、s4、s5、s6、s7")
