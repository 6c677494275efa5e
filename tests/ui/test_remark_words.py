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
    assert "Pass rate −3.1 percentage points, now 61.2 %" in sentence
