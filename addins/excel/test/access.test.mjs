// For everybody: rules of WCAG 2.2 AA in light, dark and forced colours, no sideways scrolling at 320 pixels, tabs by keys.
import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { addModel, cells, csv, data, withExcel } from "./support/excel.mjs";

const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const [header, ...inputs] = csv("demo/input.csv");
const rows = inputs.slice(0, 20).map(cells);

async function violations(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
    return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`);
  });
}

const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

for (const [name, options] of [["light", { colorScheme: "light" }], ["dark", { colorScheme: "dark" }], ["forced colours", { forcedColors: "active" }]]) {
  test(`every tab in ${name}`, async () => {
    await withExcel({ ...options, viewport: { width: 320, height: 700 }, telemetry: { url: "./collector" } }, async (page) => {
      await page.locator("#telemetry").waitFor();
      assert.deepEqual(await violations(page), [], "without a model");
      await addModel(page, { name: "credit.pmml", mimeType: "application/xml", buffer: fs.readFileSync(data("demo/model.pmml")) });
      await page.getByText("Model card").first().click();
      assert.deepEqual(await violations(page), [], "models");
      assert.ok(await fits(page), "models");
      await page.evaluate(({ header, rows }) => {
        __host.type("A1:K21", [header.map((n) => (n === "income" ? "Income (net)" : n)), ...rows]);
        __host.select("P3");
      }, { header, rows });
      await page.getByRole("tab", { name: "What-if" }).click();
      await page.getByRole("button", { name: "Place inputs" }).click();
      await page.getByText("Bound to Sheet1").first().waitFor();
      assert.deepEqual(await violations(page), [], "what-if");
      assert.ok(await fits(page), "what-if");
      await page.evaluate(() => __host.select("B5"));
      await page.getByRole("tab", { name: "Score" }).click();
      await page.getByRole("button", { name: "Use the selection" }).click();
      await page.getByRole("heading", { name: "10 of 11 fields found" }).waitFor();
      assert.deepEqual(await violations(page), [], "score");
      assert.ok(await fits(page), "score");
      await page.evaluate(() => __host.type("B1", [["income"]]));
      await page.getByRole("tab", { name: "Explain" }).click();
      await page.locator("#panel-explain .waterfall tbody tr").nth(3).waitFor();
      await page.waitForTimeout(300); // what was dimmed is not any more
      assert.deepEqual(await violations(page), [], "explain");
      assert.ok(await fits(page), "explain");
      await page.getByRole("tab", { name: "Build" }).click();
      assert.deepEqual(await violations(page), [], "build");
      assert.ok(await fits(page), "build");
    });
  });
}

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
