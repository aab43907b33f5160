// For everybody: rules of WCAG 2.2 AA in light, dark and forced colours, no sideways scrolling at 320 pixels, tabs by keys.
import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { looks, violations } from "../../../web/what-if/test/support/axe.mjs";
import { until } from "../../../web/what-if/test/support/until.mjs";
import { addModel, cells, csv, data, withExcel } from "./support/excel.mjs";

const [header, ...inputs] = csv("demo/input.csv");
const rows = inputs.slice(0, 20).map(cells);

const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

test("every tab, in every look", async (t) => {
  await withExcel({ viewport: { width: 320, height: 700 }, telemetry: { url: "./collector" } }, async (page) => {
    const check = (tab) =>
      t.test(tab, async () => {
        for (const [look, media] of Object.entries(looks)) {
          await page.emulateMedia(media);
          assert.deepEqual(await violations(page), [], look);
          assert.ok(await fits(page), look);
        }
      });
    await page.locator("#telemetry").waitFor();
    await check("without a model");
    await addModel(page, { name: "credit.pmml", mimeType: "application/xml", buffer: fs.readFileSync(data("demo/model.pmml")) });
    await page.getByText("Model card").first().click();
    await check("models");
    await page.evaluate(({ header, rows }) => {
      __host.type("A1:K21", [header.map((n) => (n === "income" ? "Income (net)" : n)), ...rows]);
      __host.select("P3");
    }, { header, rows });
    await page.getByRole("tab", { name: "What-if" }).click();
    await page.getByRole("button", { name: "Place inputs" }).click();
    await page.getByText("Bound to Sheet1").first().waitFor();
    await check("what-if");
    await page.evaluate(() => __host.select("B5"));
    await page.getByRole("tab", { name: "Score" }).click();
    await page.getByRole("button", { name: "Use the selection" }).click();
    await page.getByRole("heading", { name: "10 of 11 fields found" }).waitFor();
    await check("score");
    await page.evaluate(() => __host.type("B1", [["income"]]));
    await page.getByRole("tab", { name: "Explain" }).click();
    await page.locator("#panel-explain .waterfall tbody tr").nth(3).waitFor();
    await until(async () => !(await page.locator('#panel-explain [aria-busy="true"]').count()), "all explanations"); // until then they are dim
    await check("explain");
    await page.getByRole("tab", { name: "Build" }).click();
    await check("build");
  });
});

test("tabs by keys, and the focus is seen", async () => {
  await withExcel({}, async (page) => {
    await page.getByRole("tab", { name: "Models" }).focus();
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "What-if");
    assert.equal(await page.getByRole("tab", { name: "What-if" }).getAttribute("aria-selected"), "true");
    await page.keyboard.press("End");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Models");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Choose a file");
    assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), "none");
  });
});
