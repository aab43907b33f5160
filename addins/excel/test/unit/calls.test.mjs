// What the functions answer, with the demonstration model: expected values are those of the library that trained it.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { csv, data, english, load, subject } from "./support.mjs";

const { Calls } = await load("functions/calls");
const { Fault } = await load("fault");

let demo, calls, header, rows, expected;
const blank = (row) => row.map((x) => (x === "" ? "" : Number.isFinite(Number(x)) ? Number(x) : x));

before(async () => {
  demo = await subject(data("demo/model.pmml"), "demo");
  calls = new Calls((name) => {
    if (name !== "demo") throw new Fault("#VALUE!", `no model ${name}`);
    return demo;
  }, () => english);
  const table = csv("demo/input.csv");
  header = table[0];
  rows = table.slice(1, 201).map(blank);
  expected = csv("demo/expected.csv").slice(1, 201);
});

const call = () => ({});
const near = (a, b) => assert.ok(Math.abs(a - b) <= 1e-12 + 1e-10 * Math.abs(b), `${a} ${b}`);
const isLike = (answer, want) => {
  for (const [i, row] of want.entries()) {
    assert.equal(answer[i][0], row[0]);
    near(answer[i][1], Number(row[1]));
    near(answer[i][2], Number(row[2]));
    assert.equal(answer[i][3], row[3]);
  }
};
const fails = (work, code, pattern) => assert.rejects(async () => work(), (e) => e instanceof Fault && e.code === code && pattern.test(e.reason) || assert.fail(`${e.code} ${e.reason ?? e}`));

test("SCORE: a range with headers answers with headers", async () => {
  const answer = await calls.score("demo", [header, ...rows], null, null, call());
  assert.deepEqual(answer[0], ["default", "probability(no)", "probability(yes)", "risk_class"]);
  assert.equal(answer.length, rows.length + 1);
  isLike(answer.slice(1), expected);
});

test("SCORE: named columns in any order, capitals and spaces, labels, columns of other things", async () => {
  const order = header.map((_, i) => i).reverse();
  const names = order.map((i) => header[i].toUpperCase().replaceAll("_", " "));
  names[order.indexOf(0)] = "Age (years)";
  const table = rows.map((row) => [...order.map((i) => row[i]), "note"]);
  isLike(await calls.score("demo", table, [[...names, "remark"]], null, call()), expected);
});

test("SCORE: by place, and records lying across", async () => {
  isLike(await calls.score("demo", rows, null, null, call()), expected);
  const across = header.map((name, i) => [name, ...rows.slice(0, 5).map((row) => row[i])]);
  const answer = await calls.score("demo", across, null, null, call());
  assert.equal(answer[0][0], "default");
  isLike([1, 2, 3, 4, 5].map((c) => answer.map((row) => row[c])), expected.slice(0, 5));
  isLike(await calls.score("demo", across.map((r) => [r[1]]), null, null, call()).then((a) => [a.map((r) => r[0])]), expected.slice(0, 1));
});

test("SCORE: chosen results", async () => {
  const answer = await calls.score("demo", rows, null, [["predicted, probability(YES), Risk class"]], call());
  assert.equal(answer[0].length, 3);
  near(answer[0][1], Number(expected[0][2]));
  await fails(() => calls.score("demo", rows, null, [["odds"]], call()), "#VALUE!", /no result “odds”.*risk_class/);
  await fails(() => calls.score("demo", rows, null, [["probability(perhaps)"]], call()), "#VALUE!", /perhaps.*no and yes/);
});

test("a missing column is named, and what might be meant", async () => {
  const names = header.map((n) => (n === "income" ? "Income monthly" : n));
  await fails(() => calls.score("demo", rows, [names], null, call()), "#VALUE!", /no column for income.*Income monthly/);
  await fails(() => calls.score("demo", rows.map((r) => r.slice(1)), null, null, call()), "#VALUE!", /10 columns.*asks for 11/);
  await fails(() => calls.score("demo", rows.map((r) => [...r, 1]), [[...header.map((n) => (n === "income" ? "Income " : n)), "INCOME"]], null, call()), "#VALUE!", /More than one column is named/);
  await fails(() => calls.score("demo", [], null, null, call()), "#VALUE!", /empty/);
  await fails(() => calls.score("other", rows, null, null, call()), "#VALUE!", /no model other/);
});

