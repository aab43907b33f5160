// Why a prediction is what it is, and what would change it, as the page shows it; held against what the package and the
// models themselves say.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import test from "node:test";
import { Model } from "scorelet";
import { exact, field, figure, give, openFile, repository, withPage } from "./support/page.mjs";
import { still, until } from "./support/until.mjs";
import { explained, numberIn, openGallery, rowsOf } from "./support/why.mjs";

const gallery = path.join(repository, "web/what-if/public/gallery");
const modelOf = (id) => Model.load(fs.readFileSync(path.join(gallery, `${id}.pmml`)));
const gallerycsv = (id) => {
  const [head, ...rows] = fs.readFileSync(path.join(gallery, `${id}.csv`), "utf8").trim().split("\n").map((line) => line.split(","));
  return rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i] || null])));
};
const chanceOf = (model, record) => model.score(record).details().probability;

/** The rows of contributions once the largest come first: after a moment of rest they move to where they belong. */
async function inOrder(page) {
  const sizesOf = (rows) => rows.slice(1, -1).filter((row) => row.detail !== "").map((row) => Math.abs(numberIn(row.number)));
  const isInOrder = (sizes) => sizes.every((size, i) => i === 0 || size <= sizes[i - 1]);
  await until(async () => isInOrder(sizesOf(await rowsOf(page, ".water"))), "rows in order");
  await still(page);
  return rowsOf(page, ".water");
}

test("contributions lead from the average to the prediction, largest first, and add up", () =>
  withPage({}, async (page) => {
    await openGallery(page, "arrears");
    await give(page, "delinq_2y", "4");
    await explained(page);
    const rows = await inOrder(page);
    const sizes = rows.slice(1, -1).map((row) => numberIn(row.number));
    assert.ok(rows.length >= 5 && rows.length <= 10);
    const [base, result] = [rows[0], rows.at(-1)].map((row) => numberIn(row.number));
    assert.equal(Math.round(result), numberIn(await figure(page)));
    const sum = base + sizes.reduce((a, b) => a + b, 0);
    assert.ok(Math.abs(sum - result) <= 0.05 * rows.length, `${sum} against ${result}`);
    for (const row of rows.slice(1, -1))
      assert.match(row.number, /^(▲ \+|▼ \u2212)\d+\.\d$|^[+\u2212]?0\.0$/, "the sign is text");
    for (let i = 2; i < rows.length - 1; i++) {
      const [before, now] = [rows[i - 1], rows[i]].map((r) => r.bar);
      const end = numberIn(rows[i - 1].number) > 0 ? before.right : before.left;
      const start = numberIn(rows[i].number) > 0 ? now.left : now.right;
      assert.ok(Math.abs(end - start) < 3.5, `${rows[i].name} begins where ${rows[i - 1].name} ends`);
    }
    const heading = await page.locator(".waterfall h2").innerText();
    const isUp = result >= base;
    const strongest = rows.slice(1, -1).find((row) => numberIn(row.number) > 0 === isUp);
    assert.ok(heading.startsWith(`${strongest.name} ${isUp ? "drives this up" : "brings this down"}.`), heading);
    await page.getByText("Compared with 100 cases kept with this example.").waitFor();
  }));

test("all 100 cases are compared with in the end, even where that takes long; until then it says with how many", () =>
  withPage({}, async (page) => {
    await openGallery(page, "credit");
    await give(page, "credit_utilization", "90");
    const text = page.locator(".waterfall .fine").first();
    await text.getByText("Compared with 20 of 100 cases kept with this example.").waitFor();
    await text.getByText("Compared with 100 cases kept with this example.").waitFor({ timeout: 120_000 });
    const rows = await inOrder(page);
    // What every one of the cases gets, on average.
    const cases = gallerycsv("credit");
    const model = await modelOf("credit");
    const mean = cases.reduce((sum, row) => sum + chanceOf(model, row).yes, 0) / cases.length;
    model.close();
    assert.equal(numberIn(rows[0].number), Math.round(mean * 1000) / 10);
    // A change while all are being compared is answered at once.
    await give(page, "credit_utilization", "20");
    await text.getByText("Compared with 20 of 100").waitFor();
    await give(page, "credit_utilization", "30");
    await explained(page);
    assert.equal(Math.round(numberIn((await rowsOf(page, ".water")).at(-1).number)), Number.parseInt(await figure(page), 10));
  }));

