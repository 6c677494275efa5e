"""From the two files to the effects: import, publish and the command line equal lme4."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.__main__ import main

HERE = Path(__file__).parent
LME4 = json.loads((HERE / "lmm_Exam_import.json").read_text(encoding="utf-8"))
REL = 1e-7  # lme4 stops its search at about this relative precision of theta
EFFECT_SD = 100.0  # points of the files in one unit of the original scale
EFFECT = 1e-6 * EFFECT_SD


@pytest.fixture
def answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Any:
    monkeypatch.setenv("ZHUNSHENG_HOME", str(tmp_path))
    for name, day, grade in (("baseline", "1985-09-02", "7"), ("current", "1990-06-15", "11")):
        file = str(HERE / f"Exam_{name}.csv")
        call = ["import", file, "--exam", name, "--date", day, "--grade", grade]
        assert main([*call, "--full-mark", "综合=1000"]) == 0
    capsys.readouterr()
    call = ["value-added", "--exam", "current", "--baseline", "baseline", "--subject", "综合"]
    assert main([*call, "--scale", "raw", "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_every_figure_of_the_inner_london_files_equals_lme4(answer: Any) -> None:
    fixed = answer["fixed_effects"]
    assert [e["estimate"] for e in fixed] == pytest.approx(
        list(LME4["fixed"].values()), rel=REL
    )
    assert [e["se"] for e in fixed] == pytest.approx(list(LME4["fixed_se"].values()), rel=REL)
    for key in ("sigma_u2", "sigma_e2", "neg2_log_reml"):
        assert answer[key] == pytest.approx(LME4[key], rel=REL)
    schools = {s["school"]: s for s in answer["schools"]}
    assert len(schools) == LME4["n_schools"]
    for expected in LME4["schools"]:
        found = schools[expected["school"]]
        assert found["n"] == expected["n"]
        assert found["estimate"] == pytest.approx(expected["blup"], abs=EFFECT)
        assert found["se_conditional"] == pytest.approx(expected["cond_sd"], rel=REL)
        assert found["se_prediction"] == pytest.approx(expected["pev_sd"], rel=REL)
