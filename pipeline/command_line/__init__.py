"""The calls of ``python -m pipeline``: a file per command with its help, options and answer."""
