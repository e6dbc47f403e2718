// The sources of a row spelt out, where a file has no other place for them; the same words as sco_map/model/tables.py.
import { COLUMNS } from "../contract.ts";
import type { ById, Source } from "../facts/types.ts";

const SOURCE = "source";

/** The ids of all sources that a row names: its own, then those of single facts in the order of the columns. */
export function namedSources(facts: Record<string, unknown>): string[] {
  const own = Array.isArray(facts.sources) ? facts.sources.map(String) : [];
  const cited = COLUMNS.filter(({ parts = [] }) => parts.some(({ name }) => name === SOURCE));
  const ofFacts = cited.flatMap(({ name }) => {
    const records = facts[name];
    return Array.isArray(records) ? records.flatMap((entry) => entry[SOURCE] ?? []) : [];
  });
  return [...new Set([...own, ...ofFacts])];
}

/** Every source that a row names, each as one text that begins with its id. */
export const sourceList = (facts: Record<string, unknown>, sources: ById<Source>): string[] =>
  namedSources(facts).flatMap((id) => {
    const source = sources[id];
    if (!source) return [];
    const known = [source.publisher, source.title, source.published, source.url].filter(Boolean);
    return `${id}: ${known.join(", ")}`;
  });
