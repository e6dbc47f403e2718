"""The quiet hill shade under the lines: one picture of nothing but shadow, on the grid of a Web Mercator screen."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from sco_map.catalog import Catalog
from sco_map.layers.inputs.naturalearth import registered
from sco_map.layers.inputs.packages import find_input
from sco_map.layers.land.basemap import read_settings
from sco_map.layers.land.borders import read_borders

SOURCE = "natural_earth_shaded_relief"
PICTURE = "basemap_relief.webp"
PLACEMENT = "basemap_relief.json"
FINER = 3

Pixels = NDArray[np.uint8]
Bounds = tuple[float, float, float, float]


def relief_files(catalog: Catalog, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of the picture and of the file that says where it lies.

    Encoders differ between versions while the pixels stay the same, so a picture in `folder` that already has the
    right pixels is kept byte for byte.
    """
    settings = read_settings(catalog, "relief.toml")
    west, south, east, north = settings["bounds"]
    shade = _shade(catalog)
    yield PICTURE, _kept(folder / PICTURE, shade) or _encoded(shade)
    placement = {
        "picture": PICTURE,
        "bounds": [[south, west], [north, east]],
        "projection": "EPSG:3857",
        "width": shade.shape[1],
        "height": shade.shape[0],
        "licence": "public_domain",
        "source": SOURCE,
    }
    yield PLACEMENT, (json.dumps(placement, separators=(", ", ": ")) + "\n").encode()


def _encoded(shade: Pixels) -> bytes:
    """Return black pixels of the opacity `shade` (0-255) as WebP; the opacity is stored without loss."""
    black = np.zeros_like(shade)
    picture = Image.merge("RGBA", [Image.fromarray(band) for band in (black, black, black, shade)])
    content = io.BytesIO()
    picture.save(content, "WEBP", quality=0, alpha_quality=100, method=6, exact=False)
    return content.getvalue()


def _kept(file: Path, shade: Pixels) -> bytes | None:
    if not file.is_file():
        return None
    content = file.read_bytes()
    opacity = np.asarray(Image.open(io.BytesIO(content)).convert("RGBA"))[:, :, 3]
    return content if opacity.shape == shade.shape and bool((opacity == shade).all()) else None


