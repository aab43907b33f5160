// A model as plain formulas, from the pane: into the sheet, where another program calculates them, as a workbook and as a
// file, which are those of the command line to the byte.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { exported, withCalculator } from "./support/calculator.mjs";
import { addModel, cells, csv, data, withExcel } from "./support/excel.mjs";

const tab = (page, name) => page.getByRole("tab", { name, exact: true }).click();
const named = (name, file) => ({ name, mimeType: "application/xml", buffer: fs.readFileSync(data(file)) });
const place = async (page) => {
  await page.getByRole("button", { name: "Put at the selected cell" }).click();
};
const said = (page, text) => page.locator("#panel-build .note").filter({ hasText: text }).first().waitFor();
/** Beginning with its name: others tell of it. */
const kind = (name) => new RegExp(`^${name}`);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "scorelet-formulas-"));
test.after(() => fs.rmSync(folder, { recursive: true }));

/** A row's formulas, from the selected cell on. */
const formulasAt = (page, row, column, n) =>
  page.evaluate(({ row, column, n }) => Array.from({ length: n }, (_, i) => __host.book.sheets[0].formulas.get(row * 16384 + column + i)?.text ?? ""), { row, column, n });

test("LET formulas at a chosen cell: those of the command line, calculated as the model answers", async () => {
  await withCalculator((native) => withExcel({}, async (page) => {
    await page.exposeFunction("__native", native);
    await addModel(page, named("use.pmml", "examples/consumption.pmml"));
    await tab(page, "Build");
    // At the top left they are letter for letter those of the command line.
    await page.evaluate(() => __host.select("A1"));
    await place(page);
    await said(page, "The formulas are in A1:D2. Copy");
    await said(page, "they give what the model gives");
    await said(page, "No constant has more than the 15 digits");
    const columns = exported(data("examples/consumption.pmml"), "");
    assert.deepEqual(await formulasAt(page, 1, 0, columns.length), columns.map(([, formula]) => formula ?? ""));
    assert.deepEqual(await page.evaluate(() => __host.values("A1:D1")[0]), columns.map(([heading]) => heading));
    // Elsewhere they refer to their own row; what is typed there is calculated, a blank is missing.
    await page.evaluate(() => __host.select("F7"));
    await place(page);
    await said(page, "The formulas are in F7:I8.");
    const got = await page.evaluate(async () => {
      __host.type("F8:H8", [[0.25, 80, 60]]);
      await __host.settled();
      const [[filled]] = __host.values("I8");
      const model = await __host.call("PREDICT", document.querySelector("#model").selectedOptions[0].textContent, [[0.25, 80, 60]], [["PRICE", "INC", "TEMP"]]);
      __host.type("G8", [[""]]);
      await __host.settled();
      return { filled, model, blank: __host.values("I8")[0][0] };
    });
    const byHand = 0.1570203 - 0.1636906 * 0.25 + 0.0012301 * 80 + 0.0028231 * 60 - 0.2786 * 0.25 * 80;
    assert.ok(Math.abs(got.filled - byHand) < 1e-12 && Math.abs(got.model - byHand) < 1e-12, JSON.stringify(got));
    assert.equal(got.blank, "");
    // What stands there is not written over.
    await page.evaluate(() => __host.select("E8"));
    await place(page);
    await said(page, "E8:H9 is not empty");
  }));
});

test("helper columns and a sheet of nodes: every row of a table as the model answers", async () => {
  const file = "models/a15_gbdt_reg_huber/model.pmml";
  const [header, ...inputs] = csv("models/a15_gbdt_reg_huber/input.csv");
  await withCalculator((native) => withExcel({}, async (page) => {
    await page.exposeFunction("__native", native);
    await addModel(page, named("boosted.pmml", file));
    await tab(page, "Build");
    const name = await page.locator("#model option").first().textContent();
    const compare = async (sheet, row, columns) => {
      const at = columns.filter((c) => !c[1]).map(([heading]) => header.indexOf(heading));
      for (const input of inputs.slice(0, 12).map(cells)) {
        const [model, formula] = await page.evaluate(async ({ name, header, input, record, row, last }) => {
          const letters = (n) => (n < 26 ? String.fromCharCode(65 + n) : letters(Math.floor(n / 26) - 1) + letters(n % 26));
          __host.type(`C${row}:${letters(1 + record.length)}${row}`, [record]);
          await __host.settled();
          return [await __host.call("PREDICT", name, [input], [header]), __host.values(`${letters(2 + last)}${row}`)[0][0]];
        }, { name, header, input, record: at.map((i) => input[i]), row, last: columns.length - 1 });
        assert.ok(Math.abs(model - formula) <= 1e-9 * Math.abs(model), `${sheet}: ${model} ${formula}`);
      }
    };
    await page.getByRole("radio", { name: kind("A sheet of nodes") }).check();
    await page.evaluate(() => __host.select("C3"));
    await place(page);
    await said(page, "the nodes on the sheet Trees.");
    await said(page, "they give what the model gives");
    await compare("table", 4, exported(data(file), "table"));
    // A second one has a sheet of its own.
    await page.evaluate(() => __host.select("C8"));
    await place(page);
    await said(page, "the nodes on the sheet Trees2.");
    await page.getByRole("radio", { name: kind("Helper columns") }).check();
    await page.evaluate(() => __host.select("C12"));
    await place(page);
    await said(page, /with \d+ helper columns/);
    await compare("columns", 13, exported(data(file), "columns"));
  }));
});

for (const [style, label] of [["", "Whatever fits"], ["columns", "Helper columns"], ["table", "A sheet of nodes"]])
  test(`a workbook, ${label}: opened or saved, it is that of the command line to the byte`, async () => {
    await withExcel({}, async (page) => {
      await addModel(page, named("credit.pmml", "demo/model.pmml"));
      await tab(page, "Build");
      await page.getByRole("radio", { name: kind(label) }).check();
      const download = page.waitForEvent("download", { timeout: 60_000 });
      await page.getByRole("button", { name: "Save as a file" }).click();
      const file = await download;
      assert.equal(file.suggestedFilename(), "credit.xlsx");
      await said(page, /credit\.xlsx is saved, [\d.]+\sMB/);
      const expected = exported(data("demo/model.pmml"), style, path.join(folder, `${style || "any"}.xlsx`));
      assert.equal(Buffer.compare(fs.readFileSync(await file.path()), expected), 0);
      await page.getByRole("button", { name: "Open as a new workbook" }).click();
      if (expected.length * 4 / 3 > 5 * 1024 * 1024) return said(page, "RequestPayloadSizeLimitExceeded");
      await said(page, "The workbook is open in a window of its own.");
      assert.equal(Buffer.compare(Buffer.from(await page.evaluate(() => __host.opened), "base64"), expected), 0);
    });
  });

test("what has no formulas is refused by name, and an Excel that does not know LET is told so", async () => {
  await withExcel({}, async (page) => {
    await addModel(page, named("vectors.pmml", "models/a31_svc_rbf_multiclass/model.pmml"));
    await tab(page, "Build");
    await place(page);
    await said(page, "<SupportVectorMachineModel> has no formulas.");
    await addModel(page, named("use.pmml", "examples/consumption.pmml"));
    await tab(page, "Build");
    await page.getByRole("radio", { name: kind("A sheet of nodes") }).check();
    await place(page);
    await said(page, "no ensemble of trees that fits a table");
    await page.getByRole("radio", { name: kind("One formula for each result") }).check();
    await page.evaluate(() => __host.select("B2"));
    await place(page);
    await said(page, "This Excel does not know all functions");
  });
});
