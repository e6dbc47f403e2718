"""A map of the corridors, railways and pipelines of the Shanghai Cooperation Organisation's region."""
