// The page: holds its parts together and draws what has changed. Parts ask the store for changes; the store says what
// has changed, and `react` draws it, always in the same order. Started by the script that folium writes.

import { Answers } from "../answers/answers.ts";
import { questionsAbout } from "../answers/from-card.ts";
import { formatInquiry, type Inquiry, NO_INQUIRY } from "../answers/inquiry.ts";
import { Card } from "../card/card.ts";
import type { Language } from "../contract.ts";
import { element } from "../dom.ts";
import { applySelection, type Result, statusOf } from "../facts/filter.ts";
import { headlineOf } from "../facts/headline.ts";
import { isAgreement, partiesShown } from "../facts/parties.ts";
import { yearOf } from "../facts/phases.ts";
import type { Row } from "../facts/row.ts";
import {
  emptySelection,
  type Facet,
  formatSelection,
  isEverything,
  parseSelection,
  type Selection,
  wanted,
} from "../facts/selection.ts";
import { totalsOf } from "../facts/totals.ts";
import type { Step, Story } from "../facts/types.ts";
import { prepareSearch, type World } from "../facts/world.ts";
import { dialectOf, toCsv } from "../files/csv.ts";
import { toGeoJson } from "../files/geojson.ts";
import { fileName } from "../files/names.ts";
import { wholeOf } from "../geometry/fit.ts";
import { mercatorX, mercatorY } from "../geometry/mercator.ts";
import { Labels } from "../labels/labels.ts";
import { forgetWidths } from "../labels/text-width.ts";
import type { Course } from "../map/course-drawing.ts";
import { animateZoom, type LeafletMap, type LeafletMouseEvent } from "../map/leaflet.ts";
import { rowColour } from "../map/looks.ts";
import { PANE, Plate } from "../map/plate.ts";
import { lineSwatch } from "../map/swatches.ts";
import { tiledRows } from "../map/tiled-rows.ts";
import { Panel } from "../panel/panel.ts";
import { Controls } from "../parts/controls.ts";
import { Embed } from "../parts/embed.ts";
import { type LiveMap, MapCopies } from "../parts/map-copy.ts";
import { Notices } from "../parts/notices.ts";
import { Picture } from "../parts/picture.ts";
import { Print } from "../parts/print.ts";
import { drawScale } from "../parts/scale.ts";
import { Share } from "../parts/share.ts";
import { Sheet } from "../parts/sheet.ts";
import { Slide } from "../parts/slide.ts";
import { Table } from "../parts/table.ts";
import { Timeline } from "../parts/timeline.ts";
import { prepare } from "../routing/index.ts";
import { chosenOnly, figuresOf, rowsInFocus } from "../stories/shown.ts";
import { Teller } from "../stories/teller.ts";
import { besides, formatTold, isLong, sceneOf, stepOf, type Told, toldBy } from "../stories/told.ts";
import {
  creditList,
  leftOutSentence,
  licenceTitles,
  resultSentence,
  selectionSentence,
  totalsSentence,
} from "../words/describe.ts";
import { nearest } from "../words/likeness.ts";
import { readersLocale } from "../words/reader.ts";
import { type Home, homeOf, linkTo } from "../words/share.ts";
import { commonProject, type SheetWords, sheetWords, sourcesOf } from "../words/sheet.ts";
import type { Entry } from "../words/suggest.ts";
import { Wording } from "../words/wording.ts";
import {
  type Asked,
  embeddedAt,
  formatAddress,
  formatLineStyle,
  formatView,
  type LineStyle,
  lineStyleOf,
  type MapView,
  PLAIN,
  parseAddress,
  parseLineStyle,
  parseView,
  withStory,
} from "./address.ts";
import { AddressBar } from "./address-bar.ts";
import type { Opening, Page, Target, Thing } from "./context.ts";
import { copyText, downloadFile } from "./hand-out.ts";
import { Later, settled } from "./later.ts";
import { Moves } from "./moves.ts";
import { addressOfApp, Parent, tellParent } from "./parent.ts";
import { thingsAt } from "./pointing.ts";
import { isPhone, onScreenChange } from "./screen.ts";
import { type Brightness, type Changed, type How, type State, Store } from "./store.ts";
import { type Misread, understood, type Word } from "./understood.ts";

/** How long the map has to stand still before its view counts as the reader's. */
const MOVED_MS = 250;
const RESIZED_MS = 120;

/** Px around a pointer and around a finger that belong to it. */
const CLICK_REACH = 5;
const TOUCH_REACH = 12;
const HOVER_REACH = 4;

/** The longest scale bar in px. */
const SCALE = { phone: 110, other: 170 };

/** A place that is looked for is brought so near at least. */
const PLACE_ZOOM = 7;
const MOST_AT_PLACE = 9;

/** What an answer depends on. */
const ASKED_WITH = ["inquiry", "selection", "worldview", "lang"] as const;

/** Panels over the map that names keep away from; on a phone also what lies over it. */
const OVER_MAP = ["bar", "zoom", "chips", "card", "scale", "credit", "empty", "table", "legend"];
const OVER_PHONE = ["search", "panel"];

/** What an address opens takes no focus, sets no year, and is no new entry for the back button. */
const BY_ADDRESS: Opening = { focus: false, write: false };

const asBrightness = (theme: string | null | undefined): Brightness => (theme === "dark" ? "dark" : "light");

const DARK_SYSTEM = matchMedia("(prefers-color-scheme: dark)");

