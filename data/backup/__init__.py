"""Backups: one file that holds the catalogue's rows and the lake, whatever the database."""
