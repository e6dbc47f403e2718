// Gathers the visible lines under the project whose name they carry, the most important first, and where few lines end.
// Pure.
import type { Row } from "../facts/row.ts";
import type { ById, Project, ProjectLook, Texts } from "../facts/types.ts";
import type { Point } from "../geometry/paths.ts";
import { ENDS } from "./weights.ts";

/** A line as it is drawn: what names need to know of it. */
export interface Named {
  readonly row: Pick<Row, "id" | "layer" | "kind" | "km" | "projects" | "lineage" | "phases" | "status">;
  readonly width: number;
  readonly screen: Float32Array[] | null;
}

export interface LineGroup<Line extends Named = Named> {
  /** The project. */
  id: string;
  look: ProjectLook;
  title: Texts;
  layer: string;
  /** The lines that carry the name; those of the widest kind first, the branches apart. */
  main: Line[];
  branches: Line[];
  width: number;
  km: number;
  rank: number;
}

/** Projects without a name of their own in the looks: from these zooms on, at first only on lines of this width. */
const TITLES_FROM_ZOOM = 5;
const ALL_TITLES_FROM_ZOOM = 6.2;
const LEAST_WIDTH = 1.3;

const PLAIN_RANK = 5;

/** Lines less than so many px narrower than the widest are its equals. */
const SAME_WIDTH = 0.4;

export function lineGroups<Line extends Named>(
  lines: readonly Line[],
  projects: ById<Project>,
  looks: ById<ProjectLook>,
  zoom: number,
): LineGroup<Line>[] {
  const gathered = new Map<string, { id: string; project: Project; look: ProjectLook; lines: Line[] }>();
  for (const line of lines) {
    const { row } = line;
    const id = row.lineage.find((project) => looks[project]?.name) ?? row.projects[0];
    const project = projects[id];
    if (!project) continue;
    const look = looks[id] ?? {};
    if (zoom < (look.from_zoom ?? 0)) continue;
    const isEarly = zoom < ALL_TITLES_FROM_ZOOM && (zoom < TITLES_FROM_ZOOM || line.width < LEAST_WIDTH);
    if (!look.name && isEarly) continue;
    const key = look.name ? id : `${id} ${row.layer}`;
    const group = gathered.get(key) ?? { id, project, look, lines: [] };
    group.lines.push(line);
    gathered.set(key, group);
  }
  const groups = [...gathered.values()].map(({ id, project, look, lines: all }): LineGroup<Line> => {
    const layer = look.layer ?? project.layer;
    const own = all.filter(({ row }) => row.layer === layer);
    const kept = own.length ? own : all;
    const width = Math.max(...kept.map((line) => line.width));
    const isMain = (line: Line) => line.width > width - SAME_WIDTH;
    return {
      id,
      look,
      title: look.name ?? project.title,
      layer,
      main: kept.filter(isMain),
      branches: kept.filter((line) => !isMain(line)),
      width,
      km: kept.reduce((sum, { row }) => sum + row.km, 0),
      rank: look.rank ?? PLAIN_RANK,
    };
  });
  return groups.sort((a, b) => a.rank - b.rank || b.width - a.width || b.km - a.km || (a.id < b.id ? -1 : 1));
}

/** Where lines begin and end on the screen; none of more lines than a reader follows to their ends. */
export function lineEnds(lines: readonly Pick<Named, "screen">[]): Point[] {
  if (lines.length > ENDS.fewLines) return [];
  const paths = lines.flatMap((line) => line.screen ?? []).filter((path) => path.length >= 2);
  return paths.flatMap((path): Point[] => [
    [path[0], path[1]],
    [path[path.length - 2], path[path.length - 1]],
  ]);
}

/** Whether a point is at one of the ends. */
export const isAtEnd = (ends: readonly Readonly<Point>[], x: number, y: number): boolean =>
  ends.some((end) => Math.hypot(end[0] - x, end[1] - y) <= ENDS.reach);
