// Two models held against each other, on a case and on many.
import assert from "node:assert/strict";
import test from "node:test";
import { Case } from "../dist/case.js";
import { apartOf, differenceOf, farthestApart, mainCause, stepsBetween, theAverage } from "../dist/explain/difference.js";
import { Importance } from "../dist/explain/importance.js";
import { Differing } from "../dist/many/differing.js";
import { groupsOf } from "../dist/many/grouping.js";
import { KeptTexts } from "../dist/many/kept.js";
import { aucDifference } from "../dist/many/paired.js";
import { verdictOn } from "../dist/many/verdicts.js";
import { tried } from "../dist/scenarios/scenarios.js";
import { between, field } from "./field.mjs";

const near = (a, b, most = 1e-12) => assert.ok(Math.abs(a - b) <= most, `${a}, not ${b}`);
const none = (x) => Math.abs(x) < 0.0005;
const explained = (base, contributions, standardError = 0) => ({
  base,
  records: [{ value: base + Object.values(contributions).reduce((a, b) => a + b, 0), contributions, standardError, method: "trees" }],
});

test("steps lead from the first answer to the second, over fields that only one of them knows", () => {
  const difference = differenceOf(explained(0.2, { a: 0.3, b: -0.1 }, 0.003), explained(0.25, { a: 0.1, c: 0.4 }, 0.004));
  assert.deepEqual([...difference.fields], [["a", [0.3, 0.1]], ["b", [-0.1, 0]], ["c", [0, 0.4]]]);
  near(difference.standardError, 0.005);
  const steps = stepsBetween(difference, none);
  assert.deepEqual(steps.map((s) => s.field), ["", "c", "a", "b", theAverage, ""]);
  near(steps[0].to, 0.4);
  near(steps.at(-1).to, 0.75);
  near(apartOf(difference).get(theAverage), 0.05);
  assert.equal(mainCause(difference, none), "c");
  assert.equal(mainCause(differenceOf(explained(0.1, { a: 0.2 }), explained(0.3, { a: 0 })), none), null, "they come out alike");
  assert.equal(mainCause(differenceOf(explained(0.1, { a: 0.2 }), explained(0.5, { a: 0.21 })), none), theAverage);
  const balanced = differenceOf(explained(0.1, { a: 0.2, b: 0.1 }), explained(0.1, { a: 0, b: 0.3 }));
  assert.deepEqual([mainCause(balanced, none), farthestApart(balanced, none)], [null, "a"]);
  assert.equal(farthestApart(differenceOf(explained(0.1, { a: 0.2 }), explained(0.1, { a: 0.2 })), none), null);
  assert.equal(differenceOf(explained(0, {}), { base: 0, records: [{ value: null, "@diagnostics": [] }] }), null);
});

test("how much fields matter is the mean size of their contributions; what cannot be explained is counted", () => {
  const importance = new Importance();
  importance.add(explained(0, { a: 0.1, b: -0.5 }));
  importance.add({ base: 0, records: [{ value: null, "@diagnostics": [] }] });
  importance.add(explained(0, { a: -0.3, b: 0.1 }));
  assert.deepEqual([importance.cases, importance.unexplained], [2, 1]);
  assert.deepEqual(importance.fields.map((f) => f.field), ["b", "a"]);
  near(importance.fields[0].size, 0.3);
});

/** The structural components of DeLong, from all pairs. */
function naive(first, second, actual) {
  const rows = actual.map((a, i) => ({ a, s: [first[i], second[i]] }));
  const [events, others] = [rows.filter((r) => r.a === 1), rows.filter((r) => r.a === 0)];
  const above = (x, y) => (x > y ? 1 : x === y ? 0.5 : 0);
  const mean = (list) => list.reduce((p, q) => p + q, 0) / list.length;
  const auc = [0, 1].map((k) => mean(events.flatMap((e) => others.map((o) => above(e.s[k], o.s[k])))));
  const spread = (list) => {
    const m = mean(list);
    return list.reduce((sum, x) => sum + (x - m) ** 2, 0) / (list.length - 1) / list.length;
  };
  const ofEvents = events.map((e) => mean(others.map((o) => above(e.s[1], o.s[1]) - above(e.s[0], o.s[0]))));
  const ofOthers = others.map((o) => mean(events.map((e) => above(e.s[1], o.s[1]) - above(e.s[0], o.s[0]))));
  return { first: auc[0], second: auc[1], error: Math.sqrt(spread(ofEvents) + spread(ofOthers)) };
}

