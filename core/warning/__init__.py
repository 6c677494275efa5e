"""Warning bands 预警: rule sets, status x change grid, named signals, exit lines, proposals."""
