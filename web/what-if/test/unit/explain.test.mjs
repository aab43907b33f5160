// The layout of explanations, without a page.
import assert from "node:assert/strict";
import test from "node:test";
import { readTable } from "../dist/explain/background.js";
import { alongOf, crossings, gridOf, isStepped, pairsOf, pathOf, shapeOf } from "../dist/explain/curve.js";
import { nearest, usualTarget } from "../dist/explain/goal.js";
import { measureOf } from "../dist/explain/measure.js";
import { Order, bySize } from "../dist/explain/order.js";
import { sampleOf } from "../dist/explain/sample.js";
import { barScale, lineScale, placed } from "../dist/explain/scale.js";
import { pushes, stepsOf } from "../dist/explain/waterfall.js";
import { between, categorical, field } from "./field.mjs";

const none = (x) => Math.abs(x) < 0.0005;

test("steps of a waterfall begin where the one before ends, and lead to the result", () => {
  const steps = stepsOf(0.1, { a: 0.2, b: -0.15, c: 0.0001, d: -0.0002 }, ["a", "b", "d", "c"], none);
  assert.deepEqual(
    steps.map((s) => [s.kind, s.field, s.count]),
    [["average", "", 0], ["field", "a", 1], ["field", "b", 1], ["rest", "", 2], ["result", "", 0]],
  );
  for (let i = 1; i < steps.length - 1; i++) assert.equal(steps[i].from, steps[i - 1].to);
  assert.ok(Math.abs(steps.at(-1).to - 0.1499) < 1e-12);
});

test("a number's differences have four digits of its size, and few more than such numbers have", () => {
  const number = (predicted) => ({ kind: "number", target: "y", predicted });
  const cell = (predicted, usual) => measureOf(number(predicted), undefined, number(usual)).cell(0.30779252);
  assert.equal(cell(1.07, 1.07), "0.308");
  assert.equal(cell(0.0107, 1.07), "0.30779");
  assert.equal(cell(3e-215, 1.07), "0.30779");
  assert.equal(cell(0.5, 1000), "0.31");
  assert.equal(cell(5000, 1.07), "0");
});

test("of more than eight fields seven are shown and the others summed", () => {
  const contributions = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`f${i}`, (12 - i) / 100]));
  const steps = stepsOf(0, contributions, Object.keys(contributions), none);
  assert.equal(steps.filter((s) => s.kind === "field").length, 7);
  const rest = steps.find((s) => s.kind === "rest");
  assert.equal(rest.count, 5);
  assert.ok(Math.abs(rest.size - 0.15) < 1e-12);
  assert.ok(Math.abs(steps.at(-1).to - 0.78) < 1e-12);
  const eight = Object.fromEntries(Object.entries(contributions).slice(0, 8));
  assert.equal(stepsOf(0, eight, Object.keys(eight), none).filter((s) => s.kind === "field").length, 8);
});

test("what pushes most is named, a side that hardly matters is not", () => {
  assert.deepEqual(pushes({ a: 0.2, b: -0.1, c: 0.05 }, none), { up: "a", down: "b" });
  assert.deepEqual(pushes({ a: 0.2, b: -0.01 }, none), { up: "a", down: null });
  assert.deepEqual(pushes({ a: 0.0001, b: 0 }, none), { up: null, down: null });
});

test("the order of rows is kept until it is settled, or the fields are others", () => {
  const order = new Order();
  assert.deepEqual(order.of(new Map([["a", 1], ["b", -2]])), ["b", "a"]);
  const changed = new Map([["a", 5], ["b", -2]]);
  assert.deepEqual(order.of(changed), ["b", "a"]);
  order.settle(changed);
  assert.deepEqual(order.of(changed), ["a", "b"]);
  assert.deepEqual(order.of(new Map([["c", 1]])), ["c"]);
  assert.deepEqual(bySize(new Map([["x", 1], ["y", 1]])), ["x", "y"]);
});

test("bars begin at zero unless that hides the differences; axes have round ends", () => {
  assert.deepEqual(barScale([0.1, 0.35]), { low: 0, high: 0.4, ticks: [0, 0.1, 0.2, 0.3, 0.4] });
  assert.equal(barScale([-3, 5]).low <= -3, true);
  assert.ok(barScale([600, 630]).low > 500);
  assert.equal(barScale([-630, -600]).high < -500, true);
  const chance = lineScale([0.03, 0.97], [0, 1]);
  assert.deepEqual([chance.low, chance.high], [0, 1]);
  const flat = lineScale([5, 5]);
  assert.ok(flat.low < 5 && flat.high > 5 && placed(flat, 5) === 0.5);
  assert.equal(placed({ low: 10, high: 20, ticks: [] }, 15), 0.5);
});

