// Names for files that say what is in them; the same rule as `file_name` in sco_map/export.
import { formatSelection, type Selection } from "../facts/selection.ts";

const LONGEST = 80;

/** The name of a file of a selection, without its ending; with the version of the map where it is given. */
export function fileName(selection: Selection, version = ""): string {
  const parts = formatSelection(selection).split("&").map(decodeURIComponent);
  const words = parts.map((part) => part.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-+|-+$/g, ""));
  const whole = version ? `sco-map-${version}` : "sco-map";
  const name = [whole, ...words.filter(Boolean)].join("_");
  return name.slice(0, LONGEST).replace(/[-_]+$/, "");
}
