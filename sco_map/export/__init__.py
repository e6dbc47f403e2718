"""Files that carry a selection elsewhere: a page, tables, and what geographic programs read."""

from sco_map.export.contents import SHARE_ALIKE, Contents, ExportError
from sco_map.export.files import ENDINGS, SHEET, export, file_name, format_of, render, sheet_fault, write

__all__ = [
    "ENDINGS",
    "SHARE_ALIKE",
    "SHEET",
    "Contents",
    "ExportError",
    "export",
    "file_name",
    "format_of",
    "render",
    "sheet_fault",
    "write",
]
