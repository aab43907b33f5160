// The pane as an analyst uses it, in the built add-in on the stand-in host.
import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { addModel, cells, csv, data, withExcel } from "./support/excel.mjs";

const [header, ...inputs] = csv("demo/input.csv");
const expected = csv("demo/expected.csv").slice(1);
const rows = inputs.slice(0, 40).map(cells);
const near = (a, b) => assert.ok(Math.abs(a - b) <= 1e-12 + 1e-10 * Math.abs(b), `${a} ${b}`);
const tab = (page, name) => page.getByRole("tab", { name, exact: true }).click();
const parts = (page) => page.evaluate(() => [...__host.book.parts]);
const settled = (page) => page.evaluate(() => __host.settled());
const typed = (page, address, table) => page.evaluate(({ address, table }) => __host.type(address, table), { address, table });
const values = (page, address, sheet) => page.evaluate(({ address, sheet }) => __host.values(address, sheet), { address, sheet });
const named = (name, file = "demo/model.pmml") => ({ name, mimeType: "application/xml", buffer: fs.readFileSync(data(file)) });

test("a model travels with the workbook, as it was, and can be taken out and put back", async () => {
  let saved;
  await withExcel({}, async (page) => {
    await addModel(page, named("credit.pmml"));
    await page.getByText("20 of 20 check rows reproduced").waitFor();
    saved = await parts(page);
    assert.equal(saved.length, 1);
    assert.match(saved[0][1], /^<model xmlns="urn:scorelet:model:1" name="credit" sha256="[0-9a-f]{64}" size="\d+"/);
    assert.ok(saved[0][1].length < fs.statSync(data("demo/model.pmml")).size / 2, "compressed");
    await page.getByText("SHA-256").first().waitFor();
    await addModel(page, named("again.pmml"));
    await page.getByText("already in the workbook, as “credit”").first().waitFor();
    await page.getByRole("button", { name: "Remove credit" }).click();
    await page.getByRole("heading", { name: "No model travels" }).waitFor();
    assert.equal((await parts(page)).length, 0);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("heading", { name: "1 model travels" }).waitFor();
  });
  // Opened again elsewhere, as another program may have written it: formulas work without the pane being touched.
  const xml = saved[0][1].replace("<model xmlns=", "<s:model xmlns:s=").replace("</model>", "</s:model>").replace('name="credit"', "name='credit'");
  await withExcel({ host: { parts: [["{1}", saved[0][1]]] } }, async (page) => {
    assert.equal(await page.evaluate(async ({ row }) => __host.call("PREDICT", "CREDIT ", [row]), { row: rows[0] }), expected[0][0]);
  });
  assert.notEqual(xml, saved[0][1]);
  await withExcel({ host: { parts: [["{1}", saved[0][1].replace(/>(.{40})./, ">$1A")]] } }, async (page) => {
    assert.match((await page.evaluate(async ({ row }) => __host.call("PREDICT", "credit", [row]), { row: rows[0] })).message, /damaged/);
    await page.getByText("is damaged").first().waitFor();
  });
});

test("a model kept on this computer is there in the next workbook, and can be put into it", async () => {
  await withExcel({}, async (page, { address }) => {
    await addModel(page, named("credit.pmml"));
    await page.getByLabel("Keep on this computer").check();
    await page.waitForFunction(() => document.activeElement?.type === "checkbox" && document.activeElement.checked);
    await page.waitForFunction(async () => (await indexedDB.databases()).length === 1);
    await page.goto(address); // another workbook
    await page.locator(".pane").waitFor();
    await tab(page, "Models");
    await page.getByRole("heading", { name: "No model travels with this workbook yet" }).waitFor();
    assert.equal((await parts(page)).length, 0);
    assert.equal(await page.evaluate(async ({ row }) => __host.call("PREDICT", "credit", [row]), { row: rows[0] }), expected[0][0]);
    await page.getByText("On this computer only").waitFor();
    await page.getByRole("button", { name: "Put into this workbook" }).click();
    await page.getByRole("heading", { name: "1 model travels" }).waitFor();
    assert.equal((await parts(page)).length, 1);
    await page.getByLabel("Keep on this computer").uncheck();
    await page.getByRole("button", { name: "Remove credit" }).click();
    await page.getByRole("heading", { name: "No model travels" }).waitFor();
    await page.goto(address);
    assert.match((await page.evaluate(async ({ row }) => __host.call("PREDICT", "credit", [row]), { row: rows[0] })).message, /this workbook has none/);
  });
});

