/** Batches on several workers: the answers of one Model, to the bit. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { type ColumnResult, type InputColumns, Model, ScoreletError } from "scorelet";
import { ScoringPool } from "scorelet/pool";
import { cusum, dated, faulty, linear } from "./documents.js";

const code = (expected: string) => (error: unknown) => error instanceof ScoreletError && error.diagnostics[0]?.code === expected;

/** Bits, not numbers: NaN equals NaN, 0 is not -0. */
function assertSame(actual: ColumnResult, expected: ColumnResult, { description }: Model): void {
  assert.equal(actual.rows, expected.rows);
  assert.deepEqual(actual.notes, expected.notes);
  for (const { name, dataType } of description.results) {
    assert.deepEqual(actual.values(name), expected.values(name), name);
    if (dataType === "string" || dataType === "list") continue;
    assert.deepEqual(new BigInt64Array(actual.numbers(name).buffer), new BigInt64Array(expected.numbers(name).buffer), name);
  }
  for (let row = 0; row < expected.rows; ++row) assert.deepEqual(actual.diagnostics(row), expected.diagnostics(row));
}

describe("a pool", () => {
  let pool: ScoringPool;
  let model: Model;
  before(async () => {
    [pool, model] = await Promise.all([ScoringPool.open(linear, { workers: 3 }), Model.load(linear)]);
  });
  after(() => {
    pool.close();
    model.close();
  });

  /** Row i: some missing, some invalid, texts that the model does not know. */
  const x = Array.from({ length: 10_000 }, (_, i) => (i % 7 ? i / 3 : null));
  const group = x.map((_, i) => ["a", "é", null][i % 3]!);
  const kinds: [string, InputColumns][] = [
    ["typed arrays and texts", { x: Float64Array.from(x, (v) => v ?? NaN), group }],
    ["codes", { x: Float32Array.from(x, (v) => v ?? NaN), group: { codes: Int32Array.from(x, (_, i) => i % 4 - 1), dictionary: ["a", "é", "b"] } }],
    ["values of any kind", { x: x.map((v, i) => (i % 5 ? v : i % 10 ? String(v) : "abc")), group, other: x }],
    ["a view into other memory", { x: Buffer.from(new Uint8Array(x.length + 9).map((_, i) => i)).subarray(9), group }],
    ["one row", { x: [3], group: ["a"] }],
    ["no row", { x: [], group: [] }],
  ];
  for (const [name, columns] of kinds) {
    test(`answers as a Model does: ${name}`, async () => {
      const answer = await pool.scoreColumns(columns);
      assertSame(answer, model.scoreColumns(columns), model);  // of the same columns: nothing was taken away
    });
  }

  test("describes itself as the Model does", () => {
    assert.deepEqual(pool.description, model.description);
    assert.equal(pool.workers, 3);
  });

  test("rows keep their numbers in diagnostics", async () => {
    const values: (number | string)[] = x.map((_, i) => i);
    for (const row of [0, 3333, 3334, 9_999]) values[row] = "abc";
    const result = await pool.scoreColumns({ x: values, group });
    assert.deepEqual(values.flatMap((_, row) => (result.ok(row) ? [] : [row])), [0, 3333, 3334, 9_999]);
    assert.equal(result.diagnostics(3334)[0]?.row, 3334);
    assert.equal(result.diagnostics(3334)[0]?.field, "x");
  });

  test("many ranges, and calls that overlap", async () => {
    const rows = 300_000;
    const long = Float64Array.from({ length: rows }, (_, i) => i / 8);
    const text = Array.from({ length: rows }, (_, i) => (i % 3 ? "a" : "é"));
    const [first, second, third] = await Promise.all(
      [pool.scoreColumns({ x: long, group: text }), pool.scoreColumns({ x: [3], group: ["a"] }), pool.scoreColumns({ x: long, group: text })]);
    const y = first!.numbers("y");
    for (let i = 0; i < rows; ++i) assert.ok(y[i] === 1.5 + i / 4 + (i % 3 ? 10 : 0), `row ${i}`);
    assert.deepEqual(second!.values("y"), [17.5]);
    assert.deepEqual(third!.numbers("y"), y);
  });

  test("wrong arguments are told as a Model tells them", async () => {
    const bad = Int32Array.from(x, (_, i) => (i === 9000 ? 7 : i === 9500 ? 8 : 0));
    const wrong: unknown = { x: [() => 1] };
    for (const [columns, message] of [
      [{}, /no column/],
      [{ x: [1, 2], group: ["a"] }, /"group" has 1 rows, "x" has 2/],
      [{ x, group: { codes: bad, dictionary: ["a"] } }, /Code 7 of "group" is beyond its dictionary of 1/],
      [wrong as InputColumns, /cannot be handed to a worker/],
    ] as const) await assert.rejects(pool.scoreColumns(columns), (error) => code("badArgument")(error) && message.test(String(error)));
    assert.deepEqual((await pool.scoreColumns({ x: [3], group: ["a"] })).values("y"), [17.5], "none of this hurts the pool");
  });

  test("a signal ends a call, and only that", async () => {
    const long = new Float64Array(1_000_000);
    const controller = new AbortController();
    const call = pool.scoreColumns({ x: long }, { signal: controller.signal });
    const other = pool.scoreColumns({ x: [3], group: ["a"] });
    controller.abort(new Error("enough"));
    await assert.rejects(call, /enough/);
    assert.deepEqual((await other).values("y"), [17.5]);
    await assert.rejects(pool.scoreColumns({ x: [1] }, { signal: AbortSignal.abort() }), { name: "AbortError" });
  });
});

