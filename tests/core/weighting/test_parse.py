"""Schemes read from a mapping: what a TOML file gives, and how it may be wrong."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from core.errors import SettingsError
from core.weighting.parse import parse_scheme
from core.weighting.scheme import WeightScheme

KNOWN = ("z", "value_added", "low_rate", "pass_rate", "sd")

FILE = """
name = "初中综合"
version = "2026-1"
author = "教研室"
reason = "三年规划"
release = "spring"
normalisation = "rank"
aggregation = "geometric"

[[parts]]
name = "学业"
weight = 0.6

[[parts.parts]]
indicator = "z"
weight = 0.75

[[parts.parts]]
indicator = "pass_rate"
subject = "math"
weight = 0.25

[[parts]]
indicator = "low_rate"
weight = 0.4
better = "lower"
"""


def parsed(**changes: object) -> WeightScheme:
    values: dict[str, Any] = tomllib.loads(FILE)
    return parse_scheme({**values, **changes}, known=KNOWN, subjects=("total", "math"))


def test_a_file_becomes_a_scheme() -> None:
    scheme = parsed()
    assert (scheme.name, scheme.version, scheme.author) == ("初中综合", "2026-1", "教研室")
    assert (scheme.reason, scheme.release) == ("三年规划", "spring")
    assert (scheme.normalisation, scheme.aggregation) == ("rank", "geometric")
    assert scheme.keys == ("total.z", "math.pass_rate", "total.low_rate")
    assert scheme.weights == pytest.approx([0.45, 0.15, 0.4])
    assert [leaf.better for leaf in scheme.tree.leaves] == ["higher", "higher", "lower"]


def test_the_file_of_the_documentation_becomes_a_scheme() -> None:
    page = Path(__file__).resolve().parents[3] / "docs" / "methods" / "composites.md"
    (block,) = re.findall(r"```toml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    scheme = parse_scheme(tomllib.loads(block), known=KNOWN)
    assert scheme.keys == ("total.z", "total.low_rate", "total.value_added")
    assert scheme.weights == pytest.approx([0.3, 0.3, 0.4])


def test_what_is_not_given_has_a_default() -> None:
    values: dict[str, Any] = tomllib.loads(FILE)
    kept = {key: values[key] for key in ("name", "version", "author", "reason", "parts")}
    scheme = parse_scheme(kept, known=KNOWN)
    assert (scheme.normalisation, scheme.aggregation, scheme.release) == ("z", "mean", "")


def test_a_direction_that_is_left_out_is_the_known_one() -> None:
    parts = [
        {"indicator": "low_rate", "weight": 0.5},
        {"indicator": "z", "weight": 0.5},
    ]
    assert [leaf.better for leaf in parsed(parts=parts).tree.leaves] == ["lower", "higher"]


def test_an_indicator_without_a_known_direction_must_be_given_one() -> None:
    parts = [{"indicator": "z", "weight": 0.5}, {"indicator": "sd", "weight": 0.5}]
    said = r"Which way sd is better is not known, and parts\[2\].*one of: higher lower"
    with pytest.raises(SettingsError, match=said):
        parsed(parts=parts)
    parts[1]["better"] = "lower"
    assert parsed(parts=parts).tree.leaves[1].better == "lower"


def test_a_direction_against_the_known_one_is_taken() -> None:
    parts = [{"indicator": "low_rate", "weight": 1.0, "better": "higher"}]
    assert parsed(parts=parts).tree.leaves[0].better == "higher"


def test_an_unknown_indicator_is_refused_with_those_that_are_known() -> None:
    parts = [{"indicator": "happiness", "weight": 1.0}]
    with pytest.raises(SettingsError, match=r"parts\[1\]: happiness.*low_rate pass_rate sd"):
        parsed(parts=parts)


def test_an_unknown_subject_is_refused() -> None:
    parts = [{"indicator": "z", "subject": "alchemy", "weight": 1.0}]
    with pytest.raises(SettingsError, match=r"parts\[1\]\.subject is 'alchemy'.*total math"):
        parsed(parts=parts)


def test_weights_that_do_not_sum_to_one_are_refused_with_their_sum() -> None:
    parts = [{"indicator": "z", "weight": 0.5}, {"indicator": "low_rate", "weight": 0.3}]
    with pytest.raises(SettingsError, match=r"sum 0\.8 of 2"):
        parsed(parts=parts)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"normalisation": "magic"}, "normalisation is 'magic'.*z min_max rank share_of_best"),
        ({"aggregation": "product"}, "aggregation is 'product'.*mean geometric"),
        ({"author": " "}, "author is ' '"),
        ({"parts": []}, r"parts is \[\]"),
        ({"colour": "red"}, "Unknown setting: colour"),
        ({"parts": [{"indicator": "z", "weight": "1"}]}, r"parts\[1\]\.weight is '1'"),
        ({"parts": [{"indicator": "z", "weight": 1, "bettr": "x"}]}, r"parts\[1\]\.bettr"),
        ({"parts": [{"name": "a", "weight": 1}]}, r"parts\[1\]\.parts is missing"),
    ],
)
def test_a_slip_of_the_pen_is_named(change: dict[str, object], words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        parsed(**change)
