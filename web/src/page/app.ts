// @ts-nocheck
// Joins the parts: one state, one way to change it, one drawing. Started by the script that folium writes.

import contract from "../../contract.json" with { type: "json" };
import { Card } from "../card/card.ts";
import { copyText, element, settled } from "../dom.ts";
import { roleIn, yearOf } from "../facts/phases.ts";
import {
  applySelection,
  emptySelection,
  existsIn,
  formatSelection,
  isEverything,
  membersIn,
  parseSelection,
  statusOf,
} from "../facts/selection.ts";
import { prepareSearch, seenFrom } from "../facts/world.ts";
import { latitude, longitude, mercatorY } from "../geometry/pack.ts";
import { forgetWidths, Labels } from "../labels/labels.ts";
import { disputeSwatch, lineSwatch, mannerOf, PLAIN, rowColour, symbolSwatch } from "../map/looks.ts";
import { Plate } from "../map/plate.ts";
import { Panel } from "../panel/panel.ts";
import { Controls } from "../parts/controls.ts";
import { Picture } from "../parts/picture.ts";
import { Print } from "../parts/print.ts";
import { Table } from "../parts/table.ts";
import { Timeline } from "../parts/timeline.ts";
import { Wording } from "../words/text.ts";
import { Later } from "./later.ts";
import { isPhone, onScreenChange } from "./screen.ts";
import {
  Address,
  formatAddress,
  formatManner,
  formatView,
  Parent,
  parseAddress,
  parseManner,
  parseView,
  withTheme,
} from "./state.ts";

const LANGUAGES = Object.keys(contract.languages);
const THEMES = ["light", "dark"];
/** How near a selection is brought at most when the page opens on it. */
const CLOSEST_FIT = 7;

export class App {
  constructor(map, world) {
    this.map = map;
    this.world = world;
    const asked = parseAddress(location.hash);
    const { page } = world;
    this.embedded = page.embed || asked.embed;
    document.body.classList.toggle("embedded", this.embedded);
    this.defaults = {
      lang: page.lang,
      theme: page.theme ?? null,
      worldview: page.worldview ?? null,
      view: null,
      style: null,
      show: null,
    };
    const preset = parseSelection(page.selection);
    const story = this.story(location.hash ? asked.view.story : page.story);
    this.selection = story
      ? withTheme(asked.selection, story)
      : isEverything(asked.selection) && !location.hash
        ? preset
        : asked.selection;
    this.arrange();
    this.lang = LANGUAGES.includes(asked.view.lang) ? asked.view.lang : page.lang;
    this.worldview = asked.view.worldview ?? page.worldview ?? null;
    this.applyTheme(
      asked.view.theme ?? page.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"),
    );
    this.wording = new Wording(this.lang, world.words);
    document.documentElement.lang = this.lang;
    map.options.zoomAnimation = !matchMedia("(prefers-reduced-motion: reduce)").matches && map._zoomAnimated;
    map._zoomAnimated = map.options.zoomAnimation;
    map.createPane("plate").style.zIndex = "300";
    seenFrom(world, this.worldview);
    this.plate = new Plate(world);
    this.plate.viewpoint = this.worldview;
    this.plate.setManner(story && !asked.view.style ? mannerOf(story) : parseManner(asked.view.style));
    this.setFirstView(parseView(asked.view.view ?? page.view), story);
    this.plate.addTo(map);
    element("loading").remove();
    performance.mark("sco-land");
    this.later = new Later();
    this.labels = new Labels(this.plate, world);
    this.panel = new Panel(this);
    this.controls = new Controls(this);
    this.timeline = new Timeline(this);
    this.table = new Table(this);
    this.card = new Card(this);
    this.print = new Print(this);
    this.picture = new Picture(this);
    this.address = new Address((address) => this.fromAddress(address));
    this.parent = new Parent({
      "sco:select": (message) => {
        this.setSelection(parseSelection(String(message.query ?? "")), { quiet: true });
        if (!this.placed) this.fitSelection();
      },
      "sco:show": (message) =>
        message.id
          ? this.open(String(message.id), { reveal: true, quiet: true, focus: false })
          : this.close({ quiet: true }),
      "sco:story": (message) => {
        const story = this.story(String(message.id));
        if (story) this.showTheme(story, { quiet: true });
        else this.setManner(PLAIN);
      },
      "sco:lang": (message) => this.setLanguage(String(message.lang), { quiet: true }),
      "sco:theme": (message) => this.setTheme(String(message.theme)),
    });
    this.buildWords();
    this.apply(true);
    this.placed = Boolean(asked.view.view ?? page.view ?? story ?? asked.view.show);
    if (!this.placed) this.fitSelection();
    this.panel.fit();
    this.listen();
    if (asked.view.show) {
      this.open(asked.view.show, { quiet: true, focus: false });
      if (!(asked.view.view ?? page.view ?? story) && this.card.target) this.zoomTo(this.card.target);
    }
    performance.mark("sco-drawn");
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    Promise.all([
      frame()
        .then(frame)
        .then(() => this.firstNames()),
      document.fonts?.ready,
    ])
      .then(frame)
      .then(() => {
        document.documentElement.dataset.ready = "1";
        this.parent.tell({ type: "sco:ready" });
        this.later.start([() => prepareSearch(this.world.rows)]);
      });
  }

