// Tables of cases for the example model: its own inputs over and over, with outcomes drawn from its chances.
import fs from "node:fs";
import { data } from "./page.mjs";

const lines = (name) => fs.readFileSync(data(name), "utf8").trim().split("\n");
export const header = lines("demo/input.csv")[0];
export const inputs = lines("demo/input.csv").slice(1);
export const expected = lines("demo/expected.csv").slice(1);
const chance = expected.map((line) => Number(line.split(",")[2]));

function random(seed) {
  let state = seed;
  return () => (state = (state * 1664525 + 1013904223) >>> 0) / 4294967296;
}

/** `n` rows; `steer` says what chance of "yes" the outcome is drawn with. */
export function table(n, { outcome = true, seed = 1, steer = (p) => p } = {}) {
  const next = random(seed);
  const rows = [`customer,${header}${outcome ? ",default" : ""}`];
  for (let i = 0; i < n; i++) {
    const k = i % inputs.length;
    const end = outcome ? `,${next() < steer(chance[k]) ? "yes" : "no"}` : "";
    rows.push(`C${i},${inputs[k]}${end}`);
  }
  return `${rows.join("\n")}\n`;
}

/** Chances and outcomes of such a table, to hold figures against. */
export function pairs(text) {
  return text
    .trim()
    .split("\n")
    .slice(1)
    .map((line, i) => ({ score: chance[i % inputs.length], event: line.endsWith(",yes") }));
}

/** By counting pairs of equal-scored groups: no sorting sweep as the core does. */
export function aucOf(list) {
  const events = list.filter((p) => p.event).map((p) => p.score),
    others = list.filter((p) => !p.event).map((p) => p.score);
  let sum = 0;
  for (const e of events) for (const o of others) sum += e > o ? 1 : e === o ? 0.5 : 0;
  return sum / events.length / others.length;
}