const systemTheme = (): Brightness => (DARK_SYSTEM.matches ? "dark" : "light");

const titleOf = (target: Target) =>
  "row" in target ? target.row.title : target.form === "project" ? target.project.title : null;

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

export class App implements Page {
  readonly map: LeafletMap;
  readonly world: World;
  embedded = false;
  readonly store: Store;
  readonly plate: Plate;
  readonly labels: Labels;
  readonly panel: Panel;
  readonly answers: Answers;
  readonly controls: Controls;
  readonly notices: Notices;
  readonly sheet: Sheet;
  readonly timeline: Timeline;
  readonly table: Table;
  readonly card: Card;
  readonly picture: Picture;
  readonly print: Print;
  readonly share: Share;
  readonly slide: Slide;
  readonly teller: Teller;
  private embed: Embed | null = null;
  readonly later = new Later();
  readonly moves: Moves;
  say: Wording;
  result: Result<Row>;
  shown: ReadonlySet<Row>;
  private readonly addressBar: AddressBar;
  private readonly parent: Parent;
  /** The app's address as it was when the page was opened in it. */
  private readonly app = addressOfApp();
  /** Whether the reader has moved the map: then its view is part of the address. */
  private moved = false;
  /** While the map takes another size it moves, but not because the reader wants to see another part. */
  private isResizing = false;
  /** Whether the address or a story said which part of the map is to be seen. */
  private aimed: boolean;
  /** Whether the map is moving to what an address asks for: that does not count as the reader's doing. */
  private placing = false;
  /** How often the page has begun to move the map itself. */
  private placed = 0;
  /** What had the focus before a card was opened, and its row when that was one of the table. */
  private returnFocus: Element | null = null;
  private returnRow: string | null = null;

  constructor(map: LeafletMap, world: World, tiles: ReadonlyMap<string, ArrayBuffer>) {
    this.map = map;
    this.world = world;
    const { page } = world;
    const written = this.app?.search ?? location.hash;
    const { asked, misread } = understood(parseAddress(written), world);
    const told = toldBy(written ? asked.view.story : page.story, world.stories);
    const step = told && stepOf(told);
    this.embedded = page.embed || asked.embed;
    document.body.classList.toggle("embedded", this.embedded);
    this.arrange();
    this.store = new Store(this.firstState(asked, told, written !== ""));
    const { state } = this.store;
    this.say = new Wording(state.lang, world.words);
    document.documentElement.dataset.theme = state.theme;
    document.documentElement.lang = state.lang;
    animateZoom(map, !matchMedia("(prefers-reduced-motion: reduce)").matches);
    world.seenFrom(state.worldview);
    this.result = applySelection(world.rows, state.selection, world);
    this.shown = new Set(this.result.rows);
    this.plate = new Plate(world, isPhone, undefined, tiledRows(tiles, world, isPhone, PANE));
    this.plate.setWorldview(state.worldview);
    this.moves = new Moves(map, this.plate, world.styles.region);
    const askedView = parseView(asked.view.view);
    const view = askedView ?? parseView(page.view);
    this.aimed = Boolean(view ?? step);
    this.moves.first(view, step);
    this.moved = askedView !== null;
    this.plate.addTo(map);
    this.setPlateStyle();
    element("loading").remove();
    performance.mark("sco-land");
    this.labels = new Labels(this.plate, world, () => this.mapPart());
    this.panel = new Panel(this, () => this.agreements());
    this.answers = new Answers(this);
    this.notices = new Notices(this, () => map.getSize());
    this.sheet = new Sheet(
      () => this.say,
      () => this.resized(),
    );
    const copies = new MapCopies(this, this.liveMap());
    this.picture = new Picture(this, copies, (title) => this.sheetWords(title));
    this.share = new Share(this, {
      words: () => this.sheetWords(),
      sources: () => sourcesOf(this.chosenRows(), world.projects),
      savePicture: (wish) => this.picture.save(wish),
      print: (theme, conic) => this.print.open(theme, conic),
    });
    this.slide = new Slide(this);
    this.teller = new Teller(this);
    this.controls = new Controls(
      this,
      () => this.share.open(),
      () => this.slide.set(true),
    );
    this.embed = this.embedded ? this.newEmbed() : null;
    this.timeline = new Timeline(this);
    if (this.app) this.timeline.leadsAway();
    this.table = new Table(this);
    this.card = new Card(this);
    this.print = new Print(this, copies, () => this.sheetWords());
    this.addressBar = new AddressBar((address) => this.fromAddress(address));
    this.parent = this.listenToParent();
    this.store.listen((changed, how) => this.react(changed, how));
    this.buildWords();
    this.answer();
    this.focusStep();
    if (this.embed || this.state.told) this.beside(view, step);
    this.show();
    if (asked.view.show) this.open(asked.view.show, BY_ADDRESS);
    if (!view && !step) this.placeShown();
    this.panel.fit();
    this.listen();
    this.notices.misread(this.withCard(asked, misread));
    performance.mark("sco-drawn");
    tellParent({ type: "sco:ready" });
    this.parent.write(this.written, false);
    this.settleFirst();
  }

  private newEmbed(): Embed {
    const symbols = () => new Set(this.labels.symbols.map(({ kind }) => kind));
    return new Embed(
      this,
      () => this.share.open(),
      () => this.sheetWords(),
      symbols,
    );
  }

