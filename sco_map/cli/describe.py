"""Put everything known about one entry into plain English text: a project, a row, a state or a place."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sco_map.atlas import Atlas, Covered, Selection, coverage, records_of, select, summarise, totals
from sco_map.atlas.coverage import NONE_FOUND
from sco_map.atlas.prose import teller
from sco_map.catalog import Catalog, Country, LocalText, Place, Project, PublishedLength
from sco_map.catalog.models import PLACE
from sco_map.catalog.preference import REASONS, preferred_length
from sco_map.errors import ScoMapError
from sco_map.model.columns import COLUMNS, TRACK, UNIT_OF, Column, Type
from sco_map.model.languages import FIRST, LANGUAGES, TRANSLATIONS
from sco_map.model.outside import ID, SCHEMES, Scheme
from sco_map.model.suggestions import nearest
from sco_map.model.texts import counted
from sco_map.routing import RoutingError, line_of
from sco_map.routing import describe as line_in_words
from sco_map.routing.comparison import band_text, unit_text

if TYPE_CHECKING:
    import geopandas as gpd

LABEL_WIDTH = 12
LINE_WIDTH = 110

Field = tuple[str, list[str]]
Record = Mapping[str, Any]


class UnknownEntryError(ScoMapError):
    """Say that there is no such entry, and which ids are near."""


class Citations:
    """The sources of one entry, numbered in the order in which its facts name them."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.ids: list[str] = []

    def mark(self, source: str | None) -> str:
        """Return the number of a source as ` [1]`, or nothing for none."""
        if not source:
            return ""
        if source not in self.ids:
            self.ids.append(source)
        return f" [{self.ids.index(source) + 1}]"

    def cite(self, sources: Iterable[str]) -> None:
        """Take sources into the list that no single fact names."""
        for source in sources:
            self.mark(source)

    def lines(self) -> Iterator[str]:
        """Yield who says so, where and when, a source after the other."""
        for number, id_ in enumerate(self.ids, start=1):
            source = self.catalog.sources[id_]
            quality = self.catalog.vocabulary.get("quality", {}).get(source.quality)
            dates = [f"published {source.published}" if source.published else "date of publication unknown"]
            dates += [f"read {source.accessed}"] if source.accessed else []
            what = ": ".join(filter(None, [source.publisher, source.title]))
            yield f"[{number}] {what}; {', '.join(dates)}; {quality.label.en if quality else source.quality}"
            if source.url:
                yield f"    {source.url}"


def describe(atlas: Atlas, id_: str, lang: str = FIRST) -> str:
    """Return everything known about a project, a row, a state (ISO code) or a place (`place:ID`) as lines of text.

    It may also be called by an id that others give to it, such as Q148 or KZAAU. A line is put into words in the
    language `lang`; texts for readers are in it too, where they are translated. Raises UnknownEntryError naming the
    nearest ids.
    """
    catalog = atlas.catalog
    citations = Citations(catalog)
    if id_.startswith(PLACE) and (place := catalog.places.get(id_.removeprefix(PLACE))) is not None:
        fields = place_fields(atlas, place, citations)
    elif id_ in catalog.projects:
        fields = project_fields(atlas, catalog.projects[id_], citations, lang)
    elif (rows := atlas.rows[atlas.rows["id"] == id_]).shape[0]:
        fields = row_fields(atlas, records_of(rows)[0], citations, lang)
    elif id_ in catalog.countries:
        fields = country_fields(atlas, catalog.countries[id_], citations, lang)
    elif (entry := catalog.known_as(id_)) is not None and entry != id_:
        return describe(atlas, entry, lang)
    else:
        raise UnknownEntryError(unknown_entry(atlas, id_))
    lines = [line for label, texts in fields for line in labelled(label, texts)]
    return "\n".join([*lines, *(labelled("Sources", list(citations.lines())) if citations.ids else [])])


def unknown_entry(atlas: Atlas, id_: str) -> str:
    """Return the sentence about an id that does not exist."""
    catalog = atlas.catalog
    if id_.startswith(PLACE):
        places = {place.id: (place.name_en,) for place in catalog.places.values() if not place.is_helper}
        near = [PLACE + found for found in nearest(id_.removeprefix(PLACE), places)]
    else:
        rows: dict[str, Sequence[str]] = dict.fromkeys(atlas.rows["id"], ())
        known = {**catalog.known("countries"), **rows, **atlas.known_values("project")}
        near = nearest(id_, known)
        near += [PLACE + id_] if id_ in catalog.places else []
    hint = f"; did you mean {' or '.join(near)}?" if near else "; `list` prints the ids of projects, states and places"
    return f"there is no entry {id_!r}{hint}"


