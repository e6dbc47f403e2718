// How long the script takes to answer: `node timings.ts FILE`, a file of benchmarks/on_network.py. Prints the milliseconds
// of each question by its name. Each name begins with a world of its own, in which nothing has been looked up before.
import { readFileSync } from "node:fs";
import { compare, isRefusal, line, type Route } from "../src/routing/index.ts";
import { type AskedQuestion, answer, type SentWorld, worldOf } from "./network.ts";

/** A question, or the subjects of lines that are put side by side. */
type Timed = AskedQuestion | string[];

const { world: sent, timed } = JSON.parse(readFileSync(process.argv[2], "utf8")) as {
  world: SentWorld;
  timed: Record<string, Timed[]>;
};

const times = Object.entries(timed).map(([name, questions]) => {
  const world = worldOf(sent);
  const took = questions.map((question) => {
    const start = performance.now();
    if (!Array.isArray(question)) answer(world, question);
    else
      compare(question.map((subject) => line(world, { subject })).filter((found): found is Route => !isRefusal(found)));
    return performance.now() - start;
  });
  return [name, took] as const;
});
console.log(JSON.stringify(Object.fromEntries(times)));
