// Which fields matter in general: over the cases kept with a model, and over those of a file.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import test from "node:test";
import { Model } from "scorelet";
import { drop, repository, withPage } from "./support/page.mjs";
import { until } from "./support/until.mjs";
import { numberIn, rowsOf } from "./support/why.mjs";

const gallery = (file) => fs.readFileSync(path.join(repository, "web/what-if/public/gallery", file));

/** Of a sum of functions of single fields, each contributes how far its own function is from the mean of it. */
async function expectedOf(id, rows) {
  const model = await Model.load(gallery(`${id}.pmml`));
  const names = model.description.inputs.filter((f) => f.isUsed).map((f) => f.name);
  const score = (record) => model.score(record).details().predictedValue;
  const mean = (list) => list.reduce((a, b) => a + b, 0) / list.length;
  const found = names.map((name) => {
    const parts = rows.map((row) => score({ ...rows[0], [name]: row[name] }));
    const middle = mean(parts);
    return [name, mean(parts.map((x) => Math.abs(x - middle)))];
  });
  const labels = Object.fromEntries(model.description.inputs.map((f) => [f.name, f.displayName ?? f.name]));
  model.close();
  return found.sort((a, b) => b[1] - a[1]).map(([name, size]) => [labels[name], size]);
}

const parsed = (text) => {
  const [head, ...rows] = text.trim().split("\n").map((line) => line.split(","));
  return rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i] || null])));
};
const close = (rows, expected) => {
  assert.deepEqual(rows.map((r) => r.name), expected.map(([name]) => name));
  for (const [i, [name, size]] of expected.entries()) assert.ok(Math.abs(numberIn(rows[i].number) - size) <= 0.051, `${name}: ${rows[i].number}, not ${size}`);
  const widths = rows.map((r) => r.bar.width);
  for (const [i, width] of widths.entries()) assert.ok(Math.abs(width / widths[0] - expected[i][1] / expected[0][1]) < 0.02, expected[i][0]);
};

test("about a model: over the cases kept with it, the most important first", () =>
  withPage({ path: "?model=gallery/points.pmml#view=about", ready: ".why[aria-busy=false] .over" }, async (page) => {
    const expected = await expectedOf("points", parsed(gallery("points.csv").toString()));
    close(await rowsOf(page, ".over .water"), expected);
    assert.equal(await page.locator(".over h3").innerText(), `${expected[0][0]} and ${expected[1][0]} matter most in general`);
    assert.match(await page.locator(".over").innerText(), /on average over 100 cases\..*Compared with 100 cases kept with this example\./s);
  }));

test("of a scored file: over its own cases, evenly taken", () =>
  withPage({ path: "?model=gallery/points.pmml", ready: ".case" }, async (page) => {
    // Of 300 rows every third is taken.
    const lines = gallery("points.csv").toString().trim().split("\n");
    const table = [lines[0], ...lines.slice(1).flatMap((line) => [line, "60,1000,99,4,OTHER,F", "20,1000,99,4,OTHER,F"]), ""].join("\n");
    await drop(page, "people.csv", table);
    await page.locator(".why[aria-busy=false] .over").waitFor();
    close(await rowsOf(page, ".over .water"), await expectedOf("points", parsed(lines.join("\n"))));
    assert.match(await page.locator(".over").innerText(), /The cases are taken evenly from people\.csv; each is compared with 100 of them\./);
  }));

/** Each question to an engine takes 20 ms more, so that what takes long does so on any machine. */
const slowEngines = (page) =>
  page.addInitScript(() => {
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (...message) {
      setTimeout(() => post.apply(this, message), 20);
    };
  });

test("where it takes long, what is known so far is shown, and nothing goes on when nobody looks", () =>
  withPage({ path: "?model=gallery/credit.pmml#view=about", ready: ".over tbody tr", prepare: slowEngines }, async (page) => {
    await page.getByText(/\d+ of 100 cases so far\./).waitFor();
    const workers = page.workers().length;
    await page.getByRole("link", { name: "Compare", exact: true }).click();
    await until(() => page.workers().length < workers, "the end of an engine");
    await page.getByRole("link", { name: "About this model" }).click();
    await page.locator(".why[aria-busy=false] .over").waitFor({ timeout: 60_000 });
    assert.match(await page.locator(".over").innerText(), /on average over 100 cases\./);
  }));

test("a model without a number to explain, or without cases, says so or shows nothing", () =>
  withPage({ path: "?model=gallery/rules.pmml#view=about", ready: ".about" }, async (page) => {
    assert.equal(await page.locator(".over").isVisible(), false);
    const one = `<PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header/><DataDictionary><DataField name="a" optype="continuous" dataType="double"><Interval closure="closedClosed" leftMargin="0" rightMargin="9"/></DataField><DataField name="y" optype="continuous" dataType="double"/></DataDictionary>
      <RegressionModel functionName="regression"><MiningSchema><MiningField name="a"/><MiningField name="y" usageType="target"/></MiningSchema><RegressionTable intercept="1"><NumericPredictor name="a" coefficient="3"/></RegressionTable></RegressionModel></PMML>`;
    await page.setInputFiles("body > input[type=file]", { name: "one.pmml", mimeType: "text/xml", buffer: Buffer.from(one) });
    await page.getByText("No cases to look at are kept with this model.").waitFor();
  }));
