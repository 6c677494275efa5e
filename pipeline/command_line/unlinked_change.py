"""How ranks and rates of the schools moved between two exams, without linking pupils."""

import argparse

from core.change import compute_rank_change, compute_rate_change
from data.catalogue import ExamRelease, find_subject, subjects_of, units_of
from data.scope import OPERATOR
from data.store import Store
from pipeline.command_line.answer import Answer, say_answer
from pipeline.command_line.exam_options import source_document, source_of
from pipeline.compute_indicators import all_indicators
from pipeline.compute_value_added import require_order
from pipeline.exam_statistics import comparison_groups

UNLINKED = ("rank_change", "rate_change")


def say_unlinked_change(
    store: Store, exam: ExamRelease, baseline: ExamRelease, options: argparse.Namespace
) -> None:
    """Print the change of ranks or rates of the schools in one subject.

    Raises
    ------
    SettingsError
        When the baseline is not earlier, or one of the exams lacks the subject.
    """
    require_order(exam, baseline)
    rows = []
    for each in (exam, baseline):
        papers = subjects_of(store, each.release_id)
        code = find_subject(papers, options.subject, exam=each.name)
        rows.append(all_indicators(OPERATOR, store, each, subject=code))
    groups = comparison_groups(units_of(store, exam.county))
    current, previous = (r[r["unit"].isin(groups.index)] for r in rows)
    if options.method == "rank_change":
        table = compute_rank_change(current, previous=previous, group=groups, indicator="mean")
    else:
        table = compute_rate_change(current, previous=previous)
    table = table.rename(columns={"unit": "school"})
    document = source_document(exam, baseline) | {
        "method": options.method,
        "subject": options.subject,
    }
    lines = (
        source_of(exam, baseline),
        f"{options.subject}: {options.method}, whole schools; pupils are not linked",
    )
    say_answer(Answer(lines, table, document, rows_key="schools"), form=options.format)
