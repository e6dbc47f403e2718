"""Guess which columns of a reader's file are ours: name, status, country, year, capacity and the rest; decides nothing.

The guess is shown before it counts, and whatever the reader says wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from sco_map.own.errors import OwnDataError
from sco_map.own.known import KNOWN
from sco_map.own.tables import no_column, plain_name

GEOMETRY_TARGETS = ("lon", "lat", "wkt")
"""Columns of a table that hold its geometry: they are named for the reading itself."""

SPELLINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "name": (
            "name_en",
            "name",
            "title",
            "project name",
            "projectname",
            "label",
            "nameenglish",
            "nom",
            "bezeichnung",
            "название",
            "наименование",
            "名称",
            "নাম",
        ),
        "part": ("segmentname", "segment", "section"),
        "status": ("status", "state of works", "stage", "condition", "project status", "статус", "状态", "অবস্থা"),
        "country": (
            "country",
            "countries",
            "countries or areas",
            "iso a3",
            "iso3",
            "country code",
            "countrycode",
            "adm0 a3",
            "nation",
            "страна",
            "страны",
            "国家",
            "দেশ",
        ),
        "year": (
            "year",
            "start year",
            "startyear1",
            "opened",
            "opening year",
            "year opened",
            "commissioned",
            "commissioning year",
            "completion year",
            "year of completion",
            "in service",
            "start date",
            "год",
            "年份",
            "বছর",
        ),
        "capacity": (
            "capacity",
            "capacity bcm/y",
            "capacitybcmy",
            "capacity (mw)",
            "capacity mw",
            "throughput",
            "мощность",
            "产能",
            "ক্ষমতা",
        ),
        "unit": ("capacity unit", "capacity units", "capacityunits", "unit", "units"),
        "length": (
            "length km",
            "length (km)",
            "lengthkm",
            "length",
            "km",
            "length_km",
            "lengthmergedkm",
            "протяженность",
            "长度",
        ),
        "owner": ("owner", "operator", "company", "owned by", "владелец", "业主"),
        "gauge": ("gauge", "gauge mm", "track gauge"),
        "diameter": ("diameter mm", "diameter (mm)", "diameterinmm", "diameter"),
        "diameter_unit": ("diameter unit", "diameter units", "diameterunits"),
        "kind": ("kind", "type", "category", "class", "mode", "fuel"),
        "ref": ("id", "fid", "ref", "code", "project id", "projectid", "uid"),
        "link": ("url", "wiki", "link", "website", "source url"),
    }
)
TARGETS = (*SPELLINGS, *GEOMETRY_TARGETS)
"""What a column of a reader's file may be said to be, as in `--map name=PipelineName`."""

ASSIGNMENT = re.compile(r"([a-z_]+)=(.*)", re.DOTALL)


def guessed(columns: Iterable[str], known: str | None = None) -> dict[str, str]:
    """Return for each of ours the column of a file that is probably it; `known` is the format that it is in."""
    names = list(columns)
    if known is not None:
        preset = KNOWN[known].columns
        return {
            ours: one
            for ours, theirs in preset.items()
            if (one := next((name for name in theirs if name in names), None))
        }
    by_name: dict[str, str] = {}
    for name in names:
        by_name.setdefault(plain_name(name), name)
    found: dict[str, str] = {}
    for ours, spellings in SPELLINGS.items():
        exact = next((by_name[plain_name(one)] for one in spellings if plain_name(one) in by_name), None)
        if exact is not None and exact not in found.values():
            found[ours] = exact
    return found


def mapped(name: str, columns: Iterable[str], known: str | None, said: Mapping[str, str]) -> dict[str, str]:
    """Return the guess with what the reader says in its place; an empty name takes a guess away.

    Raises OwnDataError for a column that the file does not have.
    """
    names = list(columns)
    found = guessed(names, known)
    for ours, theirs in said.items():
        if ours in GEOMETRY_TARGETS:
            continue
        if not theirs:
            found.pop(ours, None)
        elif theirs in names:
            found[ours] = theirs
        else:
            raise no_column(name, theirs, names)
    return found


def parsed(assignments: Iterable[str]) -> dict[str, str]:
    """Return what the reader says of columns, such as "name=PipelineName"; raises OwnDataError for others."""
    from sco_map.model.suggestions import unknown

    said: dict[str, str] = {}
    for text in assignments:
        found = ASSIGNMENT.fullmatch(text)
        if found is None:
            raise OwnDataError(f"{text!r} does not name a column; write it like name=PipelineName")
        ours, theirs = found.groups()
        if ours not in TARGETS:
            raise OwnDataError(unknown("column of the map", ours, TARGETS))
        said[ours] = theirs
    return said
