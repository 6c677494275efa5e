"""Base schools 优质学科基地 and pairing: limits, a checker, and the best choice within them."""
