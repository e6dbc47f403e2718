"""The bill of materials (CycloneDX): the libraries of an installation, and the work of others carried inside."""

from __future__ import annotations

import re
import tomllib
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, Property, XsUri
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.bom_ref import BomRef
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

LOCK = Path("lock", "app.txt")
LOCKED = re.compile(r"([a-z0-9-]+)==(\S+)(?: ; ([^\\\n]+?))?((?: \\\n    --hash=sha256:[0-9a-f]{64})+)\n")
LEAFLET = Path("sco_map", "page", "assets", "leaflet")
TILES = Path("sco_map", "page", "assets", "tiles", "LICENSE")
PACKAGE = re.compile(r"^(\S+) (\d+\.\d+\.\d+) \((\S+)\)$", re.MULTILINE)
SOURCES = Path("geodata", "catalog", "sources.toml")
SPDX = {
    "ofl_1_1": "OFL-1.1",
    "cc_by_4_0": "CC-BY-4.0",
    "lgpl_3_0": "LGPL-3.0-only",
    "odbl_1_0": "ODbL-1.0",
    "public_domain": None,
}
"""The SPDX name of each licence of the catalog under which an input may be; works in the public domain have none."""


def bill_of_materials(root: Path, version: str, epoch: int) -> bytes:
    """Return the bill of materials of the checkout at `root` as CycloneDX 1.6 (JSON); equal input gives equal bytes."""
    components = [*libraries(root), leaflet(root), *tile_libraries(root), *inputs(root)]
    whole = Component(
        name="sco-map",
        version=version,
        type=ComponentType.APPLICATION,
        licenses=[LicenseExpression(project_of(root)["license"])],
        bom_ref=BomRef("sco-map"),
    )
    bom = Bom(
        serial_number=uuid.uuid5(uuid.NAMESPACE_OID, f"sco-map {version} {epoch}"),
        metadata=BomMetaData(component=whole, timestamp=datetime.fromtimestamp(epoch, UTC)),
        components=components,
    )
    bom.register_dependency(whole, components)
    return (JsonV1Dot6(bom).output_as_string(indent=1) + "\n").encode()


def project_of(root: Path) -> dict[str, Any]:
    """Return what pyproject.toml says about the package."""
    project: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project


def libraries(root: Path) -> Iterator[Component]:
    """Yield the libraries that the app needs, direct and in turn, in the versions that were tested."""
    for name, version, marker, hashes in LOCKED.findall((root / LOCK).read_text(encoding="utf-8")):
        purl = PackageURL("pypi", None, name, version)
        files = ExternalReference(
            type=ExternalReferenceType.DISTRIBUTION,
            url=XsUri(LOCK.as_posix()),
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=found) for found in re.findall("[0-9a-f]{64}", hashes)],
        )
        yield Component(
            name=name,
            version=version,
            type=ComponentType.LIBRARY,
            purl=purl,
            bom_ref=BomRef(purl.to_string()),
            external_references=[files],
            properties=[Property(name="marker", value=marker)] if marker else [],
        )


def leaflet(root: Path) -> Component:
    """Return the library that every page carries inside."""
    script = (root / LEAFLET / "leaflet.js").read_text(encoding="utf-8")
    found = re.search(r"Leaflet (\d+\.\d+\.\d+)", script)
    if found is None:
        raise ValueError("leaflet.js does not say its version")
    return npm_package("leaflet", found.group(1), "BSD-2-Clause")


def tile_libraries(root: Path) -> Iterator[Component]:
    """Yield the packages in the script that draws tiles, as the file of their licences names them."""
    for name, version, licence in PACKAGE.findall((root / TILES).read_text(encoding="utf-8")):
        yield npm_package(name, version, licence)


def npm_package(name: str, version: str, licence: str) -> Component:
    """Return a package that is inside a script of ours; `name` has its scope, `licence` is an expression of SPDX."""
    scope, _, plain = name.rpartition("/")
    purl = PackageURL("npm", scope or None, plain, version)
    return Component(
        name=name,
        version=version,
        type=ComponentType.LIBRARY,
        purl=purl,
        bom_ref=BomRef(purl.to_string()),
        licenses=[LicenseExpression(licence)],
    )


def inputs(root: Path) -> Iterator[Component]:
    """Yield the files of others that layers and fonts are made from, with version, hash and licence."""
    sources = tomllib.loads((root / SOURCES).read_text(encoding="utf-8"))
    for id_, source in sources.items():
        if "sha256" in source:
            licence = SPDX[source["licence"]]
            yield Component(
                name=source["title"],
                version=source.get("version"),
                publisher=source["publisher"],
                type=ComponentType.DATA,
                bom_ref=BomRef(f"source:{id_}"),
                licenses=[LicenseExpression(licence)] if licence else [],
                hashes=[HashType(alg=HashAlgorithm.SHA_256, content=source["sha256"])],
                external_references=[ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(source["url"]))],
            )
