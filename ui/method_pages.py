"""The pages of ``docs/methods`` as the app shows them, in the reader's language.

Chinese pages stand in ``zh/`` under the names of the English ones, so that a link in a page
leads to the same page in either language; links stay in the app.
"""

import re
from functools import lru_cache
from pathlib import Path

from ui.text import Language

ENGLISH = Path(__file__).resolve().parents[1] / "docs" / "methods"
FOLDERS: dict[Language, Path] = {"en": ENGLISH, "zh": ENGLISH / "zh"}
_LINK = re.compile(r"\]\(([a-z_]+)\.md\)")
_ENTRY = re.compile(r"^- \[(.+)\]\(([a-z_]+)\.md\)$", re.MULTILINE)
_CJK = re.compile(r"\s*[\u3400-\u9fff].*")


@lru_cache(maxsize=2)
def titles(*, language: Language) -> dict[str, str]:
    """Return the title of each page, in the order of the index of that language."""
    index = (FOLDERS[language] / "README.md").read_text(encoding="utf-8")
    named = {match[2]: match[1] for match in _ENTRY.finditer(index)}
    if language == "zh":
        return named
    return {page: _CJK.sub("", title) for page, title in named.items()}


@lru_cache(maxsize=128)
def text_of(page: str, *, language: Language) -> str:
    """Return a page as Markdown; its links lead to the same page of the app.

    Raises
    ------
    KeyError
        When there is no such page: nothing else of the disk is read.
    """
    if page not in titles(language=language):
        raise KeyError(page)
    text = (FOLDERS[language] / f"{page}.md").read_text(encoding="utf-8")
    return _LINK.sub(rf"](methods?page=\1&lang={language})", text)
