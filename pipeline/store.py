"""Open the store that ``ZHUNSHENG_HOME`` names."""

from data.home import home_from_environment
from data.store import Store, open_store_at


def open_store() -> Store:
    """Open the store of the environment, making it at first use."""
    return open_store_at(home_from_environment())
