// The one length that the page gives for some rows, with what it is: for a whole project that is one line the published
// length that the map goes by, else the sum of what is on the map, along the track or as drawn.
import { isCounted } from "./filter.ts";
import { wholeLengths } from "./lengths.ts";
import { preferredOf } from "./preferred.ts";
import type { Row } from "./row.ts";
import { type OnTrack, onceEach } from "./tracks.ts";
import type { ById, Project, Source } from "./types.ts";

/** What a length is ("main_line" of a corridor); the words of the interface are `length_<basis>`. */
export type Basis = "published" | "track" | "drawn" | "main_line";

export interface Headline {
  readonly km: number;
  /** Null where lengths of both kinds are added up. */
  readonly basis: Basis | null;
}

type Line = Pick<Row, "id" | "layer" | "form" | "projects" | "phases" | "km" | "countries"> &
  OnTrack & { readonly facts: Pick<Row["facts"], "length_basis"> };

interface Known {
  readonly rows: readonly Line[];
  readonly projects: ById<Project>;
  readonly sources: ById<Source>;
}

/** The form of a project that is one line, however many rows it has. */
const LINE = "line";

/** The project of which the lines are the whole, and which is one line; null where a file holds only a part of it. */
function wholeProject(lines: readonly Line[], { rows, projects }: Known): Project | null {
  const [home] = lines[0]?.projects ?? [];
  if (!home || lines.some((line) => line.projects[0] !== home)) return null;
  const all = rows.filter((row) => row.form === LINE && row.projects[0] === home);
  const project = projects[home] ?? null;
  const isWhole = all.length === lines.length && !project?.partial;
  return isWhole && (project?.form === LINE || all.length === 1) ? project : null;
}

/** What the lengths of lines are; null where they are not all of one kind. */
export function basisOf(lines: readonly Pick<Line, "facts">[]): Basis | null {
  if (!lines.length) return null;
  const isTrack = lines.map(({ facts }) => facts.length_basis === "track");
  if (isTrack.every(Boolean)) return "track";
  return isTrack.some(Boolean) ? null : "drawn";
}

/** The length of rows, every track counted once. */
export function headlineOf(rows: readonly Line[], known: Known): Headline {
  const lines = rows.filter((row) => row.form === LINE && isCounted(row));
  const published = wholeLengths(wholeProject(lines, known)?.published_lengths, null, []);
  const preferred = preferredOf(published, known.sources);
  if (preferred) return { km: preferred.entry.km, basis: "published" };
  return { km: onceEach(lines).reduce((sum, { km }) => sum + km, 0), basis: basisOf(lines) };
}
