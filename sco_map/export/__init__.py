"""Files that carry a selection elsewhere: a page, tables, and what geographic programs read."""

from sco_map.export.contents import SHARE_ALIKE, Contents, ExportError
from sco_map.export.files import ENDINGS, export, file_name, format_of, render, write

__all__ = ["ENDINGS", "SHARE_ALIKE", "Contents", "ExportError", "export", "file_name", "format_of", "render", "write"]
