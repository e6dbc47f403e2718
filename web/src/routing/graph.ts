// The open links of a network as numbers, for searches: a joint is a side of a place (a gauge, the sea, the road), a
// step is a link in one of its two directions. Knows no rows and no words.
import { isBreak, type Link, type Network } from "./links.ts";

/** A link as it is travelled: `back` against the order of its row. */
export interface Step {
  readonly id: number;
  readonly link: Link;
  readonly back: boolean;
  readonly start: string;
  readonly end: string;
  /** The joints from which and to which it leads. */
  readonly near: number;
  readonly joint: number;
  /** The number of its link. */
  readonly number: number;
  readonly metres: number;
  /** Numbers of the states in which it begins and ends, 0 where it lies in none; and the borders between them. */
  readonly first: number;
  readonly last: number;
  readonly borders: number;
}

/** A side of a place, and what leads away from there. */
export interface Joint {
  readonly place: string;
  readonly side: string;
  /** In the order of the ids of rows. */
  readonly steps: Step[];
}

/** What leads away when one has not arrived by anything: the beginning of a way. */
const ANY_SIDE = "";

/** The number of a joint that is not there. */
const NONE = -1;

export class Graph {
  readonly network: Network;
  readonly joints: Joint[] = [];
  /** Both directions of each link. */
  readonly steps: Step[] = [];
  /** The joints of each place. */
  readonly at = new Map<string, number[]>();
  /** How many numbers of states there are, 0 for none included. */
  readonly states: number;
  private readonly leaving = new Map<string, Step[]>();
  private readonly starts = new Map<string, Joint>();

  constructor(network: Network) {
    this.network = network;
    const states = new Map<string, number>();
    const stateOf = (code: string) => {
      const number = states.get(code) ?? states.size + 1;
      states.set(code, number);
      return number;
    };
    for (const [number, link] of network.links.entries()) {
      const codes = link.states.map(([code]) => stateOf(code));
      const borders = codes.filter((code, at) => at > 0 && code !== codes[at - 1]).length;
      const [first = 0, last = 0] = [codes[0], codes.at(-1)];
      const { start, end, side, metres } = link;
      const [near, far] = [this.jointOf(start, side), this.jointOf(end, side)];
      const shared = { link, number, metres, borders };
      this.add({ ...shared, back: false, start, end, near, joint: far, first, last });
      this.add({ ...shared, back: true, start: end, end: start, near: far, joint: near, first: last, last: first });
    }
    this.states = states.size + 1;
    for (const joint of this.joints) joint.steps.push(...this.stepsFrom(joint.place, joint.side));
  }

  /** What leads away from a place, whatever one has arrived by. */
  start(place: string): Joint {
    const found = this.starts.get(place) ?? { place, side: ANY_SIDE, steps: this.stepsFrom(place, ANY_SIDE) };
    this.starts.set(place, found);
    return found;
  }

  /** The joint of a place on a side. */
  jointAt(place: string, side: string): number {
    return this.at.get(place)?.find((joint) => this.joints[joint].side === side) ?? NONE;
  }

  /** For each joint the others of its place between which traffic can change. */
  changes(joint: number): number[] {
    const { place, side } = this.joints[joint];
    const here = this.at.get(place) ?? [];
    if (here.length === 1) return [];
    return here.filter((other) => other !== joint && this.network.meets(place, side, this.joints[other].side));
  }

  private stepsFrom(place: string, side: string): Step[] {
    const steps = this.leaving.get(place) ?? [];
    return side === ANY_SIDE ? steps : steps.filter(({ link }) => this.network.meets(place, side, link.side));
  }

  private add(step: Omit<Step, "id">): void {
    const numbered = { id: this.steps.length, ...step };
    const steps = this.leaving.get(step.start) ?? [];
    this.steps.push(numbered);
    this.leaving.set(step.start, [...steps, numbered]);
  }

  private jointOf(place: string, side: string): number {
    const known = this.jointAt(place, side);
    if (known !== NONE) return known;
    const here = this.at.get(place) ?? [];
    this.joints.push({ place, side, steps: [] });
    here.push(this.joints.length - 1);
    this.at.set(place, here);
    return this.joints.length - 1;
  }
}

const graphs = new WeakMap<Network, Graph>();

/** The graph of the open links of a network; it is made once. */
export function graphOf(network: Network): Graph {
  const graph = graphs.get(network) ?? new Graph(network);
  graphs.set(network, graph);
  return graph;
}

/** Whether going on from a side by a step changes the gauge. */
export const changesGauge = (side: string, step: Step): boolean => isBreak(side, step.link.side);