test("a formula's contributions are weight times distance from the average", () =>
  withPage({}, async (page) => {
    const names = ["a", "b"];
    const document = `<PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header/><DataDictionary>${names.map((n) => `<DataField name="${n}" optype="continuous" dataType="double"><Interval closure="closedClosed" leftMargin="0" rightMargin="10"/></DataField>`).join("")}<DataField name="y" optype="continuous" dataType="double"/></DataDictionary>
      <RegressionModel functionName="regression"><MiningSchema>${names.map((n) => `<MiningField name="${n}"/>`).join("")}<MiningField name="y" usageType="target"/></MiningSchema>
      <RegressionTable intercept="100"><NumericPredictor name="a" coefficient="3"/><NumericPredictor name="b" coefficient="-2"/></RegressionTable></RegressionModel></PMML>`;
    await openFile(page, { name: "sum.pmml", mimeType: "text/xml", buffer: Buffer.from(document) });
    await page.waitForSelector(".case");
    await give(page, "a", "10");
    await give(page, "b", "1");
    await explained(page);
    assert.match(await page.locator(".waterfall").innerText(), /carries no example cases.*100 made-up ones/s);
    // Of ten cases of the reader's own the averages are a = 2 and b = 6.
    const rows = Array.from({ length: 10 }, (_, i) => `${i % 2 ? 3 : 1};x;${i % 2 ? 4 : 8}`);
    await page.setInputFiles("[data-take=background]", { name: "mine.csv", mimeType: "text/csv", buffer: Buffer.from(`a;other;b\r\n${rows.join("\r\n")}\r\n`) });
    await page.getByText("Compared with 10 cases of mine.csv").waitFor();
    await explained(page);
    const told = Object.fromEntries((await rowsOf(page, ".water")).map((row) => [row.name, numberIn(row.number)]));
    assert.deepEqual(told, { "Average case": 94, a: 24, b: 10, "This case": 128 });
    await page.setInputFiles("[data-take=background]", { name: "else.csv", mimeType: "text/csv", buffer: Buffer.from("x,z\n1,2\n") });
    await page.getByText("else.csv has no column named like a field").waitFor();
  }));

test("old explanations step back at once and never stand beside a new number", () =>
  withPage({}, async (page) => {
    await openGallery(page, "diabetes");
    const seen = await page.evaluate(async () => {
      const slider = document.querySelector("input[type=range]");
      slider.value = "0.9";
      slider.dispatchEvent(new Event("input"));
      return [...document.querySelectorAll(".why .card")].filter((e) => !e.hidden).map((e) => e.getAttribute("aria-busy"));
    });
    assert.ok(seen.length >= 4 && seen.every((busy) => busy === "true"), String(seen));
    await explained(page);
    const rows = await rowsOf(page, ".water");
    assert.equal(Math.round(numberIn(rows.at(-1).number)), Math.round(numberIn(await figure(page))));
  }));

test("the curve passes through this case; its dot is dragged and moved by keys, and the slider follows", () =>
  withPage({}, async (page) => {
    await openGallery(page, "claims");
    await page.locator(".curve select").selectOption("bonus_malus");
    await explained(page);
    const box = field(page, "bonus_malus").locator("input.box");
    await page.locator(".chart").evaluate((chart) => chart.scrollIntoView({ block: "end" }));
    const plot = await page.locator(".chart").boundingBox();
    await page.mouse.move(plot.x + plot.width * 0.5, plot.y + plot.height / 2);
    await page.mouse.down();
    await page.mouse.move(plot.x + plot.width * 0.75, plot.y + plot.height / 2, { steps: 4 });
    const heading = await page.locator(".curve h2").innerText();
    await page.mouse.up();
    await explained(page);
    const dragged = Number(await box.inputValue());
    const dot = await page.locator(".chart .dot").boundingBox();
    assert.ok(Math.abs(dot.x + dot.width / 2 - (plot.x + plot.width * 0.75)) < 6, "the dot is where the pointer is");
    assert.equal(await page.locator(".curve h2").innerText(), heading, "the line is the same");
    const handle = page.locator(".chart .handle");
    assert.match(await handle.getAttribute("aria-valuetext"), new RegExp(`^${dragged}: `));
    await handle.focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("PageUp");
    assert.equal(Number(await box.inputValue()), dragged + 11);
    await explained(page);
    assert.equal(await page.locator(".chart b.dl").innerText(), `this case, ${await figure(page)}`);
    // The table below says what the model says.
    await page.locator(".curve summary").click();
    const model = await modelOf("claims");
    const record = {};
    for (const { name } of model.description.inputs) {
      const root = field(page, name);
      record[name] = (await root.locator("select").count())
        ? await root.locator("option:checked").innerText()
        : (await root.getByRole("radio").count())
          ? await root.getByRole("radio", { checked: true }).inputValue()
          : await root.locator("input.box").inputValue().then((text) => text.replace(/,/g, ""));
    }
    const [first, last] = await page.locator(".curve tbody tr").evaluateAll((rows) => [rows[0], rows.at(-1)].map((r) => [...r.children].map((c) => c.textContent)));
    for (const [value, own] of [first, last]) {
      const want = model.score({ ...record, bonus_malus: value }).values.claim_count ?? model.score({ ...record, bonus_malus: value }).details().predictedValue;
      assert.ok(Math.abs(numberIn(own) - want) <= 0.001 * want, `${value}: ${own}, not ${want}`);
    }
    model.close();
  }));

