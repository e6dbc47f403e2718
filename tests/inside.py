"""What tests read from the inside of the page and do to it: the only place that knows the names of its script.

A test that can look at the document or use mouse and keyboard does that; what lies deeper is asked for here.
`where` is the page, or the frame that holds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Frame, Page

from sco_map.atlas import Selection

Where = Page | Frame
Json = dict[str, Any]


# -- the state ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class State:
    """What the page shows now.

    `query`: the selection as an address writes it. `rows`: how many rows are shown. `story`: the id of the story that
    is on. `colour` and `flow`: how lines are drawn. `card`: the id of what the open card is about.
    """

    query: str
    rows: int
    lang: str
    theme: str
    worldview: str | None
    story: str | None
    colour: str | None
    flow: bool
    card: str | None
    zoom: float

    @property
    def selection(self) -> Selection:
        """Return the selection as Python has it."""
        return Selection.from_query(self.query)


STATE = """(() => {
    const {app} = sco, {colour, flow} = app.plate.lineStyle;
    return {
        query: sco.formatSelection(app.selection), rows: app.shown.size, lang: app.lang, theme: app.theme,
        worldview: app.worldview, story: app.panel.story?.id ?? null, colour, flow,
        card: app.card.target?.id ?? null, zoom: app.map.getZoom(),
    };
})()"""


def state_of(where: Where) -> State:
    """Return what the page shows now."""
    return State(**where.evaluate(STATE))


def selection_of(where: Where) -> Selection:
    """Return what is selected now."""
    return state_of(where).selection


def shows_everything(where: Where) -> bool:
    """Tell whether nothing is filtered, by the script's own word for it."""
    return bool(where.evaluate("sco.isEverything(sco.app.selection)"))


def number_of_rows(where: Where) -> int:
    """Return how many rows are shown."""
    return int(where.evaluate("sco.app.shown.size"))


def rows_of(where: Where) -> list[str]:
    """Return the ids of the rows that are shown, in the order of the page."""
    return list(where.evaluate("sco.app.result.rows.map(row => row.id)"))


def all_rows_of(where: Where, project: str | None = None) -> list[str]:
    """Return the ids of all rows that the page carries, or of those of a project alone."""
    found = where.evaluate("sco.app.world.rows.map(row => [row.id, row.projects])")
    return [id_ for id_, projects in found if project is None or project in projects]


def statuses_of(where: Where) -> set[str]:
    """Return the statuses of the rows that are shown."""
    return set(where.evaluate("sco.app.result.rows.map(row => row.status)"))


def km_in(where: Where, country: str) -> float:
    """Return how many km of the rows that are shown lie in a country."""
    sum_of = "code => sco.app.result.rows.reduce((sum, row) => sum + (row.kmByCountry[code] ?? 0), 0)"
    return float(where.evaluate(sum_of, country))


def counts_of(where: Where) -> dict[str, list[tuple[str, int]]]:
    """Return for each facet its values with the number of rows that choosing each would show."""
    counts = where.evaluate("Object.entries(sco.app.result.counts).map(([facet, values]) => [facet, [...values]])")
    return {facet: [(value, count) for value, count in values] for facet, values in counts}


def totals_of(where: Where) -> Json:
    """Return the sums that the panel shows."""
    return dict(where.evaluate("sco.app.panel.totals"))


def address_of(where: Where) -> str:
    """Return the address part that leads to what is shown."""
    return str(where.evaluate("sco.app.addressNow()"))


def shaded(where: Where) -> dict[str, str]:
    """Return the states that are shaded now, and how."""
    return dict(where.evaluate("Object.fromEntries(sco.app.plate.parties)"))


def tinted_as_members(where: Where) -> set[str]:
    """Return the states whose land has the colour of members."""
    return set(where.evaluate("sco.app.plate.land.units.filter(u => u.standing === 'member').map(u => u.unit.state)"))


def has_relief(where: Where) -> bool:
    """Tell whether the page carries the picture of the mountains."""
    return where.evaluate("sco.app.world.ground.relief") is not None


def is_idle(where: Where) -> bool:
    """Tell whether no work is left that may wait for a painted frame: names, bars, table."""
    return bool(where.evaluate("sco.app.later.jobs.length === 0"))


def is_playing(where: Where) -> bool:
    """Tell whether the years run."""
    return bool(where.evaluate("!!sco.app.timeline.timer"))


