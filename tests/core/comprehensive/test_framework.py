"""The ministry's framework: five aspects, twenty indicators, names in two languages."""

import re

from core.comprehensive.framework import ASPECTS, KEY_INDICATORS, Aspect, KeyIndicator


def test_there_are_five_aspects_and_twenty_indicators() -> None:
    assert [len(aspect.indicators) for aspect in ASPECTS] == [4, 4, 5, 3, 4]
    assert len(KEY_INDICATORS) == 20


def test_codes_and_names_are_unique_and_in_their_language() -> None:
    named: list[Aspect | KeyIndicator] = [*ASPECTS, *KEY_INDICATORS]
    for names in ([n.code for n in named], [n.name_zh for n in named]):
        assert len(set(names)) == 25
    assert all(re.fullmatch(r"[\u4e00-\u9fff]+", n.name_zh) for n in named)
    assert all(re.fullmatch(r"[a-z ]+", n.name_en) for n in named)


def test_every_indicator_knows_its_aspect() -> None:
    assert all(key.aspect == aspect.code for aspect in ASPECTS for key in aspect.indicators)