  /** Land and lines are there: now their names, and the bars of the years. */
  firstNames() {
    this.timeline.draw();
    this.drawLabels();
    performance.mark("sco-named");
  }

  /** On a phone the timeline stands in the sheet and cards lie over it, else all belong to the map. */
  arrange() {
    const time = element("time");
    const stage = element("stage");
    const phone = isPhone();
    if (phone && !this.embedded) element("head").after(time);
    else stage.after(time);
    (phone && !this.embedded ? element("facets") : stage).append(element("bar"));
    if (phone) document.body.append(element("card"), element("table"));
    else element("chooser").after(element("card"), element("table"));
  }

  /** The theme with an id. */
  story(id) {
    return this.world.stories.find((theme) => theme.id === id) ?? null;
  }

  setFirstView(view, story) {
    const { region } = this.world.styles;
    if (!view && story?.extent) {
      const [west, south, east, north] = story.extent;
      return this.map.fitBounds(
        [
          [south, west],
          [north, east],
        ],
        { animate: false },
      );
    }
    if (view) return this.map.setView([view.lat, view.lon], view.zoom, { animate: false });
    this.wholeRegion(isPhone() ? region.phone : region.bounds);
  }

  wholeRegion(box = isPhone() ? this.world.styles.region.phone : this.world.styles.region.bounds) {
    const [south, west, north, east] = box;
    const { map } = this;
    map.invalidateSize({ animate: false });
    const zoom = map.getBoundsZoom(
      [
        [south, west],
        [north, east],
      ],
      false,
      L.point(0, 0),
    );
    map.setView(this.middleOf(south, north, (west + east) / 2), Math.min(zoom, 5.2), { animate: false });
  }

  /** Put what the selection shows into sight; the whole region when it needs no less. From then on the reader moves the map. */
  fitSelection() {
    const bounds = isEverything(this.selection) ? null : this.boundsOf({ rows: this.result.rows });
    if (!bounds) return;
    this.placed = true;
    const [south, west, north, east] = this.world.styles.region.bounds;
    const edge = L.point(90, 90);
    const far = this.map.getBoundsZoom(
      [
        [south, west],
        [north, east],
      ],
      false,
      edge,
    );
    if (this.map.getBoundsZoom(bounds, false, edge) < far) return this.wholeRegion();
    this.map.fitBounds(bounds, { ...this.paddings(), maxZoom: CLOSEST_FIT, animate: false });
  }