def moves_smoothly(where: Where) -> bool:
    """Tell whether the map moves when it zooms."""
    return bool(where.evaluate("sco.app.map.options.zoomAnimation"))


SEEN = """() => {
    const parts = [], {lat, lng} = sco.app.map.getCenter(), has = name => Object.hasOwn(navigator, name);
    const walk = element => {
        if (element.matches("head, script, .leaflet-map-pane, [aria-live], [role=status]")) return;
        if (element !== document.documentElement && !element.checkVisibility()) return;
        const attributes = [...element.attributes].filter(({value}) => value);
        parts.push(element.nodeName, ...attributes.map(({name, value}) => `${name}=${value}`));
        if (element.scrollTop || element.scrollLeft) parts.push(element.scrollTop, element.scrollLeft);
        if (["INPUT", "SELECT", "TEXTAREA"].includes(element.nodeName)) parts.push(element.value, element.checked);
        if (!element.children.length) parts.push(element.textContent);
        [...element.children].forEach(walk);
    };
    walk(document.documentElement);
    const focus = document.activeElement, patched = [String(print), Object.keys(window).length, has("clipboard")];
    const view = [sco.app.map.getZoom(), lat, lng].map(number => number.toFixed(1));
    return JSON.stringify([parts, view, document.title, focus.nodeName, focus.id, patched]);
}"""
"""Everything but the drawing of the map, whose panes lie elsewhere after every move."""


def everything_seen(where: Where) -> str:
    """Return all that a reader sees beside the drawing, the part of the map, the focus, and what tests have patched."""
    return str(where.evaluate(SEEN))


PUT_AWAY = """() => {
    document.activeElement.blur();
    sco.app.toggleTable(false);
    for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
    if ((document.body.dataset.sheet ?? "half") !== "half") sco.app.sheet.set("half");
    for (const fold of document.querySelectorAll("details[open]")) fold.open = false;
    for (const fold of document.querySelectorAll(":is(.unfold, .fold)[aria-expanded=true]")) fold.click();
    document.activeElement.blur();
    for (const element of document.querySelectorAll("body, body *")) {
        if (element.scrollTop || element.scrollLeft) element.scrollTo({top: 0, left: 0, behavior: "instant"});
    }
}"""


def put_away(where: Where) -> None:
    """Close what no address holds, the table and what was unfolded, and scroll back, as a tidy reader does."""
    where.evaluate(PUT_AWAY)


def is_there(where: Where) -> bool:
    """Tell whether the script of the page runs and has drawn the map."""
    return bool(where.evaluate("document.documentElement.dataset.ready === '1' && 'sco' in window"))


# -- what is drawn -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Symbol:
    """A symbol on the map: what it stands for, and where it is in px from the corner of the map."""

    kind: str
    id: str
    rows: tuple[str, ...]
    rank: int
    x: float
    y: float


SYMBOLS = """sco.app.labels.symbols.map(mark => {
    const at = sco.app.map.layerPointToContainerPoint([mark.x, mark.y]), rows = mark.target.rows ?? [mark.target];
    return [mark.kind, mark.target.id, rows.map(row => row.id), mark.look.rank ?? 9, at.x, at.y];
})"""


def symbols_of(where: Where, kind: str | None = None) -> list[Symbol]:
    """Return the symbols on the map in the order in which they were placed, or those of one kind."""
    found = [Symbol(what, id_, tuple(rows), *more) for what, id_, rows, *more in where.evaluate(SYMBOLS)]
    return [symbol for symbol in found if kind in (None, symbol.kind)]


COURSE = """([id, drawn]) => {
    const {plate, world} = sco.app, line = plate.lines.find(({row}) => row.id === id);
    const paths = drawn ? line.screen : line.row.paths.map(path => plate.view.screen(path, 0));
    return paths.map(path => Array.from({length: path.length / 2}, (_, i) => [path[2 * i], path[2 * i + 1]]));
}"""


def course_of(where: Where, row: str, *, drawn: bool) -> list[list[tuple[float, float]]]:
    """Return the paths of a line as they are drawn, or as they would be without other lines beside it, in px."""
    return [[(x, y) for x, y in path] for path in where.evaluate(COURSE, [row, drawn])]