  /** Put the panel in the place of the line over an embedded map, or the other way round. */
  private setEmbedded(on: boolean): void {
    if (on === this.embedded) return;
    this.embedded = on;
    document.body.classList.toggle("embedded", on);
    this.embed?.remove();
    this.embed = on ? this.newEmbed() : null;
    this.embed?.build();
    this.embed?.update();
    this.arrange();
    this.map.invalidateSize({ animate: false });
    this.panel.fit();
  }

  /** The line over an embedded map takes height from it, and only now has its words: look again at what is left. */
  private beside(view: MapView | null, step: Step | null): void {
    this.map.invalidateSize({ animate: false });
    this.moves.first(view, step);
  }

  // ------------------------------------------------------------ state
  get state(): State {
    return this.store.state;
  }

  get selection(): Selection {
    return this.state.selection;
  }

  get theme(): Brightness {
    return this.state.theme;
  }

  get lang(): Language {
    return this.state.lang;
  }

  get worldview(): string | null {
    return this.state.worldview;
  }

  get accuracy(): boolean {
    return this.state.lineStyle.accuracy;
  }

  /** The address of what is shown, without its `#`. */
  get address(): string {
    const { page } = this.world;
    const { selection, lang, worldview, theme, lineStyle, inquiry, told } = this.state;
    const own = {
      lang,
      worldview,
      theme,
      view: this.moved ? this.view() : null,
      style: formatLineStyle(lineStyle),
      show: this.card.target?.id ?? null,
    };
    const opensWith = { lang: page.lang, worldview: page.worldview, theme: this.ownTheme() };
    const unsaid = { ...opensWith, view: null, style: null, show: null };
    if (!told) return formatAddress(selection, own, unsaid, inquiry);
    const scene = sceneOf(stepOf(told));
    const asks = formatInquiry(inquiry) === formatInquiry(scene.inquiry) ? NO_INQUIRY : inquiry;
    const beside = { ...unsaid, style: formatLineStyle(scene.lineStyle) };
    return formatAddress(besides(selection, scene.selection), own, beside, asks, formatTold(told));
  }

  /** The address of what is shown, as the browser has it: it opens the page as it is, inside another one or not. */
  private get written(): string {
    return this.embedded && !this.world.page.embed ? embeddedAt(this.address) : this.address;
  }

  /** Light or dark as the page opens when no address says so. */
  private ownTheme(): Brightness {
    const { theme } = this.world.page;
    return theme ? asBrightness(theme) : systemTheme();
  }

  get home(): Home | null {
    return homeOf(this.world.page.address, location.href, this.app);
  }

  setSelection(selection: Selection, how: Partial<How> = {}): void {
    this.store.set({ selection }, { push: true, ...how });
  }

  /** Choose values of a facet; what was added is brought into sight when nothing of it is. */
  choose(facet: Facet, values: string[]): void {
    const added = wanted(values).filter((value) => !this.selection[facet].includes(value));
    this.setSelection({ ...this.selection, [facet]: values });
    if (added.length) this.moves.show(this.result.rows, facet === "country" ? added : []);
  }

  /** Fit the map to what is shown when nothing of it is in sight. */
  bringIntoSight(): void {
    if (!isEverything(this.selection)) this.moves.show(this.result.rows, []);
  }

  /** Show everything again: all rows, plain lines, the borders and the part of the map that the page opens with. */
  reset(): void {
    this.timeline.stop();
    this.close({ write: false });
    const { worldview } = this.world.page;
    const inquiry = NO_INQUIRY; // goes first: without the answer the map has another width
    const all = { lineStyle: PLAIN, selection: emptySelection(), worldview, inquiry, told: null };
    this.store.set(all, { push: true });
    this.moves.wholeRegion();
    this.moved = false;
    this.writeAddress(true);
  }

  /** Filters, line style and part of the map of a story; the story that is on is taken back. */
  chooseStory(story: Story): void {
    if (isLong(story)) this.beginStory(story);
    else if (this.panel.story === story) this.takeStoryBack();
    else this.showStory(story, { push: true });
  }

  /** Tell a story from its first step on. What was shown before comes back when it is left. */
  private beginStory(story: Story): void {
    this.teller.begin({ address: this.written, view: this.view() });
    if (isPhone()) this.sheet.set("half");
    this.tell({ story, at: 0 });
    this.teller.focus();
  }

  turnTo(at: number): void {
    const { told } = this.state;
    if (told?.story.steps[at]) this.tell({ ...told, at });
  }

  /** Show a step: the map flies to it once what it shows is there. */
  private tell(told: Told): void {
    const { accuracy } = this.state.lineStyle;
    const step = stepOf(told);
    const { lineStyle, ...scene } = sceneOf(step);
    this.timeline.stop();
    this.startPlacing();
    this.close({ write: false });
    this.store.set({ ...scene, lineStyle: { ...lineStyle, accuracy }, told }, { push: true });
    this.moved = false;
    this.aimed = true;
    this.map.invalidateSize({ animate: false }); // the panel may have taken another width
    const { placed } = this;
    const landed = () => {
      if (this.isResizing) return;
      this.map.off("moveend", landed);
      if (placed === this.placed) this.placing = false;
    };
    this.map.on("moveend", landed);
    this.moves.fly(step.extent);
    this.writeAddress(false);
  }

  /** The page moves the map itself: no view of the reader's own comes of it, nor of what moved a moment before. */
  private startPlacing(): void {
    this.placing = true;
    this.placed += 1;
  }

