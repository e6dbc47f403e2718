"""The description of a release as a Data Package: files with size, hash and licences, tables with their schemas."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from release.bill_of_materials import SPDX
from sco_map.atlas import Atlas
from sco_map.catalog import Catalog
from sco_map.catalog.models import Licence
from sco_map.export.contents import TITLE
from sco_map.version import VERSION

Json = dict[str, Any]

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TABLE_SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"
TABLE = "csv"
KINDS = {
    "html": ("Map as a page", "text/html"),
    "csv": ("Table", "text/csv"),
    "geojson": ("GeoJSON", "application/geo+json"),
    "gpkg": ("GeoPackage", "application/geopackage+sqlite3"),
    "parquet": ("GeoParquet", "application/vnd.apache.parquet"),
    "fgb": ("FlatGeobuf", "application/octet-stream"),
    "kml": ("KML", "application/vnd.google-earth.kml+xml"),
    "xlsx": ("Workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "zip": ("Zip", "application/zip"),
    "json": ("JSON Schema of the rows as GeoJSON", "application/schema+json"),
}
OPEN_NAMES = {"public_domain": "other-pd", "cited_facts": "other-at", "unicode_3_0": "Unicode-3.0"}
"""Names of licences for which SPDX has none, as the Open Definition has them."""

SOURCE_COLUMNS = ("id", "publisher", "title", "published", "accessed", "quality", "licence", "url")


def register_of_sources(catalog: Catalog) -> bytes:
    """Return all sources of the catalog as a table."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(SOURCE_COLUMNS)
    for source in catalog.sources.values():
        table.writerow([getattr(source, name) or "" for name in SOURCE_COLUMNS])
    return text.getvalue().encode()


def sources_schema(catalog: Catalog) -> Json:
    """Return the Table Schema of the register of sources; a date may be a year or a month."""
    fields: list[Json] = [{"name": name, "type": "string"} for name in SOURCE_COLUMNS]
    for field in fields:
        if field["name"] in ("id", "publisher", "quality"):
            field["constraints"] = {"required": True}
        if field["name"] in ("published", "accessed"):
            field["constraints"] = {"pattern": "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"}
        if field["name"] == "licence":
            field["constraints"] = {"enum": list(catalog.licences)}
    return {"$schema": TABLE_SCHEMA, "fields": fields, "primaryKey": ["id"]}


def data_package(atlas: Atlas, files: Mapping[str, bytes], stem: str, rows: Json, made: datetime) -> Json:
    """Return the description of `files`, whose names begin with `stem`; `rows` is the schema of a table of rows."""
    catalog = atlas.catalog
    every = list(dict.fromkeys(str(head.get("licence")) for head in atlas.heads.values()))
    open_only = [id_ for id_ in every if not catalog.licences[id_].share_alike]
    share_alike = [id_ for id_ in every if catalog.licences[id_].share_alike]
    of_part = {"odbl": share_alike, "open": open_only}
    resources = []
    for name, content in sorted(files.items()):
        rest = name.removeprefix(f"{stem}.").split(".")
        schema = (sources_schema(catalog) if rest[0] == "sources" else rows) if rest[-1] == TABLE else None
        resources.append(resource(name, content, rest, schema, named(catalog, of_part.get(rest[0], every))))
    return {
        "$schema": PROFILE,
        "name": re.sub(r"[^a-z0-9._-]", "-", stem.lower()),
        "id": f"sha256:{atlas.checksum}",
        "title": TITLE,
        "description": "Railways, corridors, pipelines and agreements of the region of the Shanghai Cooperation "
        "Organisation, each with its sources, the date of its facts and how exact it is.",
        "version": VERSION,
        "created": made.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "keywords": ["central asia", "corridors", "infrastructure", "pipelines", "railways", "sco"],
        "contributors": [{"title": "The SCO corridor map developers", "roles": ["creator"]}],
        "licenses": named(catalog, every),
        "resources": resources,
    }


def named(catalog: Catalog, ids: Iterable[str]) -> list[Json]:
    """Return licences as a Data Package names them."""
    return [licence_of(catalog.licences[id_]) for id_ in ids]


def licence_of(licence: Licence) -> Json:
    """Return a licence by the name that others know, with its title and address."""
    name = SPDX.get(licence.id) or OPEN_NAMES.get(licence.id, licence.id)
    return {"name": name, "title": licence.title} | ({"path": licence.url} if licence.url else {})


def resource(name: str, content: bytes, rest: list[str], schema: Json | None, licences: list[Json]) -> Json:
    """Return the description of one file."""
    title, media = KINDS[rest[-1]]
    found: Json = {
        "name": "-".join(rest).lower(),
        "path": name,
        "title": f"{title} ({', '.join(rest[:-1])})" if len(rest) > 1 else title,
        "format": rest[-1],
        "mediatype": media,
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "licenses": licences,
    }
    return found | ({"type": "table", "encoding": "utf-8", "schema": schema} if schema else {"type": "file"})