def middle_of_map(where: Where) -> tuple[float, float]:
    """Return the middle of the map in the same px."""
    x, y = where.evaluate("(at => [at.x, at.y])(sco.app.map.latLngToLayerPoint(sco.app.map.getCenter()))")
    return x, y


def row_under(where: Where, x: float, y: float) -> str:
    """Return the line that is nearest to a point in these px, as the pointer finds it."""
    return str(where.evaluate("([x, y]) => sco.app.plate.rows.rowsNear(x, y, 3)[0]?.id", [x, y]))


@dataclass(frozen=True)
class NameBeside:
    """A name beside a symbol or the dot of a city: what it says, its box, and the point it belongs to, in px."""

    text: str
    box: tuple[float, float, float, float]
    x: float
    y: float


BESIDE = """sco.app.labels.beside.map(({text, box, at}) => {
    const seen = (x, y) => { const point = sco.app.map.layerPointToContainerPoint([x, y]); return [point.x, point.y] };
    return [text, [...seen(box[0], box[1]), ...seen(box[2], box[3])], ...seen(at[0], at[1])];
})"""


def names_beside(where: Where) -> list[NameBeside]:
    """Return the names that stand beside symbols and cities, in the order in which they were placed."""
    return [NameBeside(text, tuple(box), x, y) for text, box, x, y in where.evaluate(BESIDE)]


def names_on(where: Where) -> set[str]:
    """Return every name on the map."""
    return set(where.evaluate("sco.app.labels.placed.map(({text}) => text)"))


def number_of_drawn_lines(where: Where) -> int:
    """Return how many rows are drawn as lines."""
    return int(where.evaluate("sco.app.plate.lines.filter(row => row.data).length"))


def lowest_drawn(where: Where) -> float:
    """Return how far down the window the lines of the map reach, in px."""
    lines = "sco.app.plate.lines.filter(row => row.data)"
    return float(where.evaluate(f"Math.max(...{lines}.map(row => row.stroke.getBoundingClientRect().bottom))"))


def arrows_of(where: Where, row: str) -> str:
    """Return the path of the arrows along a row."""
    find = "id => sco.app.plate.lines.find(row => row.id === id).stroke.lastChild.getAttribute('d')"
    return str(where.evaluate(find, row))


def spot_of_several(where: Where) -> tuple[int, int]:
    """Return a spot of the map, in px from its corner, where a click meets more than one thing."""
    x, y = where.evaluate(
        """(() => {
            const {x: left, y: top} = sco.app.map.containerPointToLayerPoint([0, 0]);
            for (let x = 80; x < 900; x += 9) for (let y = 80; y < 600; y += 9) {
                if (sco.app.thingsAt({x: left + x, y: top + y}, 5).length > 1) return [x, y];
            }
        })()"""
    )
    return x, y


def card_is_in_sight(where: Where) -> bool:
    """Tell whether the map shows the whole of what the open card is about."""
    return bool(where.evaluate("sco.app.map.getBounds().contains(sco.app.boundsOf(sco.app.card.target))"))


def shows_all_lines(where: Where) -> bool:
    """Tell whether every row that is shown lies wholly on the map."""
    look = """(() => {
        const {app} = sco, {x, y} = app.map.getSize(), {view} = app.plate;
        const from = app.map.containerPointToLayerPoint([0, 0]);
        return app.result.rows.filter(row => row.box).every(({box: [west, north, east, south]}) => {
            const corners = [view.at(west, north), view.at(east, south)];
            return corners.every(([px, py]) => px >= from.x && py >= from.y && px <= from.x + x && py <= from.y + y);
        });
    })()"""
    return bool(where.evaluate(look))


def view_of(where: Where) -> str:
    """Return the part of the map that is seen, as an address writes it."""
    return str(where.evaluate("sco.app.view()"))


def spot_on_map(where: Where, lat: float, lon: float) -> tuple[float, float]:
    """Return where a place lies on the map, in px from its corner."""
    find = "at => { const {x, y} = sco.app.map.latLngToContainerPoint(at); return [x, y] }"
    x, y = where.evaluate(find, [lat, lon])
    return x, y


def map_size(where: Where) -> tuple[int, int]:
    """Return width and height of the map in px."""
    width, height = where.evaluate("[sco.app.map.getSize().x, sco.app.map.getSize().y]")
    return width, height