  leaveStory(): void {
    const before = this.teller.end();
    this.fromAddress(parseAddress(before?.address ?? ""));
    const { moved } = this;
    this.startPlacing();
    if (before) this.moves.first(parseView(before.view), null);
    this.placing = false;
    this.moved = moved;
    this.writeAddress(true);
    this.teller.giveFocusBack();
  }

  /** All rows in plain lines on the whole region; what the story did not set stays as it is. */
  private takeStoryBack(): void {
    const { accuracy } = this.state.lineStyle;
    this.moves.wholeRegion();
    this.store.set({ lineStyle: { ...PLAIN, accuracy }, selection: emptySelection(), told: null }, { push: true });
  }

  setLineStyle(lineStyle: LineStyle): void {
    this.store.set({ lineStyle });
  }

  setLanguage(lang: string, how: Partial<How> = {}): void {
    if (this.world.speaks(lang)) this.store.set({ lang }, how);
  }

  setTheme(theme: string): void {
    this.store.set({ theme: asBrightness(theme) });
  }

  /** The system has become light or dark, and the page with it; on paper the browser only says that it is light. */
  private followSystem(): void {
    if (!matchMedia("print").matches) this.store.set({ theme: this.ownTheme() });
  }

  setWorldview(worldview: string | null): void {
    this.store.set({ worldview });
  }

  /** Ask the network something else, and bring what it answers into sight. */
  ask(inquiry: Inquiry): void {
    if (!this.store.set({ inquiry }, { push: true })) return;
    if (isPhone()) this.close(); // there a card lies over the answer
    this.placeAnswer();
  }

  /** Put the ways of an answer into sight, unless they are. Whether there are any. */
  private placeAnswer(): boolean {
    const box = this.answers.course?.box ?? null;
    if (box) this.moves.bring(box);
    return box !== null;
  }

  /** What is drawn of an answer: the best way alone while a story tells of it. */
  private get course(): Course | null {
    const { course } = this.answers;
    return this.state.told ? chosenOnly(course) : course;
  }

  /** Answer the question of now, in the panel and on the map. */
  private answer(): void {
    this.answers.update();
    this.plate.setCourse(this.course);
    this.nameDocument();
  }

  /** What an address asks for, when the reader went back or followed a link: the same as where it is opened newly. */
  fromAddress(address: Asked): void {
    const { asked, misread } = understood(address, this.world);
    const { view } = asked;
    this.timeline.stop();
    this.notices.misread(this.withCard(asked, misread));
    this.setEmbedded(this.world.page.embed || asked.embed);
    const told = toldBy(view.story, this.world.stories);
    const step = told && stepOf(told);
    const lang = this.world.speaks(view.lang) ? view.lang : this.world.page.lang;
    this.startPlacing();
    this.store.set({
      lang,
      theme: view.theme ? asBrightness(view.theme) : this.ownTheme(),
      worldview: view.worldview ?? this.world.page.worldview,
      ...this.scene(asked, step),
      told: told && isLong(told.story) ? told : null,
    });
    if (view.show !== (this.card.target?.id ?? null)) {
      if (view.show && this.card.find(view.show)) this.open(view.show, BY_ADDRESS);
      else this.close({ write: false });
    }
    const place = parseView(view.view);
    this.moved = place !== null;
    this.aimed = Boolean(place ?? step);
    if (place || step) this.moves.first(place, step);
    else if (!this.placeShown()) this.wholeRegion();
    this.placing = false;
    this.writeAddress(false);
  }

  /** What is not understood of an address, a card that does not exist among it. */
  private withCard({ view: { show } }: Asked, misread: readonly Misread[]): readonly Misread[] {
    if (!show || this.card.find(show)) return misread;
    const { projects, countries, byId } = this.world;
    const known = [...Object.keys(projects), ...Object.keys(countries), ...byId.keys()];
    const ids = nearest(
      show,
      known.map((id) => [id, []]),
    );
    return [...misread, { key: "show", value: show, offers: ids.map((value) => ({ key: "show", value })) }];
  }

  /** Follow a word that the address may have meant, on top of what is shown. */
  follow({ key, value }: Word): void {
    const word = new URLSearchParams([[key, value]]).toString();
    this.fromAddress(parseAddress([this.written, word].filter(Boolean).join("&")));
    this.writeAddress(true);
  }

  /** Put an answer into sight, else the open card, else the selection. Whether there is any. */
  private placeShown(): boolean {
    const { target } = this.card;
    if (this.placeAnswer()) return true;
    if (target) this.zoomTo(target);
    return target !== null || (!isEverything(this.selection) && this.moves.fit(this.result.rows));
  }

  /** Draw what has changed: words first, then the map, then what follows from both, at last the address. */
  private react(changed: Changed, { push }: How): void {
    const { state } = this;
    if (changed.has("theme")) {
      document.documentElement.dataset.theme = state.theme;
      this.plate.restyle();
    }
    if (changed.has("lang")) {
      this.say = new Wording(state.lang, this.world.words);
      document.documentElement.lang = state.lang;
      this.buildWords();
    }
    if (changed.has("worldview")) {
      this.world.seenFrom(state.worldview);
      this.plate.setWorldview(state.worldview);
      this.controls.showWorldview();
    }
    if (changed.has("lineStyle")) this.setPlateStyle();
    if (changed.has("told")) this.teller.update();
    if (changed.has("told")) this.focusStep();
    if (ASKED_WITH.some((part) => changed.has(part))) this.answer();
    if (changed.has("selection") || changed.has("worldview")) this.apply();
    else if (changed.has("lineStyle") || changed.has("lang")) this.panel.update();
    if (changed.has("lang")) this.redrawWords();
    else if (changed.has("lineStyle")) this.drawLabels();
    this.writeAddress(push);
  }

