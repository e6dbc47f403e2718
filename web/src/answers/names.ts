// What the things of a question are called, and what a text may mean among them. Knows no document.
import { lineageOf } from "../facts/row.ts";
import type { World } from "../facts/world.ts";
import { type Charted, countryOf, KINDS } from "../routing/index.ts";
import { countryName, termFirst } from "../words/describe.ts";
import { fold } from "../words/fold.ts";
import { type Entry, namesOf, Suggestions } from "../words/suggest.ts";
import type { Wording } from "../words/wording.ts";

type Titled = Pick<Charted, "places" | "projects" | "countries" | "byId" | "ways">;

/** What parts the ends of a route, and its year, where it is named among lines: "kashgar:poti:2031". */
export const BETWEEN = ":";

/** A place, state, project, way, row or route by name; what is none of these is called as it stands. */
export function nameOfThing(named: Titled, say: Wording, id: string): string {
  const { places, projects, countries, byId, ways } = named;
  const [from, to, year] = id.split(BETWEEN);
  if (from && to) {
    const ends = { from: nameOfThing(named, say, from), to: nameOfThing(named, say, to) };
    const route = say.word("way_asked", ends);
    return year ? say.word("net_comma", { list: route, next: year }) : route;
  }
  const titles = [places[id]?.name, countries[id]?.name, projects[id]?.title, ways[id]?.title, byId.get(id)?.title];
  return say.pick(titles.find((title) => title)) || id;
}

/** Whether the page carries a network at all: one of dams alone does not. */
export const hasNetwork = ({ rows }: Pick<World, "rows">): boolean => rows.some(({ hops }) => hops.length > 0);

/** What can be named in the fields of a question. */
export class Nameable {
  private readonly world: World;
  private knownPlaces: Suggestions | undefined;
  private knownThings: Suggestions | undefined;
  private knownLines: Suggestions | undefined;

  constructor(world: World) {
    this.world = world;
  }

  /** Places that lines of the network touch. */
  get places(): Suggestions {
    const touched = new Set(this.world.rows.flatMap(({ hops }) => hops.flatMap(({ from, to }) => [from, to])));
    const isOn = ({ form, id }: Entry) => form === "place" && touched.has(id);
    this.knownPlaces ??= new Suggestions(namesOf(this.world).filter(isOn));
    return this.knownPlaces;
  }

  /** Places, states, projects and rows of the network. */
  get things(): Suggestions {
    this.knownThings ??= new Suggestions([...this.places.entries, ...this.entriesOfLines(), ...this.states()]);
    return this.knownThings;
  }

  /** Corridors with their ways, projects and rows. */
  get lines(): Suggestions {
    this.knownLines ??= new Suggestions([...this.ways(), ...this.entriesOfLines()]);
    return this.knownLines;
  }

  private entriesOfLines(): Entry[] {
    const { rows, projects } = this.world;
    const lines = rows.filter(({ hops, kind }) => hops.length && KINDS.includes(kind));
    const ids = new Set(lines.map(({ id }) => id));
    const homes = new Set(lines.flatMap((row) => row.projects.flatMap((id) => lineageOf(id, projects))));
    const isLine = ({ form, id }: Entry) => (form === "row" && ids.has(id)) || (form === "project" && homes.has(id));
    return namesOf(this.world).filter(isLine);
  }

  private states(): Entry[] {
    return namesOf(this.world).filter(({ form }) => form === "country");
  }

  /** Ways are found as their projects are; a project that names ways stands for its main line. */
  private ways(): Entry[] {
    return Object.entries(this.world.ways).flatMap(([id, way]): Entry[] => {
      if (!way) return [];
      const names = Object.values(way.title).filter((text) => !!text);
      return [{ form: "project", id, home: id, names: way.title, folded: [...new Set(names.map(fold))] }];
    });
  }
}

/** What stands behind a name in a list: the state of a place, the kind of a row, or what sort of thing it is. */
export function sortOf(world: World, say: Wording, { form, id }: Pick<Entry, "form" | "id">): string {
  if (form === "place") return countryName(world, say, countryOf(world, id));
  const row = form === "row" ? world.byId.get(id) : null;
  return row ? termFirst(world, say, "kind", row.kind) : say.word(`found_${form}`);
}
