"""The filter of the board: by band, subject and township."""

from tests.ui.briefing_views import make_board
from ui.widgets.board_filter import ALL, WARNED, Filter


def schools(chosen: Filter) -> list[str]:
    """Return the schools that the filter lets through."""
    return list(dict.fromkeys(chosen.applied(make_board(4).bands)["school"]))


def test_everything_passes_an_open_filter() -> None:
    assert schools(Filter(ALL, None, ALL)) == ["S0000", "S0001", "S0002", "S0003"]


def test_a_band_in_any_subject_lets_the_whole_school_through() -> None:
    rows = Filter("red", None, ALL).applied(make_board(4).bands)
    assert list(rows["school"]) == ["S0000", "S0000"]
    assert set(rows["subject"]) == {"math", "total"}


def test_only_the_chosen_subject_counts() -> None:
    assert schools(Filter(WARNED, "total", ALL)) == []
    assert schools(Filter(WARNED, "math", ALL)) == ["S0000", "S0001", "S0002"]


def test_a_township_narrows_further() -> None:
    assert schools(Filter(WARNED, None, "T02")) == ["S0001"]
    assert schools(Filter("insufficient", None, "T02")) == ["S0003"]