  /** Let stand out what the step of a story tells of. */
  private focusStep(): void {
    const { told } = this.state;
    this.plate.focus(told && rowsInFocus(stepOf(told), this.world));
  }

  private setPlateStyle(): void {
    const { lineStyle } = this.state;
    this.plate.setLineStyle(lineStyle);
    if (this.plate.rows.accuracy !== lineStyle.accuracy) this.plate.showAccuracy(lineStyle.accuracy);
  }

  /** What an address shows, on top of a step of a story. */
  private scene({ selection, view, inquiry }: Asked, step: Step | null) {
    return {
      selection: step ? withStory(selection, step) : selection,
      lineStyle: step && !view.style ? lineStyleOf(step) : parseLineStyle(view.style),
      inquiry: step && inquiry.mode === null ? sceneOf(step).inquiry : inquiry,
    };
  }

  private firstState(asked: Asked, told: Told | null, isAsked: boolean): State {
    const { page } = this.world;
    const scene = this.scene(asked, told && stepOf(told));
    return {
      ...scene,
      ...(told || isAsked ? {} : { selection: parseSelection(page.selection) }),
      told: told && isLong(told.story) ? told : null,
      lang: this.world.speaks(asked.view.lang) ? asked.view.lang : page.lang,
      worldview: asked.view.worldview ?? page.worldview,
      theme: asked.view.theme ? asBrightness(asked.view.theme) : this.ownTheme(),
      show: null,
    };
  }

  // ------------------------------------------------------------ drawing
  /** Everything that holds words, in the language of now. */
  private buildWords(): void {
    this.panel.build();
    this.answers.build();
    this.controls.build();
    this.sheet.build();
    this.slide.build();
    this.teller.build();
    this.embed?.build();
    const container = this.map.getContainer();
    container.setAttribute("role", "region");
    container.setAttribute("aria-label", this.say.word("map_label"));
  }

  /** The title of the window says what is selected. */
  private nameDocument(): void {
    document.title = [this.answers.sheet()?.title ?? this.panel.sentence(), this.say.word("title")]
      .filter(Boolean)
      .join(" – ");
  }

  /** What else holds words and is drawn, not built. */
  private redrawWords(): void {
    this.nameDocument();
    this.panel.fit();
    this.drawLabels();
    this.timeline.draw();
    this.table.build();
    if (this.card.target) this.card.open(this.card.target, false);
  }

  /** Show what the selection asks for. */
  private show(): void {
    performance.mark("sco-filter-start");
    const { world, selection } = this;
    this.result = applySelection(world.rows, selection, world);
    this.shown = new Set(this.result.rows);
    this.plate.show(this.shown, selection.year);
    this.shade();
    this.panel.update();
    this.notices.empty();
    this.nameDocument();
  }