  middleOf(south, north, lon) {
    return [latitude((mercatorY(south) + mercatorY(north)) / 2), lon];
  }

  // ------------------------------------------------------------ state
  /** Everything that holds words, in the language of now. */
  buildWords() {
    this.panel.build();
    this.controls.build();
    const container = this.map.getContainer();
    container.setAttribute("role", "region");
    container.setAttribute("aria-label", this.wording.word("map_label"));
  }

  /** Show what the selection asks for. */
  apply(first = false) {
    performance.mark("sco-filter-start");
    const { world, selection } = this;
    this.result = applySelection(world.rows, selection, world);
    this.shown = new Set(this.result.rows);
    this.plate.show(this.shown, selection.year);
    this.plate.shade(this.partiesShown());
    this.panel.update(this.result);
    this.controls.empty(this.result);
    this.nameDocument();
    if (first) return;
    this.timeline.move();
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        performance.mark("sco-filter-painted");
        this.afterPaint();
      };
      channel.port2.postMessage(null);
    });
  }

  /** The title of the window says what is selected. */
  nameDocument() {
    document.title = [this.panel.sentence(), this.wording.word("title")].filter(Boolean).join(" – ");
  }

  /** What may wait until the lines have changed: names, bars, table, an open card. */
  afterPaint() {
    this.later.start([
      () => this.panel.settle(),
      () => this.labelSteps(),
      () => this.timeline.draw(),
      () => this.table.build(),
      () => this.refreshCard(),
    ]);
  }

  /** Tell the open card's story anew: counts, years and statuses may have changed. */
  refreshCard() {
    const { target } = this.card;
    if (target && (target.rows.some((row) => this.shown.has(row)) || target.form !== "row"))
      this.card.open(this.card.find(target.id) ?? target, false);
  }

  /** @param {any} selection @param {{push?: boolean, quiet?: boolean}} how  quiet: the asker knows already */
  setSelection(selection, { push = true, quiet = false } = {}) {
    if (formatSelection(selection) === formatSelection(this.selection)) return;
    this.selection = selection;
    this.apply();
    this.writeAddress(push);
    if (!quiet) this.parent.tell({ type: "sco:selection", query: formatSelection(selection) });
  }

  choose(facet, values) {
    this.setSelection({ ...this.selection, [facet]: values });
  }

  reset() {
    this.setManner(PLAIN);
    this.setSelection(emptySelection());
  }

  /** Filters, manner of drawing and part of the map of a theme; the theme that is on is taken back. */
  chooseTheme(theme) {
    if (this.panel.theme === theme) return this.reset();
    this.showTheme(theme);
  }

  showTheme(theme, how = {}) {
    this.setManner(mannerOf(theme));
    const selection = parseSelection(theme.query);
    this.setSelection(selection, how);
    this.tellAgreement(selection.project);
    if (!theme.extent) return this.wholeRegion();
    const [west, south, east, north] = theme.extent;
    this.map.fitBounds(
      [
        [south, west],
        [north, east],
      ],
      { ...this.paddings(), animate: false },
    );
  }

  /** An agreement that is chosen alone tells its history. */
  tellAgreement(projects) {
    if (projects.length === 1 && this.world.projects[projects[0]]?.form === "agreement")
      this.open(projects[0], { focus: false });
  }

  setManner(manner) {
    if (formatManner(manner) === formatManner(this.plate.manner)) return;
    this.plate.setManner(manner);
    this.panel.update(this.result);
    this.drawLabels();
    this.writeAddress(false);
  }

  /** The agreements whose parties the land shows: of the open card, else the chosen ones. */
  agreementsShown() {
    const open = this.card?.target?.rows ?? [];
    const rows = open.some((row) => row.kind === "agreement")
      ? open
      : this.selection.project.length
        ? this.result.rows
        : [];
    return rows.filter((row) => row.kind === "agreement");
  }

  /**
   * The states to shade, code to "full" or "hatch": those that an agreement binds in the year of the map, of a document
   * without parties of its own the members in that year; else those of the chosen standing.
   */
  partiesShown() {
    const { world, selection } = this;
    const parties = new Map();
    const set = (code, manner) => {
      if (manner && parties.get(code) !== "full") parties.set(code, manner);
    };
    const year = selection.year ?? world.page.year;
    const agreements = this.agreementsShown();
    for (const row of agreements) {
      if (!existsIn(row, selection.year)) continue;
      const own = row.facts.parties || [];
      for (const party of own)
        if ((yearOf(party.date) ?? year) <= year) set(party.country, world.styles.party[party.status]);
      if (!own.length) for (const code of membersIn(world.countries, selection.year)) set(code, "full");
    }
    if (!agreements.length && selection.role.length) {
      for (const [code, country] of Object.entries(world.countries))
        if (selection.role.includes(roleIn(country.roles, selection.year))) set(code, "full");
    }
    return parties;
  }

  setLanguage(lang, { quiet = false } = {}) {
    if (!LANGUAGES.includes(lang) || lang === this.lang) return;
    this.lang = lang;
    this.wording = new Wording(lang, this.world.words);
    document.documentElement.lang = lang;
    this.buildWords();
    this.panel.update(this.result);
    this.nameDocument();
    this.panel.fit();
    this.drawLabels();
    this.timeline.draw();
    this.table.build();
    if (this.card.target) this.card.open(this.card.target, false);
    this.writeAddress(false);
    if (!quiet) this.parent.tell({ type: "sco:lang", lang });
  }

  nextLanguage() {
    this.setLanguage(LANGUAGES[(LANGUAGES.indexOf(this.lang) + 1) % LANGUAGES.length]);
  }

  applyTheme(theme) {
    this.theme = THEMES.includes(theme) ? theme : "light";
    document.documentElement.dataset.theme = this.theme;
  }

  setTheme(theme) {
    this.applyTheme(theme);
    this.writeAddress(false);
  }

  setWorldview(worldview) {
    this.worldview = worldview;
    seenFrom(this.world, worldview);
    this.plate.setViewpoint(worldview);
    this.apply();
    this.writeAddress(false);
  }

  // ------------------------------------------------------------ address
  view() {
    const center = this.map.getCenter();
    return formatView(this.map.getZoom(), center.lat, center.lng);
  }

  addressNow() {
    const theme = this.theme === (this.world.page.theme ?? "light") ? null : this.theme;
    return formatAddress(
      this.selection,
      {
        lang: this.lang,
        worldview: this.worldview,
        theme,
        view: this.moved ? this.view() : null,
        style: formatManner(this.plate.manner),
        show: this.card.target?.id,
      },
      this.defaults,
    );
  }

  writeAddress(push) {
    this.address.write(this.addressNow(), push);
  }

  fromAddress({ selection, view }) {
    this.setLanguage(view.lang ?? this.world.page.lang);
    if (view.theme) this.applyTheme(view.theme);
    const story = this.story(view.story);
    this.setManner(story && !view.style ? mannerOf(story) : parseManner(view.style));
    this.setSelection(story ? withTheme(selection, story) : selection, { push: false });
    if (view.show !== (this.card.target?.id ?? null))
      view.show ? this.open(view.show, { quiet: true, focus: false, write: false }) : this.close({ write: false });
  }

  copyLink() {
    return this.copy(`${location.href.split("#")[0]}#${this.addressNow()}`, "link_copied");
  }

  /** Put a text on the clipboard and say so. @param {string} text @param {string} word  what to say */
  async copy(text, word) {
    const done = await copyText(text);
    this.controls.toast(this.wording.word(done ? word : "copy_failed"));
  }

  // ------------------------------------------------------------ cards
  isFocused(row) {
    return !!this.card.target?.rows.includes(row);
  }

  /** Open the card of a row, project or country. @param {string} id */
  open(id, { reveal = false, quiet = false, focus = true, write = true } = {}) {
    const target = this.card.find(id);
    if (!target) return;
    if (!this.returnFocus) {
      this.returnFocus = document.activeElement;
      this.returnRow =
        /** @type {HTMLElement|null} */ (document.activeElement?.closest("#table tr"))?.dataset.id ?? null;
    }
    if (target.form === "event" && write && !quiet) this.timeline.set(yearOf(target.row.date));
    document.body.classList.add("with-card");
    this.controls.closeChooser();
    this.card.open(target, focus);
    this.plate.select(target.rows);
    this.plate.shade(this.partiesShown());
    this.table.mark();
    if (reveal) this.reveal(target);
    this.uncover(target);
    this.drawLabels();
    if (write) this.writeAddress(true);
    if (!quiet) this.parent.tell({ type: "sco:pick", id });
  }

  close({ quiet = false, write = true } = {}) {
    if (!this.card.target) return;
    this.card.close();
    document.body.classList.remove("with-card");
    this.plate.select([]);
    this.plate.shade(this.partiesShown());
    this.table.mark();
    if (isPhone()) this.map.invalidateSize({ animate: false });
    this.drawLabels();
    let back = /** @type {HTMLElement|null} */ (this.returnFocus);
    if (!back?.isConnected && this.returnRow)
      back = document.querySelector(`#table tr[data-id="${CSS.escape(this.returnRow)}"] .link`);
    this.returnFocus = null;
    if (back?.isConnected && back !== document.body) back.focus({ preventScroll: true });
    if (write) this.writeAddress(true);
    if (!quiet) this.parent.tell({ type: "sco:pick", id: null });
  }

  /** Bounds of a card's rows in degrees. */
  boundsOf(target) {
    const boxes = target.rows.map((row) => row.box).filter(Boolean);
    if (target.form === "country")
      for (const unit of this.plate.ground.units) if (unit.state === target.row.countries[0]) boxes.push(unit.box);
    if (target.form === "area")
      for (const area of this.plate.ground.disputed) if (area.id === target.id) boxes.push(area.box);
    if (!boxes.length) return null;
    const box = boxes.reduce((a, b) => [
      Math.min(a[0], b[0]),
      Math.min(a[1], b[1]),
      Math.max(a[2], b[2]),
      Math.max(a[3], b[3]),
    ]);
    return L.latLngBounds([latitude(box[3]), longitude(box[0])], [latitude(box[1]), longitude(box[2])]);
  }

  /** Room that panels over the map take away, as Leaflet paddings. */
  paddings() {
    const phone = isPhone();
    const card = element("card");
    const table = element("table");
    const right = !phone && !card.hidden ? card.offsetWidth + 24 : 30;
    return {
      paddingTopLeft: [phone ? 24 : 60, phone ? 70 : 50],
      paddingBottomRight: [right, table.hidden ? 40 : table.offsetHeight + 20],
    };
  }

  zoomTo(target) {
    const bounds = this.boundsOf(target);
    if (bounds)
      this.map.fitBounds(bounds, {
        ...this.paddings(),
        maxZoom: target.rows.length === 1 && target.rows[0].form === "point" ? 7 : 8.5,
        animate: false,
      });
  }

  /** Bring a row into sight when it is out of it. */
  reveal(target) {
    const bounds = this.boundsOf(target);
    if (bounds && !this.map.getBounds().intersects(bounds)) this.zoomTo(target);
  }

  /** Move the map when what was opened lies under the card. */
  uncover(target) {
    const bounds = this.boundsOf(target);
    if (isPhone()) {
      this.map.invalidateSize({ animate: false });
      if (bounds && !this.map.getBounds().pad(-0.12).contains(bounds))
        this.map.setView(bounds.getCenter(), this.map.getZoom(), { animate: false });
      return;
    }
    if (!bounds) return;
    const card = element("card");
    const size = this.map.getSize();
    const edge = size.x - card.offsetWidth - 28;
    const west = this.map.latLngToContainerPoint(bounds.getNorthWest()).x;
    const east = this.map.latLngToContainerPoint(bounds.getSouthEast()).x;
    if (east > edge && west > 40 && east - west < edge - 60)
      this.map.panBy([Math.min(east - edge, west - 40), 0], { animate: false });
  }

  // ------------------------------------------------------------ drawing and pointing
  drawLabels() {
    const steps = this.labelSteps();
    if (steps) for (const _ of steps); // in one go
  }

  labelSteps() {
    if (!this.plate.frame) return null;
    const phone = isPhone();
    const printing = document.body.classList.contains("printing");
    const reserved = ["bar", "zoom", "card", "scale", "credit", "empty", "table", ...(phone ? ["search", "panel"] : [])]
      .map((id) => element(id))
      .filter((node) => node && !node.hidden && getComputedStyle(node).display !== "none")
      .map((node) => node.getBoundingClientRect())
      .filter((rect) => rect.width);
    this.plate.groups.labels.removeAttribute("opacity");
    this.controls.scale();
    return this.labels.steps({
      rows: this.shown,
      wording: this.wording,
      reserved,
      year: this.selection.year,
      phone,
      frame: printing,
    });
  }

  /** What lies at a point of the map: symbols first, then lines, then names. */
  thingsAt(point, reach) {
    const things = [];
    const seen = new Set();
    const add = (id, name, swatch) => {
      if (!seen.has(id)) {
        seen.add(id);
        things.push({ id, name, swatch });
      }
    };
    const { wording: say, world } = this;
    for (const wish of this.labels.symbols) {
      if (Math.hypot(wish.x - point.x, wish.y - point.y) > reach + 5) continue;
      if (wish.target.rows)
        for (const row of wish.target.rows
          .filter((row) => this.shown.has(row))
          .slice(0, wish.kind === "event" ? 12 : 6))
          add(row.id, say.pick(row.title), this.rowSwatch(row));
      else add(wish.target.id, say.pick(wish.title), symbolSwatch(wish.kind, world.styles));
    }
    if (things.length) return things;
    for (const row of this.plate.rowsNear(point, reach)) add(row.id, say.pick(row.title), this.rowSwatch(row));
    if (things.length) return things.slice(0, 9);
    const ground = this.labels.raster?.ownerAt(point.x, point.y) === 255 ? this.plate.disputedAt(point) : null;
    for (const { box, project, country } of this.labels.hits) {
      if (point.x < box[0] || point.x > box[2] || point.y < box[1] || point.y > box[3]) continue;
      if (project) add(project, say.pick(world.projects[project].title), null);
      else if (country && this.card.find(country)) add(country, say.pick(world.countries[country]?.name), null);
    }
    if (!things.length && ground && this.card.find(ground.id))
      add(ground.id, say.pick(ground.title), disputeSwatch("area"));
    return things;
  }

  rowSwatch(row) {
    return lineSwatch({
      layer: row.layer,
      kind: row.kind,
      status: statusOf(row, this.selection.year),
      width: 2.4,
      length: 22,
      colour: rowColour(row, this.world.styles, this.plate.manner),
      styles: this.world.styles,
    });
  }

  listen() {
    const { map } = this;
    const touch = matchMedia("(pointer: coarse)").matches;
    let labelled = 0;
    const relabel = () => {
      cancelAnimationFrame(labelled);
      labelled = requestAnimationFrame(() => this.drawLabels());
    };
    map.on("moveend", relabel);
    map.on(
      "moveend",
      settled(() => {
        this.moved = true;
        this.writeAddress(false);
        this.parent.tell({ type: "sco:view", view: this.view() });
      }, 250),
    );
    map.on("click", (event) => {
      const things = this.thingsAt(event.layerPoint, touch ? 12 : 5);
      this.controls.closeChooser();
      if (!things.length) return this.close();
      if (things.length === 1) return this.open(things[0].id, { focus: false });
      this.controls.choose(things, event.containerPoint);
    });
    let waiting = null;
    map.on("mousemove", (event) => {
      if (touch) return;
      if (!waiting)
        requestAnimationFrame(() => {
          const last = waiting;
          waiting = null;
          this.point(last);
        });
      waiting = event;
    });
    map.on("mouseout movestart", () => {
      this.controls.hint(null);
      this.plate.hover(null);
    });
    map.on("movestart zoomstart", () => this.controls.closeChooser());
    document.addEventListener("keydown", (event) => this.key(event));
    onScreenChange(() => {
      this.arrange();
      this.resized();
    });
    window.addEventListener(
      "resize",
      settled(() => this.resized(), 120),
    );
    document.fonts?.addEventListener("loadingdone", () => {
      forgetWidths();
      this.panel.fit();
      relabel();
      this.timeline.draw();
    });
  }

  point(event) {
    if (!event) return;
    const things = this.thingsAt(event.layerPoint, 4);
    const first = things[0];
    this.map.getContainer().classList.toggle("pointing", !!first);
    this.plate.hover(first ? (this.world.byId.get(first.id) ?? null) : null);
    const text = first
      ? things.length > 1
        ? `${first.name} + ${this.wording.number(things.length - 1)}`
        : first.name
      : null;
    this.controls.hint(text, event.containerPoint);
  }

  key(event) {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(/** @type {Element} */ (event.target).tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.panel.input.focus();
    } else if (event.key === "Escape") {
      if (!element("chooser").hidden) this.controls.closeChooser();
      else if (this.card.target) this.close();
      else if (this.table.open) this.toggleTable(false);
      else if (typing) /** @type {HTMLElement} */ (event.target).blur();
    }
  }

  resized() {
    this.map.invalidateSize({ animate: false });
    this.panel.fit();
    this.timeline.draw();
    this.drawLabels();
  }

  toggleTable(open) {
    this.table.toggle(open);
    this.timeline.tableButton.setAttribute("aria-expanded", String(this.table.open));
    this.drawLabels();
  }

  attribution() {
    return this.controls.creditList().join(" · ");
  }

  /** Show what a suggestion of the search names; a filter by the text typed so far is taken back. */
  goTo({ form, id }) {
    this.panel.input.value = "";
    if (isPhone()) this.panel.input.blur(); // puts the keyboard away
    this.setSelection({ ...this.selection, q: null });
    if (form === "place") return this.showPlace(id);
    const target = this.card.find(id);
    if (!target) {
      const units = this.plate.ground.units.filter((unit) => unit.state === id);
      return units.length ? this.zoomTo({ form: "country", id, rows: [{ countries: [id] }] }) : null;
    }
    this.open(id, { focus: false });
    this.zoomTo(target);
  }

  /** Zoom to a place and let the reader choose among what runs through it. */
  showPlace(id) {
    const { at, name } = this.world.places[id];
    this.close();
    this.map.setView([at[1], at[0]], Math.max(7, this.map.getZoom()), { animate: false });
    this.controls.choose(
      this.world.rows
        .filter((row) => row.places.includes(id) && this.shown.has(row))
        .slice(0, 9)
        .map((row) => ({ id: row.id, name: this.wording.pick(row.title), swatch: this.rowSwatch(row) })),
      this.map.getSize().divideBy(2),
      this.wording.pick(name),
    );
  }

  /** A name for files that says what is in them. */
  fileName() {
    const words = formatSelection(this.selection)
      .replace(/[^\w]+/g, "-")
      .replace(/^-|-$/g, "");
    return ["sco-map", words].filter(Boolean).join("-").slice(0, 80);
  }
}
