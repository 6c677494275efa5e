"""Checks on imported marks, one rule a file; each returns findings."""
