"""Open the store that ``ZHUNSHENG_HOME`` names."""

from data.home import home_from_environment
from data.store import Store, open_store_at


def open_store(*, may_be_new: bool = False) -> Store:
    """Open the store of the environment.

    Parameters
    ----------
    may_be_new : bool
        Make it at first use. Only for what puts data in: whoever reads from a folder without a
        store, or backs it up, named the wrong one.

    Raises
    ------
    SettingsError
        When there is no store and none may be made.
    """
    return open_store_at(home_from_environment(), may_be_new=may_be_new)
