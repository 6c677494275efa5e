"""The pages of ``docs/methods`` as the app shows them, with links that stay in the app."""

import re
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "methods"
_LINK = re.compile(r"\]\(([a-z_]+)\.md\)")
_HEADING = re.compile(r"^## (.+)$|^- \[(.+)\]\(([a-z_]+)\.md\)$", re.MULTILINE)
_CJK = re.compile(r"[\u3400-\u9fff].*")


@lru_cache(maxsize=1)
def titles() -> dict[str, str]:
    """Return the title of each page, in the order of the index; titles have both languages."""
    index = (FOLDER / "README.md").read_text(encoding="utf-8")
    return {match[3]: match[2] for match in _HEADING.finditer(index) if match[3]}


def short_title(page: str, *, language: str) -> str:
    """Return the part of a title in one language; the whole where it has only one."""
    title = titles()[page]
    chinese = _CJK.search(title)
    if chinese is None:
        return title
    return chinese[0].strip() if language == "zh" else title[: chinese.start()].strip()


@lru_cache(maxsize=64)
def text_of(page: str, *, language: str) -> str:
    """Return a page as Markdown; its links lead to the same page of the app.

    Raises
    ------
    KeyError
        When there is no such page: nothing else of the disk is read.
    """
    if page not in titles():
        raise KeyError(page)
    text = (FOLDER / f"{page}.md").read_text(encoding="utf-8")
    return _LINK.sub(rf"](methods?page=\1&lang={language})", text)
