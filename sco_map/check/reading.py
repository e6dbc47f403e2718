"""Read one layer file: bytes, JSON, head, properties, geometries; what is wrong comes back as problems."""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from sco_map.catalog import Problem
from sco_map.check.geojson import Shapes, collection_faults, parsed
from sco_map.files import MissingError, UnreadableError, decoded, read_bytes
from sco_map.model.texts import quoted

HEAD = ("title", "licence", "attribution", "as_of")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
FEATURE_ID = re.compile(r'"id"\s*:\s*"((?:[^"\\]|\\.)*)"')
LONGEST_NUMBER = 400
"""A whole number with more digits than any float has is infinite; Python would refuse to read it."""


@contextmanager
def collector_paused() -> Iterator[None]:
    """Let nothing search for garbage meanwhile: reading makes a million small lists, and none of them is garbage."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass
class LayerFile:
    """The content of a layer file.

    `name` is what the file is called in problems, `stem` what it is called on the disk, without its ending. `head` are
    the members beside the features, one entry of `properties`, `ids`, `labels` and `geometry` is one feature; what is
    wrong with a geometry is in `geometry_faults` by position. `is_strict`: the file holds no number or text that only
    dialects of JSON have.
    """

    name: str
    stem: str = ""
    head: dict[str, Any] = field(default_factory=dict)
    members: dict[str, Any] = field(default_factory=dict)
    features: list[Any] = field(default_factory=list)
    properties: list[dict[str, Any]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    geometry: Shapes = field(default_factory=lambda: np.empty(0, dtype=object))
    geometry_faults: dict[int, list[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    is_strict: bool = True
    is_read: bool = False

    def report(self, text: str, feature: str | None = None) -> None:
        """Remember a problem of this file, or of one `feature` of it."""
        self.problems.append(Problem(self.name, f"feature {feature}" if feature else "", text))


def read_layer(path: Path, shown: str) -> tuple[LayerFile, bytes]:
    """Return the content of the GeoJSON file `path`, called `shown` in problems, and its bytes."""
    layer = LayerFile(shown, path.name.removesuffix(".geojson"))
    try:
        raw = read_bytes(path)
    except MissingError as error:
        layer.report(f"{error}; restore it, or build it with `python -m sco_map build {layer.stem}`")
        return layer, b""
    except UnreadableError as error:
        layer.report(str(error))
        return layer, b""
    try:
        value, layer.is_strict = parse(raw)
    except UnreadableError as error:
        layer.report(str(error))
        return layer, raw
    unpack(value, layer)
    return layer, raw


def parse(raw: bytes) -> tuple[Any, bool]:
    """Return the JSON value in `raw`, and whether it is JSON in the strict sense.

    NaN, Infinity and half characters are let through, for a check to say where they are. Raises UnreadableError saying
    where the file breaks off.
    """
    content = raw.removeprefix(BYTE_ORDER_MARK)
    try:
        return orjson.loads(content), True
    except orjson.JSONDecodeError:
        text = decoded(content)
    if not text.strip():
        raise UnreadableError("is cut off or damaged: it is empty; restore it, or build the layers again")
    try:
        return json.loads(text, parse_int=whole_number), False
    except RecursionError:
        raise UnreadableError("is nested too deeply to be a map") from None
    except json.JSONDecodeError as error:
        before = FEATURE_ID.findall(text, 0, error.pos)
        where = f"line {error.lineno}, column {error.colno}"
        where += f", in or after feature {quoted(before[-1])}" if before else ""
        raise UnreadableError(
            f"is cut off or damaged at {where} ({error.msg}); restore it, or build the layers again"
        ) from None


def whole_number(digits: str) -> int | float:
    """Return a whole number of JSON."""
    return int(digits) if len(digits) < LONGEST_NUMBER else float(digits)


def unpack(value: Any, layer: LayerFile) -> None:
    """Take head, properties and geometries out of a JSON value that should be a FeatureCollection."""
    for fault in collection_faults(value):
        layer.report(fault)
    if not isinstance(value, dict) or not isinstance(value.get("features"), list):
        return
    layer.is_read = True
    layer.members = {key: member for key, member in value.items() if key != "features"}
    layer.head = {key: value.get(key) for key in HEAD}
    geometries = []
    for number, feature in enumerate(value["features"], start=1):
        label = label_of(feature, number)
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            layer.report('is not a GeoJSON feature; its first member is "type": "Feature"', label)
        elif not isinstance(feature.get("properties"), dict):
            layer.report(f"has no properties, but {quoted(feature.get('properties'))}", label)
        else:
            if "geometry" not in feature:
                layer.report("has no member geometry; write null where it is not known", label)
            layer.features.append(feature)
            layer.labels.append(label)
            layer.properties.append(feature["properties"])
            geometries.append(feature.get("geometry"))
    layer.geometry, layer.geometry_faults = parsed(geometries)


def label_of(feature: Any, number: int) -> str:
    """Return what a feature is called in problems: its id in quotation marks, or its number in the file."""
    if isinstance(feature, dict):
        properties = feature.get("properties")
        own = properties.get("id") if isinstance(properties, dict) else None
        for id_ in (own, feature.get("id")):
            if isinstance(id_, str) and id_:
                return quoted(id_)
    return str(number)