test("what is no model is refused with its reason, and nothing is kept", async () => {
  await withExcel({}, async (page) => {
    await page.locator('input[type="file"][accept*="pmml"]').setInputFiles({ name: "table.xml", mimeType: "application/xml", buffer: Buffer.from("<table/>") });
    await page.getByText("table.xml is not opened.").waitFor();
    assert.equal((await parts(page)).length, 0);
  });
});

test("what-if: the form and the cells follow each other, and nothing goes round", async () => {
  await withExcel({}, async (page) => {
    await addModel(page, named("credit.pmml"));
    await tab(page, "What-if");
    await page.evaluate(() => __host.select("B3"));
    await page.getByRole("button", { name: "Place inputs at the selected cell" }).click();
    await page.getByText("Bound to Sheet1!C3:C13").waitFor();
    await settled(page);
    const [, ...placed] = await values(page, "B3:C15");
    assert.equal(placed.length, 12);
    const at = (name) => page.locator(`[data-field="${name}"]`);
    // From the cell to the form …
    await typed(page, "C4", [[52000]]);
    await page.waitForFunction(() => document.querySelector('[data-field="income"] input.box').value === "52,000");
    // … and from the form to the cell, whose formulas follow.
    await at("age").locator("input.box").fill("61");
    await page.waitForFunction(() => __host.values("C3")[0][0] === 61);
    await at("home").locator("label", { hasText: "rent" }).first().click();
    await page.waitForFunction(() => __host.values("C12")[0][0] === "rent");
    await settled(page);
    const record = (await values(page, "C3:C13")).map(([x]) => x);
    const own = await page.evaluate(async ({ record, header }) => __host.call("PREDICT", "credit", [record], [header]), { record, header });
    assert.equal((await values(page, "C14"))[0][0], own);
    // An empty cell is a value not given.
    await typed(page, "C8", [[""]]);
    await page.waitForFunction(() => document.querySelector('[data-field="savings"]').classList.contains("is-missing"));
    // A text that is read as the number it is stays as it was typed.
    await typed(page, "C7", [["24.0"]]);
    await page.waitForFunction(() => document.querySelector('[data-field="term_months"] input.box').value === "24");
    await settled(page);
    assert.equal((await values(page, "C7"))[0][0], "24.0");
    // A coauthor's edit is followed, too.
    await page.evaluate(() => __host.remote("C4", [[30500]]));
    await page.waitForFunction(() => document.querySelector('[data-field="income"] input.box').value === "30,500");
    // Undo restores the cell.
    await page.getByRole("button", { name: /^Undo/ }).click();
    await page.waitForFunction(() => __host.values("C4")[0][0] === 52000);
    // Ten quick changes, and then rest: no message is sent any more.
    for (let i = 0; i < 10; i++) await at("age").locator("input.box").fill(String(30 + i));
    await page.waitForFunction(() => __host.values("C3")[0][0] === 39);
    await settled(page);
    const syncs = await page.evaluate(() => __host.log.syncs);
    await page.waitForTimeout(500);
    assert.equal(await page.evaluate(() => __host.log.syncs), syncs, "quiet");
    await page.getByRole("button", { name: "Bound to cell C4, Yearly income (EUR)" }).click();
    await page.waitForFunction(() => __host.book.selection.r1 === 3 && __host.book.selection.c1 === 2);
    // Where something is, nothing is placed.
    await page.evaluate(() => __host.select("B10"));
    await page.getByRole("button", { name: "Place inputs at the selected cell" }).click();
    await page.getByText("is not empty").waitFor();
    await page.getByRole("button", { name: "Unbind" }).click();
    await page.getByRole("heading", { name: "Not bound to cells" }).waitFor();
  });
});

