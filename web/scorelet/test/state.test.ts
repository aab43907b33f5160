/** What models remember between rows, handed on as bytes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Model, Runtime, ScoreletError, type InputColumn } from "scorelet";
import { cusum, lagged, linear } from "./documents.js";

/** Name, document, input, result, rows, and what comes out. */
const streams: [string, string, string, string, (string | number)[], unknown[]][] = [
  ["CUSUM", cusum, "x", "s", [7, 5.5, 6.25, 5, 8, 6.5], [2, 1, 1.5, 0, 4, 5]],
  ["Lag of a text", lagged, "word", "before", ["a", "é", "c"], [null, "a", "é"]],
];
for (const [name, document, input, result, values, expected] of streams) {
  const score = (model: Model, rows: InputColumn) => model.scoreColumns({ [input]: rows }).values(result);

  test(`${name}: any split with the state carried equals the whole`, async () => {
    using whole = await Model.load(document);
    assert.equal(whole.isStateful, true);
    const results = score(whole, values);
    results.forEach((result, i) => assertNear(result, expected[i]));
    const elsewhere = await Runtime.load();
    for (let cut = 0; cut <= values.length; ++cut) {
      using first = await Model.load(document);
      using second = await elsewhere.loadModel(document);
      score(second, values);  // to be replaced
      if (cut) assert.deepEqual(score(first, values.slice(0, cut)), results.slice(0, cut));
      second.restoreState(first.saveState());
      for (let row = cut; row < values.length; ++row) assert.deepEqual(score(second, [values[row]!]), [results[row]]);
      assert.deepEqual(second.saveState(), whole.saveState());
    }
  });

  test(`${name}: other bytes are refused and leave the state as it was`, async () => {
    using model = await Model.load(document);
    using other = await Model.load(linear);
    const results = score(model, values);
    model.reset();
    score(model, values.slice(0, -1));
    const state = model.saveState();
    const damaged = state.map((byte, i) => (i === state.length >> 1 ? byte ^ 1 : byte));
    for (const bytes of [new Uint8Array(), Uint8Array.of(1, 2, 3), state.subarray(1), state.subarray(0, -1), damaged, other.saveState()]) {
      assert.throws(() => model.restoreState(bytes), (error) => error instanceof ScoreletError && error.diagnostics[0]?.severity === "error");
    }
    const wrong: unknown = "state";
    assert.throws(() => model.restoreState(wrong as Uint8Array), /given as bytes/);
    assert.deepEqual(score(model, values.slice(-1)), results.slice(-1));
    model.restoreState(state.buffer);
    assert.deepEqual(score(model, values.slice(-1)), results.slice(-1), "the same row once more, from the state before it");
    model.reset();
    assert.deepEqual(score(model, values.slice(0, 1)), results.slice(0, 1));
  });
}

/** Densities are rounded before their ratio is taken. */
function assertNear(result: unknown, expected: unknown): void {
  if (typeof expected !== "number") return assert.equal(result, expected);
  assert.ok(typeof result === "number" && Math.abs(result - expected) < 1e-12, `${String(result)}, not ${expected}`);
}

test("a model without memory says so, and its state is a formality", async () => {
  using model = await Model.load(linear);
  assert.equal(model.isStateful, false);
  model.restoreState(model.saveState());
  assert.equal(model.score({ x: 3, group: "a" }).values["y"], 17.5);
});
