// Reads the packed blocks of data that stand in the document.
import { element } from "../dom.ts";
import {
  groundOf,
  headOf,
  layersOf,
  onceOf,
  type PackedGround,
  type PackedHead,
  type PackedRows,
} from "../facts/packed.ts";
import type { Relief } from "../facts/types.ts";
import { World } from "../facts/world.ts";
import { inflated } from "../squeeze.ts";

/** The value in a block of the page: packed JSON. */
async function read<Value>(block: Element): Promise<Value> {
  return JSON.parse(await inflated(block.textContent ?? "")) as Value;
}

function fromBase64(text: string): ArrayBuffer {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = letters.charCodeAt(i);
  return bytes.buffer;
}

/** The tiles (PMTiles) of a reader's large layers, by layer. */
export function readTiles(): Map<string, ArrayBuffer> {
  const blocks = document.querySelectorAll<HTMLElement>("script.sco-tiles");
  return new Map([...blocks].map((block) => [block.dataset.layer ?? "", fromBase64(block.textContent ?? "")]));
}

export async function readWorld(): Promise<World> {
  const [head, ground, rows, relief] = await Promise.all([
    read<PackedHead>(element("sco-head")),
    read<PackedGround>(element("sco-ground")),
    read<PackedRows>(element("sco-rows")),
    read<Relief | null>(element("sco-relief")),
  ]);
  const once = onceOf(head);
  return new World(headOf(head, once), groundOf(ground), layersOf(rows, once), relief);
}
