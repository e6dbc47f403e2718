"""Which rows go into which file; builds the files asked for and writes them, or tells whether they are up to date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sco_map.catalog import Catalog, read_catalog
from sco_map.errors import ScoMapError
from sco_map.layers.columns_page import columns_page
from sco_map.layers.facts_page import facts_page
from sco_map.layers.ids_page import ids_page
from sco_map.layers.land import areas, surroundings, views
from sco_map.layers.page_script import NAME as PAGE_SCRIPT
from sco_map.layers.page_script import script_results
from sco_map.layers.pages import layers_page, lengths_page, straight_pieces_page
from sco_map.layers.rail import gauge
from sco_map.layers.result import OutOfDateError, Result
from sco_map.layers.rows.events import LAYER as EVENTS
from sco_map.layers.rows.events import event_features
from sco_map.layers.rows.features import Feature
from sco_map.layers.rows.pieces import BuildError
from sco_map.layers.rows.projects import project_features
from sco_map.layers.rows.routes import CutCorner, Routes
from sco_map.layers.rows.sites import site_feature
from sco_map.layers.write import layer_bytes, replace_file
from sco_map.model.suggestions import unknown
from sco_map.model.texts import counted
from sco_map.paths import GEODATA

DOCS = GEODATA.parent / "docs"
Say = Callable[[str], None]
"""Takes a sentence about the step that begins; what a build says while it works."""


@dataclass(frozen=True)
class Output:
    """A file to be: its `name` is the layer or page asked for; `notes` say where inputs were found."""

    name: str
    file: Path
    content: bytes
    features: int = 0
    notes: tuple[str, ...] = ()


@dataclass
class Facts:
    """The rows of the layers built so far, and what was noticed while drawing them."""

    rows: list[Feature] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    cut_corners: list[CutCorner] = field(default_factory=list)


def facts_of(layer: str, catalog: Catalog, facts: Facts) -> tuple[list[Feature], tuple[str, ...]]:
    """Return the features of a layer of lines, points and facts, and where its inputs were found."""
    segments = [segment for segment in catalog.segments.values() if segment.layer == layer]
    sites = [site for site in catalog.sites.values() if site.layer == layer]
    features = [site_feature(site, catalog) for site in sites]
    features += project_features(layer, catalog)
    if layer == EVENTS:
        features += event_features(catalog)
    if layer == gauge.LAYER:
        features += gauge.gauge_features(catalog)
    if layer == surroundings.RIVERS:
        features += surroundings.river_features(catalog)
    notes: tuple[str, ...] = ()
    if segments or sites:
        countries, origin = areas.country_map(catalog)
        routes = Routes(catalog, countries)
        drawn = [routes.feature(segment) for segment in segments]
        features += [feature for feature in drawn if feature is not None]
        used = dict.fromkeys(stop for segment in segments for stop in routes.route_of(segment).via)
        used |= dict.fromkeys(site.place for site in sites)
        facts.cut_corners += routes.cut_corners
        facts.problems += routes.problems
        facts.problems += routes.misplaced([catalog.places[id_] for id_ in used])
        notes = (origin, *routes.origins())
    views.add_views(features, views.disputed(catalog), catalog)
    facts.rows += features
    return features, notes


def silent(text: str) -> None:
    """Say nothing."""


def step(name: str, catalog: Catalog) -> str:
    """Return what building a layer takes: how many rows it has, or what is done for it."""
    lines = [segment for segment in catalog.segments.values() if segment.layer == name]
    points = sum(site.layer == name for site in catalog.sites.values())
    along = sum(segment.recipe == "along" for segment in lines)
    parts = [surroundings.STEPS[name]] if name in surroundings.STEPS else []
    if lines:
        parts.append(counted(len(lines), "line") + (f", {along} of them along the railway network" if along else ""))
    if points:
        parts.append(counted(points, "point"))
    return ", ".join(parts) or "facts from the catalog"


def outputs(names: Sequence[str], catalog: Catalog, folder: Path, docs: Path | None, say: Say = silent) -> list[Output]:
    """Return the files of the layers `names`, and the pages of `docs` when it is not None.

    `say` is called with each layer before it is built. Raises BuildError with everything that is wrong with them.
    """
    facts = Facts()
    found: list[Output] = []
    for number, name in enumerate(names, start=1):
        say(f"[{number}/{len(names)}] {name}: {step(name, catalog)}")
        if name in surroundings.LAYERS:
            fresh = {output.file: output.content for output in found}
            for file, content, count, notes in surroundings.files(name, catalog, folder, fresh):
                found.append(Output(name, file, content, count, notes))
            continue
        features, notes = facts_of(name, catalog, facts)
        content = layer_bytes(catalog.layers[name], features, catalog)
        found.append(Output(name, folder / f"{name}.geojson", content, len(features), notes))
    if docs is not None:
        say("pages of docs/: lengths, straight pieces, what each layer holds, facts, ids, columns")
        lengths, faults = lengths_page(facts.rows, catalog)
        facts.problems += faults
        found.append(Output("lengths", docs / "lengths.md", lengths.encode()))
        straight = straight_pieces_page(facts.rows, facts.cut_corners)
        found.append(Output("straight_pieces", docs / "straight_pieces.md", straight.encode()))
        counts = {output.name: output.features for output in found}
        found.append(Output("layers", docs / "layers.md", layers_page(counts, catalog).encode()))
        found.append(Output("facts", docs / "facts.md", facts_page(catalog).encode()))
        found.append(Output("ids", docs / "ids.md", ids_page(catalog).encode()))
        found.append(Output("columns", docs / "columns.md", columns_page(catalog).encode()))
    if facts.problems:
        raise BuildError(dict.fromkeys(facts.problems))
    return found


def compared(output: Output) -> Result:
    """Return whether the file of `output` already is what it should be."""
    action = "missing"
    if output.file.is_file():
        action = "unchanged" if output.file.read_bytes() == output.content else "differs"
    return Result(output.name, output.file, action, output.features, output.notes)


def written(output: Output) -> Result:
    """Write the file of `output` unless it already is what it should be."""
    result = compared(output)
    if result.action == "unchanged":
        return result
    replace_file(output.file, output.content)
    return Result(output.name, output.file, "written", output.features, output.notes)


def known_layers(catalog: Catalog) -> list[str]:
    """Return every layer that can be built, in the order of the legend, what lies around it last."""
    return list(dict.fromkeys([*catalog.layers, *surroundings.LAYERS, PAGE_SCRIPT]))


def build_layers(
    names: Sequence[str] = (),
    *,
    check: bool = False,
    folder: Path = GEODATA,
    catalog: Path | None = None,
    docs: Path = DOCS,
    say: Say = silent,
) -> list[Result]:
    """Build the layers `names`, or all layers and the generated pages of `docs` when there are none.

    A build for GEODATA includes the bundles of the page's script. `say` is called with each step before it begins.
    Nothing is written when anything is wrong, and nothing ever with `check`. Raises ScoMapError for a faulty catalog
    or an unknown layer, BuildError for lines that cannot be drawn as asked, OutOfDateError when a file differs.
    """
    say("reading the catalog")
    facts = read_catalog(catalog, whole=True)
    known = known_layers(facts)
    if faults := [unknown("layer", name, known) for name in names if name not in known]:
        raise ScoMapError("\n".join(faults))
    layers = [name for name in dict.fromkeys(names or known) if name != PAGE_SCRIPT]
    wanted = outputs(layers, facts, folder, None if names else docs, say)
    say(f"{'comparing' if check else 'writing'} {counted(len(wanted), 'file')}")
    results = [compared(output) if check else written(output) for output in wanted]
    if (PAGE_SCRIPT in names or not names) and folder == GEODATA:
        say(f"{PAGE_SCRIPT}: the bundles of web/, made again when their sources have changed")
        results += script_results(check=check)
    if check and not all(result.is_current for result in results):
        raise OutOfDateError(results)
    return results
