// The element <scorelet-whatif> in a plain page with a strict policy.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import test from "node:test";
import { isDeepStrictEqual } from "node:util";
import { Model } from "scorelet";
import { violations, wcag } from "./support/axe.mjs";
import { withPage } from "./support/page.mjs";
import { dist } from "./support/server.mjs";
import { until } from "./support/until.mjs";

const example = { path: "embed/example.html", ready: "scorelet-whatif .case" };
const element = (page) => page.locator("scorelet-whatif");
const figure = (page) => page.locator(".answer[aria-busy=false] .fig strong").innerText();

test("one script tag and one element: form, prediction, events, parts", () =>
  withPage(example, async (page, { requests }) => {
    assert.match(await figure(page), /%$/);
    const told = await page.locator("output").innerText();
    assert.match(told, /^(setosa|versicolor|virginica)$/);
    await page.evaluate(() => {
      globalThis.changes = [];
      addEventListener("scorelet-change", ({ detail }) => globalThis.changes.push(detail));
    });
    const given = { "Sepal.Length": 6.5, "Sepal.Width": 3, "Petal.Length": 5.5, "Petal.Width": 2 };
    for (const [name, value] of Object.entries(given)) {
      const box = page.locator(`[data-field="${name}"] input.box`);
      await box.click();
      await box.fill("");
      await page.keyboard.type(String(value)); // key by key: what is typed must not be written over
      assert.equal(await box.inputValue(), String(value));
    }
    let last;
    await until(async () => {
      last = await page.evaluate(() => globalThis.changes.at(-1));
      return isDeepStrictEqual(last?.inputs, given);
    }, "an event with all that was given");
    const model = await Model.load(fs.readFileSync(path.join(dist, "gallery/iris.pmml")));
    const { values } = model.score(given);
    assert.equal(last.results.prediction, values.Species);
    for (const name of ["setosa", "versicolor", "virginica"])
      assert.equal(last.results.probabilities[name], values[`probability(${name})`]);
    assert.equal(await page.locator("output").innerText(), values.Species);
    const font = await page.locator("[part=figure]").evaluate((e) => getComputedStyle(e).fontFamily);
    assert.equal(font, "Georgia, serif", "the page's style reaches the part");
    assert.equal(requests.filter((url) => /wasm/.test(url)).length, 1);
  }));

test("attributes: fields, theme, language, another model; properties", () =>
  withPage(example, async (page) => {
    const set = (name, value) => element(page).evaluate((e, [n, v]) => e.setAttribute(n, v), [name, value]);
    await set("fields", "Petal.Width,Petal.Length");
    assert.deepEqual(
      await page.locator(".field").evaluateAll((all) => all.map((e) => e.dataset.field)),
      ["Petal.Width", "Petal.Length"],
    );
    const canvas = () => element(page).evaluate((e) => getComputedStyle(e).backgroundColor);
    assert.equal(await canvas(), "rgb(246, 246, 243)");
    await set("theme", "dark");
    assert.equal(await canvas(), "rgb(18, 20, 23)");
    await set("lang", "de");
    await page.getByRole("heading", { name: "Der Fall" }).waitFor();
    await element(page).evaluate((e) => e.setInput("Petal.Width", 2.5));
    assert.equal(await page.locator('[data-field="Petal.Width"] input.box').inputValue(), "2,5");
    assert.equal(await element(page).evaluate((e) => e.inputs["Petal.Width"]), 2.5);
    await set("fields", "");
    await set("src", "../gallery/points.pmml");
    await page.locator('[data-field="grade"]').waitFor();
    assert.equal(typeof (await element(page).evaluate((e) => e.results.prediction)), "number");
  }));

test("a model that does not open is told, inside and by an event", () =>
  withPage({ ...example, expected: /404/ }, async (page) => {
    await element(page).evaluate((e) => e.setAttribute("src", "none.pmml"));
    await page.getByRole("alert").waitFor();
    assert.equal(await page.locator("output").innerText(), "This file could not be read");
  }));

test("an element taken away ends its engine; put back it opens again", () =>
  withPage(example, async (page) => {
    await page.evaluate(() => (globalThis.held = document.querySelector("scorelet-whatif")).remove());
    await until(() => page.workers().length === 0, "the end of the engine");
    await page.evaluate(() => document.querySelector("main").append(globalThis.held));
    await page.waitForSelector("scorelet-whatif .case");
  }));

test("it follows its own width: narrow in a wide page, one column", () =>
  withPage(example, async (page) => {
    const columns = () => page.locator(".case").evaluate((e) => getComputedStyle(e).gridTemplateColumns);
    assert.equal(await columns(), "none");
    await page.evaluate(() => (document.body.style.maxInlineSize = "1400px"));
    assert.match(await columns(), /^400px /);
    await page.setViewportSize({ width: 320, height: 700 });
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
  }));

