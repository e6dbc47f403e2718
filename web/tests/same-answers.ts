// Compares the script's answers with Python's: `node same-answers.ts FILE`, a file of tests/web/test_same_answers.py.
// Prints the questions that are answered otherwise, and exits 1 when there is one.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { type AskedQuestion, answer, type SentWorld, worldOf } from "./network.ts";

const AT_MOST = 8;
const MOST_LINES = 30;

const { world: sent, cases } = JSON.parse(readFileSync(process.argv[2], "utf8")) as {
  world: SentWorld;
  cases: { question: AskedQuestion; answer: unknown }[];
};
const world = worldOf(sent);
let differ = 0;
for (const { question, answer: expected } of cases) {
  try {
    assert.deepEqual(JSON.parse(JSON.stringify(answer(world, question))), expected);
  } catch (error) {
    differ += 1;
    const lines = (error as Error).message.split("\n").slice(0, MOST_LINES);
    if (differ <= AT_MOST) console.log(`${JSON.stringify(question)}\n${lines.join("\n")}\n`);
  }
}
console.log(`${cases.length - differ} of ${cases.length} answers agree`);
process.exitCode = differ ? 1 : 0;
