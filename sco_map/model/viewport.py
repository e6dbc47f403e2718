"""What a page opens with: the part of the map, written as `zoom/latitude/longitude`, and its own address."""

from __future__ import annotations

import re

PAGE_ADDRESS = re.compile(r"https?://[^\s/?#\"<>]+(/[^\s#\"<>]*)?")


def viewport_fault(text: str) -> str | None:
    """Return what is wrong with `zoom/latitude/longitude` (degrees, WGS 84), None when it is a place on the map."""
    try:
        zoom, lat, lon = (float(part) for part in text.split("/"))
    except ValueError:
        return f"{text!r} is not zoom/lat/lon such as 5/41.5/66.2"
    if not (0 <= zoom <= 20 and -85 <= lat <= 85 and -180 <= lon <= 200):
        return f"{text!r} is not on the map; zoom 0 to 20, then latitude, then longitude"
    return None


def page_address_fault(text: str) -> str | None:
    """Return what is wrong with the address of a page, None when a link can begin with it."""
    if PAGE_ADDRESS.fullmatch(text):
        return None
    return f"{text!r} is not the address of a page such as https://example.org/map.html, without spaces and without #"
