"""A map of the corridors, railways and pipelines of the Shanghai Cooperation Organisation's region."""

__version__ = "1.0.0.dev0"
