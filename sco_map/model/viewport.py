"""Which part of the map a page opens on, written as `zoom/latitude/longitude`; knows no map."""

from __future__ import annotations


def viewport_fault(text: str) -> str | None:
    """Return what is wrong with `zoom/latitude/longitude` (degrees, WGS 84), None when it is a place on the map."""
    try:
        zoom, lat, lon = (float(part) for part in text.split("/"))
    except ValueError:
        return f"{text!r} is not zoom/lat/lon such as 5/41.5/66.2"
    if not (0 <= zoom <= 20 and -85 <= lat <= 85 and -180 <= lon <= 200):
        return f"{text!r} is not on the map; zoom 0 to 20, then latitude, then longitude"
    return None
