"""Findings of all schools over several school years as sentences."""

from pipeline.views import ValueAddedYearsView
from ui.text import Words
from ui.vocabulary import subject_name
from ui.weak_schools_sentences import schools_words


def several_years_finding(view: ValueAddedYearsView, *, words: Words) -> str:
    """Return how many schools add clearly more or less than expected over the years."""
    subject = subject_name(view.stamp.subject, view.stamp.subject_name, words=words)
    judged = view.schools[view.schools["estimate"].notna()]
    years = int((view.exams["status"] == "ok").sum())
    if judged.empty:
        return words("{subject}: no school can be shown over the years", subject=subject)
    above, below = (int((judged["verdict"] == f"well_{s}").sum()) for s in ("above", "below"))
    return words(
        "{subject}, {years} school years together: of {schools}, {above} add clearly more "
        "than expected and {below} clearly less",
        subject=subject,
        years=years,
        schools=schools_words(len(judged), words),
        above=above,
        below=below,
    )
