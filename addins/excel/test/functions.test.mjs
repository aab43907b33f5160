// The custom functions as Excel calls them, in the built add-in.
import assert from "node:assert/strict";
import { test } from "node:test";
import { addModel, cells, csv, withExcel } from "./support/excel.mjs";

const [header, ...inputs] = csv("demo/input.csv");
const expected = csv("demo/expected.csv").slice(1);
const rows = inputs.slice(0, 300).map(cells);
const near = (a, b) => assert.ok(Math.abs(a - b) <= 1e-12 + 1e-10 * Math.abs(b), `${a} ${b}`);

test("functions answer in cells, spill, and say why where they cannot", async () => {
  await withExcel({}, async (page) => {
    const none = await page.evaluate(async () => (await __host.call("MODELINFO", "model")).message);
    assert.match(none, /this workbook has none/);
    await addModel(page, "demo/model.pmml");
    const name = await page.locator(".ml h3").textContent();
    const got = await page.evaluate(async ({ name, header, rows }) => {
      __host.type("A1:K301", [header, ...rows]);
      __host.type("M1", [[`=SCORELET.SCORE("${name}",A1:K301)`]]);
      __host.type("S1", [[`=SCORELET.PREDICT("${name}",A2:K2,A1:K1)`]]);
      __host.type("S2", [[`=SCORELET.PROBABILITY("${name}",A2:K2,A1:K1,"yes")`]]);
      __host.type("S3", [[`=SCORELET.SCORE("${name}",A2:J2,A1:J1)`]]);
      __host.type("S4", [[`=SCORELET.PREDICT("nothing",A2:K2)`]]);
      __host.type("S5", [[`=SCORELET.SCORE1("${name}",A2:K2,A1:K1)`]]);
      await __host.settled();
      return { range: __host.values("M1:P301"), cells: __host.values("S1:S5").flat(), missing: __host.reason("S3"), unknown: __host.reason("S4") };
    }, { name, header, rows });
    assert.deepEqual(got.range[0], ["default", "probability(no)", "probability(yes)", "risk_class"]);
    for (let i = 0; i < rows.length; i++) {
      assert.equal(got.range[i + 1][0], expected[i][0]);
      near(got.range[i + 1][2], Number(expected[i][2]));
    }
    assert.equal(got.cells[0], expected[0][0]);
    near(got.cells[1], Number(expected[0][2]));
    assert.equal(got.cells[2], "#VALUE!");
    assert.match(got.missing, /no column for purpose/);
    assert.match(got.unknown, /no model “nothing”.*It has/);
    assert.equal(got.cells[4], expected[0][0]);
    // A changed cell changes what depends on it, and an error in a cell spoils its own row.
    const after = await page.evaluate(async () => {
      __host.type("B3", [[new __host.Error("#DIV/0!", "")]]);
      await __host.settled();
      return [__host.values("M2:O4"), __host.reason("M3")];
    });
    assert.equal(after[0][1][0], "#N/A");
    assert.match(after[1], /income holds #DIV\/0!/);
    near(after[0][2][2], Number(expected[2][2]));
  });
});

test("explanations, goals, curves, checks and cards", async () => {
  await withExcel({}, async (page) => {
    await addModel(page, "demo/model.pmml");
    const name = await page.locator(".ml h3").textContent();
    const [why, reasons, goal, curve, check, info, verify] = await page.evaluate(async ({ name, row }) => {
      const call = (id, ...args) => __host.call(id, name, ...args);
      return [await call("EXPLAIN", [row]), await call("REASONS", [row]), await call("GOALSEEK", [row], "loan_amount", 0.5, "<="), await call("CURVE", [row], "income", 5), await call("CHECK", [row]), await call("MODELINFO"), await call("VERIFY")];
    }, { name, row: rows[13] });
    near(why.slice(1, -1).reduce((sum, r) => sum + r[2], 0), why.at(-1)[2]);
    near(why.at(-1)[2], Number(expected[13][2]));
    assert.equal(reasons[0].length, 3);
    assert.equal(typeof goal, "number");
    assert.equal(curve.length, 6);
    assert.equal(typeof check[0][0], "string");
    assert.match(info.find(([k]) => k === "SHA-256")[1], /^[0-9a-f]{64}$/);
    assert.match(verify[0][0], /^(\d+) of \1 check rows/);
  });
});

test("every function has an answer in a cell", async () => {
  await withExcel({}, async (page) => {
    await addModel(page, "demo/model.pmml");
    const [name] = await page.locator(".ml h3").allTextContents();
    await addModel(page, "models/a75_ets_additive_quarterly/model.pmml");
    const series = (await page.locator(".ml h3").allTextContents())[1];
    const row = "A2:K2,A1:K1";
    const calls = {
      SCORE: `"${name}",A1:K2`, PREDICT: `"${name}",${row}`, PROBABILITY: `"${name}",${row}`, OUTPUT: `"${name}",A2:K2,"risk_class",A1:K1`, SCORE1: `"${name}",${row}`,
      EXPLAIN: `"${name}",${row}`, REASONS: `"${name}",${row}`, CHECK: `"${name}",A1:K2`, GOALSEEK: `"${name}",A2:K2,"income",0.5,"<=",A1:K1`,
      CURVE: `"${name}",A2:K2,"income",3,A1:K1`, FORECAST: `"${series}",6`, FIELDS: `"${name}"`, OUTPUTS: `"${name}"`, MODELINFO: `"${name}"`, VERIFY: `"${name}"`,
    };
    const names = await page.evaluate(() => __host.metadata.functions.map((f) => f.name));
    assert.deepEqual(names.sort(), Object.keys(calls).sort());
    const got = await page.evaluate(async ({ header, row, calls }) => {
      __host.type("A1:K2", [header, row]);
      const found = {};
      for (const [name, text] of Object.entries(calls)) {
        __host.type("N5", [[`=SCORELET.${name}(${text})`]]);
        await __host.settled();
        found[name] = { values: __host.values("N5:Q11"), reason: __host.reason("N5") };
        __host.type("N5", [[""]]);
      }
      return found;
    }, { header, row: rows[13], calls });
    for (const [name, { values, reason }] of Object.entries(got)) assert.ok(values[0][0] !== "" && !String(values[0][0]).startsWith("#"), `${name}: ${values[0][0]} ${reason}`);
    assert.equal(got.OUTPUT.values[0][0], expected[13][3]);
    const forecasts = csv("models/a75_ets_additive_quarterly/expected.csv").slice(1);
    for (let i = 0; i < 6; i++) near(got.FORECAST.values[i + 1][1], Number(forecasts[i][0]));
    assert.deepEqual(got.OUTPUTS.values.slice(1, 3).map(([n]) => n), ["default", "lgbmValue"]);
    assert.equal(got.FIELDS.values[1][0], header[0]);
  });
});

for (const [system, is1904, day] of [["1900", false, 44317], ["1904", true, 42855]])
  test(`a date of the ${system} system, and the same as a text`, async () => {
    const file = "models/a47_expressions_dates_strings";
    const [names, record] = csv(`${file}/input.csv`);
    const at = names.indexOf("opened");
    assert.equal(record[at], "2021-05-01"); // 44,317 days after the end of 1899, 1,462 fewer after the first of 1904
    await withExcel({ host: { is1904 } }, async (page) => {
      await addModel(page, `${file}/model.pmml`);
      const name = await page.locator(".ml h3").first().textContent();
      const given = cells(record);
      const [dated, told, other] = await page.evaluate(async ({ name, names, given, at, day }) => {
        const call = (value) => __host.call("PROBABILITY", name, [given.map((x, i) => (i === at ? value : x))], [names], 1);
        return [await call(day), await call(given[at]), await call(day - 4000)];
      }, { name, names, given, at, day });
      const expected = Number(csv(`${file}/expected.csv`)[1][2]);
      near(dated, expected);
      near(told, expected);
      assert.notEqual(other, dated);
    });
  });

test("a cancelled call ends, and the next one answers", async () => {
  await withExcel({}, async (page) => {
    await addModel(page, "demo/model.pmml");
    const name = await page.locator(".ml h3").textContent();
    const got = await page.evaluate(async ({ name, rows, header }) => {
      const many = Array.from({ length: 60_000 }, (_, i) => rows[i % rows.length]);
      const first = __host.begin("SCORE", name, many, [header]);
      await new Promise((r) => setTimeout(r, 5));
      first.cancel();
      const stopped = await first.answer;
      return [stopped.code, await __host.call("SCORE", name, rows.slice(0, 2), [header])];
    }, { name, rows, header });
    assert.equal(got[0], "#N/A");
    near(got[1][1][2], Number(expected[1][2]));
  });
});
