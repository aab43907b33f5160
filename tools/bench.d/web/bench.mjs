// node bench.mjs CASE PASSES PEER...: as bench_native, for what runs in JavaScript, turn by turn in one process. The time
// of the process stands in for that of the thread.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { readCase } from "./case.mjs";
import { engines, modelFile } from "./engines.mjs";

const root = path.resolve(import.meta.dirname, "../../..");
const require = createRequire(import.meta.url);
const host = {
  isNode: true,
  url: (file) => pathToFileURL(path.join(root, file)).href,
  bytes: async (url) => fs.readFileSync(new URL(url)),
  script: async (file) => require(path.join(root, file)),
};

const [folder, passes, ...peers] = process.argv.slice(2);
const bench = await readCase(async (name) => new Uint8Array(fs.readFileSync(path.join(folder, name))));
const out = new Float64Array(bench.rows * bench.answers.length);
const leastRows = 1000;
const passNanoseconds = 3e8;

const say = (peer, line) => console.log(JSON.stringify({ case: bench.id, peer, ...line }));
const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1000;
};

function wrong(answers, rows) {
  const absolute = Math.max(2e-5, bench.tolerance.absolute);
  const width = bench.answers.length;
  let count = 0;
  let largest = 0;
  for (let row = 0; row < rows; row++) {
    let fits = true;
    for (let a = 0; a < answers; a++) {
      const expected = bench.expected[row * width + width - answers + a];
      const difference = Math.abs(out[row * answers + a] - expected);
      if (difference <= absolute * (1 + Math.abs(expected))) continue;
      fits = false;
      largest = Math.max(largest, difference);
    }
    if (!fits) count++;
  }
  return count && `${count} of ${rows} rows differ, by up to ${largest.toPrecision(2)}`;
}

async function enter(peer) {
  if (!fs.existsSync(path.join(folder, modelFile[peer]))) return null;
  try {
    const engine = await engines[peer](bench, host);
    for (const size of [1, bench.rows]) {
      const rows = size === 1 ? leastRows : bench.rows;
      out.fill(NaN);
      for (let row = 0; row < rows; row += size) {
        const part = out.subarray(row * engine.answers, (row + size) * engine.answers);
        await (size === 1 ? engine.one(row, part) : engine.many(row, size, part));
      }
      const words = wrong(engine.answers, rows);
      if (words) return void say(peer, { wrong: words });
    }
    const start = cpu();
    for (let row = 0; row < leastRows; row++) await engine.one(row, out);
    const affordable = Math.floor(passNanoseconds / ((cpu() - start) / leastRows) / 100) * 100;
    return { peer, engine, rows: Math.min(bench.rows, Math.max(leastRows, affordable)) };
  } catch (error) {
    say(peer, { absent: String(error.message ?? error).slice(0, 200) });
    return null;
  }
}

async function latency({ engine, rows }) {
  const times = new Float64Array(rows);
  const clock = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const start = performance.now();
    const between = performance.now();
    const answer = engine.one(row, out);
    if (answer instanceof Promise) await answer;
    times[row] = performance.now() - between;
    clock[row] = between - start;
  }
  times.sort();
  clock.sort();
  const at = (share) => (times[Math.floor(share * (rows - 1))] - clock[rows >> 1]) * 1e6;
  return [at(0.5), at(0.99)];
}

async function throughput({ engine, rows }, size) {
  const total = Math.max(size, rows);
  const start = cpu();
  let done = 0;
  for (let row = 0; row + size <= total; row += size, done += size) {
    const answer = size === 1 ? engine.one(row, out) : engine.many(row, size, out);
    if (answer instanceof Promise) await answer;
  }
  return (cpu() - start) / done;
}

const entered = [];
for (const peer of peers) {
  const entry = await enter(peer);
  if (entry) entered.push(entry);
}
const measures = { single_p50: [], single_p99: [], batch_1: [], batch_100: [], batch_10000: [] };
for (let pass = 0; pass < passes; pass++)
  for (const [e, entry] of entered.entries()) {
    const [p50, p99] = await latency(entry);
    const found = { single_p50: p50, single_p99: p99 };
    for (const size of [1, 100, bench.rows]) found[`batch_${size}`] = await throughput(entry, size);
    for (const [measure, value] of Object.entries(found)) measures[measure][e] = Math.min(measures[measure][e] ?? Infinity, value);
  }
for (const [measure, values] of Object.entries(measures))
  for (const [e, value] of values.entries()) say(entered[e].peer, { measure, value });
