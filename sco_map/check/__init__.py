"""One check of a layer file, for loading and for `check`: what JSON, geometry, words and figures must be."""
