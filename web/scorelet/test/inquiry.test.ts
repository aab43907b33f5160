// Explanations through the package: the figures of tests/data/explain again, and what the interface adds.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { type Inquiry, type InputRecord, Model, ScoreletError } from "scorelet";
import { Model as LiteModel } from "scorelet/lite";

const folder = new URL("../../../../tests/data/explain/a04_xgb_binary_missing/", import.meta.url);
const read = (name: string) => readFile(new URL(name, folder), "utf8");

async function table(name: string): Promise<InputRecord[]> {
  const [names = [], ...lines] = (await read(name)).trim().split("\n").map((line) => line.split(","));
  return lines.map((cells) => Object.fromEntries(names.map((name, i) => [name, cells[i] === "" ? null : Number(cells[i])])));
}

describe("Inquiry", () => {
  let model: Model;
  let inquiry: Inquiry;
  let rows: InputRecord[];
  const margin = { quantity: { kind: "margin", name: "1" } } as const;

  before(async () => {
    model = await Model.load(await read("model.pmml"), { explains: true });
    rows = await table("rows.csv");
    inquiry = model.inquire(await table("background.csv"));
  });
  after(() => { inquiry.close(); model.close(); });

  it("gives the reference contributions", async () => {
    const expected = await table("shap_interventional_margin.csv") as Record<string, number>[];
    const { base, records } = inquiry.contributions(rows, margin);
    records.forEach((record, i) => {
      assert.ok("contributions" in record);
      assert.equal(record.method, "trees");
      assert.equal(record.standardError, 0);
      assert.ok(Math.abs(base - expected[i]!.base!) < 2e-5);
      for (const [field, value] of Object.entries(record.contributions)) assert.ok(Math.abs(value - expected[i]![field]!) < 2e-5, field);
    });
  });

  it("asks about the last class unless told otherwise", () => {
    const { records: [record] } = inquiry.contributions(rows[0]!);
    assert.ok(record && "contributions" in record && record.value > 0 && record.value < 1);
  });

  it("orders fields by importance", () => {
    const { records, unexplained, fields } = inquiry.importance(rows, margin);
    assert.equal(records, rows.length);
    assert.equal(unexplained, 0);
    for (let i = 1; i < fields.length; ++i) assert.ok(fields[i - 1]!.importance >= fields[i]!.importance);
  });

  it("follows one field", () => {
    const own = inquiry.curve(rows[0]!, "temp", { values: [0, 1.5, null] });
    assert.deepEqual(own.values, [0, 1.5, null]);
    assert.equal(own.quantity.length, 3);
    assert.ok(inquiry.partialDependence("temp", { points: 11 }).quantity.every((y) => y !== null && y > 0 && y < 1));
    const { now, fields } = inquiry.tornado(rows[0]!);
    assert.ok(now !== null && fields.every((f) => f.low <= now + 1e-12 || f.high >= now - 1e-12));
  });

  it("finds what reaches a target, and the model agrees", () => {
    const record = rows[0]!;
    const probability = (changed: object) => inquiry.contributions({ ...record, ...changed }).records[0]!.value!;
    const wanted = probability({}) < 0.5 ? { relation: ">=", target: 0.5 } as const : { relation: "<=", target: 0.5 } as const;
    const reached = (p: number) => wanted.relation === ">=" ? p >= 0.5 : p <= 0.5;
    const { answers } = inquiry.counterfactuals(record, wanted);
    assert.ok(answers.length > 0);
    for (const { changes, quantity } of answers) {
      assert.ok(reached(probability(changes)));
      assert.equal(probability(changes), quantity);
    }
    for (const field of Object.keys(answers[0]!.changes)) {
      const goal = inquiry.goalSeek(record, { field, ...wanted });
      for (const { from, to } of goal.ranges) for (const x of [from, to]) assert.ok(reached(probability({ [field]: x })));
    }
  });

  it("says how the number came about", () => {
    const trace = inquiry.trace(rows[0]!, margin);
    const sum = trace.constant! + trace.terms!.reduce((s, t) => s + t.weight * t.value, 0) + trace.trees!.reduce((s, t) => s + t.share, 0);
    assert.ok(Math.abs(sum - trace.value!) < 2e-5);
    assert.equal(trace.inputs.length, 6);
    assert.ok(trace.trees!.some((t) => t.path.length > 0));
  });

  it("says what is wrong with a question", () => {
    const fails = (call: () => unknown, words: RegExp) => assert.throws(call, (e) => e instanceof ScoreletError && words.test(e.message));
    fails(() => inquiry.goalSeek(rows[0]!, { field: "nope", target: 1 }), /nope/);
    fails(() => inquiry.contributions(rows, { quantity: { kind: "probability", name: "7" } }), /class "7"/);
    fails(() => inquiry.counterfactuals(rows[0]!, { target: Number.NaN }), /target/);
    fails(() => inquiry.setBackground(JSON.parse('"x"')), /object/);
  });

  it("makes a background from the description, and says from what", async () => {
    using demo = await Model.load(await readFile(new URL("../../../../tests/data/demo/model.pmml", import.meta.url)), { explains: true });
    using own = demo.inquire();
    const notes = own.makeBackground({ records: 50 });
    assert.ok(notes.some(({ source }) => source === "histogram" || source === "quantiles"), JSON.stringify(notes));
    const [record] = own.contributions({}).records;
    assert.ok(record && "contributions" in record && Object.keys(record.contributions).length === notes.length);
    assert.throws(() => own.makeBackground({ records: 0 }), /1 to 10,000/);
    assert.throws(() => inquiry.makeBackground({ from: "verification" }), ScoreletError);
  });

  it("needs a model that was loaded for it, and says so", async () => {
    using scoring = await Model.load(await read("model.pmml"));
    assert.throws(() => scoring.inquire(), /explains: true/);
    const lite = await LiteModel.load(await read("model.pmml"), { explains: true });
    assert.throws(() => lite.inquire(), /scorelet\/lite/);
    lite.close();
  });
});