test("dates and times come back as they are", async () => {
  using pool = await ScoringPool.open(dated, { workers: 2 });
  using model = await Model.load(dated);
  const day = Array.from({ length: 5000 }, (_, i) => (i % 9 ? new Date(Date.UTC(2020, 0, 1 + i % 400)) : null));
  assertSame(await pool.scoreColumns({ day }), model.scoreColumns({ day }), model);
});

test("the demo's model and rows", async () => {
  const data = new URL("../../../../tests/data/demo/", import.meta.url);
  const document = readFileSync(new URL("model.pmml", data));
  using pool = await ScoringPool.open(document, { workers: 2 });
  using model = await Model.load(document);
  const [header = "", ...lines] = readFileSync(new URL("input.csv", data), "utf8").trimEnd().split(/\r?\n/);
  const rows = [...lines, ...lines, ...lines].map((line) => line.split(",").map((cell) => cell || null));
  const columns = Object.fromEntries(header.split(",").map((name, i) => [name, rows.map((row) => row[i] ?? null)]));
  assertSame(await pool.scoreColumns(columns), model.scoreColumns(columns), model);
});

test("documents that a Model refuses, and models with memory, are refused", async () => {
  await assert.rejects(ScoringPool.open(faulty, { workers: 2 }), /"many" is not a number.*1 more/);
  await assert.rejects(ScoringPool.open(linear, { workers: 1, limits: { documentBytes: 100 } }), code("tooLarge"));
  await assert.rejects(ScoringPool.open(cusum, { workers: 2 }), /remembers earlier rows .* use a Model/);
  for (const workers of [0, 1.5, 65]) await assert.rejects(ScoringPool.open(linear, { workers }), /number of workers/);
  await assert.rejects(ScoringPool.open(linear, { wasm: new URL("file:///nowhere/scorelet.wasm") }), code("wasmNotLoaded"));
});

test("use after close, and closing amid a call", async () => {
  const pool = await ScoringPool.open(linear);
  assert.ok(pool.workers >= 1 && pool.workers <= 8);
  const calls = [pool.scoreColumns({ x: new Float64Array(500_000) }), pool.scoreColumns({ x: [1] })];
  pool.close();
  pool.close();
  for (const call of [...calls, pool.scoreColumns({ x: [1] })]) await assert.rejects(call, code("closed"));
});

test("a worker that dies ends the pool", async () => {
  using model = await Model.load(linear);
  const { description } = model;
  let diesAt = "load";
  /** What browsers have. */
  class Dying {
    onmessage?: (event: unknown) => void;
    onerror?: (event: unknown) => void;
    postMessage(question: object): void {
      queueMicrotask(() => {
        if (diesAt in question) this.onerror?.({ message: "gone", preventDefault() {} });
        else this.onmessage?.({ data: { loaded: { description, isStateful: false } } });
      });
    }
    terminate(): void {}
  }
  const host = globalThis as { Worker?: unknown };
  host.Worker = Dying;
  try {
    await assert.rejects(ScoringPool.open(linear, { workers: 2 }), (error) => code("workerFailed")(error) && /gone.*Content-Security/.test(String(error)));
    diesAt = "score";
    const pool = await ScoringPool.open(linear, { workers: 2 });
    const calls = [pool.scoreColumns({ x: new Float64Array(10_000) }), pool.scoreColumns({ x: [1] })];
    for (const call of calls) await assert.rejects(call, code("workerFailed"));
    await assert.rejects(pool.scoreColumns({ x: [1] }), (error) => code("closed")(error) && /opened anew/.test(String(error)));
  } finally {
    delete host.Worker;
  }
});
