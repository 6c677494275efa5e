"""Full marks that differ from last year's."""

from data.checks.full_mark_changed import check_full_mark_changed
from tests.data.checks.drafts import make_draft, many
from tests.data.checks.known_county import known_draft, make_earlier, make_known


def test_the_same_full_mark_passes() -> None:
    known = make_known(last_year=make_earlier(["Q1"], {"chinese": [60], "math": [60]}))
    assert check_full_mark_changed(known_draft(many(3), known)) == []
    assert check_full_mark_changed(make_draft(many(3))) == []


def test_another_full_mark_is_asked_about_with_both() -> None:
    earlier = make_earlier(["Q1"], {"math": [60]}, full_mark=15000)
    (finding,) = check_full_mark_changed(known_draft(many(3), make_known(last_year=earlier)))
    assert (finding.severity, finding.column) == ("warning", "数学")
    assert "“数学”的满分为 120 分，在“上次期末”中为 150 分" in finding.message_zh


def test_a_correction_is_compared_with_the_release_it_replaces() -> None:
    known = make_known(
        superseded=make_earlier(["Q1"], {"chinese": [60]}),
        last_year=make_earlier(["Q1"], {"chinese": [60]}, full_mark=15000),
    )
    assert check_full_mark_changed(known_draft(many(3), known)) == []
