// The page in its other language, in a made-up one whose texts are longer, and mirrored.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import test from "node:test";
import { field, figure, give, openExample, repository, settled, withPage } from "./support/page.mjs";

const german = { locale: "de-DE", timezoneId: "Europe/Berlin" };
const lang = (page) => page.evaluate(() => document.documentElement.lang);

test("a German browser gets German words, numbers, dates and lists", () =>
  withPage({ ...german, path: "?model=gallery/credit.pmml" }, async (page) => {
    await page.waitForSelector(".case");
    assert.equal(await lang(page), "de");
    await give(page, "income", "1.250.000,5");
    assert.equal(await field(page, "income").locator("input.box").inputValue(), "1.250.000,5");
    await give(page, "income", "45.000");
    await field(page, "age").locator("input.box").focus();
    assert.equal(await field(page, "income").locator("input.box").inputValue(), "45.000");
    assert.match(await figure(page), /^[\d,]+\s%$/);
    await page.getByRole("link", { name: "Über dieses Modell" }).click();
    const text = await page.locator(".about").innerText();
    for (const words of ["24. November 2026 um 23:51", "eines von: family, mortgage, own oder rent", "0 bis 10.000.000"])
      assert.ok(text.includes(words), `${words}: ${text}`);
  }));

test("the address asks for a language before the browser does", () =>
  withPage({ ...german, path: "?lang=en" }, async (page) => {
    assert.equal(await page.getByRole("heading", { level: 2 }).first().innerText(), "Open a model to begin");
  }));

test("the switch keeps the model, the case and the view, and is remembered", () =>
  withPage({}, async (page) => {
    await openExample(page);
    await give(page, "age", "33.5");
    const before = await figure(page);
    await page.getByRole("button", { name: "Deutsch" }).click();
    await page.getByRole("link", { name: "Ein Fall" }).waitFor();
    await settled(page);
    assert.equal(await field(page, "age").locator("input.box").inputValue(), "33,5");
    assert.equal(await figure(page), before);
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Deutsch");
    assert.match(await page.title(), /^Loan default: /);
    await page.keyboard.press("Control+z");
    await settled(page);
    assert.notEqual(await field(page, "age").locator("input.box").inputValue(), "33,5");
    await page.reload();
    await page.waitForSelector(".case");
    assert.equal(await lang(page), "de");
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("link", { name: "One case" }).waitFor();
  }));

/** The English catalogue as a module in place of the German one, every text stretched by two fifths. */
function stretched() {
  const dist = path.join(repository, "web/what-if/test/dist");
  const part = (name) =>
    fs
      .readFileSync(path.join(dist, name), "utf8")
      .replace(/^import .*$/gm, "")
      .replace(/^export /gm, "");
  const views = fs.readdirSync(path.join(dist, "texts/en")).filter((name) => name !== "words.js");
  const parts = ["plural.js", ...["words.js", ...views].map((name) => `texts/en/${name}`), "texts.en.js"];
  return `${parts.map(part).join("")}
const longer = (x) =>
  typeof x === "string" ? (/[a-z]{3}/i.test(x) ? x + " " + "Wörter÷".repeat(Math.ceil(x.length * 0.4 / 7)).slice(0, Math.ceil(x.length * 0.4)).replaceAll("÷", " ") : x)
  : typeof x === "function" ? (...a) => longer(x(...a))
  : Object.fromEntries(Object.entries(x).map(([k, v]) => [k, longer(v)]));
export const de = longer(en);`;
}

const long = {
  ...german,
  prepare: (page) =>
    page.route("**/texts.de-*.js", (route) =>
      route.fulfill({ contentType: "text/javascript", body: stretched() }),
    ),
};

/** Elements with a text of their own that is cut off, those aside that may be. */
const clipped = () =>
  [...document.querySelectorAll("main *, header *, nav *, footer *")]
    .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()))
    .filter((e) => !e.closest(".vh, [hidden], header h1, .tabs, svg, details:not([open])") && e.offsetParent)
    .filter((e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== "visible")
    .map((e) => `${e.className} ${e.textContent.slice(0, 60)}`);

for (const width of [320, 768, 1440])
  for (const dir of ["ltr", "rtl"])
    test(`texts two fifths longer fit: ${width}, ${dir}`, () =>
      withPage({ ...long, viewport: { width, height: 800 } }, async (page) => {
        const fits = async (what) => {
          await page.evaluate((d) => (document.documentElement.dir = d), dir);
          const seen = await page.evaluate(() => document.documentElement.scrollWidth);
          assert.ok(seen <= width, `${what}: ${seen}`);
          assert.deepEqual(await page.evaluate(clipped), [], what);
        };
        await fits("empty");
        await page.locator(".opening .btn:not(.primary)").first().click();
        await page.waitForSelector(".case");
        assert.match(await page.locator("#h-form").innerText(), /Wört/);
        await fits("one case");
        await page.locator(".tabs a").last().click();
        await page.waitForSelector(".about");
        await fits("about");
      }));

test("mirrored, the form and its text run from right to left, number axes do not", () =>
  withPage({ path: "?model=gallery/credit.pmml" }, async (page) => {
    await page.waitForSelector(".case");
    await page.evaluate(() => (document.documentElement.dir = "rtl"));
    const at = async (selector) => page.locator(selector).first().boundingBox();
    const [form, answer] = [await at(".form"), await at(".pred")];
    assert.ok(form.x > answer.x + answer.width - 1, "the form stands on the right");
    const [label, row] = [await at('[data-field="age"] label'), await at('[data-field="age"]')];
    assert.ok(Math.abs(label.x + label.width - (row.x + row.width)) < 2, "labels start at the right");
    const [low, high] = [await at('[data-field="age"] .ends span'), await at('[data-field="age"] .ends span:last-child')];
    assert.ok(low.x < high.x, "low values are at the left");
    const [zero, hundred] = [await at(".sl .s"), await at(".sl .e")];
    assert.ok(zero.x < hundred.x);
  }));
