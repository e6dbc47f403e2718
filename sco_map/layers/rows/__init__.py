"""Rows: segments, sites, events and projects as GeoJSON features."""