test("trees are drawn as steps, formulas as slopes, words as rows; what was not seen is hatched", () =>
  withPage({}, async (page) => {
    await openGallery(page, "claims");
    await page.locator(".curve select").selectOption("bonus_malus");
    await explained(page);
    assert.match(await page.locator(".chart .l").getAttribute("d"), /^M[\d.]+ [\d.]+(L[\d.]+ [\d.]+)+$/);
    await page.locator(".curve select").selectOption("fuel");
    await explained(page);
    const words = await rowsOf(page, ".words");
    assert.deepEqual(words.map((w) => w.name), ["Diesel", "Regular"]);
    assert.equal(words[0].number, await figure(page));
    await openGallery(page, "kyphosis");
    await page.locator(".curve select").selectOption("Start");
    await explained(page);
    assert.match(await page.locator(".chart .l").getAttribute("d"), /^M[^L]+$/);
    assert.equal(await page.locator(".chart .hatch:visible").count(), 0);
    await give(page, "Start", "25");
    await explained(page);
    assert.equal(await page.locator(".chart .hatch.after:visible").count(), 1);
    assert.equal(await page.locator(".chart .unseen").innerText(), "not seen in training");
  }));

test("the tornado sorts fields by how far they move the prediction; rows move only after a rest", () =>
  withPage({}, async (page) => {
    await openGallery(page, "arrears");
    const read = () =>
      page.locator(".torn tbody tr:visible").evaluateAll((rows) =>
        rows.map((row) => [row.querySelector(".name").textContent, ...[".a", ".z"].map((part) => Number(row.querySelector(part).textContent))]),
      );
    const rows = await read();
    assert.ok(rows.length > 2 && rows.length <= 7);
    const widths = rows.map(([, low, high]) => high - low);
    for (let i = 1; i < widths.length; i++) assert.ok(widths[i] <= widths[i - 1] + 1, String(widths));
    assert.ok((await page.locator(".tornado h2").innerText()).startsWith(rows[0][0]));
    const model = await modelOf("arrears");
    const start = Object.fromEntries(await Promise.all(model.description.inputs.map(async ({ name }) => [name, (await field(page, name).locator("input.box").inputValue()).replace(/,/g, "")])));
    const [name, low, high] = rows[0];
    const { name: moved } = model.description.inputs.find((f) => f.displayName === name);
    const { left, right } = model.description.inputs.find((f) => f.name === moved).intervals[0];
    const along = Array.from({ length: 4001 }, (_, i) => chanceOf(model, { ...start, [moved]: left + ((right - left) * i) / 4000 })["1"] * 100);
    assert.ok(Math.abs(Math.min(...along) - low) <= 1 && Math.abs(Math.max(...along) - high) <= 1, `${name} ${low} ${high}`);
    model.close();
    const order = (await read()).map(([n]) => n);
    await field(page, moved).getByRole("slider").focus();
    await page.keyboard.press("Home");
    await explained(page);
    assert.deepEqual((await read()).map(([n]) => n).sort(), order.sort(), "no row comes or goes under the pointer");
  }));

test("the limit stands on the scale, in the verdict and in the curve", () =>
  withPage({}, async (page) => {
    await openGallery(page, "arrears");
    const limit = page.getByRole("textbox", { name: "Limit" });
    await limit.fill("10");
    const now = numberIn(await figure(page));
    assert.match(await page.locator(".dec").innerText(), now < 10 ? /Below the limit of 10\s%/ : /Above the limit of 10\s%/);
    assert.match(await page.locator(".sl .limit").innerText(), /^limit 10\s%$/);
    await page.locator(".curve select").selectOption("utilization");
    await explained(page);
    assert.notEqual(await page.locator(".chart .thr").getAttribute("d"), "");
    assert.match(await page.locator(".ways h2").innerText(), /^Ways to get (below|above) 10\s%$/);
    await limit.fill(String(now + 0.2));
    assert.match(await page.locator(".dec").innerText(), /just (below|above) the limit\. A small change could turn the decision\./);
    await limit.fill("");
    assert.equal(await page.locator(".track .lim").isHidden(), true);
    assert.doesNotMatch(await page.locator(".dec").innerText(), /limit/);
  }));

