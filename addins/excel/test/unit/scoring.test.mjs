// What is remembered, gathered and told apart.
import assert from "node:assert/strict";
import { test } from "node:test";
import { field, load, value } from "./support.mjs";

const { Memo } = await load("scoring/memo");
const { Gathered } = await load("scoring/gather");
const { Block } = await load("scoring/columns");
const { Recent } = await load("scoring/recent");
const { Texts } = await load("scoring/texts");
const { answerOf } = await load("scoring/answers");
const { Fault } = await load("fault");
const { letters, rowsAtOnce, cellsOf, withErrors } = await load("host/excel");
const { addressOf, touches } = await load("host/sheet");
const { caseValueOf, Echo } = await load("pane/binding");
const { ruleOf, nameOf } = await load("pane/inputs");
const { readerOf } = await load("cells/read");
const { splitNames } = await load("cells/wants");

const row = (...values) => [Float64Array.from(values), new Int32Array(values.length).fill(-1)];

test("a row is found by its bits, and by nothing less", () => {
  const memo = new Memo(2, 4);
  const places = Array.from({ length: 5000 }, (_, i) => memo.place(...row(i % 71, Math.floor(i / 71))));
  assert.deepEqual(places, [...places.keys()]);
  assert.equal(memo.place(...row(3, 0)), 3);
  assert.equal(memo.rows, 5000);
  const fresh = new Memo(1);
  assert.equal(fresh.place(...row(Number.NaN)), 0);
  assert.equal(fresh.place(...row(-Number.NaN)), 0);
  assert.equal(fresh.place(...row(0)), 1);
  assert.equal(fresh.place(...row(-0)), 1);
  assert.equal(fresh.place(Float64Array.of(Number.NaN), Int32Array.of(0)), 2, "a text is not missing");
  assert.equal(fresh.place(Float64Array.of(Number.NaN), Int32Array.of(1)), 3);
  assert.equal(fresh.place(...row(1 + Number.EPSILON)), 4);
  assert.equal(fresh.place(...row(1)), 5);
});

test("calls of one turn are one block; what fails is asked anew", async () => {
  let blocks = 0, fails = true;
  const gathered = new Gathered(1, async (memo, rows) => {
    blocks++;
    if (fails) throw new Error("boom");
    return rows.map((r) => memo.value(r, 0) * 2);
  });
  const ask = (x, cancels = () => {}) => gathered.ask(...row(x), cancels);
  const settled = await Promise.allSettled([ask(1), ask(2), ask(1)]);
  assert.deepEqual(settled.map((s) => s.status), ["rejected", "rejected", "rejected"]);
  fails = false;
  assert.deepEqual(await Promise.all([ask(1), ask(2), ask(1)]), [2, 4, 2]);
  assert.equal(blocks, 2);
  assert.equal(ask(2), 4);
  // Cancelled by one of two, it is still wanted by the other.
  const cancels = [];
  const one = ask(9, (c) => cancels.push(c)), two = ask(9);
  cancels[0]();
  assert.deepEqual(await Promise.all([one, two]), [18, 18]);
});

test("ranges are remembered by their values, and not for ever", () => {
  const texts = new Texts(), recent = new Recent();
  const block = (n, last) => {
    const b = new Block([field(), field({ name: "y" })], n, texts);
    for (let i = 0; i < n; i++) b.lanes[0].put(i, i, texts);
    b.lanes[1].put(n - 1, last, texts);
    return b;
  };
  const answers = [[1]];
  recent.keep("k", block(10, "a"), answers);
  assert.equal(recent.find("k", block(10, "a")), answers);
  for (const other of [block(10, "b"), block(10, 1), block(11, "a")]) assert.equal(recent.find("k", other), undefined);
  assert.equal(recent.find("other", block(10, "a")), undefined);
  recent.keep("k", block(4_000_000, 1), [[1]]);
  assert.equal(recent.find("k", block(10, "a")), undefined, "room was needed");
});

test("columns cross as numbers, as codes, or as they are", async () => {
  const texts = new Texts();
  texts.id("never here");
  const block = new Block([field({ name: "n" }), field({ name: "t" }), field({ name: "m" })], 3, texts);
  const put = (lane, ...values) => values.forEach((v, i) => block.lanes[lane].put(i, v, texts));
  put(0, 1, null, 3);
  put(1, "a", null, "a");
  put(2, 1, "12o", null);
  assert.deepEqual(await block.columns(() => {}), { n: Float64Array.of(1, Number.NaN, 3), t: { codes: Int32Array.of(0, -1, 0), dictionary: ["a"] }, m: [1, "12o", Number.NaN] });
});

test("results as cells", () => {
  const error = { code: "x", severity: "error", message: "Because." };
  assert.equal(answerOf(1.5, [], true), 1.5);
  assert.equal(answerOf(false, [], true), false);
  assert.equal(answerOf(["a", ["b", 1]], [], true), "a; b; 1");
  assert.equal(answerOf("x".repeat(40_000), [], true).length, 32_767);
  assert.equal(answerOf(null, [], false), "");
  for (const fault of [answerOf(null, [error], false), answerOf(null, [], true), answerOf(Infinity, [], true)]) assert.ok(fault instanceof Fault && fault.code === "#N/A");
  assert.equal(answerOf(null, [error], true).reason, "Because.");
});

