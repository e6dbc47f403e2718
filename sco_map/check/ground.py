"""What lies under the rows: the columns and geometries of its layer files, and the relief with its frame."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import shapely

from sco_map.catalog import Problem
from sco_map.check.reading import parse
from sco_map.files import MissingError, UnreadableError, read_bytes
from sco_map.model.columns import BY_NAME, Type, Value
from sco_map.model.languages import LANGUAGES
from sco_map.model.texts import quoted

GROUND = "ground"
"""The layer group of what lies under the map: the page reads those files itself, they are not rows."""

CLASS = "class"
"""How a boundary is drawn; class_<worldview> where a worldview on borders draws it otherwise."""

DISPUTED = "disputed_areas"
"""The layer that is drawn on the ground, although its areas are rows like any other."""

RELIEF = RELIEF_IMAGE, RELIEF_FRAME = "basemap_relief.webp", "basemap_relief.json"
RELIEF_SIDE = 16_383
"""No WebP picture is wider or higher."""

EVERYWHERE = (
    Value(name="id", type=Type.TEXT, filled=True),
    Value(name="layer", type=Type.TEXT, filled=True),
    *(Value(name=f"title_{language}", type=Type.TEXT) for language in LANGUAGES),
    Value(name="kind", type=Type.TEXT),
    Value(name="licence", type=Type.TEXT, words="licences", filled=True),
)
RANK = Value(name="rank", type=Type.WHOLE, high=99, filled=True)
UNIT = Value(name="unit", type=Type.TEXT)
STATE = Value(name="iso_a3", type=Type.TEXT)

BASEMAP: Mapping[str, tuple[Value, ...]] = {
    "basemap_land": (STATE, RANK),
    "basemap_lakes": (RANK,),
    "basemap_rivers": (RANK, Value(name="row", type=Type.TEXT)),
    "basemap_cities": (
        UNIT,
        RANK,
        Value(name="capital", type=Type.FLAG),
        Value(name="population", type=Type.WHOLE),
    ),
    "basemap_labels": (STATE, UNIT, RANK, Value(name="lines", type=Type.WHOLE, low=1, high=9)),
}
"""The files under the map that are not layers of the catalog, with the columns that they have besides EVERYWHERE."""

SHAPES: Mapping[str, tuple[str, ...]] = {
    "basemap_land": ("Polygon", "MultiPolygon"),
    "basemap_lakes": ("Polygon", "MultiPolygon"),
    "basemap_rivers": ("LineString", "MultiLineString"),
    "basemap_cities": ("Point",),
    "basemap_labels": ("Point",),
    "boundary_lines": ("LineString", "MultiLineString"),
    "disputed_areas": ("Polygon", "MultiPolygon"),
}
"""The only geometries that the page can draw from these files."""


def basemap_columns(name: str) -> Mapping[str, Value] | None:
    """Return the columns of a file under the map that is not a layer of the catalog, None for any other."""
    return {column.name: column for column in (*EVERYWHERE, *BASEMAP[name])} if name in BASEMAP else None


def own_columns(names: Iterable[str]) -> dict[str, Value]:
    """Return the columns that a layer names in layers.toml and that the table does not have."""
    return {
        name: Value(name=name, type=Type.TEXT if name.partition("_")[0] == CLASS else Type.ANY)
        for name in names
        if name not in BY_NAME
    }


def shape_fault(layer: str | None, geometry: shapely.Geometry | None) -> str | None:
    """Say when a feature of the ground has a geometry that cannot be drawn as what the file holds."""
    wanted = SHAPES.get(layer or "")
    if wanted is None or geometry is None or geometry.geom_type in wanted:
        return None
    return f"the geometry is a {geometry.geom_type}; this file holds {' and '.join(wanted)} only"


def relief_problems(folder: Path, prefix: str = "") -> list[Problem]:
    """Return what is wrong with the picture of the relief and its frame; a folder may do without both.

    `prefix` is put before the names of the two files.
    """
    image, frame = folder / RELIEF_IMAGE, folder / RELIEF_FRAME
    if not any(file.exists() or file.is_symlink() for file in (image, frame)):
        return []
    size: tuple[int, int] | None = None
    problems = []
    try:
        size = webp_size(read_bytes(image))
    except MissingError as error:
        problems.append(Problem(prefix + RELIEF_IMAGE, "", f"{error}; restore it, or build basemap_relief"))
    except UnreadableError as error:
        problems.append(Problem(prefix + RELIEF_IMAGE, "", str(error)))
    try:
        problems += (Problem(prefix + RELIEF_FRAME, "", fault) for fault in frame_faults(read_bytes(frame), size))
    except MissingError as error:
        problems.append(Problem(prefix + RELIEF_FRAME, "", f"{error}; restore it, or build basemap_relief"))
    except UnreadableError as error:
        problems.append(Problem(prefix + RELIEF_FRAME, "", str(error)))
    return problems


def webp_size(content: bytes) -> tuple[int, int]:
    """Return width and height of a WebP picture; raises UnreadableError when it is none, or is cut."""
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP" or len(content) < 30:
        raise UnreadableError("is not a WebP picture; restore it, or build basemap_relief")
    (announced,) = struct.unpack_from("<I", content, 4)
    if announced + 8 > len(content):
        raise UnreadableError(
            f"is cut off after {len(content):,} of {announced + 8:,} bytes; restore it, or build basemap_relief"
        )
    kind = content[12:16]
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", content, 26)
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", content, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8X":
        return int.from_bytes(content[24:27], "little") + 1, int.from_bytes(content[27:30], "little") + 1
    raise UnreadableError(f"is a WebP picture of the unknown kind {kind!r}; build basemap_relief")


def frame_faults(content: bytes, size: tuple[int, int] | None) -> Iterator[str]:
    """Yield what is wrong with the frame of the relief; `size` is that of its picture, None where it is not known."""
    frame, is_strict = parse(content)
    if not isinstance(frame, dict) or not is_strict:
        yield f"is {quoted(frame)}; it must be a record with picture, bounds, width and height"
        return
    if frame.get("picture") != RELIEF_IMAGE:
        yield f"picture is {quoted(frame.get('picture'))}; it must be {RELIEF_IMAGE!r}"
    if not are_bounds(frame.get("bounds")):
        yield (
            f"bounds are {quoted(frame.get('bounds'))}; they must be [[south, west], [north, east]] in degrees, "
            "with south < north and west < east"
        )
    sides = tuple(frame.get(name) for name in ("width", "height"))
    for name, side in zip(("width", "height"), sides, strict=True):
        if isinstance(side, bool) or not isinstance(side, int) or not 0 < side <= RELIEF_SIDE:
            yield f"{name} is {quoted(side)}; it must be a whole number of pixels"
            return
    if size is not None and sides != size:
        yield f"says {sides[0]} x {sides[1]} pixels, but the picture has {size[0]} x {size[1]}; build basemap_relief"


def are_bounds(value: Any) -> bool:
    """Tell whether a value is [[south, west], [north, east]] in degrees."""
    if not isinstance(value, list) or len(value) != 2 or not all(isinstance(corner, list) for corner in value):
        return False
    numbers = [number for corner in value for number in corner]
    if len(numbers) != 4 or any(isinstance(number, bool) or not isinstance(number, int | float) for number in numbers):
        return False
    south, west, north, east = numbers
    return bool(-90 <= south < north <= 90 and -360 <= west < east <= 360)
