// Halos of names apart from the names, for the printed sheet. A browser writes a text that has an outline into a PDF
// twice, and whoever searches or copies there finds every letter doubled. A filter makes it a picture, so the halos are
// drawn as one, without changing it, under the names.
import { svg } from "../dom.ts";

/** Room that the filter leaves around the names, as a share of their box: halos reach beyond the letters. */
const AROUND = 0.1;

/** Put the halos of the texts in a group into a group of their own below them. `id`: that of the filter. */
function partHalos(group: Element, id: string): void {
  const texts = [...group.querySelectorAll("text")];
  if (!texts.length) return;
  const room = { x: -AROUND, y: -AROUND, width: 1 + 2 * AROUND, height: 1 + 2 * AROUND };
  const filter = svg("filter", { id, ...room, "color-interpolation-filters": "sRGB" }, svg("feOffset", {}));
  const halos = svg("g", { filter: `url(#${id})` });
  for (const text of texts) {
    const halo = text.cloneNode(true) as SVGTextElement;
    halo.style.fill = "none";
    text.style.stroke = "none";
    halos.append(halo);
  }
  group.prepend(filter, halos);
}

/** The same for the names of a drawing and for its scale. `name`: begins the ids in the drawing. */
export function withHalosApart<Drawing extends Element>(drawing: Drawing, name: string): Drawing {
  const groups = drawing.querySelectorAll(".plate-labels, .scale");
  for (const [number, group] of [...groups].entries()) partHalos(group, `${name}-halos-${number}`);
  return drawing;
}
