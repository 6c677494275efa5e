"""The commands: each prints its answer and says whether the data allowed it."""

import argparse
import csv
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pandas as pd

from core.value_added import ValueAdded, ValueAddedSpec
from data.catalogue import find_exam, list_exams
from data.scope import OPERATOR
from pipeline.compute_indicators import ValueAddedRequest, exam_value_added
from pipeline.demo import build_demonstration, needs_demonstration
from pipeline.import_scores import ImportReport, ImportRequest, import_scores
from pipeline.store import open_store

_ACTOR = "command line"
_IMPORT_KEYS = ("outcome", "n_rows", "n_refused", "release")
_SCHOOL_KEYS = [
    "school",
    "n",
    "estimate",
    "se_conditional",
    "se_prediction",
    "index",
    "verdict",
]


def run_import(options: argparse.Namespace) -> bool:
    """Check a file and publish it; False when the findings refuse it."""
    request = ImportRequest(
        path=options.file,
        exam=options.exam,
        held_on=options.date,
        grade=options.grade,
        stage=options.stage,
        full_marks=dict(options.full_mark),
    )
    report = import_scores(open_store(), request, is_dry_run=options.dry_run, actor=_ACTOR)
    _say(_import_json(report) if options.format == "json" else _import_text(report))
    return report.outcome != "reject"


def run_exams(options: argparse.Namespace) -> bool:
    """List the exams in their current releases."""
    keys = (
        "name",
        "held_on",
        "grade",
        "stage",
        "county",
        "n_rows",
        "n_schools",
        "published_at",
    )
    exams = [
        {key: getattr(exam, key) for key in keys}
        | {"release": exam.number, "demonstration": exam.is_demonstration}
        for exam in list_exams(OPERATOR, open_store())
    ]
    if options.format == "json":
        _say(_json(exams))
    else:
        lines = [
            f"{e['held_on']}  grade {e['grade']:>2}  {e['n_rows']:>7} pupils  "
            f"{e['n_schools']:>4} schools  release {e['release']}  {e['name']}"
            for e in exams
        ]
        _say("\n".join(lines) or "No exams yet. See: python -m pipeline import --help")
    return True


def run_demo(_options: argparse.Namespace) -> bool:
    """Fill an empty store with the demonstration."""
    store = open_store()
    if needs_demonstration(store):
        build_demonstration(store, lambda share, name: _progress(f"{share:4.0%}  {name}"))
    _say(f"Exams in the store: {len(list_exams(OPERATOR, store))}. Now: streamlit run app.py")
    return True


def run_value_added(options: argparse.Namespace) -> bool:
    """Print the value-added of a pair of exams."""
    store = open_store()
    request = ValueAddedRequest(
        current=find_exam(OPERATOR, store, options.exam),
        baseline=find_exam(OPERATOR, store, options.baseline),
        subject=options.subject,
        priors=tuple(options.prior),
        spec=ValueAddedSpec(method=options.method, scale=options.scale),
    )
    result = exam_value_added(OPERATOR, store, request)
    current, baseline = request.current, request.baseline
    source = (
        f"{current.name} (release {current.number}) from {baseline.name} (release "
        f"{baseline.number}), rules {current.rule_version}"
    )
    writers = {"json": _value_added_json, "csv": _value_added_csv, "text": _value_added_text}
    text = writers[options.format](result, options.subject)
    _say(f"{source}\n{text}" if options.format == "text" else text)
    return True


COMMANDS: dict[str, Callable[[argparse.Namespace], bool]] = {
    "import": run_import,
    "exams": run_exams,
    "demo": run_demo,
    "value-added": run_value_added,
}


def _import_json(report: ImportReport) -> str:
    answer = {key: getattr(report, key) for key in _IMPORT_KEYS}
    return _json(answer | {"findings": [asdict(finding) for finding in report.findings]})


def _import_text(report: ImportReport) -> str:
    lines = [f"{report.outcome}: rows {report.n_rows}, refused {report.n_refused}"]
    for finding in report.findings:
        lines += [f"[{finding.severity}] {finding.message_zh}", f"    {finding.message_en}"]
    return "\n".join([*lines, _published(report)])


def _published(report: ImportReport) -> str:
    number = report.release
    if number is None:
        return "未发布任何内容。Nothing was published."
    if not report.is_new:
        return f"内容与第 {number} 版相同，未改动。Unchanged: the content is release {number}."
    return f"已发布为第 {number} 版。Published as release {number}."


def _value_added_json(result: ValueAdded, subject: str) -> str:
    sample = result.common_sample
    answer = {
        "method": result.method,
        "subject": subject,
        "scale": result.scale,
        "status": result.status,
        "n_pupils": result.n_pupils,
        "n_schools": result.n_schools,
        "common_sample": {
            key: getattr(sample, key) for key in ("matched", "joined", "left", "coverage")
        },
        "fixed_effects": [asdict(effect) for effect in result.fixed_effects],
        "sigma_u2": result.sigma_u2,
        "sigma_e2": result.sigma_e2,
        "neg2_log_reml": result.neg2_log_reml,
        "fairness_r": result.fairness_r,
        "schools": _plain(result.schools[[*_SCHOOL_KEYS, "status"]]),
    }
    return _json(answer)


def _value_added_csv(result: ValueAdded, _subject: str) -> str:
    rows: str = result.schools[[*_SCHOOL_KEYS, "status"]].to_csv(
        index=False, lineterminator="\n", quoting=csv.QUOTE_MINIMAL
    )
    return rows.rstrip("\n")


def _value_added_text(result: ValueAdded, subject: str) -> str:
    sample = result.common_sample
    unit = "population SD" if result.scale == "z" else "points"
    fairness = "-" if result.fairness_r is None else f"{result.fairness_r:+.2f}"
    effects = "; ".join(f"{e.name} {e.estimate:.4f} ± {e.se:.4f}" for e in result.fixed_effects)
    columns = [*_SCHOOL_KEYS[:3], "low", "high", *_SCHOOL_KEYS[3:], "status"]
    table = result.schools[columns].to_string(
        index=False, float_format=lambda x: f"{x:.3f}", na_rep="-"
    )
    return (
        f"{subject}: value-added by {result.method}, in {unit} ({result.status})\n"
        f"matched {sample.matched}, joined {sample.joined}, left {sample.left}, "
        f"coverage {sample.coverage:.1%}; schools {result.n_schools}\n"
        f"{effects}; between schools {result.sigma_u2:.4f}, within {result.sigma_e2:.4f}; "
        f"r with intake {fairness}\n{table}"
    )


def _plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows whose missing numbers are null, as JSON knows no NaN."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(key): value for key, value in row.items()} for row in plain.to_dict("records")]


def _json(answer: object) -> str:
    return json.dumps(answer, ensure_ascii=False, indent=1, default=_basic, allow_nan=False)


def _basic(value: Any) -> Any:
    """Return dates as ISO text and numpy numbers as Python's own."""
    return value.isoformat() if hasattr(value, "isoformat") else value.item()


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


def _progress(text: str) -> None:
    sys.stderr.write(text + "\n")
