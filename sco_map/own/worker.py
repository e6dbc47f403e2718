"""The process that reads a stranger's file: without a network, with limits on memory and time, one driver of GDAL.

`python -m sco_map.own.worker FOLDER` finds `job.json` and the file `input` in the folder, and leaves `table.arrow`
there; what it has to say goes to `said.json`. Nothing of the file is ever run, and nothing that it names is opened.
A job that says "tiles" takes that table in place of the file and leaves `tiles.pmtiles`: that is a process of its own,
since it needs other drivers.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
from contextlib import suppress
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import Any

from sco_map.own.errors import OwnDataError
from sco_map.own.limits import Limits

INPUT, JOB, TABLE, TILES, SAID = "input", "job.json", "table.arrow", "tiles.pmtiles", "said.json"
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
DIE_WITH_PARENT = 1
KILL = 9

DRIVERS = (
    "PCIDSK,PDS4,VICAR,PDF,MBTiles,EEDA,OGCAPI,GDALG,MapInfo File,LVBAG,S57,DGN,OGR_VRT,CSV,GML,GPX,KML,GeoJSONSeq,"
    "ESRIJSON,TopoJSON,OGR_GMT,SQLite,WAsP,OpenFileGDB,DXF,GeoRSS,VFK,PGDUMP,OSM,GPSBabel,OGR_PDS,WFS,OAPIF,EDIGEO,"
    "Idrisi,ODS,XLSX,Elasticsearch,Carto,AmigoCloud,SXF,Selafin,JML,PLSCENES,CSW,VDV,MVT,NGW,MapML,GTFS,PMTiles,JSONFG,"
    "MiraMonVector,ADBC,AVCBin,AVCE00,AIVector,HTTP,MEM,Memory,VRT,GTI,WMS,WMTS,WCS,STACIT,STACTA,PostgreSQL,MySQL,"
    "MSSQLSpatial,OCI,ODBC,PGeo,Parquet,Arrow,SOSI,MongoDBv3,HANA,NetCDF,LIBERTIFF,GTiff,COG,PNG,JPEG,Zarr,"
    "GeoJSON,GPKG,FlatGeobuf,LIBKML,ESRI Shapefile"
).split(",")
"""The drivers of GDAL that are switched off, but for the one that reads the file; a newer GDAL may have more."""

QUIET = {
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
    "GDAL_HTTP_PROXY": "127.0.0.1:9",
    "GDAL_HTTP_MAX_RETRY": "0",
    "GDAL_HTTP_TIMEOUT": "1",
    "GDAL_DISABLE_READDIR_ON_OPEN": "YES",
    "GDAL_PAM_ENABLED": "NO",
    "OGR_GEOJSON_MAX_OBJ_SIZE": "512",
    "OGR_SQLITE_LIST_VIRTUAL_OGR": "NO",
    "PROJ_NETWORK": "OFF",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
}
"""Settings of the libraries: nothing is fetched, nothing is written beside a file, one thread."""


class Without(MetaPathFinder):
    """Keeps packages from being imported that libraries take along where they are, which doubles the start."""

    packages = ("pandas", "geopandas")

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        """Refuse these packages, and say nothing of all others."""
        if name.partition(".")[0] in self.packages:
            raise ModuleNotFoundError(f"{name} is not used here", name=name)


def main(folder: Path) -> int:
    """Read the file of a job, and return 0 when what was found is in the folder: a table, or why there is none."""
    job = json.loads((folder / JOB).read_text(encoding="utf-8"))
    limits = Limits(**job["limits"])
    locked_in(limits)
    sys.meta_path.insert(0, Without())
    os.environ.update(QUIET)
    try:
        said: dict[str, Any] = read_job(folder, job, limits)
    except OwnDataError as error:
        said = {"error": str(error), "flags": error.flags}
    except (MemoryError, ImportError):  # a library that finds no room for itself is not found, either
        said = {"error": too_large(job["name"], limits)}
    (folder / SAID).write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    return 0


def too_large(name: str, limits: Limits) -> str:
    """Return what is said of a file that needs too much memory."""
    most = f"{limits.memory_bytes / 2**20:,.0f} MB"
    return f"{name} takes more than {most} of memory to read; split it, or keep only what you need"


def locked_in(limits: Limits) -> None:
    """Take away from this process what reading a file does not need: network, endless memory, time and files."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        for what, most in (
            (resource.RLIMIT_AS, limits.memory_bytes),
            (resource.RLIMIT_CPU, limits.cpu_seconds),
            (resource.RLIMIT_FSIZE, 2 * limits.file_bytes),
            (resource.RLIMIT_NOFILE, 128),
            (resource.RLIMIT_CORE, 0),
        ):
            with suppress(OSError, ValueError):
                resource.setrlimit(what, (most, most))
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            system = ctypes.CDLL(None, use_errno=True)
            system.prctl(DIE_WITH_PARENT, KILL)
            if system.unshare(CLONE_NEWNET) != 0:
                system.unshare(CLONE_NEWUSER | CLONE_NEWNET)


def only_drivers(*kept: str | None) -> None:
    """Leave GDAL, which must not be loaded yet, no drivers but these."""
    os.environ["GDAL_SKIP"] = ",".join(one for one in DRIVERS if one not in kept)


def read_job(folder: Path, job: dict[str, Any], limits: Limits) -> dict[str, Any]:
    """Read the file of a job into the folder, or cut it into tiles, and return what is to be said of it."""
    if job.get("tiles"):
        from sco_map.own.tiles import write_tiles

        return {"tiles": write_tiles(folder / TABLE, folder / TILES)}
    from sco_map.own.contents import read_contents, written

    asked = {"layer": job["layer"], "crs": job["crs"], "said": job["columns"], "mend": job["mend"]}
    contents = read_contents(folder / INPUT, job["name"], folder, limits, **asked)
    written(contents, folder / TABLE)
    return {
        "notes": contents.notes,
        "format": contents.format,
        "layer": contents.layer,
        "layers": list(contents.layers),
        "known": contents.known,
    }


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
