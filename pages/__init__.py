"""One script per level of oversight: ask, load, show."""