test("what-if: a goal is sought and tried in the bound cell; cases are kept on a sheet, with formulas", async () => {
  await withExcel({}, async (page) => {
    await addModel(page, named("credit.pmml"));
    await tab(page, "What-if");
    await page.evaluate(() => __host.select("B3"));
    await page.getByRole("button", { name: "Place inputs at the selected cell" }).click();
    await page.getByText("Bound to Sheet1!C3:C13").waitFor();
    const keep = page.getByRole("button", { name: "Keep as scenario" });
    await keep.click();
    await page.getByText("Scenario 1 is kept on the sheet Scenarios.").first().waitFor();
    const ways = page.locator("#panel-what-if .ways");
    await ways.getByRole("button", { name: "Find ways with up to three changes" }).click();
    const before = await values(page, "C3:C13");
    await ways.getByRole("button", { name: /^Try/ }).first().click();
    await page.waitForFunction((before) => __host.values("C3:C13").some(([x], i) => x !== before[i][0]), before);
    await keep.click();
    await page.getByText("Scenario 2 is kept on the sheet Scenarios.").first().waitFor();
    await settled(page);
    const kept = await values(page, "A1:P3", "Scenarios");
    assert.deepEqual(kept.map((row) => row[0]), ["Scenario", "Scenario 1", "Scenario 2"]);
    assert.deepEqual(kept[0].slice(12), ["default", "probability(no)", "probability(yes)", "risk_class"]);
    assert.deepEqual(kept[2].slice(1, 12), (await values(page, "C3:C13")).flat());
    for (const row of kept.slice(1)) {
      const own = await page.evaluate(async ({ row, names }) => __host.call("SCORE", "credit", [row], [names]), { row: row.slice(1, 12), names: kept[0].slice(1, 12) });
      assert.deepEqual(row.slice(12), own[0]);
    }
    assert.notDeepEqual(kept[1].slice(12), kept[2].slice(12));
    // Another model's cases have other columns, and so another sheet.
    await addModel(page, named("use.pmml", "examples/consumption.pmml"));
    await page.getByRole("tab", { name: "What-if" }).click();
    await keep.click();
    await page.getByText("Scenario 1 is kept on the sheet Scenarios 2.").first().waitFor();
  });
});

test("bound cells of a model that was removed may be written to, and follow again once it is back", async () => {
  await withExcel({}, async (page) => {
    await addModel(page, named("credit.pmml"));
    await tab(page, "What-if");
    await page.evaluate(() => __host.select("B3"));
    await page.getByRole("button", { name: "Place inputs at the selected cell" }).click();
    await page.getByText("Bound to Sheet1!C3:C13").waitFor();
    await tab(page, "Models");
    await page.getByRole("button", { name: "Remove credit" }).click();
    await page.getByRole("heading", { name: "No model travels" }).waitFor();
    await typed(page, "C3", [[33]]);
    await settled(page);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("heading", { name: "1 model travels" }).waitFor();
    await tab(page, "What-if");
    await page.waitForFunction(() => document.querySelector('#panel-what-if [data-field="age"] input.box')?.value === "33");
    await typed(page, "C3", [[34]]);
    await page.waitForFunction(() => document.querySelector('#panel-what-if [data-field="age"] input.box')?.value === "34");
  });
});

