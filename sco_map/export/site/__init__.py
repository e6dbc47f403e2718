"""The map as a folder of files for any host: pages without a script in four languages, and a file beside each."""

from sco_map.export.site.build import Made, SiteError, site
from sco_map.export.site.folder import FolderError, folder_fault, write_folder

__all__ = ["FolderError", "Made", "SiteError", "folder_fault", "site", "write_folder"]
