// The parts of a network that hang together, and the links that hold one together alone.
import type { Graph } from "./graph.ts";
import type { Link } from "./links.ts";

/** The parts of a graph: joints between which traffic can get, over all of it or over some of its joints. */
export class Parts {
  private readonly graph: Graph;
  private readonly above: Int32Array;

  constructor(graph: Graph, counts: (side: string) => boolean) {
    this.graph = graph;
    this.above = Int32Array.from(graph.joints, (_, at) => at);
    for (const { link, near, joint, back } of graph.steps) {
      if (!back && counts(link.side)) this.join(near, joint);
    }
    for (const [joint, { side }] of graph.joints.entries()) {
      if (!counts(side)) continue;
      for (const other of graph.changes(joint)) if (counts(graph.joints[other].side)) this.join(joint, other);
    }
  }

  /** The joint that stands for the part of a joint. */
  head(joint: number): number {
    let at = joint;
    while (this.above[at] !== at) {
      this.above[at] = this.above[this.above[at]];
      at = this.above[at];
    }
    return at;
  }

  /** The joints of the parts in which a place lies. */
  of(place: string): number[] {
    const heads = new Set((this.graph.at.get(place) ?? []).map((joint) => this.head(joint)));
    return this.graph.joints.flatMap((_, joint) => (heads.has(this.head(joint)) ? [joint] : []));
  }

  private join(one: number, other: number): void {
    this.above[this.head(one)] = this.head(other);
  }
}

/** The parts of a whole graph. */
export const connected = (graph: Graph): Parts => new Parts(graph, () => true);

/** A link without which its part falls into two: how many places lie on one side only, and on the other only. */
export interface Parting {
  readonly link: Link;
  readonly sides: readonly [number, number];
}

/** An edge between two joints: the links there, none where traffic changes at one place. */
interface Edge {
  readonly to: number;
  readonly links: readonly Link[];
}

/** The edges of each joint; several links between the same two are one edge. */
function edgesOf(graph: Graph): Edge[][] {
  const edges = graph.joints.map(() => new Map<number, Link[]>());
  for (const { link, near, joint } of graph.steps) {
    const links = edges[near].get(joint);
    if (links) links.push(link);
    else edges[near].set(joint, [link]);
  }
  for (const joint of graph.joints.keys()) {
    for (const other of graph.changes(joint)) if (!edges[joint].has(other)) edges[joint].set(other, []);
  }
  return edges.map((there) => [...there].map(([to, links]) => ({ to, links })));
}

const UNSEEN = -1;

/** A walk through all joints, deep first: when each was reached, from where, and how far back its branch reaches. */
class Walk {
  readonly reached: Int32Array;
  readonly from: Int32Array;
  readonly depth: Int32Array;
  /** The earliest joint that the branch below a joint is joined with. */
  readonly back: Int32Array;
  /** The joints in the order in which they were reached. */
  readonly order: number[] = [];

  constructor(edges: readonly (readonly Edge[])[]) {
    const room = () => new Int32Array(edges.length).fill(UNSEEN);
    [this.reached, this.from, this.depth, this.back] = [room(), room(), room(), room()];
    const next = new Int32Array(edges.length);
    for (const root of edges.keys()) {
      if (this.reached[root] !== UNSEEN) continue;
      this.reach(root, UNSEEN);
      let here = root;
      while (here !== UNSEEN) {
        const edge = edges[here][next[here]];
        const above = this.from[here];
        next[here] += 1;
        if (!edge) {
          if (above !== UNSEEN) this.back[above] = Math.min(this.back[above], this.back[here]);
          here = above;
        } else if (this.reached[edge.to] === UNSEEN) {
          this.reach(edge.to, here);
          here = edge.to;
        } else if (edge.to !== above) {
          this.back[here] = Math.min(this.back[here], this.reached[edge.to]);
        }
      }
    }
  }

  /** The last joint above both of two joints of one part. */
  fork(one: number, other: number): number {
    let [left, right] = [one, other];
    while (left !== right) {
      if (this.depth[left] >= this.depth[right]) left = this.from[left];
      else right = this.from[right];
    }
    return left;
  }

  private reach(joint: number, from: number): void {
    this.reached[joint] = this.order.length;
    this.back[joint] = this.order.length;
    this.from[joint] = from;
    this.depth[joint] = from === UNSEEN ? 0 : this.depth[from] + 1;
    this.order.push(joint);
  }
}

/**
 * The links without which a part of the network falls into two. Two lines side by side are none; neither is a change at
 * one place. A place that has a joint on both sides lies on neither of them alone.
 */
export function partings(graph: Graph): Parting[] {
  const edges = edgesOf(graph);
  const walk = new Walk(edges);
  // Of the branch below each joint: the places that have a joint in it, and those that have all of theirs in it.
  const touching = new Int32Array(edges.length);
  const inside = new Int32Array(edges.length);
  const roots = rootsOf(walk);
  for (const joints of graph.at.values()) {
    for (const group of inParts(joints, roots).values()) {
      group.sort((one, other) => walk.reached[one] - walk.reached[other]);
      for (const joint of group) touching[joint] += 1;
      for (const [at, joint] of group.slice(1).entries()) touching[walk.fork(group[at], joint)] -= 1;
      inside[group.reduce((one, other) => walk.fork(one, other))] += 1;
    }
  }
  for (const joint of [...walk.order].reverse()) {
    const above = walk.from[joint];
    if (above === UNSEEN) continue;
    touching[above] += touching[joint];
    inside[above] += inside[joint];
  }
  return walk.order.flatMap((joint) => {
    const above = walk.from[joint];
    if (above === UNSEEN || walk.back[joint] <= walk.reached[above]) return [];
    const links = edges[above].find(({ to }) => to === joint)?.links ?? [];
    if (links.length !== 1) return [];
    return [{ link: links[0], sides: [inside[joint], touching[roots[joint]] - touching[joint]] }];
  });
}

/** For each joint the one at which the walk through its part began. */
function rootsOf(walk: Walk): Int32Array {
  const roots = new Int32Array(walk.order.length);
  for (const joint of walk.order) roots[joint] = walk.from[joint] === UNSEEN ? joint : roots[walk.from[joint]];
  return roots;
}

/** Joints by the root of their part. */
function inParts(joints: readonly number[], roots: Int32Array): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const joint of joints) groups.set(roots[joint], [...(groups.get(roots[joint]) ?? []), joint]);
  return groups;
}
