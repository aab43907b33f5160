// What the page tells of the training data: bars behind sliders, shares of values, rare values and those beyond.
import assert from "node:assert/strict";
import test from "node:test";
import { field, give, openExample, withPage } from "./support/page.mjs";

const note = (page, name) => field(page, name).locator(".note").innerText();
const bars = async (page, name) => (await field(page, name).locator(".hist path").getAttribute("d")).match(/M/g).length;

test("bars stand behind sliders, each over the values it counts", () =>
  withPage({}, async (page) => {
    await openExample(page);
    assert.match(await page.locator(".form").innerText(), /Grey: the 9,000 cases the model learned from\./);
    assert.equal(await bars(page, "term_months"), 6); // 12, 24, 36, 48, 60 and 84 months
    assert.ok((await bars(page, "loan_amount")) > 20);
    const term = field(page, "term_months");
    const places = await term.evaluate((root) => {
      const middle = (e) => e.getBoundingClientRect().x + e.getBoundingClientRect().width / 2;
      const svg = root.querySelector(".hist"),
        box = svg.getBBox(),
        scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
      return { first: svg.getBoundingClientRect().x + (box.x + 0.42) * scale, slider: root.querySelector("input[type=range]").getBoundingClientRect().x, middle: middle(svg) };
    });
    assert.ok(Math.abs(places.first - (places.slider + 9)) < 1.5, JSON.stringify(places)); // half a thumb from the end
  }));

test("a case begins in the middle of the training data, with the most frequent values", () =>
  withPage({}, async (page) => {
    await openExample(page);
    assert.equal(await field(page, "late_payments").locator("input.box").inputValue(), "1");
    assert.equal(await field(page, "home").locator("input:checked").getAttribute("value"), "mortgage");
    assert.match(await field(page, "home").innerText(), /mortgage\s+36\s%/);
    assert.match(await field(page, "purpose").locator("option:checked").innerText(), /^car \(27\s%\)$/);
  }));

test("rare values are remarked on, and values beyond the training data although they are valid", () =>
  withPage({}, async (page) => {
    await openExample(page);
    await give(page, "income", "190000");
    assert.match(await note(page, "income"), /^Only 1 in \d+ training cases had a value like this\.$/);
    await give(page, "term_months", "18");
    assert.equal(await note(page, "term_months"), "Hardly any training case had a value like this.");
    assert.equal(await page.locator(".wary").innerText(), "");
    await give(page, "loan_amount", "96000");
    assert.match(
      await note(page, "loan_amount"),
      /^Amount of the loan \(EUR\) 96,000 is above anything the model has seen \(500 to 75,000\)\./,
    );
    assert.match(await page.locator(".wary").innerText(), /1 value is outside what the model has seen: Amount of the loan/);
  }));
