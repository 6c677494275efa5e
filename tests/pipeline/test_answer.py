"""The forms of an answer: CSV that no spreadsheet takes for formulas."""

import pandas as pd
import pytest

from pipeline.command_line.answer import Answer, say_answer


def test_texts_of_a_csv_never_start_a_formula(capsys: pytest.CaptureFixture[str]) -> None:
    rows = pd.DataFrame(
        {
            "subject": ["-3+cmd|' /C calc'!A0", "=1+1", "@SUM(A1)", "语文"],
            "estimate": [-1.5, float("nan"), 2.0, -0.25],
            "n": pd.array([-1, None, 3, 4], dtype="Int64"),
            "is_own": [True, False, True, False],
        }
    )
    say_answer(Answer((), rows), form="csv")
    assert capsys.readouterr().out.splitlines() == [
        "subject,estimate,n,is_own",
        "'-3+cmd|' /C calc'!A0,-1.5,-1,True",
        "'=1+1,,,False",
        "'@SUM(A1),2.0,3,True",
        "语文,-0.25,4,False",
    ]