def labelled(label: str, texts: Sequence[str]) -> list[str]:
    """Return the lines of one field: the label before the first, the others indented; a heading has its own line."""
    if not label:
        return list(texts)
    lines = [line for text in texts for line in wrapped(text)]
    return [f"{label if at == 0 else '':<{LABEL_WIDTH}}{line}" for at, line in enumerate(lines)]


def wrapped(text: str) -> list[str]:
    """Return a text broken into lines of LINE_WIDTH in all; what follows a date or a number hangs beside it.

    Addresses and other long words stay whole.
    """
    lead = re.match(r"\s*", text)
    hang = re.match(r"\s*(\S+\s{2,}|\[\d+\] )?", text)
    lines = textwrap.wrap(
        text.lstrip(),
        LINE_WIDTH - LABEL_WIDTH,
        initial_indent=" " * (lead.end() if lead else 0),
        subsequent_indent=" " * (hang.end() if hang else 0),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines or [""]


def project_fields(atlas: Atlas, project: Project, citations: Citations, lang: str) -> Iterator[Field]:
    """Yield what is known about a project, and what it consists of."""
    catalog = atlas.catalog
    rows = select(atlas, Selection(project=(project.id,)))
    yield "", heading(project.title, f"{project.id}: {word(catalog, 'form', project.form)}, {project.layer}")
    tell = teller(atlas, lang)
    yield "Summary", given(tell(project.summary, "summary"))
    yield from word_fields(atlas, project.id, lang)
    above = [f"{id_}: {catalog.projects[id_].title.en}" for id_ in atlas.ancestors(project.id)]
    yield "Part of", above
    yield "Includes", [f"{id_}: {catalog.projects[id_].title.en}" for id_ in catalog.children(project.id)]
    phases = tell([phase.model_dump(by_alias=True) for phase in project.phases])
    promises = tell([promise.model_dump() for promise in project.promises])
    history = tell([moment.model_dump() for moment in project.history])
    yield from status_fields(catalog, project.status, phases, promises, history, citations)
    parties = [
        f"{country_name(catalog, party.country)}: {party.status}"
        + (f", {party.date}" if party.date else "")
        + citations.mark(party.source)
        for party in project.parties
    ]
    yield "Parties", parties
    yield "Main line", way_lines(atlas, project, citations)
    yield "Countries", country_lines(catalog, summarise(rows, "country").itertuples(index=False))
    lengths = tell([length.model_dump() for length in project.published_lengths])
    yield "All lines" if project.ways else "Length", length_lines(catalog, sum_of_lengths(rows), lengths, citations)
    yield from measure_fields(tell(project.model_dump()), citations)
    yield "Elsewhere", id_lines(catalog, project.id, citations)
    yield "Parts", [part_line(catalog, row) for row in records_of(rows)]
    citations.cite(project.sources)
    yield from trust_fields(catalog, project.as_of, project.confidence, tell(project.note, "note"))


def word_fields(atlas: Atlas, id_: str, lang: str) -> Iterator[Field]:
    """Yield a line in words, and leg by leg where it has several."""
    try:
        line = line_in_words(atlas, id_)
    except RoutingError:
        return
    yield "In words", [line.text(lang)]
    legs = line.legs(lang)
    yield "Legs", legs if len(legs) > 1 else []


def way_lines(atlas: Atlas, project: Project, citations: Citations) -> list[str]:
    """Return the ways that a project names with their lengths, the main line first; what does not exist is left out."""
    lines = []
    for way in project.ways:
        try:
            found = line_of(atlas, f"{project.id}/{way.id}")
        except RoutingError:
            continue
        best = found.best
        year = f" as of {found.year}" if found.year != atlas.year else ""
        borders = counted(len(best.borders), "border")
        lines.append(f"{best.km:,.0f} km, {borders}: {way.title.en}{year}")
        if not lines[1:]:
            lines.append(
                "  " + ", ".join(f"{country_name(atlas.catalog, code)} {km:,.0f}" for code, km in best.km_by_country)
            )
        for entry in way.carriage:
            band, unit = band_text(entry), unit_text(atlas, entry)
            lines.append(f"  {band} {unit}, {entry.scope.en}, {entry.as_of}{citations.mark(entry.source)}")
    return lines


def row_fields(atlas: Atlas, record: Record, citations: Citations, lang: str) -> Iterator[Field]:
    """Yield what is known about a row of the table."""
    catalog = atlas.catalog
    record = teller(atlas, lang)(record)
    title = LocalText.model_construct(**{language: record[f"title_{language}"] for language in LANGUAGES})
    yield "", heading(title, f"{record['id']}: {word(catalog, 'kind', record['kind'])}, {record['layer']}")
    yield "Part of", [f"{id_}: {catalog.projects[id_].title.en}" for id_ in record["projects"]]
    yield from word_fields(atlas, record["id"], lang)
    yield "Date", given(" to ".join(dict.fromkeys(filter(None, [record["date"], record["date_end"]]))))
    yield "City", given(record["city"])
    yield "Outcome", given(record["outcome"])
    promises, history = record["promises"], record["history"]
    yield from status_fields(catalog, record["status"], record["phases"], promises, history, citations)
    yield "Roles", role_lines(catalog, record["roles"], citations)
    km_by_country = record["km_by_country"]
    yield "Countries", country_lines(catalog, ((code, 1, km_by_country.get(code)) for code in record["countries"]))
    yield "Length", length_lines(catalog, row_length(record), record["published_lengths"], citations)
    yield from measure_fields(record, citations)
    yield "Elsewhere", id_lines_of_row(record, citations)
    yield "Accuracy", accuracy_lines(catalog, record)
    yield "Places", given(", ".join(catalog.places[id_].name_en for id_ in record["places"]))
    citations.cite(record["sources"])
    yield from trust_fields(catalog, record["as_of"], record["confidence"], record["note"])
    licence = catalog.licences[record["licence"]]
    yield "Licence", [f"{licence.title}" + (f" ({licence.attribution})" if licence.attribution else "")]


def country_fields(atlas: Atlas, country: Country, citations: Citations, lang: str) -> Iterator[Field]:
    """Yield what is known about a state."""
    catalog = atlas.catalog
    rows = select(atlas, Selection(country=(country.id,)))
    yield "", heading(country.name, country.id)
    tell = teller(atlas, lang)
    yield "Capital", given(country.capital)
    roles = tell([role.model_dump(by_alias=True) for role in country.roles])
    yield "Roles", role_lines(catalog, roles, citations)
    agreements = [
        f"{catalog.projects[entry.agreement].title.en if entry.agreement in catalog.projects else entry.agreement}: "
        f"{entry.status}" + (f", {entry.date}" if entry.date else "") + citations.mark(entry.source)
        for entry in country.agreements
    ]
    yield "Agreements", agreements
    history = [(moment.date, tell(moment.text, "text"), moment.source) for moment in country.history]
    yield "History", [f"{date}  {text}{citations.mark(source)}" for date, text, source in history]
    inside = summarise(rows, "country").set_index("country")["km"].get(country.id, 0.0)
    yield "On the map", [f"{counted(len(rows), 'entry', 'entries')}, {inside:,.2f} km in the country"]
    yield "Coverage", [coverage_line(catalog, entry, citations) for entry in coverage(atlas, [country.id]).entries]
    yield "Elsewhere", id_lines(catalog, country.id, citations)
    citations.cite(country.sources)
    yield from trust_fields(catalog, country.as_of, country.confidence, tell(country.note, "note"))


def coverage_line(catalog: Catalog, entry: Covered, citations: Citations) -> str:
    """Return what the map holds of the lines of a kind in a state, beside the official length."""
    held = f"{word(catalog, 'kind', entry.kind)}: {entry.map_km:,.0f} km in operation on the map"
    if entry.official_km is None or entry.share is None:
        return f"{held}, {NONE_FOUND}"
    official = f"{100 * entry.share:.0f} % of {entry.official_km:,.0f} km, {entry.as_of}"
    return f"{held}, {official}{citations.mark(entry.source)}"


def place_fields(atlas: Atlas, place: Place, citations: Citations) -> Iterator[Field]:
    """Yield what is known about a place and which rows run through it."""
    catalog = atlas.catalog
    yield "", heading(place.name, f"{PLACE}{place.id}: {place.kind.replace('_', ' ')}")
    yield "Country", [country_name(catalog, place.country)]
    where = f"longitude {place.lon:g}, latitude {place.lat:g}, within {place.accuracy_km:g} km"
    yield "Position", [where + citations.mark(place.source)]
    yield "Elsewhere", id_lines(catalog, PLACE + place.id, citations)
    through = atlas.rows[[place.id in places for places in atlas.rows["places"]]]
    yield "On", [part_line(catalog, row) for row in records_of(through)]
    yield from trust_fields(catalog, None, place.confidence, place.note)


def heading(title: LocalText, identity: str) -> list[str]:
    """Return the name in every language and what kind of entry this is."""
    others = [text for language in TRANSLATIONS if (text := getattr(title, language))]
    return [title.en, *others, identity]


def status_fields(
    catalog: Catalog,
    status: str | None,
    phases: Sequence[Record],
    promises: Sequence[Record],
    history: Sequence[Record],
    citations: Citations,
) -> Iterator[Field]:
    """Yield the status of today, how it came about, and what is announced."""
    yield "Status", given(word(catalog, "status", status) if status else None)
    dated = [
        (phase.get("from"), sentence(word(catalog, "status", phase["status"]), phase.get("text")), phase.get("source"))
        for phase in phases
    ]
    dated += [(moment["date"], moment["text"], moment.get("source")) for moment in history]
    dated += [
        (
            promise.get("said") or promise["opens"],
            promise_words(f"opening announced for {promise['opens']}", promise),
            promise.get("source"),
        )
        for promise in promises[:-1]
    ]
    ordered = sorted(dated, key=lambda entry: entry[0] or "")
    lines = [f"{since or 'unknown':<12}{text}{citations.mark(source)}" for since, text, source in ordered]
    if promises:
        expected = promises[-1]
        announced = promise_words("opening expected", expected)
        lines.append(f"{expected['opens']:<12}{announced}{citations.mark(expected.get('source'))}")
    yield "History", lines


def promise_words(begin: str, promise: Record) -> str:
    """Return an announced opening in words: `begin`, what the text adds, and who said so when."""
    who = ", ".join(filter(None, [promise.get("by"), promise.get("said")]))
    return sentence(begin, promise.get("text")) + (f" ({who})" if who else "")


def role_lines(catalog: Catalog, roles: Sequence[Record], citations: Citations) -> list[str]:
    """Return the dated standing of a state in the organisation."""
    return [
        f"{role['from']:<12}{sentence(word(catalog, 'role', role['role']), role.get('text'))}"
        f"{citations.mark(role.get('source'))}"
        for role in roles
    ]


def country_lines(catalog: Catalog, entries: Iterable[tuple[str, int, float | None]]) -> list[str]:
    """Return the states with the kilometres that lie in each."""
    return [f"{country_name(catalog, code)}" + (f": {km:,.2f} km" if km else "") for code, _, km in entries]


def row_length(record: Record) -> list[str]:
    """Return the length of a line along its track and as drawn, or as drawn alone."""
    if record["length_km"] is None:
        return []
    if record["length_basis"] == TRACK:
        return [f"{record['length_km']:,.2f} km along the track, {record['drawn_km']:,.2f} km as drawn"]
    return [f"{record['length_km']:,.2f} km as drawn"]


def sum_of_lengths(rows: gpd.GeoDataFrame) -> list[str]:
    """Return what the lines of a project add up to, and how much of it is measured along tracks."""
    sums = totals(rows)
    if not sums.km:
        return []
    track = totals(rows[rows["length_basis"] == TRACK]).km
    if not track:
        return [f"{sums.km:,.2f} km as drawn"]
    return [f"{sums.km:,.2f} km" + (" along the track" if track == sums.km else f", {track:,.2f} of them along tracks")]


def length_lines(catalog: Catalog, own: Sequence[str], published: Sequence[Record], citations: Citations) -> list[str]:
    """Return the lengths of the map and those that sources print; of the same thing the preferred one first."""
    lines = list(own)
    of_scope: dict[str, list[PublishedLength]] = {}
    for record in published:
        length = PublishedLength.model_validate(record)
        of_scope.setdefault(length.scope, []).append(length)
    for scope, lengths in of_scope.items():
        name = "the whole" if scope == "all" else country_name(catalog, scope)
        preferred, reason = preferred_length(lengths, catalog.sources) or (None, None)
        for length in sorted(lengths, key=lambda length: reason is None or length is not preferred):
            why = f", {REASONS[reason]}: the map goes by it" if reason and length is preferred else ""
            lines.append(f"{length.km:,g} km published for {name}{why}{citations.mark(length.source)}")
    return lines


def measure_fields(record: Record, citations: Citations) -> Iterator[Field]:
    """Yield what can be measured beside the length, with who says so."""
    for column in COLUMNS:
        if column.heading and (text := measure_text(column, record)):
            said = [entry["source"] for entry in record["figure_sources"] or () if entry["figure"] == column.name]
            yield column.heading, [f"{text}{''.join(citations.mark(source) for source in said)}"]


def id_lines(catalog: Catalog, entry: str, citations: Citations) -> list[str]:
    """Return what others call an entry, with the address under which they do, and who says so."""
    ids = catalog.ids_of(entry)
    return [
        id_line(scheme, one.id) + citations.mark(one.source)
        for scheme in SCHEMES
        if (one := ids.get(scheme.name)) is not None
    ]


def id_lines_of_row(record: Record, citations: Citations) -> list[str]:
    """Return what others call a row, with the address under which they do, and who says so."""
    said = {entry["figure"]: entry["source"] for entry in record["figure_sources"] or ()}
    return [
        id_line(scheme, record[scheme.name]) + citations.mark(said.get(scheme.name))
        for scheme in SCHEMES
        if record[scheme.name]
    ]


def id_line(scheme: Scheme, id_: str) -> str:
    """Return an id with the name of its scheme and, where there is one, its address."""
    named = f"{scheme.title} {id_}"
    return f"{named}: {scheme.address.replace(ID, id_)}" if scheme.address else named


def measure_text(column: Column, record: Record) -> str | None:
    """Return a figure with its unit, a text as it is, None where it is unknown."""
    value = record.get(column.name)
    if not value or column.type is Type.TEXT:
        return value or None
    unit = record.get(UNIT_OF[column.name]) if column.name in UNIT_OF else column.unit
    return f"{value if column.type is Type.WHOLE else format(value, ',g')} {unit or ''}".rstrip()


def accuracy_lines(catalog: Catalog, record: Record) -> list[str]:
    """Return in words how far the drawing may be off, and on what it rests."""
    if record["accuracy_km"] is None:
        return []
    thing = "the line" if record["length_km"] is not None else "places of this kind"
    text = f"nine tenths of {thing} are expected within {record['accuracy_km']:g} km of the real thing"
    if record["accuracy_worst_km"] and record["accuracy_worst_km"] != record["accuracy_km"]:
        text += f" (mean {record['accuracy_mean_km']:g} km, worst stretch {record['accuracy_worst_km']:g} km)"
    basis = catalog.vocabulary.get("basis", {}).get(record["accuracy_basis"] or "")
    return [text, *([basis.text.en if basis.text else basis.label.en] if basis else [])]


def part_line(catalog: Catalog, row: Record) -> str:
    """Return one row in a line: id, title, status, length."""
    status = word(catalog, "status", row["status"]) if row["status"] else None
    km = f"{row['length_km']:,.2f} km" if row["length_km"] is not None else None
    return "; ".join(filter(None, [f"{row['id']}: {row['title_en']}", status, km]))


def trust_fields(catalog: Catalog, as_of: str | None, confidence: str | None, note: str | None) -> Iterator[Field]:
    """Yield how much weight the facts have."""
    yield "As of", given(as_of)
    yield "Confidence", given(word(catalog, "confidence", confidence) if confidence else None)
    yield "Note", given(note)


def given(text: str | None) -> list[str]:
    """Return a text as the only line of a field, or no line."""
    return [text] if text else []


def sentence(first: str, more: str | None) -> str:
    """Return a word with the text that explains it."""
    return f"{first}: {more}" if more else first


def word(catalog: Catalog, vocabulary: str, id_: str) -> str:
    """Return how a word of the vocabulary is shown."""
    entry = catalog.vocabulary.get(vocabulary, {}).get(id_)
    return entry.label.en if entry else id_


def country_name(catalog: Catalog, code: str) -> str:
    """Return a state by name and code; anything else as it is."""
    country = catalog.countries.get(code)
    return f"{country.name.en} ({code})" if country else code
