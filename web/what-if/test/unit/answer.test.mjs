import assert from "node:assert/strict";
import test from "node:test";
import { mostLikely, readAnswer, usualFocus } from "../dist/answer.js";
import { bandOf } from "../dist/series.js";
import { spanOf } from "../dist/verdict.js";
import { listed } from "./field.mjs";

const chances = (...pairs) => pairs.map(([value, chance]) => ({ value, label: value, chance }));
const result = (name, more = {}) => ({
  name,
  kind: "output",
  feature: "predictedValue",
  dataType: "double",
  opType: "continuous",
  isFinalResult: true,
  values: [],
  ...more,
});
const description = (functionName, values = [], outputs = []) => {
  const target = { name: "repaid", displayName: "Repaid", values, dataType: "string", opType: "categorical" };
  return {
    info: { functionName },
    inputs: [],
    targets: [target],
    results: [result("repaid", { kind: "target", values }), ...outputs],
    notes: [],
  };
};
const prediction = (values, details = {}) => ({
  values,
  diagnostics: [],
  details: {
    predictedValue: values.repaid,
    predictedDisplayValue: null,
    entityId: null,
    probability: {},
    confidence: {},
    affinity: {},
    ...details,
  },
});

test("of two answers the affirmative one is asked about, of more the most likely", () => {
  assert.equal(usualFocus(chances(["no", 0.9], ["yes", 0.1])), "yes");
  assert.equal(usualFocus(chances(["yes", 0.9], ["no", 0.1])), "yes");
  assert.equal(usualFocus(chances(["good", 0.9], ["bad", 0.1])), "bad");
  assert.equal(usualFocus(chances(["a", 0.2], ["b", 0.5], ["c", 0.3])), null);
});
test("the first of equals is the most likely", () => {
  assert.equal(mostLikely(chances(["a", 0.4], ["b", 0.4], ["c", 0.2])).value, "a");
  assert.equal(mostLikely([]), undefined);
});
test("classes come in the order of the document, with its words for them", () => {
  const values = [{ value: "y", displayValue: "repaid", property: "valid" }, ...listed("n")];
  const answer = readAnswer(
    description("classification", values),
    prediction({ repaid: "n" }, { probability: { n: 0.7, y: 0.3 } }),
  );
  assert.equal(answer.kind, "chance");
  assert.deepEqual(answer.classes, [
    { value: "y", label: "repaid", chance: 0.3 },
    { value: "n", label: "n", chance: 0.7 },
  ]);
});
test("a number, a word and nothing are told apart", () => {
  assert.equal(readAnswer(description("regression"), prediction({ repaid: 3 })).kind, "number");
  assert.equal(readAnswer(description("clustering"), prediction({ repaid: "2" })).kind, "word");
  assert.equal(readAnswer(description("regression"), prediction({ repaid: null })).kind, "none");
});
test("a decision is told as such, results that are not final are left out", () => {
  const outputs = [result("inner", { isFinalResult: false }), result("action", { feature: "decision" })];
  const answer = readAnswer(
    description("regression", [], outputs),
    prediction({ repaid: 3, inner: 1, action: "refer" }),
  );
  assert.equal(answer.decision, "refer");
  assert.deepEqual(
    answer.outputs.map((o) => o.field.name),
    ["action"],
  );
});
test("association rules answer with their outputs", () => {
  const outputs = [result("all rules", { feature: "rule" }), result("goes", { feature: "consequent" })];
  const answer = readAnswer(
    { ...description("associationRules", [], outputs), targets: [] },
    prediction({ "all rules": ["{a}->{b}"], goes: "b" }),
  );
  assert.deepEqual([answer.kind, answer.predicted, answer.isNamed], ["word", "b", true]);
});
test("a yes or no decision is told with its name", () => {
  const outputs = [result("outlier", { feature: "decision", dataType: "boolean" })];
  assert.equal(
    readAnswer(description("regression", [], outputs), prediction({ repaid: 3, outlier: false })).decision,
    "Outlier: No",
  );
});
test("a forecast is a series with what the model says of every step", () => {
  const outputs = [
    result("y_hat"),
    result("low", { feature: "confidenceIntervalLower" }),
    result("high", { feature: "confidenceIntervalUpper" }),
    result("short", { feature: "report" }),
  ];
  const values = { repaid: [3, null, 5], y_hat: [3, null, 5], low: [2, 3, 4], high: [4, 5, 6], short: [1] };
  const { kind, series } = readAnswer(description("timeSeries", [], outputs), prediction(values));
  assert.equal(kind, "series");
  assert.deepEqual(series.values, [3, NaN, 5]);
  assert.deepEqual(
    series.others.map((o) => o.field.name),
    ["low", "high"],
  );
  assert.deepEqual(bandOf(series), { lower: [2, 3, 4], upper: [4, 5, 6] });
  assert.deepEqual(spanOf(series.values), {
    head: "From 3 to 5",
    text: "over 3 steps; lowest 3 at step 1, highest 5 at step 3.",
  });
  assert.equal(spanOf([7]).head, "7");
});
