import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { BinaryEvaluation, Model, Runtime } from "scorelet";
import { dated, linear, rising, spelled } from "./documents.js";

const scoringRuntime = await Runtime.shared();

describe("a loaded model", () => {
  let model: Model;
  before(async () => { model = await Model.load(linear); });
  after(() => model.close());

  test("describes itself", () => {
    const { info, inputs, results } = model.description;
    assert.equal(info.modelType, "RegressionModel");
    assert.equal(info.modelName, "linear");
    assert.deepEqual(inputs.map(({ name, dataType, opType }) => [name, dataType, opType]),
      [["x", "double", "continuous"], ["group", "string", "categorical"]]);
    assert.deepEqual(inputs[1]?.values.map(({ value }) => value), ["a", "é"]);
    assert.deepEqual(results.map(({ name }) => name), ["y", "shown", "large"]);
  });

  const records: [string, Parameters<Model["score"]>[0], Record<string, unknown>][] = [
    ["numbers and text", { x: 3, group: "a" }, { y: 17.5, shown: "a", large: true }],
    ["text as numbers", { x: "3", group: "é" }, { y: 7.5, shown: "é", large: true }],
    ["a false boolean", { x: -1, group: "a" }, { y: 9.5, shown: "a", large: false }],
    ["a number that is missing", { x: null, group: "a" }, { y: null, shown: "a", large: null }],
    ["NaN as missing", { x: NaN, group: "a" }, { y: null, shown: "a", large: null }],
  ];
  for (const [name, record, expected] of records) {
    test(`scores a record: ${name}`, () => assert.deepEqual(model.score(record).values, expected));
  }

  test("reports an invalid value", () => {
    const { diagnostics } = model.score({ x: "abc", group: "a" });
    assert.equal(diagnostics[0]?.field, "x");
    assert.equal(diagnostics[0]?.severity, "error");
  });

  test("points out unknown names, but not targets", () => {
    const { diagnostics, values } = model.score({ x: 3, group: "a", y: 0, z: 1 });
    assert.equal(values["y"], 17.5);
    assert.deepEqual(diagnostics.map(({ code, field, severity }) => [code, field, severity]), [["unknownField", "z", "warning"]]);
  });

  test("details of the last prediction only", () => {
    const first = model.score({ x: 3, group: "a" });
    assert.equal(first.details().predictedValue, 17.5);
    const second = model.score({ x: 4, group: "a" });
    assert.equal(first.details().predictedValue, 17.5, "computed before, kept");
    model.score({ x: 5 });
    assert.throws(() => second.details(), /before the model scores again/);
  });

  test("scores columns of every kind alike", () => {
    const group = ["a", "é", null, "a"];
    const codes = { codes: Int32Array.of(0, 1, -1, 0), dictionary: ["a", "é"] };
    const expected = [17.5, 3.5, 5.5, null];  // no group: its predictor is zero (Regression, missing categorical values)
    for (const x of [Float64Array.of(3, 1, 2, NaN), Float32Array.of(3, 1, 2, NaN), [3, 1, 2, null], ["3", "1", "2", null], [3, "1", 2, undefined]]) {
      for (const g of [group, codes]) {
        const result = model.scoreColumns({ x, group: g });
        assert.equal(result.rows, 4);
        assert.deepEqual(result.values("y"), expected);
        assert.deepEqual([...result.numbers("y")], expected.map((v) => v ?? NaN));
        assert.deepEqual(result.values("shown"), group);
        assert.deepEqual(result.values("large"), [true, false, true, null]);
      }
    }
    assert.deepEqual(model.scoreColumns({ x: Int32Array.of(3, 1), group: ["a", "é"] }).values("y"), [17.5, 3.5]);
  });

  test("row diagnostics of a batch", () => {
    const result = model.scoreColumns({ x: ["3", "abc"], group: ["a", "a"] });
    assert.equal(result.ok(0), true);
    assert.equal(result.ok(1), false);
    assert.equal(result.diagnostics(1)[0]?.row, 1);
    assert.deepEqual(result.diagnostics(0), []);
    assert.throws(() => result.ok(2), /no row 2/);
  });

  test("results outlive the next batch", () => {
    const first = model.scoreColumns({ x: [3], group: ["a"] });
    model.scoreColumns({ x: [1, 1], group: ["é", "é"] });
    assert.deepEqual([first.values("y"), first.values("shown")], [[17.5], ["a"]]);
  });

  test("large columns make the memory grow", () => {
    const rows = 600_000;
    const x = Float64Array.from({ length: rows }, (_, i) => i / 8);
    const group = Array.from({ length: rows }, (_, i) => (i % 3 ? "a" : "é"));
    const result = model.scoreColumns({ x, group });
    const y = result.numbers("y");
    for (let i = 0; i < rows; ++i) assert.ok(y[i] === 1.5 + i / 4 + (i % 3 ? 10 : 0), `row ${i}`);
    assert.equal(model.score({ x: 3, group: "a" }).values["y"], 17.5);
  });

  test("many distinct and long texts", () => {
    const texts = Array.from({ length: 20_000 }, (_, i) => `${"€".repeat(i % 50)}${i}`);
    const cells = model.scoreColumns({ x: texts.map((_, i) => (i % 2 ? i : String(i))), group: texts });
    assert.deepEqual([cells.rows, cells.ok(0)], [20_000, false], "none of them is in the domain of group");
    assert.equal(model.scoreColumns({ x: [1, 1], group: ["a", "é"] }).ok(1), true);
  });

  test("writes records", () => {
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    assert.equal(text(model.scoreToNdjson({ x: [3, 1], group: ["a", "é"] })),
      `{"y":17.5,"shown":"a","large":true}\n{"y":3.5,"shown":"é","large":false}\n`);
    assert.equal(text(model.scoreToCsv({ x: [3], group: ["a"] }, { header: false })).split(",")[0], "17.5");
    assert.match(text(model.scoreToCsv({ x: [3], group: ["a"] })), /^y,shown,large[^\n]*\n17\.5,a,true/);
  });
});

