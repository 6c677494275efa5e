"""What the check of a file found: outcome, findings by severity, and a workbook of them."""

import secrets

import pandas as pd
import streamlit as st

from core.errors import QualityError
from core.findings import Finding
from data.checks.shown_findings import shown_findings
from data.scope import Scope
from pipeline.import_scores import ImportReport
from ui import state
from ui.text import Words, marked
from ui.widgets.import_form import AskedImport

_SHOWN = 200
_SEVERITIES = {
    "error": marked("error"),
    "warning": marked("warning"),
    "note": marked("note"),
}


def show_report(scope: Scope, asked: AskedImport, *, words: Words) -> None:
    """Check the file that was asked for, keep it as a draft unless refused, and tell."""
    try:
        with st.spinner(words("Checking the file")):
            report = state.check_upload(scope, asked.request, asked.content, actor=asked.actor)
    except QualityError as error:
        st.error(words.either(english=error.message, chinese=error.message_zh))
        return
    _show_outcome(report, words)
    if not report.findings:
        return
    st.dataframe(finding_rows(report.findings, words=words), hide_index=True, height="auto")
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
    """Return the findings in words, errors first."""
    order = sorted(shown_findings(findings), key=lambda f: list(_SEVERITIES).index(f.severity))
    return pd.DataFrame(
        [
            {
                words("Severity"): words(_SEVERITIES[f.severity]),
                words("Row"): "" if f.row is None else str(f.row),
                words("Column"): f.column or "",
                words("Finding"): words.either(english=f.message_en, chinese=f.message_zh),
            }
            for f in order[:_SHOWN]
        ]
    )


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
    else:
        st.error(
            words(
                "The file is refused: {refused} of {n} rows have an error. Nothing was stored. "
                "Correct the file and check it again.",
                refused=f"{report.n_refused:,}",
                n=f"{report.n_rows:,}",
            )
        )
