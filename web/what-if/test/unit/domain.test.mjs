import assert from "node:assert/strict";
import test from "node:test";
import { kindOf, rangeOf, standingOf, startValue } from "../dist/domain.js";
import { Unread } from "../dist/typed.js";
import { Track } from "../dist/track.js";
import { between, categorical, field, listed } from "./field.mjs";

const kinds = [
  ["number", field()],
  ["number", field({ dataType: "dateDaysSince[1960]" })],
  ["text", field({ dataType: "string", opType: "categorical" })],
  ["choice", categorical(["a", "b"])],
  ["choice", categorical(["a", "b", "c"], { opType: "ordinal" })],
  ["steps", categorical(["a", "b", "c", "d", "e", "f"], { opType: "ordinal" })],
  ["boolean", field({ dataType: "boolean" })],
  ["date", field({ dataType: "date" })],
  ["time", field({ dataType: "time" })],
  ["dateTime", field({ dataType: "dateTime" })],
  ["list", field({ isList: true })],
  ["choice", field({ values: listed("1", "2") })],
  ["number", field({ values: [{ value: "-999", property: "missing" }] })],
];
for (const [kind, f] of kinds)
  test(`${f.opType} ${f.dataType} with ${f.values.length} values is shown as ${kind}`, () =>
    assert.equal(kindOf(f), kind));

test("a range needs two ends; the outlier limits narrow it", () => {
  assert.equal(rangeOf(field()), null);
  assert.equal(rangeOf(field({ intervals: [between(0, null)] })), null);
  assert.deepEqual(rangeOf(field({ intervals: [between(0, 10), between(20, 30)] })), { min: 0, max: 30, fine: 1 });
  assert.deepEqual(rangeOf(field({ intervals: [between(0, 1000)], lowValue: 5, highValue: 80 })), {
    min: 5,
    max: 80,
    fine: 1,
  });
  assert.deepEqual(rangeOf(field({ lowValue: 0, highValue: 1 })), { min: 0, max: 1, fine: 0.0001 });
});

test("a case begins with the usual value, else the middle, else the first", () => {
  const domain = { intervals: [between(0, 100)] };
  assert.equal(startValue(field(domain)), 50);
  assert.equal(startValue(field({ ...domain, missingValueTreatment: "asMedian", missingValueReplacement: "36" })), 36);
  assert.equal(startValue(field({ ...domain, missingValueTreatment: "asValue", missingValueReplacement: "-999" })), 50);
  assert.equal(startValue(field()), null);
  assert.equal(startValue(categorical(["a", "b"])), "a");
  assert.equal(startValue(categorical(["a", "b"], { missingValueReplacement: "b" })), "b");
  assert.equal(startValue(categorical(["low", "mid", "high"], { opType: "ordinal" })), "mid");
});

const age = field({ intervals: [between(18, 90)] });
const standings = [
  [age, 18, "known"],
  [age, 90, "known"],
  [age, 17.9, "below"],
  [age, 97, "above"],
  [age, null, "missing"],
  [age, new Unread("x"), "unread"],
  [field({ intervals: [{ ...between(18, 90), rightClosed: false }] }), 90, "above"],
  [field({ intervals: [between(0, 1), between(5, 6)] }), 3, "gap"],
  [field({ dataType: "integer" }), 1.5, "fraction"],
  [field(), 1e9, "known"],
  [field({ ...age, highValue: 60 }), 70, "above"],
  [field({ values: [{ value: "-999", property: "missing" }] }), -999, "missing"],
  [categorical(["a"]), "a", "known"],
  [categorical(["a"]), "z", "unlisted"],
  [field({ dataType: "string", opType: "categorical" }), "z", "known"],
];
for (const [f, value, expected] of standings)
  test(`${f.name} ${value instanceof Unread ? "unread" : value} is ${expected}`, () =>
    assert.equal(standingOf(f, value), expected));

test("a straight track has nice steps and reaches both ends", () => {
  const track = new Track({ min: 18, max: 77, fine: 1 });
  assert.equal(track.value(0), 18);
  assert.equal(track.value(1), 77);
  assert.equal(track.value(0.5), 48);
  assert.equal(track.at(47.5), 0.5);
  assert.equal(new Track({ min: 0, max: 1, fine: 0.0001 }).value(0.30007), 0.3);
});

test("a wide range leaves room for its usual values", () => {
  const track = new Track({ min: 0, max: 5e7, fine: 1, typical: 1616 });
  assert.ok(Math.abs(track.at(1616) - 0.35) < 1e-9);
  assert.equal(track.value(1), 5e7);
  for (const x of [0, 10, 1600, 50000, 2e7])
    assert.ok(Math.abs(track.value(track.at(x)) - x) <= track.step(x) / 2 + 1e-6, `${x}`);
  assert.ok(track.snap(1616 + track.step(1616)) > 1616);
});
