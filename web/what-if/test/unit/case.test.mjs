import assert from "node:assert/strict";
import test from "node:test";
import { Case } from "../dist/case.js";
import { isUnread, readList } from "../dist/domain.js";
import { Unread } from "../dist/typed.js";
import { between, categorical, field } from "./field.mjs";

const description = (inputs, functionName = "regression", targets = []) => ({
  info: { functionName },
  inputs,
  targets,
});
const start = () => new Case(description([field({ intervals: [between(0, 100)] }), categorical(["clerk", "nurse"])]));

test("a case starts as usual", () => {
  assert.deepEqual(start().record, { age: 50, job: "clerk" });
});
test("of a given example only fields with a value are taken, and only if there are gaps otherwise", () => {
  const example = { age: "30", items: "a, b" };
  assert.deepEqual(new Case(description([field(), field({ name: "x" })]), example).record, { age: 30, x: null });
  assert.deepEqual(new Case(description([field({ intervals: [between(0, 100)] })]), example).record, { age: 50 });
});
test("a list goes to the model as a list, a sequence as a list of lists", () => {
  const items = field({ name: "items", dataType: "string", isList: true });
  const visits = { ...items, name: "visits", isListOfSets: true };
  const amounts = { ...items, name: "amounts", dataType: "double" };
  const c = new Case(description([items, visits, amounts]));
  assert.deepEqual(c.record, { items: null, visits: null, amounts: null });
  c.set("items", readList(items, "tea, green tea,,"), "");
  c.set("visits", readList(visits, "a, b; ; c"), "");
  c.set("amounts", readList(amounts, "1.5, 2"), "");
  assert.deepEqual(c.record, { items: ["tea", "green tea"], visits: [["a", "b"], [], ["c"]], amounts: [1.5, 2] });
  assert.equal(readList(items, "  "), null);
  assert.equal(isUnread(readList(amounts, "1.5, x")), true);
  assert.equal(isUnread(readList(items, "1.5, x")), false);
});
test("a forecast starts with a dozen steps; an actual value is known as one", () => {
  const steps = field({ name: "h", usageType: "supplementary" });
  const actual = field({ name: "y", usageType: "supplementary" });
  const forecast = new Case(description([steps], "timeSeries"));
  assert.deepEqual([forecast.horizon, forecast.record], [steps, { h: 12 }]);
  const compared = new Case(description([actual], "regression", [actual]));
  assert.deepEqual([compared.horizon, compared.isActual(actual), compared.record], [undefined, true, { y: null }]);
});
test("one gesture is one step back; clearing is a step of its own", () => {
  const c = start();
  for (const x of [51, 52, 53]) c.set("age", x, "change of Age");
  c.set("job", "nurse", "change of job");
  c.clear("clear all");
  assert.deepEqual(c.record, { age: null, job: null });
  assert.equal(c.history.undoable, "clear all");
  c.history.undo();
  assert.deepEqual(c.record, { age: 53, job: "nurse" });
  c.history.undo();
  c.history.undo();
  assert.deepEqual(c.record, { age: 50, job: "clerk" });
  assert.equal(c.history.undoable, null);
});
test("going back to the start can be undone", () => {
  const c = start();
  c.set("age", 7, "");
  c.reset("back to the start");
  assert.equal(c.changed.length, 0);
  c.history.undo();
  assert.equal(c.get("age"), 7);
});
test("setting the same value is no change", () => {
  const c = start();
  let calls = 0;
  c.onChange(() => calls++);
  c.set("age", 50, "");
  c.set("age", new Unread("x"), "");
  c.set("age", new Unread("x"), "");
  assert.equal(calls, 1);
});
test("what changes nothing is no step", () => {
  const c = start();
  c.reset("");
  c.keep("A", "keeping A");
  c.load(c.scenarios[0], "trying A");
  assert.equal(c.history.undoable, "keeping A");
});
test("scenarios are kept, tried and taken back like values", () => {
  const c = start();
  c.keep("A", "keeping A");
  c.set("age", 7, "change");
  assert.equal(c.kept, undefined);
  c.load(c.scenarios[0], "trying A");
  assert.deepEqual([c.record, c.kept.name], [{ age: 50, job: "clerk" }, "A"]);
  c.arrange([], "removal of A");
  assert.deepEqual(c.scenarios, []);
  c.history.undo();
  assert.deepEqual([c.scenarios.length, c.get("age")], [1, 50]);
  c.history.undo();
  assert.deepEqual([c.scenarios.length, c.get("age")], [1, 7]);
  c.history.redo();
  assert.equal(c.get("age"), 50);
});
test("a second model takes the values by name, in its own fields' kinds, and keeps those it does not ask for", () => {
  const c = start();
  c.set("age", 31, "");
  const fields = [field({ name: "age", dataType: "string", opType: "categorical" }), field({ name: "shoe" })];
  const other = new Case(description(fields), null, c.history);
  assert.deepEqual(other.record, { age: "31", shoe: null });
  other.set("age", "x", "");
  other.set("shoe", 42, "");
  other.clear("");
  c.history.undo();
  assert.deepEqual(
    [other.record, c.record],
    [
      { age: "x", shoe: 42 },
      { age: null, job: "clerk" },
    ],
  );
  assert.equal(c.get("age").text, "x");
});
