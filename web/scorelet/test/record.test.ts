/** One record, by whatever way it comes in: as an object, as numbers, as a batch of one row. The answers are the same. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { Model, Runtime, type Details, type InputField, type InputValue, type TypedRecord } from "scorelet";
import { cusum, dated, linear, spelled } from "./documents.js";

type Row = Record<string, InputValue>;
const data = new URL("../../../../tests/data/", import.meta.url);

/** Puts `row` into `record`; false if it holds what no number stands for. */
function fill(record: TypedRecord, inputs: readonly InputField[], row: Row): boolean {
  return inputs.every(({ name, dataType, isList }, i) => {
    const value = Object.hasOwn(row, name) ? row[name] : null;
    record.inputs[i] = NaN;
    if (value === null || value === undefined) return true;
    const isText = dataType === "string";
    const number = typeof value === "string" && isText ? record.numberOf(value) : typeof value === "number" && !isText ? value : undefined;
    if (number === undefined || isList) return false;
    record.inputs[i] = number;
    return true;
  });
}

/** What the command line writes under "@details", as far as a Details has it. */
function known({ derived, probability, predictedValue, entityId }: Partial<Details>) {
  return JSON.parse(JSON.stringify({ derived: derived ?? {}, probability: probability ?? {}, predictedValue: predictedValue ?? null, entityId: entityId ?? null },
    (_, x: unknown) => (Object.is(x, -0) ? 0 : x === Infinity ? "INF" : x === -Infinity ? "-INF" : x))) as unknown;
}

const part = (name: string) => WebAssembly.compile(readFileSync(new URL(import.meta.resolve(`scorelet/scorelet-${name}.wasm`))));
const [first, further] = await Promise.all([part("first"), part("further")]);

interface Tally { plain: number; refused: number }

/** Each way has a model of its own, since some remember rows. */
async function compare(pmml: Uint8Array, rows: readonly Row[], horizon: number, tally: Tally): Promise<void> {
  const load = () => Model.load(pmml, { horizon });
  const [byObject, byNumbers, byColumns, written] = [await load(), await load(), await load(), await load()];
  const inFull = await (await Runtime.full()).loadModel(pmml, { horizon });
  // A runtime of its own: what the first part scores by itself must not lean on a second one that is there.
  const inParts = await (await Runtime.load({ first, further })).loadModel(pmml, { horizon });
  const { inputs, results } = byObject.description;
  const record = byNumbers.record();
  let isPlain = true;
  for (const row of rows) {
    const columns = Object.fromEntries(Object.entries(row).map(([name, value]) => [name, [value]]));
    if (Object.keys(columns).length === 0) columns[inputs[0]?.name ?? "none"] = [null];
    const batch = byColumns.scoreColumns(columns);
    const expected = Object.fromEntries(results.map(({ name }) => [name, batch.values(name)[0]]));
    const diagnostics = batch.diagnostics(0).map(({ row: _, ...rest }) => rest);

    const prediction = byObject.score(row);
    assert.deepEqual(prediction.values, expected);
    const full = inFull.score(row);
    assert.deepEqual([full.values, full.diagnostics], [prediction.values, prediction.diagnostics], "the full module");
    const whole = inParts.score(row);
    assert.deepEqual([whole.values, whole.diagnostics], [prediction.values, prediction.diagnostics], "the module in two parts");
    assert.deepEqual(prediction.diagnostics.filter(({ code }) => code !== "unknownField"), diagnostics);
    const json = JSON.parse(new TextDecoder().decode(written.scoreToNdjson(columns, { details: true }))) as { "@details"?: Partial<Details> };
    assert.deepEqual(known(prediction.details()), known(json["@details"] ?? {}));
    assert.deepEqual(prediction.values, expected, "as before the details");

    isPlain &&= fill(record, inputs, row);  // of models that remember rows, no row may be left out
    if (!isPlain) {
      ++tally.refused;
      isPlain = !byNumbers.isStateful;
      continue;
    }
    ++tally.plain;
    assert.equal(record.score(), batch.ok(0));
    results.forEach(({ name, dataType }, c) => {
      const value = batch.values(name)[0]!;
      const text = dataType === "string" && value !== null ? record.numberOf(String(value)) : undefined;
      if (text !== undefined) assert.equal(record.results[c], text, name);
      else if (dataType !== "string" && dataType !== "list") assert.ok(Object.is(record.results[c], batch.numbers(name)[0]), name);
    });
    const again = record.prediction();
    assert.deepEqual([again.values, again.diagnostics], [expected, diagnostics]);
    assert.deepEqual(again.details(), prediction.details());
  }
  for (const model of [byObject, byNumbers, byColumns, written, inFull, inParts]) model.close();
}

