"""The text of a policy file that a call names."""

from pathlib import Path

from core.errors import SettingsError


def read_policy(path: Path, *, what: str, what_zh: str) -> str:
    """Return the text of a file.

    Parameters
    ----------
    what, what_zh : str
        What the file holds, for messages.

    Raises
    ------
    SettingsError
        When there is no such file, or it is not in UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, IsADirectoryError):
        raise SettingsError(
            f"There is no file {path.name!r}. Give a {what} in TOML.",
            f"没有文件“{path.name}”。请给出 TOML 格式的{what_zh}。",
        ) from None
    except UnicodeDecodeError as error:
        raise SettingsError(
            f"File {path.name!r} is not in UTF-8: {error}. Save it as UTF-8.",
            f"文件“{path.name}”不是 UTF-8 编码：{error}。请另存为 UTF-8。",
        ) from None
