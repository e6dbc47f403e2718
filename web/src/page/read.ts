// Reads the packed blocks of data that stand in the document.
import { element } from "../dom.ts";
import type { Relief, SentGround, SentHead, SentLayer } from "../facts/types.ts";
import { World } from "../facts/world.ts";
import { inflated } from "../squeeze.ts";

/** The value in a block of the page: packed JSON. */
async function read<Value>(block: Element): Promise<Value> {
  return JSON.parse(await inflated(block.textContent ?? "")) as Value;
}

export async function readWorld(): Promise<World> {
  const layers = [...document.querySelectorAll("script[data-layer]")];
  const [head, ground, ...rows] = await Promise.all([
    read<SentHead>(element("sco-head")),
    read<SentGround>(element("sco-ground")),
    ...layers.map((block) => read<SentLayer>(block)),
  ]);
  const relief = JSON.parse(element("sco-relief").textContent ?? "null") as Relief | null;
  return new World(head, ground, rows, relief);
}
