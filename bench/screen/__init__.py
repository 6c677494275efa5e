"""What the benchmark of the pages is made of: large counties, and a browser's clock."""
