"""Notes on items: each limit from both sides, and which note comes first."""

import pandas as pd
import pytest

from core.items.notes import note_items


def note(**values: float) -> str:
    usual = {"low": 0.5, "high": 0.6, "discrimination": 0.4, "item_rest": 0.4}
    return str(note_items(pd.DataFrame([usual | values])).iloc[0])


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ({}, ""),
        ({"low": 0.20, "high": 0.29}, "too_hard"),
        ({"low": 0.20, "high": 0.30}, ""),
        ({"low": 0.91, "high": 0.95}, "too_easy"),
        ({"low": 0.90, "high": 0.95}, ""),
        ({"discrimination": 0.19}, "flat"),
        ({"discrimination": 0.20}, ""),
        ({"item_rest": -0.01}, "wrong_key"),
        ({"item_rest": 0.0}, ""),
        # An easy item tells few apart: that it is easy says it all.
        ({"low": 0.95, "high": 0.97, "discrimination": 0.05}, "too_easy"),
        ({"low": 0.1, "high": 0.2, "item_rest": -0.1}, "wrong_key"),
    ],
)
def test_an_item_has_the_gravest_note_whose_limit_it_passes(
    values: dict[str, float], wanted: str
) -> None:
    assert note(**values) == wanted


def test_unknown_figures_give_no_note() -> None:
    nothing = float("nan")
    assert note(low=nothing, high=nothing, discrimination=nothing, item_rest=nothing) == ""
