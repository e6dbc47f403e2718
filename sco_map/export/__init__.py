"""Files that carry a selection elsewhere: a page, GeoJSON, a table."""

from sco_map.export.files import FORMATS, ExportError, export, file_name, render, write

__all__ = ["FORMATS", "ExportError", "export", "file_name", "render", "write"]
