"""What the check of a file found: outcome, findings by severity, and a workbook of them."""

import secrets

import pandas as pd
import streamlit as st

from core.errors import QualityError
from core.findings import Finding
from data.checks.shown_findings import shown_findings
from data.scope import Scope
from pipeline.import_scores import ImportReport
from ui import formats, state
from ui.text import Words, marked
from ui.widgets.import_form import AskedImport, in_fields

_SHOWN = 200
_LAST = "import_report"
_SEVERITIES = {
    "error": marked("error"),
    "warning": marked("warning"),
    "note": marked("note"),
}


def last_findings(scope: Scope) -> tuple[Finding, ...]:
    """Return what the last check of this session found, where it may be shown.

    Findings quote the file, also schools that the store does not know and so has no code for.
    """
    report: ImportReport | None = st.session_state.get(_LAST)
    return report.findings if report and scope.shows_names else ()


def check_file(scope: Scope, asked: AskedImport, *, words: Words) -> None:
    """Check the file that was asked for and keep it as a draft unless refused.

    The page is then drawn anew, so that the form offers the answers that the findings name.
    """
    st.session_state.pop(_LAST, None)
    try:
        with st.spinner(words("Checking the file")):
            report = state.check_upload(scope, asked.request, asked.content, actor=asked.actor)
    except QualityError as error:
        message = words.either(english=error.message, chinese=error.message_zh)
        st.error(formats.safe_markdown(in_fields(message, words)))
        return
    st.session_state[_LAST] = report
    st.rerun()


def show_report(scope: Scope, *, words: Words) -> None:
    """Show what the last check found, until its draft is published or taken back."""
    report: ImportReport | None = st.session_state.get(_LAST)
    if report is None or not _still_counts(scope, report):
        return
    _show_outcome(report, words)
    if not report.findings:
        return
    if not scope.shows_names:
        st.info(
            words(
                "Findings: {n}. They quote the file and may name schools. Turn off “{switch}” "
                "under “{menu}” to read them.",
                n=len(report.findings),
                switch=words("Codes instead of names"),
                menu=words("View"),
            )
        )
        return
    st.table(finding_rows(report.findings, words=words), hide_index=True, border="horizontal")
    if len(report.findings) > _SHOWN:
        st.caption(
            words(
                "The first {shown} of {n} findings; the workbook holds all.",
                shown=_SHOWN,
                n=len(report.findings),
            )
        )
    name = words("findings")
    st.download_button(
        words("Download the findings as a workbook"),
        state.findings_file(report),
        # The random part keeps two readers' files apart on the server.
        file_name=f"{name}_{secrets.token_hex(4)}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        on_click="ignore",
    )


def finding_rows(findings: tuple[Finding, ...], *, words: Words) -> pd.DataFrame:
    """Return the findings in words, errors first, as cells that Markdown shows as they are."""
    order = sorted(shown_findings(findings), key=lambda f: list(_SEVERITIES).index(f.severity))
    return pd.DataFrame(
        [
            {
                words("Severity"): words(_SEVERITIES[f.severity]),
                words("Row"): "" if f.row is None else str(f.row),
                words("Column"): formats.safe_markdown(f.column or ""),
                words("Finding"): formats.safe_markdown(_message(f, words)),
            }
            for f in order[:_SHOWN]
        ]
    )


def _message(finding: Finding, words: Words) -> str:
    message = words.either(english=finding.message_en, chinese=finding.message_zh)
    return in_fields(message, words)


def _still_counts(scope: Scope, report: ImportReport) -> bool:
    waiting = {batch.id for batch in state.batches(scope) if batch.status == "draft"}
    return not report.is_draft or report.batch in waiting


def _show_outcome(report: ImportReport, words: Words) -> None:
    if report.is_draft:
        st.success(
            words(
                "The file is kept as draft {batch}: {n} pupils. Look at the findings, then "
                "publish it or take it back below.",
                batch=report.batch,
                n=f"{report.n_rows:,}",
            )
        )
    elif report.n_refused:
        st.error(
            words(
                "The file is refused: {refused} of {n} rows have an error. Nothing was stored. "
                "Correct the file and check it again.",
                refused=f"{report.n_refused:,}",
                n=f"{report.n_rows:,}",
            )
        )
    else:
        st.error(
            words(
                "The file is refused as a whole, not for single rows; errors: {n}. Nothing was "
                "stored. Correct the file, or answer in the form above, and check it again.",
                n=sum(finding.severity == "error" for finding in report.findings),
            )
        )