test("one bad row spoils no other", async () => {
  const bad = rows.slice(0, 4).map((r) => [...r]);
  bad[1][header.indexOf("income")] = { code: "#DIV/0!" };
  bad[2][header.indexOf("loan_amount")] = "a lot";
  const answer = await calls.score("demo", bad, null, null, call());
  isLike([answer[0], answer[3]], [expected[0], expected[3]]);
  assert.ok(answer[1].every((x) => x instanceof Fault && x.code === "#N/A" && /income holds #DIV\/0!/.test(x.reason)));
});

test("single cells: gathered, remembered, equal to the range", async () => {
  const before = demo.blocks.length;
  const first = await Promise.all(rows.map((row) => calls.predict("demo", [row], null, call())));
  assert.deepEqual(first, expected.map((e) => e[0]));
  assert.equal(demo.blocks.length - before, 1);
  const again = rows.map((row) => calls.predict("demo", [row], null, call()));
  assert.ok(again.every((x) => typeof x === "string"), "answered without a promise");
  const chances = await Promise.all(rows.map((row) => calls.probability("demo", [[...row].reverse()], [[...header].reverse()], null, call())));
  for (const [i, p] of chances.entries()) near(p, Number(expected[i][2]));
  near(await calls.probability("demo", [rows[0]], null, "no", call()), Number(expected[0][1]));
  assert.equal(await calls.output("demo", [rows[0]], "risk class", null, call()), expected[0][3]);
  assert.equal(await calls.score1("demo", [rows[0]], null), expected[0][0]);
});

test("a cancelled cell is not scored, and asked again later", async () => {
  const before = demo.blocks.length;
  const one = call(), other = [[...rows[7]]];
  other[0][0] = 33.25;
  const gone = calls.predict("demo", other, null, one);
  one.onCanceled();
  await assert.rejects(gone);
  assert.equal(demo.blocks.length, before);
  assert.equal(typeof (await calls.predict("demo", other, null, call())), "string");
});

test("a cancelled range stops", async () => {
  const stop = call();
  const many = Array.from({ length: 60_000 }, (_, i) => rows[i % rows.length].map((x) => (typeof x === "number" ? x + 1e-9 : x)));
  const answer = calls.score("demo", many, null, null, stop);
  setTimeout(() => stop.onCanceled(), 1);
  await assert.rejects(answer);
});

test("EXPLAIN sums to the prediction; REASONS are what pushes up", async () => {
  const table = await calls.explain("demo", [rows[13]], null, null, null);
  const numbers = table.slice(1).map((r) => r[2]);
  near(numbers.slice(0, -1).reduce((a, b) => a + b, 0), numbers.at(-1));
  near(numbers.at(-1), Number(expected[13][2]));
  const sizes = numbers.slice(1, -1).map(Math.abs);
  assert.deepEqual(sizes, [...sizes].sort((a, b) => b - a));
  const [reasons] = await calls.reasons("demo", [rows[13]], null, 2, null);
  assert.equal(reasons.length, 2);
  const up = table.slice(2, -1).filter((r) => r[2] > 0);
  assert.equal(reasons[0], up[0][0]);
});

test("EXPLAIN of a model that says nothing of its fields: records of the reader's own", async () => {
  const line = await subject(data("examples/consumption.pmml"), "line");
  const own = new Calls(() => line, () => english);
  const names = (await own.fields("line")).slice(1).map((r) => r[0]);
  const record = names.map((_, i) => i + 2);
  const typical = [names, names.map(() => 1), names.map(() => 3)];
  const table = await own.explain("line", [record], null, null, typical);
  const numbers = table.slice(1).map((r) => r[2]);
  // The mean of the predictions of what it is compared with, and the prediction itself.
  const [[a], [b]] = await own.score("line", typical.slice(1), null, null, call());
  near(numbers[0], (a + b) / 2);
  near(numbers.at(-1), await own.predict("line", [record], null, call()));
  near(numbers.slice(0, -1).reduce((x, y) => x + y, 0), numbers.at(-1));
});

test("CHECK names what is missing, invalid or outside", async () => {
  const table = await calls.check("demo", [header, rows[0], rows[2], rows[16]], null, call());
  assert.equal(table.length, 4);
  assert.match(table[2][0], /Late payments/);
  assert.match(table[3][0], /Age/);
  const fine = await calls.check("demo", [rows[0]], null, call());
  assert.equal(typeof fine[0][0], "string");
});

test("GOALSEEK answers a value that reaches the target", async () => {
  const row = [...rows[13]];
  const loan = await calls.goalSeek("demo", [row], "Amount of the loan (EUR)", 0.5, "<=", null, "yes");
  row[header.indexOf("loan_amount")] = loan;
  assert.ok((await calls.probability("demo", [row], null, "yes", call())) <= 0.5);
  await fails(() => calls.goalSeek("demo", [rows[13]], "age", 0.0001, "<=", null, "yes"), "#N/A", /No value of Age/);
  await fails(() => calls.goalSeek("demo", [rows[13]], "shoe", 0.1, null, null, null), "#VALUE!", /no field “shoe”/);
  await fails(() => calls.goalSeek("demo", [rows[13]], "age", 0.1, "!=", null, null), "#VALUE!", /relation/);
});

test("CURVE agrees with single predictions", async () => {
  const table = await calls.curve("demo", [rows[0]], "income", 5, null, "yes");
  assert.equal(table.length, 6);
  for (const [x, p] of table.slice(1)) {
    const row = [...rows[0]];
    row[header.indexOf("income")] = x;
    near(await calls.probability("demo", [row], null, "yes", call()), p);
  }
  await fails(() => calls.curve("demo", [rows[0]], "income", 1, null, null), "#VALUE!", /from 2/);
});

test("FIELDS, OUTPUTS, MODELINFO, VERIFY", async () => {
  const fields = await calls.fields("demo");
  assert.deepEqual(fields.slice(1).map((r) => r[0]).sort(), [...header].sort());
  assert.deepEqual((await calls.outputs("demo")).slice(1).map((r) => r[0]), ["default", "lgbmValue", "probability(no)", "probability(yes)", "risk_class"]);
  const info = new Map(await calls.modelInfo("demo"));
  assert.equal(info.get("SHA-256"), "0".repeat(64));
  assert.match((await calls.verify("demo"))[0][0], /^(\d+) of \1 check rows reproduced$/);
});

test("probabilities of classes that no result names", async () => {
  const other = await subject(data("models/a05_multinomial_iris/model.pmml"), "iris");
  const iris = new Calls(() => other, () => english);
  const [head, ...cells] = csv("models/a05_multinomial_iris/input.csv");
  const want = csv("models/a05_multinomial_iris/expected.csv");
  const column = want[0].findIndex((n) => /probability/.test(n));
  if (column < 0) return;
  const [, name] = /\((.*)\)/.exec(want[0][column]) ?? [];
  const answer = await iris.score("iris", cells.slice(0, 20).map(blank), [head], [[`probability(${name})`]], call());
  for (const [i, [p]] of answer.entries()) assert.ok(Math.abs(p - Number(want[i + 1][column])) < 1e-6);
});

test("FORECAST: as many steps as asked for", async () => {
  const series = await subject(data("../../web/what-if/public/gallery/sunspots.pmml"), "sun");
  const sun = new Calls(() => series, () => english);
  const table = await sun.forecast("sun", 7, null, null);
  assert.deepEqual(table.slice(1).map((r) => r[0]), [1, 2, 3, 4, 5, 6, 7]);
  assert.ok(table.slice(1).every((r) => Number.isFinite(r[1])));
  await fails(() => calls.forecast("demo", 3, null, null), "#VALUE!", /no time series/);
});
