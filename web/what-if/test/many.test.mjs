// Many cases: a table goes in, its scores come out, and what they show; nothing leaves the page, and the page stays live.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { Model } from "scorelet";
import { aucOf, expected, header, inputs, pairs, table } from "./support/cases.mjs";
import { data, drop, openExample, openFile, withPage } from "./support/page.mjs";

const csv = (text, name = "cases.csv") => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
const many = { path: "#view=many" };
const long = { timeout: 120_000 };

async function give(page, file) {
  await page.setInputFiles(".many input[type=file]", file);
}
async function scored(page) {
  await page.locator(".many .vh2").waitFor(long);
  await page.locator('.many .sections[aria-busy="false"]').waitFor(long);
}
const said = (page) => page.locator(".many .vh2 .sub").innerText();
const titles = (page) => page.locator(".many h3").allInnerTexts();

async function saved(page, name) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
  return { name: download.suggestedFilename(), text: fs.readFileSync(await download.path(), "utf8") };
}

test("the scored file is the file itself, with what `scorelet score` gives behind each row", () =>
  withPage(many, async (page) => {
    await openExample(page, ".many");
    const text = table(inputs.length, { outcome: false });
    await give(page, csv(text));
    await scored(page);
    assert.match(await page.locator("#h-many").innerText(), /^1,500 cases scored, no data left this computer$/);
    assert.match(await said(page), /cases\.csv · 11 of 11 fields found · every row has an answer/);
    const file = await saved(page, "Save the scored file");
    assert.equal(file.name, "cases-scored.csv");
    const rows = file.text.trimEnd().split("\n");
    assert.equal(rows[0], `${text.split("\n")[0]},default,probability(no),probability(yes),risk_class`);
    // The core's own writer, to the letter; and LightGBM's predictions, as numbers.
    const model = await Model.load(fs.readFileSync(data("demo/model.pmml")));
    const columns = Object.fromEntries(
      header.split(",").map((name, i) => [name, inputs.map((line) => line.split(",")[i] || null)]),
    );
    const core = new TextDecoder()
      .decode(model.scoreToCsv(columns, { header: false }))
      .trimEnd()
      .split("\n");
    for (const [i, line] of inputs.entries()) {
      assert.equal(`${rows[i + 1]},`, `C${i},${line},${core[i]}`);
      const [label, , yes] = rows[i + 1].slice(`C${i},${line},`.length).split(",");
      const [expectedLabel, , expectedYes] = expected[i].split(",");
      assert.equal(label, expectedLabel);
      assert.ok(Math.abs(Number(yes) - Number(expectedYes)) < 1e-9);
    }
  }));

test("a model of the gallery brings cases to try, with outcomes where it has them", () =>
  withPage({ path: "?model=gallery/credit.pmml#view=many", ready: ".many .opening", expected: /failed|ERR_FAILED/ }, async (page) => {
    const lines = fs.readFileSync(data("demo/outcomes.csv"), "utf8").trim().split("\n").map((line) => line.split(","));
    const model = await Model.load(fs.readFileSync(data("demo/model.pmml")));
    const rows = lines.slice(1).map((cells) => Object.fromEntries(cells.map((cell, i) => [lines[0][i], cell || null])));
    const list = rows.map((row) => ({ score: model.score(row).values["probability(yes)"], event: row.default === "yes" }));
    model.close();
    const kept = page.getByRole("button", { name: "Try 2,000 cases with outcomes" });
    await page.route("**/applications.csv", (route) => route.abort());
    await kept.click();
    await page.getByRole("heading", { name: "The example cases cannot be fetched." }).waitFor();
    await page.unroute("**/applications.csv");
    await kept.click();
    await scored(page);
    assert.match(await page.locator("#h-many").innerText(), /^2,000 cases scored/);
    await page.getByRole("heading", { name: `AUC is ${aucOf(list).toFixed(3)} over 2,000 cases` }).waitFor();

    await page.goto(page.url().replace("credit", "iris"));
    await page.getByRole("button", { name: "Try its 100 example cases" }).click();
    await scored(page);
    assert.match(await said(page), /iris\.csv · 4 of 4 fields found · every row has an answer/);

    await page.goto(page.url().replace("iris", "sunspots"));
    await page.waitForSelector(".many .opening");
    assert.equal(await page.getByRole("button", { name: /^Try / }).count(), 0);
  }));