test("a curve goes where the cases are, and on to a value outside", () => {
  const income = field({ name: "income", intervals: [between(0, 1000)] });
  const rows = [{ income: "100" }, { income: "300" }, { income: "5000" }, { income: null }, { income: "" }];
  const at = (now) => {
    const { low, high, seen } = alongOf(income, rows, now);
    return [low, high, ...seen];
  };
  assert.deepEqual(at(200), [100, 300, 0, 1000]);
  assert.deepEqual(at(null), [100, 300, 0, 1000]);
  assert.deepEqual(at(900), [100, 900, 0, 1000]);
  assert.deepEqual(at(350), [100, 300 + 200 / 3, 0, 1000]);
  assert.deepEqual(at(2000), [100, 2000, 0, 1000]);
  assert.deepEqual(at(20), [20, 300, 0, 1000]);
  assert.equal(alongOf(categorical(["a", "b"]), [], "a"), null);
  assert.equal(alongOf(field(), [], 1), null);
  const known = alongOf(field({ intervals: [between(18, 90)] }), [], 97);
  assert.deepEqual([known.low, known.high], [18, 114]);
});

test("whole numbers are asked for as such", () => {
  const along = alongOf(field({ dataType: "integer", intervals: [between(1, 4)] }), [], 2);
  assert.deepEqual(gridOf(along, 50), [1, 2, 3, 4]);
  assert.deepEqual(pairsOf(along), []);
});

test("steps are told from slopes by what happens between very close values", () => {
  const along = alongOf(field({ intervals: [between(0, 10)] }), [], 2);
  const [axis, pairs] = [gridOf(along, 101), pairsOf(along)];
  const tree = (x) => (x < 3 ? 1 : x < 7 ? 4 : 2);
  const slope = (x) => 1 / (1 + Math.exp(-x));
  const stepped = (f) => isStepped(pairs.map(f), axis.map(f));
  assert.equal(stepped(tree), true);
  assert.equal(stepped(slope), false);
  assert.equal(stepped(() => 1), false);
});

test("steps are drawn level, then upright; a gap stays a gap", () => {
  const place = (x, y) => [x, y];
  const points = [[0, 1], [2, 1], [4, 3], [6, null], [8, 3]];
  assert.equal(pathOf(points, true, place), "M0 1H2H3V3H4M8 3");
  assert.equal(pathOf(points, false, place), "M0 1L2 1L4 3M8 3");
});

test("what a line does, in a word", () => {
  const along = (...ys) => ys.map((y, i) => [i, y]);
  const kind = (...ys) => shapeOf(along(...ys), none).kind;
  assert.equal(kind(0.1, 0.2, 0.4), "rises");
  assert.equal(kind(0.4, 0.2, 0.1), "falls");
  assert.equal(kind(0.1, 0.5, 0.1), "peak");
  assert.equal(kind(0.5, 0.1, 0.5), "dip");
  assert.equal(kind(0.2, 0.2, 0.2), "flat");
  assert.equal(kind(0.2, 0.1, 0.5, 0.45), "mixed");
  assert.equal(shapeOf(along(null, null), none), null);
  const [passed, ...more] = crossings(along(0.1, 0.3, 0.25), 0.2, false);
  assert.ok(passed.up && Math.abs(passed.at - 0.5) < 1e-9 && !more.length);
  assert.equal(crossings(along(0.1, 0.3, 0.1), 0.2, false).length, 2);
  assert.equal(crossings(along(0.1, 0.3), 0.2, true)[0].at, 0.5);
});

test("the nearest value that reaches a target is rounded towards the inside", () => {
  assert.equal(nearest({ from: 100, to: 350.27 }, 900, 1), 350);
  assert.equal(nearest({ from: 350.27, to: 900 }, 20, 1), 351);
  assert.equal(nearest({ from: 0.2999, to: 0.3001 }, 1, 0.1), 0.3);
  assert.equal(nearest({ from: 5.21, to: 5.24 }, 9, 1), 5.24);
  assert.equal(nearest({ from: 10, to: 20 }, 15, 1), 15);
  assert.equal(nearest({ from: "own", to: "own" }, "rent", 1), "own");
});

test("what is looked for at first", () => {
  assert.deepEqual(usualTarget(0.29, 0.15, true), { target: 0.15, relation: "<=" });
  assert.deepEqual(usualTarget(0.1, 0.15, true), { target: 0.15, relation: ">=" });
  assert.deepEqual(usualTarget(0.8, null, true), { target: 0.5, relation: "<=" });
  assert.deepEqual(usualTarget(0.3, null, true), { target: 0.1, relation: "<=" });
  assert.deepEqual(usualTarget(200, null, false), { target: 180, relation: "<=" });
});

test("a table to compare with: its separator, quotes and other columns do not matter", () => {
  const bytes = (text) => new TextEncoder().encode(text);
  const fields = [field({ name: "age" }), categorical(["a;b", "c"])];
  assert.deepEqual(readTable(bytes('x;age;job\r\n1;40;"a;b"\r\n2;;c\r\n\r\n'), fields), [
    { age: "40", job: "a;b" },
    { age: null, job: "c" },
  ]);
  assert.equal(readTable(bytes("x,y\n1,2\n"), fields), null);
  assert.equal(readTable(bytes("age\n"), fields), null);
  assert.equal(readTable(bytes(`age\n${"7\n".repeat(1000)}`), fields).length, 100);
  assert.deepEqual(sampleOf([1, 2, 3, 4, 5, 6], 3), [2, 4, 6]);
});
