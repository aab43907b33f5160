// Models of every kind: lists in, lists and forecasts out, several targets, in words that a reader knows. What is
// expected comes from the independent derivations beside the documents.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { data, exact, field, figure, give, openFile, settled, withPage } from "./support/page.mjs";
import { until } from "./support/until.mjs";

const manifest = (folder) => JSON.parse(fs.readFileSync(data(`features/${folder}/manifest.json`), "utf8"));
const cases = (folder) => manifest(folder).cases ?? manifest(folder);
const caseOf = (folder, model) => cases(folder).find((c) => c.model === `models/${model}.pmml`);

async function open(page, folder, model) {
  const before = await page.$(".case");
  await openFile(page, data(`features/${folder}/models/${model}.pmml`));
  await before?.waitForElementState("hidden"); // what is open stays until another model is
  await page.waitForSelector(".case");
  await settled(page);
  return caseOf(folder, model);
}
const text = (page) => page.locator("main").innerText();
const lines = async (page, name) => (await exact(page, name)).split("\n");
const near = (actual, expected) =>
  assert.ok(Math.abs(actual - expected) <= 1e-9 * Math.abs(expected), `${actual}, expected ${expected}`);

/** A record's value as a person types it. */
const typed = (value) =>
  value.map((item) => (Array.isArray(item) ? item.join(", ") : item)).join(value.some(Array.isArray) ? "; " : ", ");

test("association rules: items go in as a list, rules come out one to a line", () =>
  withPage({}, async (page) => {
    const { records, expected } = await open(page, "association", "features");
    assert.equal(await figure(page), "No prediction");
    await give(page, "item", typed(records[2].item));
    assert.match(
      await field(page, "item").locator(".help").innerText(),
      /^Several values, with commas between them: a, b, c\./,
    );
    assert.equal(await page.locator("#h-pred").innerText(), "Goes with it");
    assert.equal(await figure(page), expected[2].predictedValue);
    assert.deepEqual(await lines(page, "all rule"), expected[2]["all rule"]);
    assert.match(await text(page), /1 field without effect/); // the number of the basket
    await field(page, "item")
      .getByRole("button", { name: /^not given/ })
      .click();
    await settled(page);
    assert.match(await page.locator(".wary").innerText(), /^No prediction for this case\. 1 value is not given/);
  }));

test("association rules on columns, with a list of rules for an answer", () =>
  withPage({}, async (page) => {
    const { records, expected } = await open(page, "association", "columns");
    for (const [name, value] of Object.entries(records[0]))
      await give(page, name, typeof value === "boolean" ? (value ? "Yes" : "No") : String(value));
    assert.deepEqual(await lines(page, "all"), expected[0].all);
    await page.getByRole("button", { name: "Show exact values" }).click();
    assert.equal(
      await page.locator('[data-result="new"] .num').innerText(),
      expected[0].new.map((r) => r.replace("->", " → ")).join("\n"),
    );
  }));

test("sequences: commas within a time, semicolons between times", () =>
  withPage({}, async (page) => {
    const { records, expected } = await open(page, "sequence", "outputs");
    for (const row of [1, 5]) {
      await give(page, "item", typed(records[row].item));
      for (const [name, value] of Object.entries(expected[row]))
        if (Array.isArray(value) && value.length)
          assert.deepEqual(
            await lines(page, name),
            value.map((v) => v ?? "no value"),
            name,
          );
    }
  }));

test("a list of numbers is summed up, and what is no number is told", () =>
  withPage({}, async (page) => {
    const { expected } = await open(page, "transformations", "aggregate");
    await give(page, "amount", "3, 1.5, 8");
    assert.equal(await exact(page, "count_of"), String(expected[0].count_of));
    assert.equal(await exact(page, "sum_of"), String(expected[0].sum_of));
    await give(page, "amount", "3, x");
    assert.match(await field(page, "amount").locator(".note").innerText(), /^“x” is not a number\./);
    assert.match(await page.locator(".wary").innerText(), /The last prediction is shown/);
  }));