test("outcomes: AUC against the reader's target, gain, limit, calibration, groups", () =>
  withPage(many, async (page) => {
    await openExample(page, ".many");
    const text = table(4000);
    await give(page, csv(text));
    await scored(page);
    const list = pairs(text);
    const auc = aucOf(list).toFixed(3);
    await page.getByRole("heading", { name: `AUC is ${auc} over 4,000 cases` }).waitFor();
    await page.getByRole("spinbutton", { name: "Target" }).fill("0.75");
    await page.getByRole("heading", { name: `AUC is ${auc}, which meets your target of 0.750` }).waitFor();
    await page.getByRole("spinbutton", { name: "Target" }).fill("0.99");
    await page.getByRole("heading", { name: `AUC is ${auc}, short of your target of 0.990` }).waitFor();

    // "Top n": as many of the highest as hold 70 % of the events.
    const ranked = [...list].sort((a, b) => b.score - a.score);
    const events = list.filter((p) => p.event).length;
    const n = Number(await page.getByRole("spinbutton", { name: "Top", exact: true }).inputValue());
    const held = (k) => ranked.slice(0, k).filter((p) => p.event).length / events;
    assert.ok(Math.abs(held(n) - 0.7) < 0.01, `${n} hold ${held(n)}`);
    await page.getByRole("spinbutton", { name: "Top", exact: true }).fill("500");
    await page.getByRole("heading", { name: /are among the 500 cases with the highest chance/ }).waitFor();
    const share = Number(await page.getByRole("spinbutton", { name: /or as many as hold/ }).inputValue());
    assert.ok(Math.abs(share / 100 - held(500)) < 0.01, `${share}`);

    // The confusion table follows the limit.
    await page.getByRole("spinbutton", { name: "Limit, percent" }).fill("10");
    const caught = list.filter((p) => p.event && p.score >= 0.1).length;
    await page
      .getByRole("cell", { name: caught.toLocaleString("en"), exact: true })
      .first()
      .waitFor();
    // Costs: with nothing to win by a find, no limit pays.
    for (const [name, value] of [
      ["A “yes” that is found earns", "-1"],
      ["a missed “yes” earns", "0"],
    ])
      await page.getByRole("spinbutton", { name }).fill(value);
    await page.getByRole("heading", { name: "With these figures no limit pays; you are at 10 %" }).waitFor();

    await page.getByRole("combobox", { name: "Group by" }).selectOption("home");
    await page.getByRole("rowheader", { name: "mortgage" }).waitFor();
    const home = inputs.map((line) => line.split(",")[9]);
    const rents = list.filter((_, i) => home[i % inputs.length] === "rent").length;
    const row = page.getByRole("row", { name: /^rent/ });
    assert.equal(await row.getByRole("cell").first().innerText(), rents.toLocaleString("en"));

    await page.getByRole("combobox", { name: "What came true is in" }).selectOption("no column");
    await page.getByText("With a column that says how cases ended").waitFor();
    assert.equal((await titles(page)).length, 3); // how scores lie, groups, and which fields matter
  }));