describe("every way answers the same", () => {
  interface Case { id: string; model: string; records?: Row[]; horizon?: number }
  for (const folder of readdirSync(new URL("features/", data))) {
    const manifest = new URL(`features/${folder}/manifest.json`, data);
    if (!existsSync(manifest)) continue;
    test(folder, async () => {
      const { cases } = JSON.parse(readFileSync(manifest, "utf8")) as { cases: Case[] };
      const tally = { plain: 0, refused: 0 };
      for (const { id, model, records = [], horizon = 1 } of cases) {
        try {
          await compare(readFileSync(new URL(model, manifest)), records, horizon, tally);
        } catch (error) {
          throw new Error(id, { cause: error });
        }
      }
      assert.ok(tally.plain + tally.refused > 0);
    });
  }

  test("models of training libraries", async () => {
    const tally = { plain: 0, refused: 0 };
    for (const id of readdirSync(new URL("models/", data))) {
      const folder = new URL(`models/${id}/`, data);
      if (!existsSync(new URL("input.csv", folder))) continue;
      const pmml = readFileSync(new URL("model.pmml", folder));
      const model = await Model.load(pmml);
      const types = new Map(model.description.inputs.map(({ name, dataType }) => [name, dataType]));
      model.close();
      const [header = "", ...lines] = readFileSync(new URL("input.csv", folder), "utf8").trimEnd().split(/\r?\n/).slice(0, 40);
      if (header.includes('"') || lines.some((line) => line.includes('"'))) continue;  // no need to read more than simple files
      const names = header.split(",");
      const cell = (name: string, text = "") => (text === "" ? null : types.get(name) === "string" || Number.isNaN(Number(text)) ? text : Number(text));
      const rows = lines.map((line) => line.split(",")).map((cells) => Object.fromEntries(names.map((name, i) => [name, cell(name, cells[i])])));
      await compare(pmml, rows, 1, tally);
    }
    assert.ok(tally.plain > 1000, JSON.stringify(tally));
  });
});

describe("a typed record", () => {
  test("is filled by place and keeps what it holds", async () => {
    using model = await Model.load(linear);
    const record = model.record();
    assert.deepEqual([...record.inputs, ...record.results], [NaN, NaN, NaN, NaN, NaN]);
    assert.equal(record.score(), true);
    assert.deepEqual([...record.results], [NaN, NaN, NaN]);
    const a = record.numberOf("a")!;
    record.inputs.set([3, a]);
    assert.equal(record.score(), true);
    assert.deepEqual([...record.results], [17.5, a, 1]);
    record.inputs[0] = 0;
    record.score();
    assert.deepEqual([...record.results], [11.5, a, 0]);
    assert.deepEqual(record.prediction().values, { y: 11.5, shown: "a", large: false });
    assert.equal(record.prediction().details().predictedValue, 11.5);
    assert.equal(record.numberOf("no such text"), undefined);
  });

  test("says what is wrong with it", async () => {
    using model = await Model.load(linear);
    const record = model.record();
    record.inputs.set([3, record.numberOf("a")! + 0.5]);
    assert.equal(record.score(), false);
    assert.deepEqual(record.prediction().diagnostics.map(({ field, severity }) => [field, severity]), [["group", "error"]]);
  });

  test("several at once, of several models, while the memory grows", async () => {
    using model = await Model.load(linear);
    using other = await Model.load(dated);
    const [first, second, third] = [model.record(), model.record(), other.record()];
    first.inputs.set([3, first.numberOf("a")!]);
    second.inputs.set([1, second.numberOf("é")!]);
    third.inputs[0] = 18_262 + 60;  // days from 1970 to 2020 and 60 more
    for (let rows = 1; rows < 3e6; rows *= 8) {
      first.score();
      const before = first.prediction();
      second.score();
      third.score();
      model.scoreColumns({ x: new Float64Array(rows), group: Array.from({ length: rows }, () => "a") });
      first.score();
      assert.deepEqual([first.results[0], second.results[0], third.results[0]], [17.5, 3.5, 60]);
      assert.equal(before.values["y"], 17.5);
      assert.throws(() => before.details(), /before the model scores again/);
      assert.throws(() => second.prediction(), /before the model scores again/);
      assert.deepEqual(third.prediction().values, { y: 60, same: "2020-03-01" });
    }
  });

  test("remembers rows as the model does", async () => {
    using model = await Model.load(cusum);
    const record = model.record();
    const sums = [7, 5.5, 6.25].map((x) => {
      record.inputs[0] = x;
      record.score();
      record.prediction().details();
      return Math.round(record.results[0]! * 1e9) / 1e9;
    });
    assert.deepEqual(sums, [2, 1, 1.5]);
  });

  test("ends with its model", async () => {
    const model = await Model.load(linear);
    const record = model.record();
    model.close();
    for (const use of [() => record.score(), () => record.prediction(), () => record.numberOf("a"), () => model.record()]) assert.throws(use, /closed/);
  });
});

describe("a record as an object", () => {
  test("in any order, sparse, or of a class", async () => {
    using model = await Model.load(linear);
    class Row {
      x = 3;
      get group() { return "a"; }
    }
    const proxied = new Proxy({} as Row, { get: (_, name) => ({ x: 3, group: "a" })[String(name)] });
    const inherited = Object.create({ x: 3 }, { group: { value: "a" } }) as Row;
    for (const row of [{ x: 3, group: "a" }, { group: "a", x: 3 }, { id: 7, group: "a", y: 1, x: 3 }, new Row(), proxied, inherited]) {
      assert.equal(model.score(row as unknown as Record<string, InputValue>).values["y"], 17.5);
    }
    assert.deepEqual(model.score({ group: "a" }).values, { y: null, shown: "a", large: null });
    assert.equal(model.score({ x: 3 }).values["y"], 7.5);
    for (const x of [true, "1", 1]) assert.equal(model.score({ x, group: "a" }).values["y"], 13.5);
  });

  test("texts that only the row has made", async () => {
    using model = await Model.load(spelled.replace('name="shown" optype="categorical" dataType="string" feature="transformedValue"><FieldRef field="group"/>',
      'name="shown" optype="categorical" dataType="string" feature="transformedValue"><Apply function="concat"><FieldRef field="group"/><FieldRef field="x"/></Apply>'));
    for (const x of [1, 2, 1, 3]) assert.equal(model.score({ x, group: "a" }).values["shown"], `a${x}`);
  });
});
