"""KML for Google Earth and phones: GDAL writes the rows, then each gets its folder, its style and its card."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pyarrow as pa

from sco_map.export.contents import FORM_OF, Contents
from sco_map.export.frames import flat_frame
from sco_map.export.geographic import unfinished, workshop, write_layer
from sco_map.export.qgis import AREA_OPACITY, colour_of, opacity_of, styles_of, width_of
from sco_map.model.languages import FIRST
from sco_map.model.phases import UNFINISHED
from sco_map.model.tables import named_sources
from sco_map.page.styles import Styles

NAMESPACE = "http://www.opengis.net/kml/2.2"
TAG = f"{{{NAMESPACE}}}"
ATOM = "http://www.w3.org/2005/Atom"
NAME, TEXT = "Name", "description"
"""The columns that GDAL writes as the name and the card of an entry."""

END_OF_CDATA, GUARDED_END = "]]>", "]]\ue000>"
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML cannot hold."""

PROMISED_OPACITY = 0.55
"""KML has no dashes: what is not built yet is paler."""


def as_kml(contents: Contents) -> bytes:
    """Return KML with a folder for each layer, whose name says a share-alike licence; the head has the terms."""
    rows = flat_frame(contents)
    language = contents.view.lang
    names = rows[f"title_{language}"].fillna(rows[f"title_{FIRST}"])
    rows.insert(0, NAME, names)
    texts = [card(contents, record) for record in contents.records]
    rows.insert(1, TEXT, pd.arrays.ArrowExtensionArray(pa.array(texts, type=pa.string())))
    for name in rows.columns:
        if rows[name].dtype == pd.ArrowDtype(pa.string()):
            rows[name] = rows[name].map(guarded, na_action="ignore").astype(pd.ArrowDtype(pa.string()))
    with workshop(contents) as folder:
        path = folder / "map.kml"
        write_layer(rows, path, "LIBKML", "sco_map")
        for prefix, namespace in (("", NAMESPACE), ("atom", ATOM)):
            ElementTree.register_namespace(prefix, namespace)
        try:
            document = ElementTree.parse(path).getroot()
        except ElementTree.ParseError as error:
            raise unfinished(folder, str(error)) from error
    dress(document, contents)
    written = ElementTree.tostring(document, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'.encode()


def guarded(text: str) -> str:
    """Return a text that GDAL writes as XML: it leaves the end of a CDATA section as it is, and control characters."""
    return UNFIT.sub("\ufffd", text).replace(END_OF_CDATA, GUARDED_END)


def card(contents: Contents, record: Mapping[str, Any]) -> str:
    """Return what opens when an entry is clicked: its figures, and its sources as links."""
    catalog = contents.atlas.catalog
    licence = catalog.licences.get(record["licence"])
    facts = {
        "Status": record["status"],
        "Length": f"{record['length_km']:,.0f} km" if record["length_km"] else None,
        "Accuracy": f"within {record['accuracy_km']:g} km" if record["accuracy_km"] else None,
        "States": ", ".join(record["countries"]),
        "As of": record["as_of"],
        "Licence": licence.title if licence else record["licence"],
        "Credit": record["attribution"],
    }
    lines = [f"{name}: {html.escape(str(text))}" for name, text in facts.items() if text]
    for id_ in named_sources(record):
        if (source := catalog.sources.get(id_)) is not None:
            title = html.escape(", ".join(filter(None, (source.publisher, source.title, source.published))))
            lines.append(f'<a href="{html.escape(source.url)}">{title}</a>' if source.url else title)
    return "<br/>".join(lines)


def dress(document: ElementTree.Element, contents: Contents) -> None:
    """Put the entries into the folders of their layers, each with its style, and the terms at the head."""
    for part in document.iter():
        if part.text and part.tag == f"{TAG}coordinates":
            part.text = " ".join(part.text.split())
        elif part.text:
            part.text = part.text.replace(GUARDED_END, END_OF_CDATA)
    whole = found(document, "Document")
    inner = found(whole, "Document") if whole.find(f"{TAG}Document") is not None else None
    entries = [] if inner is None else inner.findall(f"{TAG}Placemark")
    if inner is not None:
        whole.remove(inner)
    styles = styles_of(contents)
    about = contents.about()
    for name in whole.findall(f"{TAG}name"):
        whole.remove(name)
    head = [element("name", about["title"]), author(about.get("attribution", "")), element("description", terms(about))]
    for place, part in enumerate(head):
        whole.insert(place, part)
    folders: dict[str, ElementTree.Element] = {}
    drawn: dict[str, ElementTree.Element] = {}
    shapes = contents.rows.geometry.geom_type.map(FORM_OF)
    for entry, record, shape in zip(entries, contents.records, shapes, strict=True):
        layer, status = record["layer"], record["status"]
        if layer not in folders:
            folders[layer] = ElementTree.Element(f"{TAG}Folder")
            folders[layer].append(element("name", folder_name(contents, layer)))
        if isinstance(shape, str):
            look = f"{layer}.{status or 'none'}"
            drawn.setdefault(look, style(styles, layer, status, look))
            entry.insert(list(entry).index(found(entry, "description")) + 1, element("styleUrl", f"#{look}"))
        folders[layer].append(entry)
    for place, look in enumerate(sorted(drawn), start=len(head)):
        whole.insert(place, drawn[look])
    whole.extend(folders.values())


def found(parent: ElementTree.Element, tag: str) -> ElementTree.Element:
    """Return a part that KML of GDAL always has."""
    part = parent.find(f"{TAG}{tag}")
    if part is None:
        raise LookupError(f"KML without {tag}")
    return part


def element(tag: str, text: str) -> ElementTree.Element:
    """Return an element with a text."""
    made = ElementTree.Element(f"{TAG}{tag}")
    made.text = text
    return made


def author(credit: str) -> ElementTree.Element:
    """Return whom to credit, as KML says it."""
    made = ElementTree.Element(f"{{{ATOM}}}author")
    ElementTree.SubElement(made, f"{{{ATOM}}}name").text = credit
    return made


def terms(about: Mapping[str, str]) -> str:
    """Return the head of the file as lines of HTML."""
    return "<br/>".join(f"{name}: {html.escape(text)}" for name, text in about.items() if name != "title")


def folder_name(contents: Contents, layer: str) -> str:
    """Return the title of a layer, with the share-alike licence that binds it."""
    catalog = contents.atlas.catalog
    title = catalog.layers[layer].title
    licence = contents.binding_licences.get(layer)
    shown = getattr(title, contents.view.lang, None) or title.en
    return f"{shown} ({catalog.licences[licence].title})" if licence else shown


def style(styles: Styles, layer: str, status: str | None, name: str) -> ElementTree.Element:
    """Return how the entries of a layer and a status are drawn."""
    colour = colour_of(styles, layer, status)
    opacity = PROMISED_OPACITY if status in UNFINISHED else opacity_of(styles, status)
    made = ElementTree.Element(f"{TAG}Style", id=name)
    for tag, children in (
        ("IconStyle", {"color": abgr(colour), "scale": "0.8"}),
        ("LineStyle", {"color": abgr(colour, opacity), "width": f"{width_of(styles, layer, status):g}"}),
        ("PolyStyle", {"color": abgr(colour, AREA_OPACITY)}),
    ):
        part = ElementTree.SubElement(made, f"{TAG}{tag}")
        part.extend(element(key, text) for key, text in children.items())
    return made


def abgr(colour: str, opacity: float = 1) -> str:
    """Return #RRGGBB as KML writes it."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#")[:6])
    return f"{round(255 * opacity):02x}{blue:02x}{green:02x}{red:02x}"
