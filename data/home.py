"""Where a store lives: the folder of database, lake and keys."""

import os
from dataclasses import dataclass
from pathlib import Path

HOME_VARIABLE = "ZHUNSHENG_HOME"


@dataclass(frozen=True, slots=True)
class Home:
    """The places of one store under one folder."""

    root: Path

    @property
    def database(self) -> Path:
        """The SQLite catalogue."""
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

    def make_folders(self) -> None:
        """Create the folders, readable by their owner only."""
        for folder in (self.root, self.lake, self.staging, self.keys):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def home_from_environment() -> Home:
    """Return the store's folder: ``ZHUNSHENG_HOME``, by default ``var/`` beside the code."""
    default = Path(__file__).resolve().parent.parent / "var"
    return Home(Path(os.environ.get(HOME_VARIABLE) or default).resolve())
