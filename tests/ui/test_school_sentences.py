"""Findings about one school: the numbers of the View in words, in both languages."""

from dataclasses import replace

import numpy as np
import pytest

from core.remarks import Remark
from tests.ui.made_school_views import (
    make_past_view,
    make_peers_view,
    make_school_view,
)
from ui import school_sentences as sentences
from ui.text import Words

EN, ZH = Words("en"), Words("zh")
VIEW = make_school_view()


def test_value_added_counts_clear_subjects_on_both_sides() -> None:
    finding = sentences.value_added_finding(VIEW, words=ZH)
    assert finding == "第3实验学校：1 个学科中，增值明显高于预期 1 个，明显低于预期 0 个"
    calm = replace(VIEW, value_added=VIEW.value_added.assign(verdict="above"))
    assert "in none of 1 subject" in sentences.value_added_finding(calm, words=EN)
    nothing = replace(VIEW, value_added=VIEW.value_added.assign(estimate=np.nan))
    assert "no value-added" in sentences.value_added_finding(nothing, words=EN)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("starts_low_more", "对起点较低的学生增值明显更多"),
        ("starts_high_more", "对起点较高的学生增值明显更多"),
        ("starts_alike", "对起点较低与较高的学生增值无明显差别"),
        ("subjects_weak", "人数太少"),
    ],
)
def test_the_finding_on_starts_is_that_of_the_rule(code: str, said: str) -> None:
    view = replace(VIEW, remarks=(Remark(code, {}, ""),))
    assert said in sentences.starts_finding(view, words=ZH)


def test_frames_are_told_against_the_median_school() -> None:
    finding = sentences.frames_finding(VIEW, words=ZH)
    assert finding == "第3实验学校，数学，增值：高于全县中位数，低于相似学校中位数"
    nothing = replace(VIEW, frames=VIEW.frames.assign(status="no_figure"))
    assert "no frame" in sentences.frames_finding(nothing, words=EN)


def test_a_profile_counts_strong_and_weak_subjects() -> None:
    finding = sentences.profile_finding(VIEW.profile, school="S", words=EN)
    assert finding == "S: 1 strong and 1 weak among 2 subjects"
    calm = sentences.profile_finding(VIEW.profile.assign(flag="none"), school="S", words=EN)
    assert calm == "S: no subject stands out from the others"


def test_peers_are_told_by_intervals_that_lie_on_one_side() -> None:
    finding = sentences.peers_finding(make_peers_view(), school="S", words=EN)
    assert finding == (
        "S: clearly above schools of like intake in 0 of 2 subjects, clearly below in 1"
    )


def test_warnings_are_counted_by_band_with_sign_and_word() -> None:
    assert sentences.bands_finding(VIEW, words=ZH) == (
        "第3实验学校：已判定 2 个学科，预警 ◆ 警示 1"
    )
    calm = replace(VIEW, bands=VIEW.bands.assign(band="none"))
    assert "no warning in 2" in sentences.bands_finding(calm, words=EN)


def test_the_trend_counts_exams_with_a_figure() -> None:
    finding = sentences.trend_finding(make_past_view(), school="S", words=EN)
    assert finding == "S, Mathematics: attainment +0.20 SD at the last of 3 exams"


def test_several_years_are_told_with_verdict_and_number() -> None:
    finding = sentences.years_finding(make_past_view(years=3), school="S", words=EN)
    assert finding == (
        "S, Mathematics: over 3 school years value-added +0.25 SD, △ slightly above expected"
    )