test("the difference of two areas and its error are those of all pairs, ties included", () => {
  let state = 5;
  const next = () => (state = (state * 1664525 + 1013904223) >>> 0) / 4294967296;
  for (const digits of [1, 6]) {
    const actual = Float64Array.from({ length: 120 }, () => Number(next() < 0.3));
    const scores = () => Float64Array.from(actual, (a) => Number((0.3 * a + next()).toFixed(digits)));
    const [first, second] = [scores(), scores()];
    const [found, expected] = [aucDifference(first, second, actual), naive([...first], [...second], [...actual])];
    for (const key of ["first", "second", "error"]) near(found[key], expected[key]);
  }
  assert.equal(aucDifference(new Float64Array(3), new Float64Array(3), new Float64Array(3)), null);
});

test("a range that holds nothing is too close to call; of errors the smaller is ahead", () => {
  const verdict = (measure, first, second, error) => verdictOn({ measure, first, second, error, cases: 10 }).verdict;
  assert.equal(verdict("auc", 0.7, 0.8, 0.01), "better");
  assert.equal(verdict("auc", 0.7, 0.71, 0.01), "close");
  assert.equal(verdict("mae", 7, 8, 0.1), "worse");
  assert.equal(verdict("logLoss", 0.7, 0.6, 0.01), "better");
});

const texts = (list) => {
  const kept = new KeptTexts();
  for (const x of list) kept.add(x);
  return { codes: kept.codes, texts: kept.texts };
};

test("two models on many cases: agreement, how far apart, the farthest, and by group", () => {
  const first = { numbers: Float64Array.of(0.1, 0.2, 0.9, NaN, 0.5), words: texts(["no", "no", "yes", "", "1"]) };
  const second = { numbers: Float64Array.of(0.3, 0.2, 0.2, 0.4, NaN), words: texts(["no", "no", "no", "yes", "1.0"]) };
  const truth = { kind: "chance", classes: ["no", "yes"], actual: Float64Array.of(0, 0, 1, 1, 0), actualClass: Int32Array.of(0, 0, 1, 1, 0) };
  const differing = new Differing(first, second, truth, ["no", "yes", "1"]);
  const found = differing.differences();
  assert.deepEqual([found.both, found.onlyFirst, found.onlySecond], [3, 1, 1]);
  assert.deepEqual(found.agree, { same: 3, known: 4, pairs: [{ first: "yes", second: "no", rows: 1 }] });
  near(found.apart.mean, (0.2 + 0 - 0.7) / 3);
  near(found.apart.meanSize, 0.3);
  assert.equal(found.apart.counts.reduce((a, b) => a + b, 0), 3);
  assert.deepEqual(found.largest.map((l) => l.row), [2, 0], "rows that agree are none of them");
  const loss = found.judged.find((j) => j.measure === "logLoss");
  near(loss.first, -(Math.log(0.9) + Math.log(0.8) + Math.log(0.9)) / 3);
  near(loss.second, -(Math.log(0.7) + Math.log(0.8) + Math.log(0.2)) / 3);
  const right = found.judged.find((j) => j.measure === "accuracy");
  assert.deepEqual([right.cases, right.first, right.second], [3, 1, 2 / 3]);
  const group = new KeptTexts();
  for (const x of ["a", "a", "b", "b", ""]) group.add(x);
  const slices = differing.slices(group);
  assert.deepEqual(slices.map((s) => [s.name, s.rows]), [["a", 2], ["b", 2], [null, 1]]);
  near(slices[0].apart, 0.1);
  assert.equal(slices[1].agree, 0);
  assert.throws(() => new Differing(first, { ...second, numbers: new Float64Array(2) }, null, []));
});

test("of many values the rarer ones are one group", () => {
  const kept = new KeptTexts();
  for (let i = 0; i < 20; i++) for (let n = 0; n <= i; n++) kept.add(`v${i}`);
  const groups = groupsOf(kept);
  assert.deepEqual([groups.length, groups.at(-1).others, groups[0].name], [13, 8, "v19"]);
  assert.equal(groups.reduce((sum, g) => sum + g.rows.length, 0), 210);
});

test("what is tried stands beside the case before as scenarios, as far as there is room", () => {
  const fields = [field({ name: "a", intervals: [between(0, 10)] })];
  const theCase = new Case({ info: {}, inputs: fields, targets: [] });
  const names = () => theCase.scenarios.map((s) => [s.name, s.values.get("a")]);
  const start = theCase.get("a");
  theCase.restore(tried(theCase, new Map([["a", 9]])), "trying");
  assert.deepEqual(names(), [["A", start], ["B", 9]]);
  theCase.restore(tried(theCase, new Map([["a", 8]])), "trying");
  assert.deepEqual(names().slice(2), [["C", 8]], "the case before is there already");
  theCase.set("a", 1, "x");
  theCase.restore(tried(theCase, new Map([["a", 2]])), "trying");
  assert.deepEqual(names().slice(3), [["D", 2]], "of two only the new one has room");
  theCase.restore(tried(theCase, new Map([["a", 3]])), "trying");
  assert.deepEqual([names().length, theCase.get("a")], [4, 3], "it is tried even where there is none");
  theCase.history.undo();
  assert.equal(theCase.get("a"), 2);
});
