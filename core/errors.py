"""Errors a person may see: what is wrong, where, what is required, what to do."""


class QualityError(Exception):
    """An error shown to the user without a traceback, in English and Chinese.

    Parameters
    ----------
    message : str
        English text: the number found, where, what is required, what to do.
    message_zh : str
        The same in Chinese.
    """

    def __init__(self, message: str, message_zh: str) -> None:
        super().__init__(f"{message_zh}\n{message}")
        self.message = message
        self.message_zh = message_zh

    def __reduce__(self) -> tuple[type["QualityError"], tuple[str, str]]:
        return type(self), (self.message, self.message_zh)


class DataError(QualityError):
    """The file or table breaks a rule; its owner can repair it."""


class NotEstimableError(QualityError):
    """The data are fine but too thin; widen the cohort or accept "not estimable"."""


class SettingsError(QualityError):
    """Thresholds, weights or a choice are missing, unknown or contradict each other."""


class StorageError(QualityError):
    """The disk or the database cannot do what was asked; whoever keeps them can repair it."""
