// The length that stands for a corridor when it alone is shown: that of its main line, never the sum of its branches.
import { type Headline, headlineOf } from "../facts/headline.ts";
import { formatSelection, type Selection } from "../facts/selection.ts";
import type { World } from "../facts/world.ts";
import { isRefusal, line, waysOf } from "../routing/index.ts";

/** As whose map, and as of which year. */
interface Seen {
  readonly year: number | null;
  readonly worldview: string | null;
}

/** The project, when nothing else is chosen but perhaps a year. */
export function onlyProject(selection: Selection): string | null {
  const [id] = selection.project;
  return id && formatSelection({ ...selection, year: null }) === `project=${id}` ? id : null;
}

/** The length given for what is shown; `project` where that is one project alone. */
export function headlineFor(rows: World["rows"], project: string | null, world: World, seen: Seen): Headline {
  const [subject] = (project && waysOf(world, project)[0]) || [];
  const main = subject ? line(world, { subject, ...seen }) : null;
  return main && !isRefusal(main) ? { km: main.ways[0].km, basis: "main_line" } : headlineOf(rows, world);
}