test("a second file shows overfitting, or that there is none", () =>
  withPage(many, async (page) => {
    await openExample(page, ".many");
    await give(page, csv(table(3000, { steer: (p) => (p > 0.12 ? 0.9 : 0.02) }), "learned.csv"));
    await scored(page);
    const choose = async (file) => {
      const [chooser] = await Promise.all([
        page.waitForEvent("filechooser"),
        page.getByRole("button", { name: "Compare with a second file" }).click(),
      ]);
      await chooser.setFiles(file);
    };
    await choose(csv(table(3000, { seed: 5 }), "fresh.csv"));
    await page
      .getByRole("heading", {
        name: /^AUC goes from 0\.9\d+ in learned\.csv to 0\.\d+ in fresh\.csv: a sign of overfitting$/,
      })
      .waitFor(long);
    assert.deepEqual(await page.locator(".many .abreast thead th").allInnerTexts(), [
      "Measure",
      "learned.csv",
      "fresh.csv",
    ]);
    await page.getByRole("button", { name: "Take the second file away" }).click();
    await choose(csv(table(3000, { seed: 9, steer: (p) => (p > 0.12 ? 0.9 : 0.02) }), "same.csv"));
    await page.getByRole("heading", { name: /^No sign of overfitting: AUC/ }).waitFor(long);
    await page.getByRole("button", { name: "Take the second file away" }).click();
    await choose(csv(`customer,${header}\n`, "empty.csv"));
    await page
      .getByText("empty.csv lacks what is needed for a comparison: a column “default” with outcomes.")
      .waitFor();
  }));

test("columns that do not match are named, with a likely one offered", () =>
  withPage(many, async (page) => {
    await openExample(page, ".many");
    const names = header.replace("savings", "Savings_EUR_total").replace("purpose", "zzz").replace("age", " AGE ");
    await give(page, csv(`${names}\n${inputs.slice(0, 20).join("\n")}\n`));
    await page.getByRole("heading", { name: "9 of 11 fields found" }).waitFor();
    await page.getByText("Missing: Savings (EUR) and Purpose of the loan.").waitFor();
    await page.getByText("“Savings_EUR_total” looks like Savings (EUR). Use it?").waitFor();
    await page.getByRole("button", { name: "Use it" }).click();
    await page.getByRole("heading", { name: "10 of 11 fields found" }).waitFor();
    await page.getByRole("button", { name: "Score without them" }).click();
    await scored(page);
    assert.match(await said(page), /10 of 11 fields found/);
    await give(page, csv("a,b\n1,2\n"));
    await page.getByText("No column of this file is a field of this model.").waitFor();
    assert.equal(await page.getByRole("button", { name: "Score without them" }).isDisabled(), true);
    await give(page, csv(`age,AGE ,${header.slice(4)}\n`.replace("age,AGE", "Age,AGE")));
    await page.getByText(/This file holds no cases/).waitFor();
    await give(page, csv(`Age,AGE,${header.slice(4)}\n1,2,3\n`));
    await page.getByText(/Age occurs twice in this file/).waitFor();
  }));

test("quotes, line breaks, marks, semicolons and decimal commas; rows that cannot be scored", () =>
  withPage(many, async (page) => {
    await openFile(page, data("examples/loan.pmml"));
    await page.locator(".many").waitFor();
    const inputsOf = (await Model.load(fs.readFileSync(data("examples/loan.pmml")))).description.inputs;
    const numeric = inputsOf.filter((f) => f.dataType === "double" || f.dataType === "integer").map((f) => f.name);
    assert.ok(numeric.length > 0);
    const names = inputsOf.map((f) => f.name);
    const cells = (value) =>
      inputsOf.map((f) => (numeric.includes(f.name) ? value : (f.values[0]?.value ?? ""))).join(";");
    const rows = [
      `"a ""quoted""; id";${cells("30,5")}`,
      `"two\nlines";${cells("1.200,25")}`,
      `short;1`,
      `é;${cells("zwölf")}`,
    ];
    await give(page, csv(`\ufeffnote;${names.join(";")}\r\n${rows.join("\r\n")}\r\n`, "loans.csv"));
    await scored(page);
    assert.match(await said(page), /decimal commas/);
    const file = await saved(page, "Save the scored file");
    assert.ok(file.text.startsWith(`\ufeffnote;${names.join(";")};`));
    for (const row of rows) assert.ok(file.text.includes(`\r\n${row};`), row);
    const refused = await saved(page, /without an answer/);
    assert.ok(refused.text.startsWith("\ufeff@row;@reason;note;"));
    assert.match(refused.text, /\r\n3;badRecord \(2 \/ \d+\);short;1\r\n/);
    await page
      .getByRole("cell", { name: "The row has more or fewer cells than there are columns." })
      .or(page.getByRole("rowheader", { name: "The row has more or fewer cells than there are columns." }))
      .first()
      .waitFor();
  }));

