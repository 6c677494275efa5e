"""Statistics and judgement: pandas tables in and out, no files, database, clock or screen."""
