"""Lines along the railway network, and the breaks of gauge."""