def picture_of(where: Where, shape: str = "shown", title: str = "") -> str:
    """Return the SVG file that the page would save: as shown, `wide` or `square`, under a title of its own."""
    return str(where.evaluate("wanted => sco.app.picture.svgText(wanted)", {"shape": shape, "title": title}))


def picture_key(where: Where) -> list[str]:
    """Return the names in the key of the picture that the page would save."""
    return list(where.evaluate("sco.app.picture.key().flatMap(({rows}) => rows.map(({name}) => name))"))


def watch_printing(where: Where) -> None:
    """Let the page note, instead of printing, in which colours it would print: `window.printedAs`."""
    where.evaluate("window.print = () => { window.printedAs = sco.app.print.theme }")


def keep_printed_sheet(where: Where) -> None:
    """Let the page make its sheet when it is about to print and keep the text, instead of printing."""
    keep = "window.dispatchEvent(new Event('beforeprint')); window.printedSheet = sheet.textContent"
    where.evaluate(f"window.print = () => {{ const sheet = document.getElementById('sheet'); {keep} }}")


def print_as_shown(where: Where) -> None:
    """Let the next printed sheet have the theme of the screen instead of the light one."""
    where.evaluate("sco.app.print.theme = 'shown'")


# -- what is done to it ------------------------------------------------------------------------------------------------


def select(where: Where, query: str) -> None:
    """Select what an address asks for."""
    where.evaluate("query => sco.app.setSelection(sco.parseSelection(query))", query)


def select_at_once(where: Where, queries: Sequence[str]) -> None:
    """Select one thing after the other without a breath in between."""
    where.evaluate(
        "queries => { for (const query of queries) sco.app.setSelection(sco.parseSelection(query)) }", list(queries)
    )


def reset(where: Where) -> None:
    """Show everything again."""
    where.evaluate("sco.app.reset()")


def choose_story(where: Where, story: str) -> None:
    """Click a story: it is put on, or taken back when it is on."""
    where.evaluate("id => sco.app.chooseStory(sco.app.world.stories.find(story => story.id === id))", story)


def open_card(where: Where, id_: str) -> None:
    """Open the card of a row, project or state."""
    where.evaluate("id => sco.app.open(id)", id_)


def close_card(where: Where) -> None:
    """Close the card."""
    where.evaluate("sco.app.close()")


def show_table(where: Where) -> None:
    """Open the table of the rows that are shown."""
    where.evaluate("sco.app.toggleTable(true)")


def hide_table(where: Where) -> None:
    """Close it again."""
    where.evaluate("sco.app.toggleTable(false)")


def set_language(where: Where, language: str) -> None:
    """Set the language."""
    where.evaluate("lang => sco.app.setLanguage(lang)", language)


def set_theme(where: Where, theme: str) -> None:
    """Make the page light or dark."""
    where.evaluate("theme => sco.app.setTheme(theme)", theme)


def set_worldview(where: Where, worldview: str | None) -> None:
    """Set the worldview on borders."""
    where.evaluate("worldview => sco.app.setWorldview(worldview)", worldview)


def set_style(where: Where, *, colour: str | None = None, flow: bool = False) -> None:
    """Set how lines are drawn."""
    where.evaluate("lineStyle => sco.app.setLineStyle(lineStyle)", {"colour": colour, "flow": flow})


def set_view(where: Where, lat: float, lon: float, zoom: float) -> None:
    """Move the map without letting it glide."""
    where.evaluate("([lat, lon, zoom]) => sco.app.map.setView([lat, lon], zoom, {animate: false})", [lat, lon, zoom])


def set_sheet(where: Where, height: str) -> None:
    """Pull the sheet of the phone to `peek`, `half` or `full`."""
    where.evaluate("name => sco.app.sheet.set(name)", height)


def move_while_names_are_placed(where: Where, queries: Sequence[str]) -> None:
    """Select one thing after the other and move the map each time, a few milliseconds later: while names are placed."""
    where.evaluate(
        """async queries => {
            for (const [step, query] of queries.entries()) {
                sco.app.setSelection(sco.parseSelection(query));
                await new Promise(done => setTimeout(done, 15 + 3 * step));
                sco.app.map.setView([30 + 2 * step, 20 + 9 * step], 4 + (step % 4), {animate: false});
            }
        }""",
        list(queries),
    )


def draw_names(where: Where) -> None:
    """Place symbols and names in one go."""
    where.evaluate("sco.app.drawLabels()")