test("dates go in and come out", async () => {
  using model = await Model.load(dated);
  for (const day of ["2020-03-01", new Date(Date.UTC(2020, 2, 1, 23, 59))]) {
    assert.deepEqual(model.score({ day }).values, { y: 60, same: "2020-03-01" });
  }
  const result = model.scoreColumns({ day: ["2020-01-02", null] });
  assert.deepEqual([result.values("y"), result.values("same")], [[1, null], ["2020-01-02", null]]);
});

test("documents as bytes, views, Response and promises of them", async () => {
  const bytes = new TextEncoder().encode(linear);
  const padded = new Uint8Array(bytes.length + 3);
  padded.set(bytes, 3);
  for (const source of [linear, bytes, bytes.buffer, padded.subarray(3), new Response(linear), Promise.resolve(new Response(linear))]) {
    using model = await Model.load(source);
    assert.equal(model.score({ x: 3, group: "a" }).values["y"], 17.5);
  }
});

test("a second runtime from the module of the first", async () => {
  const { module } = await Runtime.load();
  using model = await (await Runtime.load(module)).loadModel(linear);
  assert.equal(model.score({ x: 3, group: "a" }).values["y"], 17.5);
});

test("what the scoring module leaves out the full one takes over; an engine without vectors begins with it", async (t) => {
  using scoring = await Model.load(spelled);
  assert.equal(scoring.score({ x: 3, group: "a" }).values["large"], true);
  assert.throws(() => new BinaryEvaluation(scoringRuntime), /Runtime\.full/);
  t.mock.method(WebAssembly, "validate", () => false);
  using evaluation = new BinaryEvaluation(await Runtime.load());
  assert.equal(evaluation.figures.rows, 0);
});

test("the WebAssembly module as URL, bytes, Response and Module", async () => {
  const url = new URL(import.meta.resolve("scorelet/scorelet.wasm"));
  const bytes = readFileSync(url);
  for (const wasm of [url, url.href, bytes, new Response(bytes), await WebAssembly.compile(bytes)]) {
    const runtime = await Runtime.load(wasm);
    using model = await runtime.loadModel(linear);
    assert.equal(model.score({ x: 3, group: "a" }).values["y"], 17.5);
  }
});

test("a demo batch: the record path and the column path agree to the bit", async () => {
  const data = new URL("../../../../tests/data/demo/", import.meta.url);
  using model = await Model.load(readFileSync(new URL("model.pmml", data)));
  const [header = "", ...lines] = readFileSync(new URL("input.csv", data), "utf8").trimEnd().split(/\r?\n/);
  const names = header.split(",");
  const rows = lines.slice(0, 400).map((line) => line.split(",").map((cell) => cell || null));
  const result = model.scoreColumns(Object.fromEntries(names.map((name, i) => [name, rows.map((row) => row[i] ?? null)])));
  const columns = model.description.results.map(({ name }) => [name, result.values(name)] as const);
  rows.forEach((row, r) => {
    const { values } = model.score(Object.fromEntries(names.map((name, i) => [name, row[i] ?? null])));
    for (const [name, column] of columns) assert.ok(Object.is(column[r], values[name]), `${name} in row ${r}`);
  });
});

test("a model verifies itself", async () => {
  using model = await Model.load(readFileSync(new URL("../../../../tests/data/demo/model.pmml", import.meta.url)));
  const { records, passed, firstRecord } = model.verify();
  assert.ok(records > 0);
  assert.equal(passed, true);
  assert.deepEqual([Object.keys(firstRecord).length, firstRecord["age"], firstRecord["purpose"]], [11, "29.0", "car"], "as written in the document");

});

test("forecasts as many steps as asked for", async () => {
  for (const [options, expected] of [[{}, [102.5]], [{ horizon: 3 }, [102.5, 105, 107.5]]] as const) {
    const model = await Model.load(rising, options);
    assert.deepEqual(model.score({}).values["y"], expected);
    model.close();
  }
  await assert.rejects(Model.load(rising, { horizon: 0.5 }), /horizon must be a whole number/);
});