  /** Show it, and let wait what may. */
  private apply(): void {
    this.forgetPointer();
    this.show();
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

  /** What may wait until the lines have changed: names, bars, table, an open card. */
  private afterPaint(): void {
    this.later.start([
      () => this.panel.settle(),
      () => this.labelSteps(),
      () => this.timeline.draw(),
      () => this.table.build(),
      () => this.refreshCard(),
      () => this.announce(),
      () => this.embed?.update(),
    ]);
  }

  /** Say in words what the filters have led to: the page's live region. */
  private announce(): void {
    const { totals, headline } = this.panel;
    const { say, result } = this;
    const told = [
      resultSentence(say, result.rows.length, { ...totals, ...headline }),
      leftOutSentence(say, result.leftOut),
    ];
    element("status").textContent = told.filter(Boolean).join(" ");
  }

  /** Write the open card again: counts, years and statuses may have changed. */
  private refreshCard(): void {
    const { target } = this.card;
    if (!target || (target.form === "row" && !target.rows.some((row) => this.shown.has(row)))) return;
    this.card.open(this.card.find(target.id) ?? target, false);
  }

  /** Land and lines are there: now their names, the bars of the years, and the texts that a search looks in. */
  private async settleFirst(): Promise<void> {
    await Promise.all([
      nextFrame()
        .then(nextFrame)
        .then(() => this.firstNames()),
      document.fonts?.ready,
    ]);
    await nextFrame();
    document.documentElement.dataset.ready = "1";
    this.later.start([
      () => prepareSearch(this.world.rows),
      () => this.panel.suggestions.prepare(),
      () => prepare(this.world),
    ]);
  }

  private firstNames(): void {
    this.timeline.draw();
    this.drawLabels();
    if (this.embed) {
      this.embed.update();
      this.drawLabels(); // the legend says what stands on the map, and covers some of it
    }
    performance.mark("sco-named");
  }

  drawLabels(): void {
    const steps = this.labelSteps();
    while (!steps.next().done); // in one go
  }

  private labelSteps(): Generator<void> {
    const { told } = this.state;
    const phone = isPhone();
    const isSeen = (node: HTMLElement) => !node.hidden && getComputedStyle(node).display !== "none";
    const ids = [...OVER_MAP, ...(phone ? OVER_PHONE : [])];
    const panels = ids.flatMap((id) => document.getElementById(id) ?? []).filter(isSeen);
    this.plate.groups.labels.removeAttribute("opacity");
    const longest = phone ? SCALE.phone : SCALE.other;
    drawScale(this.map.getCenter().lat, this.map.getZoom(), longest, this.say);
    return this.labels.steps({
      rows: this.shown,
      wording: this.say,
      reserved: panels.map((node) => node.getBoundingClientRect()).filter((rect) => rect.width),
      year: this.selection.year,
      phone,
      figures: told ? figuresOf(stepOf(told), this.world, this.say) : [],
    });
  }

  private mapPart() {
    const { map } = this;
    const held = map.getContainer().getBoundingClientRect();
    return { corner: map.containerPointToLayerPoint([0, 0]), size: map.getSize(), held };
  }

  /** The agreements whose parties the land shows: of the open card, else the chosen ones. */
  agreements(): Row[] {
    const open = (this.card?.target?.rows ?? []).filter(isAgreement);
    if (open.length) return open;
    return wanted(this.selection.project).length ? this.result.rows.filter(isAgreement) : [];
  }

  private shade(): void {
    const { role, year } = this.selection;
    this.plate.shade(partiesShown(this.agreements(), role, year, this.world));
  }

  rowSwatch(row: Row): SVGSVGElement {
    const { layer, kind } = row;
    const { styles } = this.world;
    const status = statusOf(row, this.selection.year);
    const colour = rowColour(row, styles, this.state.lineStyle);
    return lineSwatch({ layer, kind, status, width: 2.4, length: 22, colour, styles });
  }

  // ------------------------------------------------------------ map
  view(): string {
    const { lat, lng } = this.map.getCenter();
    return formatView({ zoom: this.map.getZoom(), lat, lon: lng });
  }

  wholeRegion(): void {
    this.moves.wholeRegion();
  }

  zoomBy(steps: 1 | -1): void {
    if (steps > 0) this.map.zoomIn();
    else this.map.zoomOut();
  }

  zoomTo(target: Target): void {
    this.moves.zoomTo(target);
  }

  boundsOf(target: Target) {
    return this.moves.boundsOf(target);
  }

  /** Put what the selection shows into sight. */
  fitSelection(): void {
    if (!isEverything(this.selection)) this.moves.fit(this.result.rows);
  }

  private showStory({ steps: [step] }: Story, how: Partial<How>): void {
    const selection = parseSelection(step.query);
    const { accuracy } = this.state.lineStyle;
    this.store.set({ lineStyle: { ...lineStyleOf(step), accuracy }, selection, told: null }, how);
    this.tellAgreement(selection.project);
    if (step.extent) this.moves.extent(step.extent);
    else this.wholeRegion();
  }

  // ------------------------------------------------------------ cards
  isFocused(row: Row): boolean {
    return this.card.target?.rows.includes(row) ?? false;
  }

  hover(row: Row | null): void {
    this.plate.hover(row);
  }

  tellAgreement(projects: readonly string[]): void {
    const [id, ...others] = projects;
    if (id && !others.length && this.world.projects[id]?.form === "agreement") this.open(id, { focus: false });
  }

  /** Open the card of a row, project or state. */
  open(id: string, { reveal = false, focus = true, write = true }: Opening = {}): void {
    const target = this.card.find(id);
    if (!target) return;
    if (!this.returnFocus) {
      this.returnFocus = document.activeElement;
      this.returnRow = document.activeElement?.closest<HTMLElement>("#table tr")?.dataset.id ?? null;
    }
    const year = target.form === "event" ? yearOf(target.row.date) : null;
    if (year !== null && write) this.timeline.set(year);
    document.body.classList.add("with-card");
    this.notices.closeChooser();
    this.card.open(target, focus);
    this.plate.select(target.rows);
    this.cardChanged();
    if (reveal) this.moves.reveal(target);
    this.moves.uncover(target);
    this.drawLabels();
    if (write) this.writeAddress(true);
  }

  close({ write = true }: Pick<Opening, "write"> = {}): void {
    if (!this.card.target) return;
    this.card.close();
    document.body.classList.remove("with-card");
    this.plate.select([]);
    this.cardChanged();
    if (isPhone()) this.map.invalidateSize({ animate: false });
    this.drawLabels();
    this.giveFocusBack();
    if (write) this.writeAddress(true);
  }

  private cardChanged(): void {
    this.shade();
    this.table.mark();
  }

  private giveFocusBack(): void {
    let back = this.returnFocus;
    if (!back?.isConnected && this.returnRow) {
      back = document.querySelector(`#table tr[data-id="${CSS.escape(this.returnRow)}"] .link`);
    }
    this.returnFocus = null;
    if (back instanceof HTMLElement && back.isConnected && back !== document.body) back.focus({ preventScroll: true });
  }

  meant(text: string): Entry[] {
    return this.panel.suggestions.for(text);
  }

  /** Show what a suggestion of the search names; a filter by the text typed so far is taken back. */
  goTo({ form, id }: Pick<Entry, "form" | "id">): void {
    this.panel.input.value = "";
    if (isPhone()) this.panel.input.blur(); // puts the keyboard away
    this.setSelection({ ...this.selection, q: null });
    if (form === "place") {
      this.showPlace(id);
      return;
    }
    const target = this.card.find(id);
    if (target) {
      this.open(id, { focus: false });
      this.zoomTo(target);
    } else this.moves.zoomTo({ form: "country", id, rows: [], state: id });
  }

  /** Zoom to a place and let the reader choose among what runs through it. */
  private showPlace(id: string): void {
    const place = this.world.places[id];
    if (!place) return;
    this.close();
    const [lon, lat] = place.at;
    this.map.setView([lat, lon], Math.max(PLACE_ZOOM, this.map.getZoom()), { animate: false });
    const rows = this.world.rows.filter((row) => row.places.includes(id) && this.shown.has(row));
    const thing = (row: Row): Thing => ({ id: row.id, name: this.say.pick(row.title), swatch: this.rowSwatch(row) });
    const middle = this.map.getSize().divideBy(2);
    const isOnNetwork = this.world.rows.some(({ hops }) => hops.some(({ from, to }) => from === id || to === id));
    const asked = isOnNetwork ? questionsAbout(this, { place: id, thing: id, line: null }) : null;
    this.notices.choose(rows.slice(0, MOST_AT_PLACE).map(thing), middle, this.say.pick(place.name), asked);
  }

  // ------------------------------------------------------------ handing out
  /** What a sheet says that leaves the page. */
  sheetWords(title = ""): SheetWords {
    const { world, say, selection, worldview, panel } = this;
    const { target } = this.card;
    const answer = this.answers.sheet();
    const chosen = target?.rows.length && !answer ? say.pick(titleOf(target)) : "";
    const chosenRows = this.chosenRows();
    const { year } = selection;
    const licences = licenceTitles(world.layers, world.licences, say);
    const shown = { world, say, year, worldview, chosen, chosenRows, credits: this.credits(), licences };
    const sums = () => ({ ...totalsOf(chosenRows), ...headlineOf(chosenRows, world) });
    const dek = chosen ? totalsSentence(say, sums(), null, chosenRows.length) : panel.dek();
    if (answer) {
      return sheetWords({ ...shown, sentence: answer.title, dek: answer.figures, isAnswer: true }, title);
    }
    const found = selection.q && commonProject(chosenRows);
    const name = found && say.pick(world.projects[found]?.title);
    const others = name && [name, selectionSentence(world, say, { ...selection, q: null }, null)];
    const sentence = others ? others.filter(Boolean).join(" · ") : panel.sentence();
    return sheetWords({ ...shown, sentence, dek }, title);
  }

  /** The rows that something is to be said of: of an answer, of the open card, else of the selection; none for all. */
  private chosenRows(): readonly Row[] {
    const answer = this.answers.sheet();
    if (answer) return answer.rows;
    const { target } = this.card;
    if (target?.rows.length) return target.rows;
    return isEverything(this.selection) ? [] : this.result.rows;
  }

  private liveMap(): LiveMap {
    const { map, plate, moves } = this;
    return {
      ground: plate.ground,
      shades: () => plate.parties,
      chosen: () => this.card.target?.rows ?? [],
      course: () => this.course,
      size: () => map.getSize(),
      view: () => {
        const { lat, lng } = map.getCenter();
        return { zoom: map.getZoom(), x: mercatorX(lng), y: mercatorY(lat) };
      },
      part: () => {
        if (this.moved || this.aimed) return { box: moves.seen(), isLoose: false };
        const answer = this.course?.box;
        if (answer) return { box: answer, isLoose: true };
        const rows = this.card.target?.rows ?? (isEverything(this.selection) ? [] : this.result.rows);
        const box = wholeOf(rows.flatMap((row) => (row.box ? [row.box] : [])));
        return box ? { box, isLoose: true } : { box: moves.wholeBox(), isLoose: false };
      },
    };
  }

  credits(): string[] {
    return creditList(this.world.layers, this.world.licences, this.say);
  }

  toast(text: string): void {
    this.notices.toast(text);
  }

  /** Put a text on the clipboard and say so. @param word what is said */
  async copy(text: string, word: string): Promise<void> {
    const done = await copyText(text);
    this.toast(this.say.word(done ? word : "copy_failed"));
  }

  copyLink(): Promise<void> {
    return this.copy(
      linkTo(this.home ?? { address: location.href.split("#")[0], mark: "#" }, this.address),
      "link_copied",
    );
  }

  download(
    format: "csv" | "geojson",
    rows: readonly Row[],
    id: string | null = null,
    dialect = dialectOf(readersLocale()),
  ): void {
    const { year } = this.selection;
    const csv = () => toCsv(rows, this.world, year, dialect);
    const { as_of, version, checksum } = this.world.page;
    const name = id ? `sco-map-${version}_${id}` : fileName(this.selection, version);
    const attribution = this.credits().join(" · ");
    const head = { name, selection: formatSelection(this.selection), as_of, version, checksum, attribution };
    const geojson = () => toGeoJson(rows, this.world, head, year);
    if (format === "csv") downloadFile(`${name}.csv`, "text/csv;charset=utf-8", csv());
    else downloadFile(`${name}.geojson`, "application/geo+json", geojson());
  }

  /** Open or close the table; in the app there is one below the map, with all columns, and this leads to it. */
  toggleTable(open?: boolean): void {
    if (this.app) {
      if (open !== false) tellParent({ type: "sco:table" });
      return;
    }
    this.table.toggle(open);
    this.timeline.tableButton.setAttribute("aria-expanded", String(this.table.isOpen));
    this.drawLabels();
  }

  addressNow(): string {
    return this.address;
  }

  private writeAddress(push: boolean): void {
    this.addressBar.write(this.written, push);
    this.parent.write(this.written, push);
  }

  // ------------------------------------------------------------ pointing and listening
  thingsAt(point: { x: number; y: number }, reach: number): Thing[] {
    const { world, plate, labels, shown, say } = this;
    const hasCard = (id: string) => this.card.find(id) !== null;
    return thingsAt(
      { world, plate, labels, shown, say, hasCard, rowSwatch: (row) => this.rowSwatch(row) },
      point,
      reach,
    );
  }

  private listen(): void {
    const { map } = this;
    const isTouch = matchMedia("(pointer: coarse)").matches;
    let labelled = 0;
    const relabel = () => {
      cancelAnimationFrame(labelled);
      labelled = requestAnimationFrame(() => this.drawLabels());
    };
    map.on("moveend", relabel);
    const hasMoved = settled((placed: number) => {
      if (placed !== this.placed) return;
      this.moved = !this.moves.isWhole;
      this.writeAddress(false);
    }, MOVED_MS);
    map.on("moveend", () => {
      if (!this.isResizing && !this.placing) hasMoved(this.placed);
    });
    map.on("click", (event) => this.clicked(event, isTouch ? TOUCH_REACH : CLICK_REACH));
    let waiting: LeafletMouseEvent | null = null;
    map.on("mousemove", (event) => {
      if (isTouch) return;
      if (!waiting) {
        requestAnimationFrame(() => {
          const last = waiting;
          waiting = null;
          if (last) this.point(last);
        });
      }
      waiting = event;
    });
    const forget = () => {
      waiting = null;
      this.forgetPointer();
    };
    map.on("mouseout movestart", forget);
    document.documentElement.addEventListener("pointerleave", forget);
    window.addEventListener("blur", forget);
    map.on("movestart zoomstart", () => this.notices.closeChooser());
    document.addEventListener("keydown", (event) => this.key(event));
    onScreenChange(() => {
      this.arrange();
      this.resized();
    });
    const resize = settled(() => this.resized(), RESIZED_MS);
    window.addEventListener("resize", () => resize());
    DARK_SYSTEM.addEventListener("change", () => this.followSystem());
    document.fonts?.addEventListener("loadingdone", () => {
      forgetWidths();
      this.panel.fit();
      relabel();
      this.timeline.draw();
    });
  }

  private clicked({ layerPoint, containerPoint }: LeafletMouseEvent, reach: number): void {
    const things = this.thingsAt(layerPoint, reach);
    this.notices.closeChooser();
    if (!things.length) this.close();
    else if (things.length === 1) this.open(things[0].id, { focus: false });
    else this.notices.choose(things, containerPoint);
  }

  /** Nothing lies under the pointer any more. */
  private forgetPointer(): void {
    this.notices.hint(null);
    this.plate.hover(null);
    this.map.getContainer().classList.remove("pointing");
  }

  private point({ layerPoint, containerPoint }: LeafletMouseEvent): void {
    const [first, ...others] = this.thingsAt(layerPoint, HOVER_REACH);
    this.map.getContainer().classList.toggle("pointing", !!first);
    this.plate.hover((first && this.world.byId.get(first.id)) ?? null);
    const more = others.length ? ` + ${this.say.number(others.length)}` : "";
    this.notices.hint(first ? first.name + more : null, containerPoint);
  }

  private key(event: KeyboardEvent): void {
    if (this.teller.key(event)) return;
    const { target } = event;
    const field = target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ? target : null;
    if (this.share.isOpen) return; // it has keys of its own
    if (event.key.toLowerCase() === "h" && !field && !event.ctrlKey && !event.metaKey && !event.altKey) {
      this.slide.set(!this.slide.isOn);
    } else if (event.key === "/" && !field && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.panel.input.focus();
    } else if (event.key === "Escape") {
      if (this.slide.isOn) this.slide.set(false);
      else if (this.notices.isChoosing) this.notices.closeChooser();
      else if (this.state.told && !this.card.target) this.leaveStory();
      else if (this.answers.hasFocus) this.answers.close();
      else if (this.card.target) this.close();
      else if (this.table.isOpen) this.toggleTable(false);
      else if (this.answers.isOpen) this.answers.close();
      else field?.blur();
    }
  }

  resized(): void {
    this.isResizing = true;
    this.map.invalidateSize({ animate: false });
    this.isResizing = false;
    this.panel.fit();
    this.timeline.draw();
    this.drawLabels();
  }

  /** On a phone the timeline stands in the sheet and cards lie over it, else all belong to the map. */
  private arrange(): void {
    const time = element("time");
    const stage = element("stage");
    const isSheet = isPhone() && !this.embedded;
    if (isSheet) element("head").after(time);
    else stage.after(time);
    (isSheet ? element("facets") : stage).append(element("bar"));
    if (isPhone()) document.body.append(element("card"), element("table"));
    else element("chooser").after(element("card"), element("table"));
  }

  private listenToParent(): Parent {
    const handlers = {
      "sco:address": ({ address }: { address?: unknown }) => this.fromAddress(parseAddress(String(address ?? ""))),
      "sco:show": ({ id }: { id?: unknown }) => {
        if (id) this.open(String(id), { focus: false, reveal: true });
        else this.close();
      },
    };
    return new Parent(handlers, this.app?.search.replace(/^\?/, "") ?? "");
  }
}
