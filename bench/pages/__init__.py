"""What the benchmark of the pages is made of: large invented counties, and a browser's clock."""