test("numbers: residuals, bias and groups", () =>
  withPage(many, async (page) => {
    const pmml = `<PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header/><DataDictionary><DataField name="x" optype="continuous" dataType="double"/><DataField name="y" optype="continuous" dataType="double"/></DataDictionary><RegressionModel functionName="regression"><MiningSchema><MiningField name="x"/><MiningField name="y" usageType="target"/></MiningSchema><RegressionTable intercept="1"><NumericPredictor name="x" coefficient="2"/></RegressionTable></RegressionModel></PMML>`;
    await openFile(page, { name: "line.pmml", mimeType: "text/xml", buffer: Buffer.from(pmml) });
    await page.locator(".many").waitFor();
    const rows = Array.from({ length: 400 }, (_, i) => `${i / 10},${1 + i / 5 + (i % 2 ? 1 : -3)}`);
    await give(page, csv(`x,y\n${rows.join("\n")}\n`));
    await scored(page);
    const found = await titles(page);
    assert.ok(found.includes("Predictions are 1 too high on average"), String(found));
    assert.ok(
      found.some((title) => title.startsWith("The mean absolute error is 2 over")),
      String(found),
    );
    await page.getByRole("cell", { name: "2.236", exact: true }).waitFor(); // root of (1 + 9) / 2
  }));

test("a table dropped on any view is scored; a model that is dropped is opened", () =>
  withPage({}, async (page) => {
    await openExample(page);
    await drop(page, "cases.csv", table(50));
    await scored(page);
    assert.match(await page.locator("#h-many").innerText(), /^50 cases/);
    await drop(page, "half.pmml", "<PMML");
    await page.locator(".refused").waitFor();
  }));

test("what is no table is refused; results stay while another view or language is shown", () =>
  withPage(many, async (page) => {
    await openExample(page, ".many");
    await give(page, { name: "x.xlsx", mimeType: "", buffer: Buffer.from([0x50, 0x4b, 3, 4, 0, 0]) });
    await page.getByRole("heading", { name: "This is not a table of text." }).waitFor();
    await give(page, csv(""));
    await page.getByRole("heading", { name: "This file holds no cases." }).waitFor();
    await give(page, csv(table(200)));
    await scored(page);
    await page.getByRole("link", { name: "One case" }).click();
    await page.getByRole("link", { name: "Many cases" }).click();
    assert.match(await page.locator("#h-many").innerText(), /^200 cases/);
    await page
      .getByRole("button", { name: "Deutsch" })
      .or(page.getByRole("link", { name: "Deutsch" }))
      .first()
      .click();
    await page.getByRole("heading", { name: "200 Fälle gerechnet, nichts hat diesen Computer verlassen" }).waitFor();
    await scored(page);
  }));

test("the whole way by keyboard: file, focus on the finding, limit, table under a chart", () =>
  withPage(many, async (page) => {
    await openExample(page, ".many");
    const choose = page.getByRole("button", { name: "Choose a CSV file" });
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), choose.press("Enter")]);
    await chooser.setFiles(csv(table(600)));
    await scored(page);
    assert.equal(await page.evaluate(() => document.activeElement.id), "h-many");
    const slider = page.getByRole("slider", { name: "Act from this chance of “yes” on" });
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.getByRole("spinbutton", { name: "Limit, percent" }).inputValue(), "50.1");
    await page.getByRole("heading", { name: /you are at 50\.1\s%$/ }).waitFor();
    const summary = page.locator(".many summary").first();
    await summary.focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "region");
  }));
