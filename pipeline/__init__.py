"""The verbs of the flow, the command line, and the door for notebooks: ``open_store``."""

from pipeline.store import open_store

__all__ = ["open_store"]
