"""The environment names the engine; what it cannot mean is refused in words."""

import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import SettingsError
from data.engine.duckdb_engine import DuckDBEngine
from data.engine.open import engine_from_environment
from tests.data.engine.small_exams import OF_ONE_EXAM, write_exam


def engine_of(root: Path) -> object:
    return engine_from_environment(lake=root / "lake", staging=root / "staging")


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ZHUNSHENG_ENGINE", "ZHUNSHENG_ENGINE_MEMORY_MB", "ZHUNSHENG_LAKE_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("value", [None, "", " duckdb "])
def test_duckdb_is_the_default(
    value: str | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if value is not None:
        monkeypatch.setenv("ZHUNSHENG_ENGINE", value)
    assert isinstance(engine_of(tmp_path), DuckDBEngine)


def test_the_default_engine_reads_lake_and_staging_and_leaves_no_folder_behind(
    tmp_path: Path,
) -> None:
    engine = engine_from_environment(lake=tmp_path / "lake", staging=tmp_path / "staging")
    for folder in ("lake", "staging"):
        (tmp_path / folder).mkdir()
        path = write_exam(tmp_path / folder / "scores.parquet", [(1, "a", "1班", (50, None))])
        found = engine.run(OF_ONE_EXAM["score_histogram"], {"scores": path})
        assert found["score"].to_pylist() == [50]
    assert {path.name for path in tmp_path.iterdir()} == {"lake", "staging"}


def test_an_address_makes_the_engine_of_a_cluster(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    spark_engine = pytest.importorskip("data.engine.spark_engine")
    pytest.importorskip("pyspark")
    monkeypatch.setenv("ZHUNSHENG_ENGINE", "sc://127.0.0.1:15002")
    assert isinstance(engine_of(tmp_path), spark_engine.SparkConnectEngine)


@pytest.mark.parametrize("value", ["spark", "sqlite", "http://host:15002"])
def test_an_unknown_engine_is_refused_in_both_languages(
    value: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ZHUNSHENG_ENGINE", value)
    with pytest.raises(SettingsError, match="ZHUNSHENG_ENGINE") as caught:
        engine_of(tmp_path)
    assert value in caught.value.message
    assert value in caught.value.message_zh


@pytest.mark.parametrize("value", ["much", "-1", "0", "2.5", "64"])
def test_a_memory_that_is_no_number_or_too_small_is_refused(
    value: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ZHUNSHENG_ENGINE_MEMORY_MB", value)
    with pytest.raises(SettingsError, match="at least 256"):
        engine_of(tmp_path)


def test_the_default_engine_loads_no_client_of_a_cluster() -> None:
    code = "import sys; import data.engine.open; sys.exit('pyspark' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
