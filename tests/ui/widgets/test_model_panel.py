"""The common sample in sentences: the mean priors, or why they are not shown."""

from dataclasses import replace

from tests.ui.made_views import MADE_SAMPLE
from ui.text import Words
from ui.widgets.model_panel import sample_meaning

EN, ZH = Words("en"), Words("zh")


def test_the_mean_priors_are_told() -> None:
    assert "matched: +0.01 SD; of all who sat the baseline: −0.02 SD" in sample_meaning(
        MADE_SAMPLE, words=EN
    )


def test_it_is_said_why_the_mean_priors_of_a_few_are_missing() -> None:
    few = replace(MADE_SAMPLE, left=3, prior_mean_matched=None, prior_mean_all=None)
    assert "fewer than 10 pupils who are only in the baseline" in sample_meaning(few, words=EN)
    assert "不足 10 人" in sample_meaning(few, words=ZH)


def test_nothing_is_said_of_mean_priors_that_nobody_has() -> None:
    none = replace(MADE_SAMPLE, left=0, prior_mean_matched=None, prior_mean_all=None)
    assert "prior score" not in sample_meaning(none, words=EN)