def _shade(catalog: Catalog) -> Pixels:
    settings = read_settings(catalog, "relief.toml")
    west, south, east, north = bounds = tuple(settings["bounds"])
    width = settings["width"]
    height = round(width * math.degrees(_northing(north) - _northing(south)) / (east - west))
    land = shapely.coverage_union_all(read_borders(catalog).drawn.geometry.to_numpy())
    frame, grey = _source_picture(catalog, bounds)
    projected = _projected(_shadows(grey, frame, land, settings["radius"]), frame, bounds, (width, height))
    top, bottom = _northing(north), _northing(south)

    def on_screen(x: float, y: float) -> tuple[float, float]:
        return (x - west) / (east - west) * width, (top - _northing(y)) / (top - bottom) * height

    share = np.asarray(_drawn(land, on_screen, width, height, FINER).resize((width, height), Image.Resampling.BOX))
    shade = np.minimum(projected * settings["strength"] // 100, settings["darkest"])
    shade = shade * share.astype(np.int32) // 255 * _edge(height, width, settings["fade"]) // 255
    shade = np.where(shade < settings["faintest"], 0, shade)
    step = settings["darkest"] // settings["levels"]
    levels: Pixels = ((shade + step // 2) // step * step).astype(np.uint8)
    return levels


def _source_picture(catalog: Catalog, bounds: Bounds) -> tuple[Bounds, Image.Image]:
    """Return the grey source picture around `bounds` and the whole degrees it covers."""
    west, south, east, north = bounds
    frame = math.floor(west) - 3, math.floor(south) - 3, math.ceil(east) + 3, math.ceil(north) + 3
    Image.MAX_IMAGE_PIXELS = None
    with Image.open(find_input(registered(SOURCE, catalog)).path) as world:
        degree = world.width // 360
        pixels = (
            (frame[0] + 180) * degree,
            (90 - frame[3]) * degree,
            (frame[2] + 180) * degree,
            (90 - frame[1]) * degree,
        )
        return frame, world.crop(pixels).convert("L")


def _shadows(grey: Image.Image, frame: Bounds, land: shapely.Geometry, radius: int) -> NDArray[np.int32]:
    """Return how much darker each pixel is than the land around it, which takes out the tint of heights."""
    width, height = grey.size
    west, south, east, north = frame

    def on_globe(x: float, y: float) -> tuple[float, float]:
        return (x - west) / (east - west) * width, (north - y) / (north - south) * height

    mask = _drawn(land, on_globe, width, height)
    blur = ImageFilter.GaussianBlur(radius)
    lit = np.asarray(ImageChops.multiply(grey, mask).filter(blur), dtype=np.int32)
    ground = lit * 255 // np.maximum(np.asarray(mask.filter(blur), dtype=np.int32), 1)
    shadow: NDArray[np.int32] = np.maximum(ground - np.asarray(grey, dtype=np.int32), 0)
    return shadow


def _drawn(
    land: shapely.Geometry,
    pixel: Callable[[float, float], tuple[float, float]],
    width: int,
    height: int,
    finer: int = 1,
) -> Image.Image:
    """Return a mask with land 255, every pixel divided `finer` times; `pixel` tells where a point falls."""
    mask = Image.new("L", (width * finer, height * finer), 0)
    draw = ImageDraw.Draw(mask)

    def ring(line: shapely.Geometry) -> list[tuple[float, float]]:
        places = (pixel(x, y) for x, y in line.coords)
        return [(round(x * finer, 2), round(y * finer, 2)) for x, y in places]

    for part in shapely.get_parts(land):
        draw.polygon(ring(part.exterior), fill=255)
        for hole in part.interiors:
            draw.polygon(ring(hole), fill=0)
    return mask


def _northing(latitude: float) -> float:
    return math.asinh(math.tan(math.radians(latitude)))


def _latitude(northing: float) -> float:
    return math.degrees(math.atan(math.sinh(northing)))


def _projected(shadow: NDArray[np.int32], frame: Bounds, bounds: Bounds, size: tuple[int, int]) -> NDArray[np.int32]:
    """Return the mean of the source pixels (degrees, covering `frame`) under each pixel of the target."""
    west, south, east, north = bounds
    width, height = size
    per_degree = shadow.shape[1] / (frame[2] - frame[0])
    top, bottom = _northing(north), _northing(south)
    y = [round((frame[3] - _latitude(top + (bottom - top) * row / height)) * per_degree) for row in range(height + 1)]
    x = [round((west + (east - west) * column / width - frame[0]) * per_degree) for column in range(width + 1)]
    return _means(_means(shadow, y), x, columns=True)


def _means(values: NDArray[np.int32], limits: list[int], *, columns: bool = False) -> NDArray[np.int32]:
    """Return the mean of the rows (or columns) between each two neighbours of `limits`."""
    if columns:
        return _means(values.T, limits).T
    starts = np.array(limits[:-1])
    ends = np.maximum(np.array(limits[1:]), starts + 1)
    sums = np.vstack([np.zeros_like(values[:1]), values]).cumsum(0)
    means: NDArray[np.int32] = (sums[ends] - sums[starts]) // (ends - starts)[:, None]
    return means


def _edge(height: int, width: int, fade: int) -> NDArray[np.int32]:
    """Return 255 inside, falling to 0 over the outermost `fade` pixels, so that the picture has no visible frame."""
    down = np.minimum(np.arange(height), np.arange(height)[::-1])
    across = np.minimum(np.arange(width), np.arange(width)[::-1])
    nearest = np.minimum(down[:, None], across[None, :])
    edge: NDArray[np.int32] = np.minimum(nearest * 255 // fade, 255).astype(np.int32)
    return edge