test("cells that use a model are counted; all models go at once and come back", async () => {
  await withExcel({}, async (page) => {
    await addModel(page, named("credit.pmml"));
    await page.getByText("Not used in formulas").waitFor();
    assert.equal(await page.getByRole("button", { name: "Remove all models" }).isVisible(), false);
    await addModel(page, named("say \"loan\".pmml", "examples/loan.pmml"));
    const name = await page.locator(".ml h3").nth(1).textContent();
    await page.evaluate(({ name, header, rows }) => {
      __host.type("A1:K41", [header, ...rows]);
      __host.type("M2:M41", rows.map((_, i) => [`=SCORELET.PREDICT("Credit",A${i + 2}:K${i + 2},$A$1:$K$1)`]));
      __host.type("O1", [[`=INDEX(SCORELET.MODELINFO("${name.replaceAll('"', '""')}"),1,1)`]]);
      __host.type("O2:O3", [["=SCORELET.MODELINFO(P2)"], ["no formula, but SCORELET.PREDICT(\"credit\""]]);
    }, { name, header, rows });
    await settled(page);
    await tab(page, "Build");
    await tab(page, "Models");
    await page.getByText("Used in 40 cells").waitFor();
    await page.getByText("Used in 1 cell", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Remove all models" }).click();
    await page.getByRole("heading", { name: "No model travels" }).waitFor();
    assert.equal((await parts(page)).length, 0);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("heading", { name: "2 models travel" }).waitFor();
    await page.waitForFunction((x) => __host.values("M2")[0][0] === x, expected[0][0]);
  });
});

test("a table is scored: columns matched with a suggestion, a challenger beside, reasons for what has no answer", async () => {
  await withExcel({}, async (page) => {
    await addModel(page, named("champion.pmml"));
    await addModel(page, named("rival.pmml", "examples/loan.pmml"));
    const names = header.map((n) => (n === "income" ? "Income (net)" : n));
    const table = rows.map((row) => [...row]);
    await typed(page, `A1:K${rows.length + 1}`, [names, ...table]);
    await page.evaluate(() => __host.select("C5"));
    await tab(page, "Score");
    await page.getByLabel("Model", { exact: true }).selectOption({ label: "champion" });
    await page.getByRole("button", { name: "Use the selection" }).click();
    await page.getByRole("heading", { name: "10 of 11 fields found" }).waitFor();
    await page.getByLabel("Column for Yearly income (EUR)").selectOption({ label: "Income (net)" });
    await page.getByRole("heading", { name: "11 of 11 fields found" }).waitFor();
    await page.getByRole("button", { name: "Score", exact: true }).click();
    await page.getByText(/40 rows scored, written to L1:P41/).first().waitFor();
    const got = await values(page, "L1:P41");
    assert.deepEqual(got[0], ["default", "probability(no)", "probability(yes)", "risk_class", "reason"]);
    for (let i = 0; i < rows.length; i++) near(got[i + 1][2], Number(expected[i][2]));
    // What is there is not written over.
    await page.evaluate(() => __host.select("A1:K41"));
    await page.getByRole("button", { name: "Use the selection" }).click();
    await page.getByLabel("Column for Yearly income (EUR)").selectOption({ label: "Income (net)" });
    await page.getByRole("button", { name: "Score", exact: true }).click();
    await page.getByText("L1:P41 is not empty").waitFor();
  });
});

test("texts of a model are never formulas of the sheet", async () => {
  const evil = fs.readFileSync(data("demo/model.pmml"), "utf8").replaceAll("medium", "=1+1").replaceAll('displayName="Age (years)"', 'displayName="=Age"');
  await withExcel({}, async (page) => {
    await addModel(page, { name: "credit.pmml", mimeType: "application/xml", buffer: Buffer.from(evil) });
    await typed(page, "A1:K41", [header, ...rows]);
    await page.evaluate(() => __host.select("A1"));
    await tab(page, "Score");
    await page.getByRole("button", { name: "Use the selection" }).click();
    await page.getByRole("button", { name: "Score", exact: true }).click();
    await page.getByText(/40 rows scored/).first().waitFor();
    await tab(page, "Build");
    await page.getByRole("button", { name: "Build a sheet" }).click();
    await page.getByText("Built on the sheet").first().waitFor();
    await settled(page);
    const { formulas, texts, label } = await page.evaluate(() => ({
      formulas: __host.book.sheets.flatMap((s) => [...s.formulas.values()].map((f) => f.text)), texts: __host.values("O2:O41", "Sheet1").flat(), label: __host.values("A4", "Scoring")[0][0],
    }));
    assert.ok(formulas.every((f) => /SCORELET|^=IF\(/.test(f)), String(formulas));
    assert.ok(texts.includes("=1+1"));
    assert.equal(label, "=Age");
  });
});

test("formulas that wait for a model answer when it comes, and say so when it goes", async () => {
  await withExcel({}, async (page) => {
    await typed(page, "A1:K2", [header, rows[0]]);
    await typed(page, "M1", [['=SCORELET.PREDICT("credit",A2:K2,A1:K1)']]);
    await settled(page);
    assert.match(await page.evaluate(() => __host.reason("M1")), /this workbook has none/);
    await addModel(page, named("credit.pmml"));
    await page.waitForFunction((x) => __host.values("M1")[0][0] === x, expected[0][0]);
    await page.getByRole("button", { name: "Remove credit" }).click();
    await page.waitForFunction(() => __host.values("M1")[0][0] === "#VALUE!");
    await page.getByRole("button", { name: "Undo" }).click();
    await page.waitForFunction((x) => __host.values("M1")[0][0] === x, expected[0][0]);
  });
});

test("a challenger's prediction and the difference", async () => {
  const changed = Buffer.from(fs.readFileSync(data("examples/consumption.pmml"), "utf8").replace(/intercept="([^"]*)"/, (_, x) => `intercept="${Number(x) + 0.5}"`));
  await withExcel({}, async (page) => {
    await addModel(page, named("one.pmml", "examples/consumption.pmml"));
    await addModel(page, { name: "two.pmml", mimeType: "application/xml", buffer: changed });
    const names = await page.evaluate(async () => (await __host.call("FIELDS", document.querySelector("#model").selectedOptions[0].textContent)).slice(1).map((r) => r[0]));
    await page.evaluate(({ names }) => __host.type(`A1:${String.fromCharCode(64 + names.length)}3`, [names, names.map((_, i) => i + 1), names.map((_, i) => (i === 0 ? { toString: () => "" } && "" : 2))]), { names });
    await page.evaluate(() => __host.select("A1"));
    await tab(page, "Score");
    await page.getByRole("button", { name: "Use the selection" }).click();
    await page.getByLabel("Challenger").selectOption({ index: 1 });
    await page.getByRole("button", { name: "Score", exact: true }).click();
    await page.getByText(/2 rows scored/).first().waitFor();
    const width = names.length;
    const letter = (i) => String.fromCharCode(65 + i);
    const got = await values(page, `${letter(width)}1:${letter(width + 3)}3`);
    assert.deepEqual(got[0].slice(2), ["difference", "reason"]);
    assert.ok(Math.abs(Math.abs(got[1][2]) - 0.5) < 1e-12);
  });
});

test("100,000 rows go through the pane in messages that Excel on the web takes", async () => {
  await withExcel({}, async (page) => {
    await addModel(page, named("tree.pmml", "models/a11_tree_reg_diabetes/model.pmml"));
    const [head, ...some] = csv("models/a11_tree_reg_diabetes/input.csv");
    await page.evaluate(({ head, some }) => {
      const table = [head, ...Array.from({ length: 100_000 }, (_, i) => some[i % some.length].map((x) => x + i * 1e-9))];
      __host.eventsOff = true;
      __host.type("A1:J100001", table);
      __host.select("A1:J100001");
      __host.log.largest = 0;
    }, { head, some: some.map(cells) });
    await tab(page, "Score");
    await page.getByRole("button", { name: "Use the selection" }).click();
    await page.getByRole("heading", { name: "9 of 9 fields found" }).waitFor();
    await page.getByRole("button", { name: "Score", exact: true }).click();
    await page.getByText(/100,000 rows scored, written/).first().waitFor({ timeout: 60_000 });
    const { largest, last } = await page.evaluate(() => ({ largest: __host.log.largest, last: __host.values("K100001")[0][0] }));
    assert.ok(largest > 100_000 && largest < 5 * 1024 * 1024, `${largest}`);
    assert.equal(typeof last, "number");
  });
});

test("the selected row is explained, and its reasons are written beside it", async () => {
  await withExcel({}, async (page) => {
    await addModel(page, named("credit.pmml"));
    await typed(page, "A1:K41", [header, ...rows]);
    await page.evaluate(() => __host.select("B15"));
    await tab(page, "Explain");
    await page.getByText("Row Sheet1!A15:K15").waitFor();
    await page.locator("#panel-explain .waterfall tbody tr").nth(3).waitFor();
    await page.locator("#panel-explain .curve .chart path").first().waitFor({ state: "attached" });
    // Drawn with the page's styles: a line is not filled, a bar has a colour.
    const look = await page.evaluate(() => [".curve .chart path", ".waterfall .bar"].map((name) => getComputedStyle(document.querySelector(`#panel-explain ${name}`))).map(({ fill, backgroundColor }) => [fill, backgroundColor]));
    assert.equal(look[0][0], "none");
    assert.notEqual(look[1][1], "rgba(0, 0, 0, 0)");
    const figure = await page.locator("#panel-explain .fig strong").textContent();
    assert.match(figure, /^88/);
    near(Number(expected[13][2]), 0.8842071725152455);
    await page.evaluate(() => __host.select("B2"));
    await page.getByText("Row Sheet1!A2:K2").waitFor();
    await page.waitForFunction(() => /^8\s%/.test(document.querySelector("#panel-explain .fig strong").textContent));
    await page.getByRole("button", { name: "Write next to the row" }).click();
    await page.getByText("Written to L2:N2").waitFor();
    await settled(page);
    assert.ok((await values(page, "L2:N2"))[0].every((x) => typeof x === "string" && x !== ""));
    // Goal seek and counterfactuals, of the page.
    await page.getByRole("button", { name: "Find it" }).waitFor();
    await page.evaluate(() => __host.select("Z99"));
    await page.getByText("Select a cell in a table with headers").waitFor();
  });
});

test("a model that says nothing of its fields is explained against the table", async () => {
  await withExcel({}, async (page) => {
    await addModel(page, named("line.pmml", "examples/consumption.pmml"));
    const name = await page.locator(".ml h3").textContent();
    const fields = await page.evaluate(async (n) => (await __host.call("FIELDS", n)).slice(1).map((r) => r[0]), name);
    const last = String.fromCharCode(64 + fields.length);
    await typed(page, `A1:${last}31`, [fields, ...Array.from({ length: 30 }, (_, r) => fields.map((_, c) => r + c))]);
    await page.evaluate(() => __host.select("A7"));
    await tab(page, "Explain");
    await page.getByText(`Sheet1!A1:${last}31`).first().waitFor();
    await page.locator("#panel-explain .waterfall tbody tr").nth(1).waitFor();
  });
});

test("a sheet is built: inputs with limits, answers, reasons with a chart, scenarios, checks", async () => {
  await withExcel({}, async (page) => {
    await addModel(page, named("credit.pmml"));
    await tab(page, "Build");
    await page.getByRole("button", { name: "Build a sheet" }).click();
    await page.getByText("Built on the sheet Scoring").first().waitFor();
    await settled(page);
    const built = await page.evaluate(() => {
      const sheet = __host.book.sheets.find((s) => s.name === "Scoring");
      return { charts: sheet.charts, rules: [...sheet.validations.values()].map((v) => v.rule), top: __host.values("A1:F20", "Scoring"), scenarios: __host.values("A26:P29", "Scoring"), formulas: [...sheet.formulas.values()].map((f) => f.text) };
    });
    assert.match(built.top[1][0], /20 of 20 check rows/);
    assert.equal(built.charts.length, 1);
    assert.ok(built.rules.some((r) => r.list?.source.includes("permanent")) && built.rules.some((r) => r.decimal?.formula2 === 120));
    const [head, ...lines] = built.scenarios;
    assert.deepEqual(head.slice(-4), ["default", "probability(no)", "probability(yes)", "risk_class"]);
    assert.equal(lines[0][0], "Scenario 1");
    assert.deepEqual(lines[0].slice(1), lines[1].slice(1));
    // A change of an input changes the first scenario and nothing of the others.
    await page.evaluate(() => __host.type("B4", [[70]], "Scoring"));
    await settled(page);
    const after = await values(page, "A26:P29", "Scoring");
    assert.equal(after[1][1], 70);
    assert.notEqual(after[1].at(-2), lines[0].at(-2));
    assert.deepEqual(after[2], lines[1]);
    await page.getByRole("button", { name: "Build a sheet" }).click();
    await page.getByText("Built on the sheet Scoring 2").first().waitFor();
  });
});

test("an Excel that lacks something is told so, and so is a browser", async () => {
  await withExcel({ host: { lacks: ["CustomFunctionsRuntime 1.1"] }, ready: ".note" }, async (page) => {
    assert.match(await page.locator(".note").textContent(), /lacks what the add-in needs \(CustomFunctionsRuntime 1\.1\)/);
  });
  await withExcel({ host: { outside: true }, ready: ".note" }, async (page) => {
    assert.match(await page.locator(".note").textContent(), /works inside Excel/);
  });
});

test("German, and numbers held as text as a German workbook writes them", async () => {
  await withExcel({ host: { language: "de-DE", signs: { decimal: ",", group: "." } } }, async (page) => {
    await page.getByRole("tab", { name: "Modelle" }).click();
    await page.locator('input[type="file"][accept*="pmml"]').setInputFiles(named("kredit.pmml"));
    await page.getByText("20 von 20 Prüfzeilen wiederholt").waitFor();
    assert.equal(await page.locator("html").getAttribute("lang"), "de");
    const [one, same] = await page.evaluate(async ({ row }) => {
      const text = row.map((x) => (typeof x === "number" ? String(x).replace(".", ",") : x));
      return [await __host.call("PROBABILITY", "kredit", [row]), await __host.call("PROBABILITY", "kredit", [text])];
    }, { row: rows[0] });
    assert.equal(one, same);
    assert.match((await page.evaluate(() => __host.call("PREDICT", "nichts", [[1]]))).message, /kein Modell „nichts“/);
  });
});

test("once loaded, it starts without its server", async () => {
  await withExcel({ network: true }, async (page, { context, address, trouble }) => {
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.waitForFunction(async () => (await caches.keys()).length > 0);
    await page.reload();
    await page.locator(".pane").waitFor();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await context.setOffline(true);
    await page.goto(address);
    await page.locator(".pane").waitFor();
    await addModel(page, named("credit.pmml"));
    assert.equal(await page.evaluate(async ({ row }) => __host.call("PREDICT", "credit", [row]), { row: rows[0] }), expected[0][0]);
    await context.setOffline(false);
    trouble.length = 0; // the registration that could not be renewed
  });
});
