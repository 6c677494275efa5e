"""Parts of the engine benchmark: invented exams, measuring processes, servers, a cluster."""
