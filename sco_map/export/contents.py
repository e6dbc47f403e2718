"""What a file of any format holds: the selected rows, whom to credit, every source that they name, and which is apart.

A row is under a share-alike licence when its layer is: one part under it binds the whole layer. Formats with several
tables keep such rows in tables of their own, whose names end in the id of the licence.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from sco_map.atlas import Atlas, Selection, records_of, select
from sco_map.catalog.models import Licence, Source
from sco_map.errors import ScoMapError
from sco_map.model.dates import first_day
from sco_map.model.own import PREFIX
from sco_map.model.tables import in_csv, named_sources, source_text
from sco_map.page import View
from sco_map.version import VERSION

TITLE = "The SCO corridor map"
FIRST_DATE = "2000-01-01"
ONLY, WITHOUT = "only", "without"
SHARE_ALIKE = (ONLY, WITHOUT)
"""What a file may be asked to hold of the rows under a share-alike licence, instead of all rows."""

FORMS = {"lines": "Lines", "points": "Points", "areas": "Areas", "records": "Entries without a geometry"}
"""The tables of a format with one table for each type of geometry; a shared name of theirs is what they hold."""

FORM_OF = {
    "LineString": "lines",
    "MultiLineString": "lines",
    "Point": "points",
    "MultiPoint": "points",
    "Polygon": "areas",
    "MultiPolygon": "areas",
}

Record = dict[str, Any]


class ExportError(ScoMapError):
    """Say in one sentence why a file cannot be written."""


@dataclass(frozen=True)
class Contents:
    """A selection of an atlas, ready to be written in any format; all that is derived from it is computed once.

    `share_alike` leaves out rows: "only" keeps those under a share-alike licence, "without" the others.
    """

    atlas: Atlas
    selection: Selection
    view: View
    share_alike: str | None = None

    @cached_property
    def rows(self) -> gpd.GeoDataFrame:
        """The rows, with status and role of the year."""
        rows = select(self.atlas, self.selection, self.view.worldview)
        if self.share_alike is None:
            return rows
        is_bound = rows["layer"].map(self.binding_licences).fillna("") != ""
        return rows[is_bound if self.share_alike == ONLY else ~is_bound]

    @cached_property
    def binding_licences(self) -> dict[str, str]:
        """For each layer the id of the share-alike licence that binds it, or nothing."""
        licences = self.atlas.catalog.licences
        bound = {id_ for id_, licence in licences.items() if licence.share_alike}
        ids = {layer: {str(head.get("licence"))} for layer, head in self.atlas.heads.items()}
        for layer, licence in self.atlas.rows[["layer", "licence"]].drop_duplicates().itertuples(index=False):
            ids.setdefault(layer, set()).add(licence)
        return {layer: next((id_ for id_ in licences if id_ in found & bound), "") for layer, found in ids.items()}

    @cached_property
    def records(self) -> list[Record]:
        """The columns of each row, with credit and sources spelt out, each date a day beside how exact it is."""
        credits = {id_: licence.attribution for id_, licence in self.atlas.catalog.licences.items()}
        texts = {id_: source_text(id_, source) for id_, source in self.atlas.catalog.sources.items()}
        found = []
        for record in records_of(self.rows):
            record["attribution"] = credits.get(record["licence"])
            record["source_list"] = [texts[id_] for id_ in named_sources(record) if id_ in texts]
            found.append(in_csv(record))
        return found

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The sources that the rows name anywhere, by id."""
        named = {id_ for record in self.records for id_ in named_sources(record)}
        return {id_: source for id_, source in sorted(self.atlas.catalog.sources.items()) if id_ in named}

    @cached_property
    def licences(self) -> list[Licence]:
        """The licences of the rows and of their layers."""
        ids = dict.fromkeys([str(self.atlas.heads[layer].get("licence")) for layer in self.layers])
        ids |= dict.fromkeys(self.rows["licence"])
        return [licence for id_ in ids if (licence := self.atlas.catalog.licences.get(id_)) is not None]

    @property
    def layers(self) -> list[str]:
        """The layers that the rows come from, in the order of the table."""
        return list(dict.fromkeys(self.rows["layer"]))

    @property
    def attribution(self) -> str:
        """Whom to credit."""
        return "; ".join(dict.fromkeys(licence.attribution for licence in self.licences if licence.attribution))

    @property
    def as_of(self) -> str | None:
        """The date of the layer looked at last."""
        dates = [str(self.atlas.heads[layer].get("as_of") or "") for layer in self.layers]
        return max(dates, default=None)

    @property
    def day(self) -> datetime.date:
        """The day of the facts, which a file names where its format wants a time: so its bytes stay the same."""
        return datetime.date.fromisoformat(first_day(self.as_of or FIRST_DATE))

    @property
    def moment(self) -> datetime.datetime:
        """The same as a moment."""
        return datetime.datetime.combine(self.day, datetime.time())

    @cached_property
    def parts(self) -> dict[str, Any]:
        """For each table of a format with several the mask of its rows; tables without a row are left out."""
        forms = self.rows.geometry.geom_type.map(FORM_OF).where(self.rows.geometry.notna(), "records")
        return self.masks(forms, FORMS)

    @cached_property
    def terms(self) -> dict[str, Any]:
        """The mask of the rows of a format whose tables hold every type of geometry."""
        return self.masks(pd.Series("rows", index=self.rows.index), ["rows"])

    def masks(self, forms: pd.Series, names: Iterable[str]) -> dict[str, Any]:
        """Return the mask of the rows of each form and of each licence that keeps them apart."""
        bound = self.rows["layer"].map(self.binding_licences)
        found = {}
        for name in names:
            for licence in sorted(set(bound)):
                mask = np.asarray((forms == name) & (bound == licence), dtype=bool)
                if mask.any():
                    found["_".join(filter(None, [name, licence]))] = mask
        return found

    def title_of(self, part: str) -> str:
        """Return what a table holds, in words."""
        form, _, licence = part.partition("_")
        terms = self.atlas.catalog.licences[licence].title if licence else ""
        return FORMS.get(form, "Rows") + (f" ({terms})" if terms else "")

    def about(self) -> dict[str, str]:
        """Return what is said at the head of a file, as texts: what it is, of which version, under which terms."""
        titles = [f"{licence.title}{f' ({licence.url})' if licence.url else ''}" for licence in self.licences]
        facts = {
            "title": TITLE,
            "version": VERSION,
            "selection": self.selection.to_query() or "everything",
            "entries": str(len(self.rows)),
            "as_of": self.as_of or "",
            "licences": "; ".join(titles),
            "attribution": self.attribution,
            "terms": self.terms_text(),
            "citation": f"{TITLE}, version {VERSION}, facts as of {self.as_of or 'an unknown date'}",
            "checksum": self.atlas.checksum,
            "coordinates": "WGS 84 (EPSG:4326), longitude before latitude",
        }
        return {name: text for name, text in facts.items() if text}

    def terms_text(self) -> str:
        """Return which layers are under a share-alike licence, and whose licence is not known, in sentences."""
        found: dict[str, list[str]] = {}
        for layer in self.layers:
            if licence := self.binding_licences.get(layer):
                found.setdefault(licence, []).append(layer)
        licences: Mapping[str, Licence] = self.atlas.catalog.licences
        said = [
            f"Layers under the {licences[id_].title} (share-alike): {', '.join(layers)}."
            for id_, layers in found.items()
        ]
        if own := [layer for layer in self.layers if layer.startswith(PREFIX)]:
            said.append(f"Layers of the reader's own, not checked, whose licence is not known: {', '.join(own)}.")
        return " ".join(said)

    def sources_table(self) -> list[Record]:
        """Return the sources with the licence of each, one record for each."""
        return [
            {
                "id": id_,
                "publisher": source.publisher,
                "title": source.title,
                "published": source.published,
                "accessed": source.accessed,
                "quality": source.quality,
                "licence": source.licence,
                "url": source.url,
            }
            for id_, source in self.sources.items()
        ]

    def sources_text(self) -> str:
        """Return the sources by id as JSON, for formats whose head is text."""
        found = {
            record["id"]: {name: value for name, value in record.items() if value and name != "id"}
            for record in self.sources_table()
        }
        return json.dumps(found, ensure_ascii=False)
