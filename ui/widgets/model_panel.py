"""What value-added rests on: common sample, fairness gauge, or why it is missing."""

import streamlit as st

from core.suppression import is_small
from core.value_added import CommonSample
from pipeline.views import ModelSummary
from ui import formats
from ui.sentences import fairness_sentence, no_difference
from ui.text import Words

LEAST_COVERAGE = 0.7


def show_model_status(model: ModelSummary, *, baseline: str | None, words: Words) -> bool:
    """Say why no value-added is drawn, or that schools do not differ; True where it is."""
    if baseline is None:
        st.info(
            words(
                "No value-added for this exam: the store holds no earlier exam whose pupils "
                "can be linked with it. Attainment is shown below. To add a baseline, import "
                "an earlier exam of the same pupils with their pupil numbers."
            ),
            icon=":material/link_off:",
        )
        return False
    if model.status == "not_estimable":
        reason = formats.told(model.why or ("", ""), words=words)
        st.info(
            words("Value-added cannot be estimated. {reason}", reason=reason),
            icon=":material/data_alert:",
        )
        return False
    if model.status == "no_difference_found":
        st.info(no_difference(words), icon=":material/balance:")
        return False
    return True


def show_fairness(model: ModelSummary, *, words: Words) -> None:
    """Show how value-added goes along with intake, and the share between schools."""
    sentence = fairness_sentence(model, words=words)
    if sentence is not None:
        st.markdown(sentence)
    if model.icc is not None:
        st.caption(
            words(
                "After allowing for prior scores, {share} of the remaining variance lies "
                "between schools.",
                share=formats.rate(model.icc),
            )
        )


def show_common_sample(sample: CommonSample | None, *, words: Words) -> None:
    """Show who is compared and who is not, and what that means for the figure."""
    if sample is None:
        st.info(words("There is no common sample: no baseline, or too few linked pupils."))
        return
    matched, joined, left, coverage = st.columns(4)
    matched.metric(words("Matched"), formats.count(sample.matched), border=True)
    joined.metric(words("Only in this exam"), formats.count(sample.joined), border=True)
    left.metric(words("Only in the baseline"), formats.count(sample.left), border=True)
    is_known = formats.is_number(sample.coverage)
    coverage.metric(
        words("Coverage"),
        formats.rate(sample.coverage) if is_known else words("not known"),
        border=True,
    )
    st.markdown(sample_meaning(sample, words=words))


def sample_meaning(sample: CommonSample, *, words: Words) -> str:
    """Return what the common sample means for the figure, in sentences."""
    sentences = [
        words(
            "Value-added compares only pupils with a score in both exams (matched). Pupils who "
            "came, left or missed one of them are not part of it."
        )
    ]
    if formats.is_number(sample.coverage) and sample.coverage < LEAST_COVERAGE:
        sentences.append(
            words("Coverage is under 70%: the figure is not compared with other schools.")
        )
    matched, everybody = sample.prior_mean_matched, sample.prior_mean_all
    if formats.is_number(matched) and formats.is_number(everybody):
        sentences.append(
            words(
                "Mean prior score of the matched: {matched} SD; of all who sat the baseline: "
                "{all} SD.",
                matched=formats.signed(matched),
                all=formats.signed(everybody),
            )
        )
    elif is_small(sample.left):
        sentences.append(
            words(
                "Mean prior scores are not shown: they would tell about the fewer than 10 "
                "pupils who are only in the baseline."
            )
        )
    return " ".join(sentences)
