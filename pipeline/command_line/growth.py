"""``growth``: growth percentiles of the schools between two exams."""

import argparse
from dataclasses import asdict
from typing import Any

from core.errors import SettingsError
from data.catalogue import find_exam, find_subject, subjects_of
from data.scope import OPERATOR
from pipeline.command_line.answer import Answer, add_format, plain_rows, say_answer
from pipeline.command_line.exam_options import (
    EVERY_SCHOOL,
    add_baseline,
    add_exam,
    source_document,
    source_of,
)
from pipeline.compute_growth import exam_growth
from pipeline.growth_groups import ShownGroups, shown_growth_groups
from pipeline.store import open_store

HELP = "growth percentiles: how pupils stand among pupils of equal past"
EXAMPLE = """\
  python -m pipeline growth --exam "2026 期末" --baseline "2023 入学测" --subject 数学
"""
DESCRIPTION = f"""\
Give each school the median and mean growth percentile of its pupils.

A pupil's growth percentile says how many in a hundred pupils with the same earlier score are
behind, by 100 regression quantiles over a cubic spline of the earlier score (as the R package
SGP has it). 50 is typical.

With --group the growth chart of a school, a township, or all schools of a kind or place
(school_type=..., locale=...): its pupils in each fifth of the county's prior scores, with the
curves and the bands of growth in JSON.
{EVERY_SCHOOL}"""
_WARNINGS = {
    "few_pupils": (
        "匹配学生 {found} 人，少于 {required} 人",
        "matched pupils {found}, fewer than {required}",
    ),
    "coarse_outcome": (
        "本次不同分值 {found} 个，少于 {required} 个：学生会挤在同一百分位",
        "different current scores {found}, fewer than {required}: pupils lump together",
    ),
    "equal_knots": (
        "起点分值过粗，{required} 个节点中只有 {found} 个不同",
        "the prior is coarse: {found} of {required} knots differ",
    ),
    "few_prior_values": (
        "起点分值只能区分曲线 {required} 列中的 {found} 列",
        "the prior scores tell {found} of {required} columns of the curve apart",
    ),
}
_KEYS = ["school", "n", "median", "mean", "se_median", "se_mean", "status"]


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    add_exam(parser)
    add_baseline(parser, required=True)
    parser.add_argument("--subject", required=True, metavar="S", help="code or name")
    parser.add_argument("--group", metavar="CODE", help="the growth chart of a group")
    add_format(parser)


def run(options: argparse.Namespace) -> bool:
    """Print the growth percentiles of the schools."""
    store = open_store()
    exam = find_exam(OPERATOR, store, options.exam)
    baseline = find_exam(OPERATOR, store, options.baseline)
    subject = find_subject(subjects_of(store, exam.release_id), options.subject, exam=exam.name)
    growth = exam_growth(OPERATOR, store, exam, baseline, subject=subject)
    warnings = [_said(asdict(warning)) for warning in growth.warnings]
    document = source_document(exam, baseline) | {
        "subject": options.subject,
        "n_pupils": growth.n_pupils,
        "mean_percentile": growth.mean_percentile,
        "knots": list(growth.knots),
        "boundaries": list(growth.boundaries),
        "warnings": warnings,
    }
    lines = (
        source_of(exam, baseline),
        f"{options.subject}: growth percentiles of {growth.n_pupils} pupils, their mean "
        f"{growth.mean_percentile:.1f}",
        *(f"{w['message_zh']}\n    {w['message_en']}" for w in warnings),
    )
    if options.group is None:
        answer = Answer(lines, growth.schools[_KEYS], document, rows_key="schools")
    else:
        groups = shown_growth_groups(OPERATOR, store, exam, baseline, subject=subject)
        answer = _of_group(groups, options.group, lines=lines, document=document)
    say_answer(answer, form=options.format)
    return True


def _of_group(
    found: ShownGroups, group: str, *, lines: tuple[str, ...], document: dict[str, Any]
) -> Answer:
    """Return the growth chart of one group.

    Raises
    ------
    SettingsError
        When no pupil of such a group is matched.
    """
    own = found.groups[found.groups["unit"] == group]
    if own.empty:
        known = ", ".join(found.groups["unit"])
        raise SettingsError(
            f"No group {group!r} has matched pupils (groups: {len(found.groups)}). Choose one "
            f"of: {known}.",
            f"没有代码为“{group}”且有匹配学生的群体（共 {len(found.groups)} 个）。"
            f"可选：{known}。",
        )
    row = own.iloc[0]
    fifths, bands = (t[t["unit"] == group] for t in (found.fifths, found.bands))
    more = {
        "group": group,
        "summary": plain_rows(own.drop(columns="unit"))[0],
        "bands": plain_rows(bands.drop(columns="unit")),
        "curves": plain_rows(found.growth.curves),
    }
    said = (
        f"{group}: {row['n']} pupils of {row['n_schools']} schools, mean percentile "
        f"{row['mean']:.1f} [{row['low']:.1f}, {row['high']:.1f}], median {row['median']:.1f}"
    )
    table = fifths.drop(columns="unit")
    return Answer((*lines, said), table, document | more, rows_key="fifths")


def _said(warning: dict[str, Any]) -> dict[str, Any]:
    """Return a warning with its sentences."""
    zh, en = (text.format_map(warning) for text in _WARNINGS[warning["code"]])
    return warning | {"message_zh": f"{zh}。", "message_en": f"{en}."}
