"""Everything outside the process: catalogue, lake, engine, importers, checks."""
