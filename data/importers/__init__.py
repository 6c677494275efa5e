"""From a file to text cells: guard, child process, readers, layouts."""
