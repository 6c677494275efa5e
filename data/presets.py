"""Policies that come with the project, as texts of TOML files; nobody has approved them."""

from pathlib import Path

_FOLDER = Path(__file__).parent / "policies"


def preset_texts(kind: str) -> dict[str, str]:
    """Return the texts of the presets of a kind, such as ``weights``, by name of file.

    Examples
    --------
    >>> sorted(preset_texts("weights"))
    ['two_rates_one_score']
    """
    files = sorted((_FOLDER / kind).glob("*.toml"))
    return {path.stem: path.read_text(encoding="utf-8") for path in files}
