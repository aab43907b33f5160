// A record taken apart, and what settings let out in sentences.
import assert from "node:assert/strict";
import test from "node:test";
import { readReport } from "../dist/telemetry/record.js";
import { policyOf, stateOf, toldBy } from "../dist/telemetry/telling.js";
import { telemetry as w } from "../dist/texts/en/telemetry.js";

test("a record is a time, attributes, and fields with their values and flags", () => {
  const kv = (values) => ({ kvlistValue: { values: Object.entries(values).map(([key, value]) => ({ key, value })) } });
  const report = readReport(
    JSON.stringify({
      timeUnixNano: "1790000000123456789",
      attributes: [{ key: "scoring.model.name", value: { stringValue: "m" } }, { key: "scoring.inputs.missing", value: { intValue: "8" } }],
      body: kv({ inputs: kv({ a: { doubleValue: 2.5 }, b: {}, c: { boolValue: false }, d: { doubleValue: "Infinity" } }), flags: kv({ b: { stringValue: "missing" } }) }),
    }),
  );
  assert.equal(report.time.getTime(), 1790000000123);
  assert.deepEqual([...report.attributes], [["scoring.model.name", "m"], ["scoring.inputs.missing", 8]]);
  assert.deepEqual([...report.inputs], [["a", 2.5], ["b", null], ["c", false], ["d", Infinity]]);
  assert.deepEqual([...report.outputs], []);
  assert.deepEqual([...report.flags], [["b", "missing"]]);
});

test("a field's own policy comes before that of inputs and results", () => {
  const settings = { url: "/", privacy: { inputs: "binned", fields: { age: "full", score: "omitted" } } };
  assert.equal(policyOf(settings, "age", false), "full");
  assert.equal(policyOf(settings, "home", false), "binned");
  assert.equal(policyOf(settings, "score", true), "omitted");
  assert.equal(policyOf(settings, "constructor", true), "full");
  assert.equal(policyOf({ url: "/" }, "age", false), "omitted");
  assert.deepEqual(toldBy({ ...settings, share: 0.25, window: 0 }, w, "All."), [
    "All.", "Of inputs: the range or the category.", "Of results: the values.", "Of age: the values.", "Of score: no values.", "Of 25 % of the predictions, chosen by chance.",
  ]);
});

test("how it stands: what waits, what went, and whatever is wrong", () => {
  const status = { isOn: true, isSender: true, waiting: 0, lost: 0, delivered: 3, rejected: 0, refused: 0, isRefused: false, answer: 200, failure: null };
  const state = (more, { left = 0, trouble = null } = {}) => stateOf({ status: { ...status, ...more }, left, trouble }, w);
  assert.equal(stateOf({ status: null, left: 0, trouble: null }, w), w.isOff);
  assert.equal(state({}), "On. 3 reports sent. 0 wait.");
  assert.equal(state({ waiting: 2, answer: 0 }), `On. 3 reports sent. 2 wait. ${w.unanswered}`);
  assert.equal(state({ waiting: 2, answer: 403, isRefused: true }), `On. 3 reports sent. 2 wait. ${w.refused}`);
  assert.equal(state({ isSender: false, lost: 1, rejected: 1, refused: 1 }, { left: 4 }), `On. 3 reports sent. 0 wait. ${w.elsewhere} 7 lost.`);
  assert.equal(state({ failure: "full" }, { trouble: "no room" }), "On. 3 reports sent. 0 wait. Reports cannot be stored: full The last prediction could not be reported: no room");
});