def build_panel(where: Where) -> None:
    """Build the panel again."""
    where.evaluate("sco.app.panel.build()")


def open_every_card(where: Where, languages: Sequence[str]) -> int:
    """Open the card of everything that has one: all in the first language, a part of them in each of the others.

    Returns how many were opened.
    """
    return int(
        where.evaluate(
            """languages => {
                const {app} = sco, {world} = app;
                const ids = [...world.rows.map(row => row.id), ...Object.keys(world.projects),
                    ...Object.keys(world.countries), ...app.plate.ground.disputed.map(area => area.id), "about-data"];
                let opened = 0;
                languages.forEach((language, turn) => {
                    app.setLanguage(language);
                    ids.forEach((id, number) => {
                        const target = number % languages.length === turn || turn === 0 ? app.card.find(id) : null;
                        if (!target) return;
                        app.card.open(target, false);
                        opened++;
                    });
                });
                return opened;
            }""",
            list(languages),
        )
    )


def visit(where: Where, addresses: Sequence[str]) -> list[str]:
    """Follow addresses (with their `#`) one after the other; return the selection that each came to."""
    return list(
        where.evaluate(
            """addresses => addresses.map(address => {
                const asked = sco.parseAddress(address);
                sco.app.fromAddress(asked);
                return sco.formatSelection(asked.selection);
            })""",
            list(addresses),
        )
    )


# -- its functions -----------------------------------------------------------------------------------------------------


def answers(where: Where, queries: Sequence[str], worldview: str | None = None) -> list[Json]:
    """Return what the script finds for each selection: `query`, `ids` sorted, `states`, `counts` of every facet.

    `states` holds id, status and role of each row in the order of the page.
    """
    return list(
        where.evaluate(
            """([queries, worldview]) => {
                const {app} = sco, {world} = app;
                const plain = counts => Object.fromEntries(
                    Object.entries(counts).map(([facet, values]) => [facet, Object.fromEntries(values)]));
                sco.seenFrom(world, worldview);
                const found = queries.map(query => {
                    const selection = sco.parseSelection(query), {year} = selection;
                    const {rows, counts} = sco.applySelection(world.rows, selection, world);
                    return {
                        query: sco.formatSelection(selection), ids: rows.map(row => row.id).sort(),
                        states: rows.map(row => [row.id, sco.statusOf(row, year), sco.roleOf(row, year)]),
                        counts: plain(counts),
                    };
                });
                sco.seenFrom(world, app.worldview);
                return found;
            }""",
            [list(queries), worldview],
        )
    )


def leave_story(where: Where) -> None:
    """Leave the story that is told step by step."""
    where.evaluate("sco.app.leaveStory()")


def told_of(where: Where) -> str | None:
    """Return the step of a story that is told, as an address names it."""
    told = where.evaluate("sco.app.state.told && [sco.app.state.told.story.id, sco.app.state.told.at + 1].join('/')")
    return None if told is None else str(told)


def figures_at_lines(where: Where) -> list[str]:
    """Return what a story writes beside the lines of the map."""
    return list(where.evaluate("sco.app.labels.placed.filter(one => one.kind === 'figure').map(one => one.text)"))


def stories_of(where: Where) -> dict[str, str]:
    """Return for each story, in their order, the selection that it sets."""
    return dict(where.evaluate("sco.app.world.stories.map(story => [story.id, story.steps[0].query])"))


def suggestions(where: Where, text: str) -> list[tuple[str, str]]:
    """Return form and id of what the search suggests for a text."""
    find = "text => sco.suggestionsFor(sco.namesOf(sco.app.world), text).map(({form, id}) => [form, id])"
    return [(form, id_) for form, id_ in where.evaluate(find, text)]


def meant(where: Where, text: str) -> list[tuple[str, str]]:
    """Return form and id of what a text may mean: what answers it, else what is spelt most like it."""
    find = "text => sco.app.meant(text).map(({form, id}) => [form, id])"
    return [(form, id_) for form, id_ in where.evaluate(find, text)]


def bibtex(where: Where, cited: Json) -> str:
    """Return a citation as BibTeX."""
    return str(where.evaluate("cited => sco.citationBibtex(cited)", cited))


