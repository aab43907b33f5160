import assert from "node:assert/strict";
import test from "node:test";
import { History } from "../dist/history.js";

/** A history of numbers whose clock is set by hand. */
function begun() {
  const clock = { now: 0 };
  return { clock, history: new History(0, () => clock.now) };
}

test("every change can be taken back and done again, by its name", () => {
  const { history } = begun();
  assert.deepEqual([history.undoable, history.redoable], [null, null]);
  history.change(1, "one");
  history.change(2, "two");
  assert.deepEqual([history.now, history.undoable, history.redoable], [2, "two", null]);
  history.undo();
  assert.deepEqual([history.now, history.undoable, history.redoable], [1, "one", "two"]);
  history.undo();
  history.undo();
  assert.deepEqual([history.now, history.undoable, history.redoable], [0, null, "one"]);
  history.redo();
  history.redo();
  history.redo();
  assert.deepEqual([history.now, history.undoable, history.redoable], [2, "two", null]);
});
test("a change ends what could be done again", () => {
  const { history } = begun();
  history.change(1, "one");
  history.undo();
  history.change(5, "five");
  assert.equal(history.redoable, null);
  history.redo();
  assert.equal(history.now, 5);
  history.undo();
  assert.equal(history.now, 0);
});
test("quick changes of one thing are one step; a pause, another thing or a step between them part them", () => {
  const { clock, history } = begun();
  const steps = () => {
    let n = 0;
    for (; history.undoable !== null; n++) history.undo();
    return n;
  };
  for (const state of [1, 2, 3]) {
    clock.now += 700;
    history.change(state, "", "a");
  }
  assert.equal(steps(), 1);
  history.change(1, "", "a");
  clock.now += 900;
  history.change(2, "", "a");
  assert.equal(steps(), 2);
  history.change(1, "", "a");
  history.change(2, "", "b");
  history.change(3, "");
  history.change(4, "");
  assert.equal(steps(), 4);
  history.change(1, "", "a");
  history.undo();
  history.change(2, "", "a");
  assert.equal(steps(), 1);
});
test("a hundred steps are kept", () => {
  const { history } = begun();
  for (let i = 1; i <= 250; i++) history.change(i, String(i));
  for (let i = 0; i < 300; i++) history.undo();
  assert.equal(history.now, 150);
  for (let i = 0; i < 300; i++) history.redo();
  assert.equal(history.now, 250);
});
test("who listens hears every move until it stops", () => {
  const { history } = begun();
  const seen = [];
  const stop = history.onChange(() => seen.push(history.now));
  history.change(1, "");
  history.undo();
  history.redo();
  history.redo();
  stop();
  history.undo();
  assert.deepEqual(seen, [1, 0, 1]);
});
