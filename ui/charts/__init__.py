"""Charts as pure functions: a table in, a Plotly figure out."""