test("a forecast: figure, line and table, as many steps as asked for", () =>
  withPage({}, async (page, { requests }) => {
    const { records, expected } = await open(page, "time_series", "es_intervals");
    assert.equal(records[0].h, 12);
    assert.equal(await field(page, "h").locator("input.box").inputValue(), "12", "a dozen steps to begin with");
    assert.match(await field(page, "h").innerText(), /How many steps ahead to forecast\./);
    const series = page.locator(".series");
    const rows = () => series.locator("tbody tr").allInnerTexts();
    const shown = (await rows()).map((row) => row.split(/\s+/).map(Number));
    expected[0].y_hat.forEach((value, i) => {
      const columns = [i + 1, value, expected[0].confidenceIntervalLower[i], expected[0].confidenceIntervalUpper[i]];
      columns.forEach((x, c) => assert.ok(Math.abs(shown[i][c] - x) < 1e-5 * x, `step ${i + 1}: ${shown[i]}`));
    });
    assert.equal(shown.length, 12);
    assert.equal(await figure(page), String(Number(expected[0].y_hat[0].toPrecision(4))));
    assert.match(
      await page.locator(".dec").innerText(),
      /^From 69\.54 to 68\.56 over 12 steps; lowest 61\.97 at step 3/,
    );
    assert.equal((await series.locator("polyline").getAttribute("points")).split(" ").length, 12);
    assert.equal((await series.locator("polygon").getAttribute("points")).split(" ").length, 24);
    assert.equal(await page.locator(".outputs").isHidden(), true, "nothing is said twice");
    assert.equal(await series.getByText("Grey: the likely range.").isVisible(), true);
    await until(() => requests.some((url) => /\/many-[^/]+\.css/.test(url)), "styles of other views");
    await page.waitForLoadState("networkidle"); // styles that come later change nothing here
    const places = await series.locator(".ys span, .xs span").evaluateAll((all) => all.map((e) => e.getBoundingClientRect().toJSON()));
    assert.ok(places.length >= 4);
    for (const [i, a] of places.entries())
      for (const b of places.slice(i + 1))
        assert.ok(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top, JSON.stringify([a, b]));
    await give(page, "h", "3");
    assert.equal((await rows()).length, 3);
    assert.equal(await series.locator("h2").innerText(), "y, 3 steps ahead");
    await give(page, "h", "0");
    assert.match(await page.locator(".wary").innerText(), /^No prediction for this case\./);
  }));

test("a forecast without a field for its steps shows a dozen", () =>
  withPage({}, async (page) => {
    await open(page, "time_series", "horizon_option");
    assert.equal(await figure(page), "21.75");
    assert.equal(await page.locator(".series tbody tr").last().innerText(), `12\t${20.5 + 12 * 1.25}`);
    assert.match(await text(page), /This model asks for nothing/);
  }));

test("clusters, documents and anomalies are called by what they are", () =>
  withPage({}, async (page) => {
    for (const [folder, model, row, title, entity] of [
      ["clustering", "euclidean", 0, "Closest group", "group"],
      ["text", "defaults", 0, "Closest document", "document"],
      ["anomaly_detection", "iforest", 0, "Anomaly score", null],
    ]) {
      const { records, expected } = await open(page, folder, model);
      for (const [name, value] of Object.entries(records[row])) await give(page, name, String(value));
      assert.equal(await page.locator("#h-pred").innerText(), title);
      for (const [name, value] of Object.entries(expected[row])) {
        if (!(await page.locator(`[data-result="${name}"]`).count())) continue;
        const shown = await lines(page, name);
        [value].flat().forEach((item, i) => {
          if (typeof item === "number") near(Number(shown[i]), item);
          else assert.equal(shown[i], String(item), name);
        });
      }
      if (entity) assert.ok((await page.locator(".outputs .what").allInnerTexts()).includes(entity));
    }
  }));

test("several targets are all told, and the actual value is asked for as such", () =>
  withPage({}, async (page) => {
    const { records, expected } = await open(page, "nearest_neighbor", "two_targets_mixed");
    assert.match(await field(page, "n").innerText(), /The actual value, if it is known/);
    await give(page, "x", String(records[0].x));
    assert.equal(await figure(page), String(expected[0].n));
    assert.match(await page.locator('[data-result="c"]').innerText(), /also predicted/);
    assert.equal(await exact(page, "c"), expected[0].c);
    await give(page, "n", String(records[0].n));
    assert.equal(await exact(page, "r_n"), String(expected[0].r_n));
  }));

test("a model that remembers is asked as if nothing came before, and says so", () =>
  withPage({}, async (page) => {
    const { records, expected } = await open(page, "baseline", "base_cusum_gaussian");
    assert.match(await page.locator(".form").innerText(), /as if it were the first/);
    for (const x of [records[0].x + 1, records[0].x]) await give(page, "x", String(x));
    near(Number(await exact(page, "stat")), expected[0].stat);
  }));

test("no kind of model brings words of a machine onto the page", () =>
  withPage({ path: "#view=about", viewport: { width: 320, height: 640 } }, async (page) => {
    const check = async (folder) => {
      const said = await text(page);
      assert.doesNotMatch(
        said,
        /\[object|undefined|\bNaN\b|\bnull\b|Infinity|_target|_rules|Predicted Prediction/,
        `${folder}: ${said}`,
      );
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320, folder);
    };
    for (const folder of fs.readdirSync(data("features"))) {
      if (!fs.existsSync(data(`features/${folder}/manifest.json`))) continue;
      const { model, records } = cases(folder).find((c) => c.records) ?? cases(folder)[0];
      await openFile(page, data(`features/${folder}/${model}`));
      await page.locator(".mc dd", { hasText: model.split("/").at(-1) }).waitFor();
      await check(folder);
      await page.getByRole("link", { name: "One case" }).click();
      for (const [name, value] of Object.entries(records?.[0] ?? {})) {
        const box = field(page, name).locator("input.box:visible");
        if (value !== null && (await box.count()))
          await box.first().fill(Array.isArray(value) ? typed(value) : String(value));
      }
      await settled(page);
      await check(folder);
      await page.getByRole("link", { name: "About this model" }).click();
    }
  }));