const explains = (page, background) =>
  element(page).evaluate((e, address) => {
    globalThis.reasons = [];
    e.addEventListener("scorelet-explained", ({ detail }) => globalThis.reasons.push(detail));
    if (address) e.setAttribute("background", address);
    e.setAttribute("explain", "");
  }, background);
const current = (page) => page.locator("scorelet-whatif .waterfall[aria-busy=false]");

test("with `explain` it says why: loaded when asked for, with cases of the page's own to compare with, an event and parts", () =>
  withPage(example, async (page, { requests }) => {
    const scripts = () => new Set(requests.filter((url) => url.endsWith(".js"))).size;
    const before = scripts();
    await page.waitForTimeout(500);
    assert.equal(scripts(), before, "nothing is loaded before");
    await explains(page, "../gallery/iris.csv");
    await current(page).getByText("Compared with 100 cases of iris.csv.").waitFor();
    await page.locator('[data-field="Petal.Length"] input.box').fill("6");
    let last;
    await until(async () => {
      last = await page.evaluate(() => globalThis.reasons.at(-1));
      return last?.inputs["Petal.Length"] === 6;
    }, "reasons for what was given");
    await current(page).waitFor();
    assert.equal(last.quantity.kind, "probability");
    const sum = Object.values(last.contributions).reduce((a, b) => a + b, last.base);
    assert.ok(Math.abs(sum - last.value) < 1e-9, `${sum} and ${last.value}`);
    const model = await Model.load(fs.readFileSync(path.join(dist, "gallery/iris.pmml")));
    assert.equal(last.value, model.score(last.inputs).details().probability[last.quantity.name]);
    const style = (part) => page.locator(`[part=${part}]`).first().evaluate((e) => getComputedStyle(e).display);
    for (const part of ["explanations", "contributions", "curve", "sensitivity", "ways", "trace"]) assert.notEqual(await style(part), "", part);
    // Styles of explanations are the element's own: a bar has its colour.
    assert.notEqual(await page.locator(".water .bar").first().evaluate((e) => getComputedStyle(e).backgroundColor), "rgba(0, 0, 0, 0)");
    await page.getByText("Each can be tried, and undone.").waitFor();
    const shown = await figure(page);
    await page.getByRole("button", { name: "Find it" }).click();
    await page.getByRole("button", { name: /^Try it/ }).first().click();
    await page.locator("[data-key=undo]").click();
    await until(async () => (await figure(page)) === shown, "what it was before the try");
    const limit = page.getByRole("textbox", { name: "Limit" });
    await limit.click();
    await page.keyboard.type("12.5");
    assert.equal(await limit.inputValue(), "12.5", "what is typed is not written over");
    await element(page).evaluate((e) => e.removeAttribute("explain"));
    assert.equal(await page.locator(".why").count(), 0);
  }));

test("explanations in the element without cases of the page's own say what they compare with", () =>
  withPage(example, async (page) => {
    await explains(page, null);
    await current(page).getByText(/^The contributions are Shapley values/).waitFor();
    const narrow = await page.locator("scorelet-whatif").evaluate((e) => e.scrollWidth <= e.clientWidth + 1);
    assert.equal(narrow, true);
  }));

for (const theme of ["light", "dark"])
  test(`axe finds nothing: ${theme}`, () =>
    withPage(example, async (page) => {
      await element(page).evaluate((e, t) => e.setAttribute("theme", t), theme);
      await explains(page, "../gallery/iris.csv");
      await page.locator('.why[aria-busy="false"] .waterfall').waitFor(); // until then they are dim
      assert.deepEqual(await violations(page, wcag), []);
    }));

test("fields that the model does not have are said, and others may be named then", () =>
  withPage(example, async (page) => {
    await page.evaluate(() => {
      globalThis.errors = [];
      addEventListener("scorelet-error", ({ detail }) => globalThis.errors.push(detail));
    });
    const set = (value) => element(page).evaluate((e, v) => e.setAttribute("fields", v), value);
    await set("Petal.Width,colour,size");
    const alert = page.getByRole("alert");
    await alert.waitFor();
    assert.match(await alert.innerText(), /^This model has no field colour and size .*Sepal\.Length.*Petal\.Width/);
    assert.equal(await page.locator(".case").count(), 0);
    const [error, ...more] = await page.evaluate(() => globalThis.errors);
    assert.deepEqual([error.message, error.diagnostics, more], ["This model has no field colour and size", [], []]);
    await set("Petal.Width");
    await page.locator(".case").waitFor();
    assert.deepEqual(await page.locator("[data-field]").evaluateAll((all) => all.map((f) => f.dataset.field)), ["Petal.Width"]);
    await page.locator("[data-field] input.box").fill("2.5");
    assert.match(await figure(page), /%$/);
  }));