def csl(where: Where, cited: Json) -> str:
    """Return a citation as CSL JSON."""
    return str(where.evaluate("cited => sco.citationCsl(cited)", cited))


def csv_cells(where: Where, values: Sequence[Any]) -> list[str]:
    """Return values as the script writes them into a table."""
    return list(where.evaluate("values => values.map(value => sco.csvCell(value))", list(values)))


def csv_of(where: Where, *, everything: bool = False) -> str:
    """Return the CSV file of the rows that are shown, or of all."""
    return str(where.evaluate(f"sco.toCsv({'sco.app.world.rows' if everything else 'sco.app.result.rows'})"))


def folded(where: Where, texts: Sequence[str]) -> list[str]:
    """Return texts as the search compares them."""
    return list(where.evaluate("texts => texts.map(text => sco.fold(text))", list(texts)))


def packed_integers(where: Where, values: Sequence[int]) -> str:
    """Return numbers as the script packs them."""
    return str(where.evaluate("values => sco.packIntegers(values)", list(values)))


def unpacked_integers(where: Where, text: str) -> list[int]:
    """Return packed numbers."""
    return list(where.evaluate("text => [...sco.unpackIntegers(text)]", text))


def inflated(where: Where, packed: str) -> str:
    """Return the text that was packed for the page."""
    return str(where.evaluate("packed => sco.inflated(packed)", packed))


# -- what is where ---------------------------------------------------------------------------------------------------

PLACED = """(() => {
    const {map, plate} = sco.app, corner = map.containerPointToLayerPoint([0, 0]), degrees = 180 / Math.PI;
    const seen = (x, y) => [x - corner.x, y - corner.y];
    const onPath = (path) => {
        const length = path.getTotalLength(), at = path.getPointAtLength(length / 2);
        const before = path.getPointAtLength(length * 0.4), after = path.getPointAtLength(length * 0.6);
        return {at: seen(at.x, at.y), turned: Math.atan2(after.y - before.y, after.x - before.x) * degrees};
    };
    const place = (node) => {
        const along = node.querySelector("textPath");
        if (along) return onPath(document.querySelector(along.getAttribute("href")));
        const number = (name) => Number(node.getAttribute(name));
        if (!node.hasAttribute("transform")) return {at: seen(number("x"), number("y"))};
        const {a, b, e, f} = node.transform.baseVal.consolidate().matrix;
        return {at: seen(e, f), turned: Math.atan2(b, a) * degrees};
    };
    const box = (boxes) => [0, 1, 2, 3].map(side => Math[side < 2 ? "min" : "max"](...boxes.map(box => box[side])));
    const drawn = (path) => path.getAttribute("d") && path.checkVisibility();
    const boxOf = (path) => {
        const {x, y, width, height} = path.getBBox();
        return [...seen(x, y), ...seen(x + width, y + height)];
    };
    const names = [...document.querySelectorAll(".plate-labels text")].map(node => ({
        name: [...node.querySelectorAll("tspan")].map(line => line.textContent).join(" | ") || node.textContent,
        ...place(node), anchor: node.getAttribute("text-anchor"), size: Number(node.getAttribute("font-size")),
        weight: Number(node.getAttribute("font-weight")), colour: node.getAttribute("fill"),
    }));
    const rows = {};
    for (const row of plate.lines) {
        const paths = [...row.stroke.querySelectorAll("path"), row.casing].filter(drawn);
        if (!paths.length) continue;
        const layer = (rows[row.layer] ??= {rows: 0, paths: 0, boxes: []});
        layer.rows++;
        layer.paths += paths.length;
        layer.boxes.push(...paths.map(boxOf));
    }
    const groups = [...document.querySelectorAll("g[class^=plate-]")].map(group => {
        const paths = [...group.querySelectorAll("path")].filter(drawn);
        const name = group.getAttribute("class").split(" ")[0].replace("plate-", "");
        return {group: name, paths: paths.length, box: box(paths.map(boxOf))};
    });
    return {
        names, groups,
        layers: Object.entries(rows).map(([layer, {rows, paths, boxes}]) => ({layer, rows, paths, box: box(boxes)})),
    };
})()"""


def placed(where: Where) -> Json:
    """Return the names on the map, the paths of each layer of rows and of each group of the drawing, in px.

    Positions are seen from the corner of the map; `size` and `weight` say how important a name is.
    """
    return dict(where.evaluate(PLACED))
