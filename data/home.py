"""Where a store lives: the folder of lake and keys, and the database of the catalogue."""

import os
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL

from data.database_url import DATABASE_VARIABLE, parse_database_url

HOME_VARIABLE = "ZHUNSHENG_HOME"


@dataclass(frozen=True, slots=True)
class Home:
    """The places of one store.

    Attributes
    ----------
    root : Path
        The folder of lake, staging area, keys and, without a database of its own, catalogue.
    database_url : URL or None
        The PostgreSQL database of the catalogue; None means the SQLite file in the folder.
    """

    root: Path
    database_url: URL | None = None

    @property
    def database(self) -> Path:
        """The SQLite catalogue; without a meaning where ``database_url`` is set."""
        return self.root / "catalogue.sqlite"

    @property
    def lake(self) -> Path:
        """Published bundles: one folder each, never changed."""
        return self.root / "lake"

    @property
    def staging(self) -> Path:
        """Bundles being written; on the lake's file system, so that a rename is atomic."""
        return self.root / "staging"

    @property
    def keys(self) -> Path:
        """Key files; outside the lake, so that a copied lake names nobody."""
        return self.root / "keys"

    @property
    def uploads(self) -> Path:
        """Uploads while they are checked; made by the first one."""
        return self.root / "uploads"

    def make_folders(self) -> None:
        """Create the folders, readable by their owner only."""
        for folder in (self.root, self.lake, self.staging, self.keys):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def home_from_environment() -> Home:
    """Return the store that the environment names.

    ``ZHUNSHENG_HOME`` is its folder, by default ``var/`` beside the code;
    ``ZHUNSHENG_DATABASE_URL`` its PostgreSQL database, by default SQLite in the folder.

    Raises
    ------
    SettingsError
        When the address of the database is malformed or of an unknown kind.
    """
    default = Path(__file__).resolve().parent.parent / "var"
    return Home(
        Path(os.environ.get(HOME_VARIABLE) or default).resolve(),
        parse_database_url(os.environ.get(DATABASE_VARIABLE, "")),
    )
