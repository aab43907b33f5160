import assert from "node:assert/strict";
import test from "node:test";
import { Case } from "../dist/case.js";
import { Unread } from "../dist/domain.js";
import { between, categorical, field } from "./field.mjs";

const start = () =>
  new Case([
    field({ intervals: [between(0, 100)] }),
    categorical(["clerk", "nurse"]),
    field({ name: "visits", isList: true }),
  ]);

test("a list is not offered, the rest starts as usual", () => {
  assert.deepEqual(start().record, { age: 50, job: "clerk" });
});
test("one gesture is one step back; clearing is a step of its own", () => {
  const c = start();
  for (const x of [51, 52, 53]) c.set("age", x, "change of Age");
  c.set("job", "nurse", "change of job");
  c.clear("clear all");
  assert.deepEqual(c.record, { age: null, job: null });
  assert.equal(c.undoable, "clear all");
  c.undo();
  assert.deepEqual(c.record, { age: 53, job: "nurse" });
  c.undo();
  c.undo();
  assert.deepEqual(c.record, { age: 50, job: "clerk" });
  assert.equal(c.undoable, null);
});
test("going back to the start can be undone", () => {
  const c = start();
  c.set("age", 7, "");
  c.reset("back to the start");
  assert.equal(c.changed.length, 0);
  c.undo();
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
