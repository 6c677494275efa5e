"""Words, numbers, theme, charts, widgets and the state of a session."""