test("with one field alone: the nearest value that reaches the target is found, tried and undone", () =>
  withPage({}, async (page) => {
    await openGallery(page, "claims");
    const before = await figure(page);
    const ways = page.locator(".ways");
    await ways.locator(".seek select").first().selectOption("bonus_malus");
    await ways.locator(".seek .box").fill("0.8");
    await ways.getByRole("button", { name: "Find it" }).click();
    await ways.locator(".cf > li").waitFor();
    assert.equal(await ways.locator(".cf > li").count(), 1);
    assert.match(await ways.locator(".chg").innerText(), /^140\s→\s\d+/);
    await ways.getByRole("button", { name: /^Try it/ }).click();
    const after = numberIn(await figure(page));
    assert.ok(after <= 0.8 && after > 0.79, `${after}`);
    const kept = () => page.locator(".strip .sum strong").allInnerTexts();
    assert.deepEqual((await kept()).map(numberIn), [numberIn(before), after], "the case before and the way stand side by side");
    await page.getByRole("button", { name: "Undo trying a way" }).click();
    assert.equal(await figure(page), before);
    assert.deepEqual(await kept(), [], "one step takes both back");
    await page.getByRole("button", { name: "Redo trying a way" }).click();
    assert.equal((await kept()).length, 2);
    await page.getByRole("button", { name: "Undo trying a way" }).click();
    await ways.locator(".seek .box").fill("0.001");
    await ways.getByRole("button", { name: "Find it" }).click();
    await ways.getByText(/^No Bonus-malus level from 50 to 230 brings this below 0\.001\. The closest is 50, at 0\.4023\.$/).waitFor();
    await ways.locator(".seek .box").fill("many");
    await ways.getByRole("button", { name: "Find it" }).click();
    await ways.getByText("Say first what to reach: a number.").waitFor();
  }));

test("with a few changes: the model agrees, what is held fixed stays, and a search can be cancelled", () =>
  withPage({}, async (page) => {
    await openGallery(page, "arrears");
    await page.getByRole("textbox", { name: "Limit" }).fill("5");
    await explained(page);
    const ways = page.locator(".ways");
    await ways.locator("summary").click();
    await ways.getByRole("combobox", { name: "Late payments in two years, how it may move" }).selectOption("not at all");
    await ways.getByRole("combobox", { name: "Amount of the loan (EUR), how it may move" }).selectOption("only down");
    await ways.getByRole("button", { name: "Find ways with up to three changes" }).click();
    await ways.locator(".cf > li").first().waitFor({ timeout: 60000 });
    const found = await ways.locator(".cf > li").evaluateAll((items) =>
      items.map((item) => ({
        names: [...item.querySelectorAll("ul li > span:first-child")].map((e) => e.textContent),
        values: [...item.querySelectorAll(".chg")].map((e) => [e.querySelector("s").textContent, e.querySelector("b").textContent]),
        result: item.querySelector(".res b").textContent,
      })),
    );
    const counts = found.map((way) => way.names.length);
    assert.deepEqual(counts, [...counts].sort(), "fewest changes first");
    for (const { names, values, result } of found) {
      assert.ok(names.length >= 1 && names.length <= 3 && !names.includes("Late payments in two years"));
      const amount = names.indexOf("Amount of the loan (EUR)");
      if (amount >= 0) assert.ok(numberIn(values[amount][1]) < numberIn(values[amount][0]));
      assert.ok(numberIn(result) < 5, result);
    }
    await ways.getByRole("button", { name: /^Try it/ }).first().click();
    assert.ok(numberIn(await figure(page)) <= 5);
    await explained(page);
    assert.equal(await ways.locator(".cf > li").count(), 0, "what was found is about the case before");
  }));