test("addresses and sizes of messages", () => {
  assert.deepEqual([0, 25, 26, 701, 702, 16383].map(letters), ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
  assert.equal(cellsOf("'My sheet'!$A$1:$B$2"), "A1:B2");
  const area = { sheet: "S", row: 2, column: 1, rows: 3, columns: 1 };
  assert.equal(addressOf(area), "B3:B5");
  for (const [address, is] of [["B3", true], ["B5:C9", true], ["A1:Z99", true], ["B:B", true], ["3:3", true], ["A1", false], ["C3", false], ["B6", false], ["1:2", false], ["C:D", false]]) assert.equal(touches(area, address), is, address);
  const long = [["x".repeat(30_000)]];
  assert.ok(rowsAtOnce(long, 1) * 30_000 * 3 < 5 * 1024 * 1024);
  assert.ok(rowsAtOnce([[1]], 1) > 50_000);
  assert.equal(rowsAtOnce([["x".repeat(32_767)].concat(Array(300).fill("x".repeat(32_767)))], 301), 1);
  assert.deepEqual(withErrors([["#N/A", "#1", 5]]), [[{ type: "Error", basicValue: "#N/A" }, "#1", 5]]);
});

test("an echo says nothing new", () => {
  const writing = { decimal: ".", group: ",", is1904: false };
  const fields = [field({ name: "a" }), field({ name: "b", dataType: "string", values: [value("x"), value("y")] })];
  const echo = new Echo(fields, fields.map((f) => readerOf(f, writing)));
  const now = new Map();
  const take = (cells) => echo.fromCells(cells).map(({ field: f, value: v }) => (now.set(f.name, v), [f.name, v]));
  const give = () => echo.toCells((f) => now.get(f.name) ?? null);
  assert.deepEqual(take([1, "x"]), [["a", 1], ["b", "x"]]);
  assert.deepEqual(give(), []);
  assert.deepEqual(take([1, "x"]), []);
  now.set("a", 2);
  assert.deepEqual(give(), [{ index: 0, cell: 2 }]);
  assert.deepEqual(take([2, "x"]), [], "what was written comes back");
  assert.deepEqual(take(["3.0", "X"]), [["a", 3], ["b", "x"]]);
  assert.deepEqual(give(), [], "the text that says the same stays");
  assert.deepEqual(take(["", { code: "#N/A" }]), [["a", null], ["b", null]]);
  assert.deepEqual(give(), []);
  now.set("b", "y");
  assert.deepEqual(give(), [{ index: 1, cell: "'y" }], "as a text");
  assert.deepEqual(take(["", "y"]), []);
  take(["12o", "x"]);
  assert.equal(now.get("a").text, "12o");
  assert.deepEqual(give(), []);
});

test("what a cell means to the form", () => {
  const writing = { decimal: ",", group: ".", is1904: false };
  const is = (of, cell) => caseValueOf(field(of), readerOf(field(of), writing), cell);
  assert.equal(is({}, "1.234,5"), 1234.5);
  assert.equal(is({ dataType: "boolean" }, true), true);
  assert.equal(is({ dataType: "date" }, 45292), "2024-01-01");
  assert.equal(is({}, { code: "#REF!" }).text, "#REF!");
});

test("limits of cells", () => {
  const interval = (left, right) => [{ left, right, leftClosed: true, rightClosed: true }];
  assert.deepEqual(ruleOf(field({ intervals: interval(0, 10) })), { decimal: { formula1: 0, formula2: 10, operator: "Between" } });
  assert.deepEqual(ruleOf(field({ dataType: "integer", intervals: interval(0, null) })), { wholeNumber: { formula1: 0, operator: "GreaterThanOrEqualTo" } });
  assert.deepEqual(ruleOf(field({ intervals: interval(null, 5) })), { decimal: { formula1: 5, operator: "LessThanOrEqualTo" } });
  assert.equal(ruleOf(field({ intervals: interval(null, null) })), null);
  assert.equal(ruleOf(field()), null);
  const words = (...v) => field({ dataType: "string", opType: "categorical", values: v.map((x) => value(x)) });
  assert.deepEqual(ruleOf(words("a", "b")), { list: { inCellDropDown: true, source: "a,b" } });
  assert.equal(ruleOf(words("a,b", "c")), null, "a comma would part it");
  assert.equal(ruleOf(words(...Array.from({ length: 60 }, (_, i) => `value ${i}`))), null, "too long for a rule");
  const twins = [field({ name: "a", displayName: "Same" }), field({ name: "b", displayName: "Same" })];
  assert.deepEqual(twins.map((f) => nameOf(f, twins)), ["a", "b"]);
});

test("names of results between commas", () => {
  assert.deepEqual(splitNames("predicted, probability(a, b); x"), ["predicted", "probability(a, b)", "x"]);
  assert.deepEqual(splitNames(" "), []);
});
