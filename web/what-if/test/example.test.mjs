// The example model: what the page says is what its trainer's library and the package say.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { Model } from "scorelet";
import { csv } from "./support/csv.mjs";
import { data, exact, field, figure, give, openExample, press, withPage } from "./support/page.mjs";

const inputs = csv("demo/input.csv"),
  expected = csv("demo/expected.csv");
const tolerance = JSON.parse(fs.readFileSync(data("demo/case.json"), "utf8")).tolerance;

test("rows typed into the form get the library's answers, and the package's to the last bit", () =>
  withPage({}, async (page) => {
    await openExample(page);
    const model = await Model.load(fs.readFileSync(data("demo/model.pmml")));
    for (const row of [0, 2, 7, 11, 40]) {
      for (const [name, value] of Object.entries(inputs[row])) await give(page, name, value);
      const shown = await exact(page, "probability(yes)");
      const want = Number(expected[row]["probability(yes)"]);
      assert.ok(
        Math.abs(Number(shown) - want) <= Math.max(tolerance.absolute, tolerance.relative * want),
        `row ${row}: ${shown}, expected ${want}`,
      );
      assert.equal(shown, String(model.score(inputs[row]).values["probability(yes)"]), `row ${row}`);
      assert.equal(await exact(page, "risk_class"), expected[row].risk_class);
      assert.equal(
        await figure(page),
        want < 0.01 ? `${(want * 100).toFixed(1)}\u00a0%` : `${Math.round(want * 100)}\u00a0%`,
      );
    }
    model.close();
  }));

test("every step of a slider scores; the chance, its bars and the change follow", () =>
  withPage({}, async (page) => {
    await openExample(page);
    const before = await figure(page);
    const slider = field(page, "credit_utilization").getByRole("slider");
    await slider.focus();
    const seen = new Set();
    for (let i = 0; i < 8; i++) {
      await press(page, "PageUp");
      seen.add(await page.locator(".cls").innerText());
    }
    assert.ok(seen.size > 2, "bars follow the slider");
    assert.notEqual(await figure(page), before);
    assert.match(await page.locator(".vs").innerText(), /^[▲▼] [+−][\d.]+ points? from \d+\s% at the start$/);
    assert.match(await field(page, "credit_utilization").locator(".tag").innerText(), /^(was |outside|stand-in)/);
    await page.getByRole("button", { name: "Back to the start" }).click();
    assert.equal(await figure(page), before);
  }));

test("a dragged slider and its number box agree", () =>
  withPage({}, async (page) => {
    await openExample(page);
    const age = field(page, "age");
    const at = await age.getByRole("slider").boundingBox();
    await page.mouse.click(at.x + at.width * 0.25, at.y + at.height / 2);
    const value = Number(await age.locator("input.box").inputValue());
    assert.ok(value >= 30 && value <= 40, `${value}`);
    assert.equal(await age.getByRole("slider").getAttribute("aria-valuetext"), String(value));
  }));