test("a search that takes long says so, and ends at once when cancelled", () =>
  withPage({}, async (page) => {
    await openGallery(page, "credit");
    await page.getByRole("textbox", { name: "Limit" }).fill("0.01"); // no way leads there, so that all are looked at
    await explained(page);
    const ways = page.locator(".ways");
    const workers = page.workers().length;
    await ways.getByRole("button", { name: "Find ways with up to three changes" }).click();
    await ways.getByText(/^Looking for ways/).waitFor();
    await ways.getByRole("button", { name: "Cancel" }).click();
    await ways.getByText("The search was cancelled.").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Find ways with up to three changes");
    await until(() => page.workers().length <= workers, "the end of the search's engine");
    await give(page, "age", "60");
    await explained(page);
  }));

test("how the number came about: treatments in words, terms and trees that add up", () =>
  withPage({}, async (page) => {
    await openGallery(page, "arrears");
    await give(page, "income", null);
    await page.locator(".how summary").click();
    const how = page.locator(".how");
    await how.getByText("Yearly income (EUR) was not given, and the model goes on without it.").waitFor();
    await how.getByRole("button", { name: /^Show all \d+$/ }).click();
    await explained(page);
    const text = await how.innerText();
    const shares = (await how.locator("tbody .num").allInnerTexts()).map(numberIn);
    const [, constant, total] = /Starting from (\S+), all parts together give (\S+)\./.exec(text);
    const sum = numberIn(constant) + shares.reduce((a, b) => a + b, 0);
    assert.ok(Math.abs(sum - numberIn(total)) < 0.02, `${sum} and ${total}`);
    const chance = 100 / (1 + Math.exp(-numberIn(total)));
    assert.ok(Math.abs(chance - numberIn(await exact(page, "probability(1)")) * 100) < 0.1);
    assert.equal(await how.locator(":scope h2").innerText(), "How this number came about");
  }));

test("of a formula the parts of this case are shown, with the value of each category; those that give nothing are counted", () =>
  withPage({}, async (page) => {
    await openGallery(page, "claims");
    const how = page.locator(".how");
    await how.locator("summary").click();
    await how.getByRole("button", { name: "Show all 8" }).click();
    const rows = await how.locator("table").last().locator("tbody tr").evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
    assert.deepEqual(rows.filter(([, , gives]) => /^[\u2212-]?0$/.test(gives)), []);
    assert.ok(rows.some(([name]) => name === "Fuel (Diesel)"), JSON.stringify(rows));
    const document = fs.readFileSync(path.join(gallery, "claims.pmml"), "utf8");
    const terms = document.match(/<(CategoricalPredictor|NumericPredictor)/g).length;
    assert.equal(await how.locator("p.fine").innerText(), `${terms - rows.length} parts that give 0 in this case are left out.`);
  }));

test("models without a number to explain show no explanations", () =>
  withPage({}, async (page) => {
    await page.goto(`${page.url()}?model=gallery/sunspots.pmml`);
    const why = page.locator('.why[aria-busy="false"]');
    await why.waitFor({ state: "attached" });
    assert.equal(await why.isHidden(), true);
  }));

test("every model of the gallery but a forecast keeps cases to compare with, and they are scored", async () => {
  const list = JSON.parse(fs.readFileSync(path.join(repository, "web/what-if/gallery/gallery.json"), "utf8"));
  for (const { id, cases } of list.filter((m) => m.id !== "sunspots")) {
    const [head, ...rows] = fs.readFileSync(path.join(gallery, `${id}.csv`), "utf8").trim().split("\n").map((line) => line.split(","));
    assert.equal(rows.length, cases, id);
    assert.ok(cases > 90, id);
    const model = await modelOf(id);
    const names = model.description.inputs.map((f) => f.name);
    assert.deepEqual(head.filter((name) => !names.includes(name)), [], id);
    const scored = rows.filter((row) => model.score(Object.fromEntries(head.map((name, i) => [name, row[i] || null]))).details().predictedValue !== null);
    assert.ok(scored.length > cases / 2, `${id}: ${scored.length}`);
    model.close();
  }
});

test("a text of words has no other value to look for: no way is offered", () =>
  withPage({ path: "?model=gallery/reviews.pmml", ready: ".tornado:not([hidden])" }, async (page) => {
    await page.locator("details.how").waitFor(); // comes after the ways
    assert.equal(await page.locator(".ways").isHidden(), true);
  }));

test("what is pressed stays beneath the pointer, and counts, whatever explanations come meanwhile", () =>
  withPage({ path: "?model=gallery/arrears.pmml", ready: ".outputs" }, async (page) => {
    const button = page.getByRole("button", { name: "Show exact values" });
    await button.click({ delay: 1500 });
    assert.equal(await button.getAttribute("aria-pressed"), "true");
    await explained(page);
  }));
