// Scenarios: kept, named, tried, compared, and everything taken back and done again.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { Model } from "scorelet";
import { compare, data, field, figure, give, openExample, openFile, press, recordIn, withPage } from "./support/page.mjs";

const keep = (page) => page.getByRole("button", { name: "Keep this as a scenario" }).click();
const value = (page, name) => field(page, name).locator("input.box").inputValue();
const undo = (page) => page.locator("[data-key=undo]");
const redo = (page) => page.locator("[data-key=redo]");
const names = (page) => page.locator(".strip .name").evaluateAll((boxes) => boxes.map((box) => box.value));
/** A row of the table as a person reads it; what is only heard in brackets. */
const row = (page, name) =>
  page
    .locator(".side tr", { has: page.locator(`th:text-is("${name}")`) })
    .locator("td")
    .evaluateAll((cells) =>
      cells.map((cell) =>
        [...cell.childNodes].map((n) => (n.className === "vh" ? `[${n.textContent}]` : n.textContent)).join(""),
      ),
    );

test("every change can be undone and redone, and the buttons say what", () =>
  withPage({}, async (page) => {
    await openExample(page);
    const [start, first] = [await figure(page), await value(page, "age")];
    await give(page, "age", "30");
    await page.getByRole("button", { name: "Clear all" }).click();
    assert.equal(await value(page, "age"), "");
    assert.equal(await undo(page).innerText(), "Undo clear all");
    await undo(page).click();
    assert.equal(await value(page, "age"), "30");
    assert.equal(await redo(page).innerText(), "Redo clear all");
    await page.getByRole("button", { name: "Back to the start" }).click();
    assert.equal(await redo(page).isVisible(), false, "a change ends what could be done again");
    assert.equal(await undo(page).innerText(), "Undo back to the start");
    await page.locator("h2").first().click();
    for (const [key, age, next] of [
      ["Control+z", "30", "change of Age (years)"],
      ["Control+z", first, null],
      ["Control+z", first, null],
      ["Control+Shift+z", "30", "change of Age (years)"],
      ["Control+y", first, "back to the start"],
    ]) {
      await page.locator("#main").focus();
      await press(page, key);
      assert.equal(await value(page, "age"), age, key);
      assert.equal(await undo(page).innerText(), next ? `Undo ${next}` : "Undo");
    }
    assert.equal(await figure(page), start);
  }));

test("in a text box the keys are the box's own", () =>
  withPage({}, async (page) => {
    await openExample(page);
    await give(page, "home", "own");
    const box = field(page, "age").locator("input.box");
    await box.focus();
    await page.keyboard.press("Control+z");
    assert.equal(await field(page, "home").getByRole("radio", { name: "own" }).isChecked(), true);
  }));

test("scenarios are kept under letters, renamed, tried, removed, and all of that taken back", () =>
  withPage({}, async (page) => {
    await openExample(page);
    await keep(page);
    assert.deepEqual(await names(page), ["A"]);
    assert.equal(await page.getByRole("button", { name: "Keep this as a scenario" }).isEnabled(), false);
    const start = await figure(page);
    await give(page, "credit_utilization", "99");
    await keep(page);
    const changed = await figure(page);
    assert.match(
      await page.locator("#h-scen").innerText(),
      new RegExp(`^B (raises|lowers) the chance that Default is yes from ${start} to ${changed}$`),
    );
    await page.getByRole("textbox", { name: "Name of scenario B" }).fill("Card full");
    await page.keyboard.press("Tab");
    await page.getByRole("button", { name: "Try it: A" }).waitFor();
    assert.deepEqual(await names(page), ["A", "Card full"]);
    assert.match(await page.locator("#h-scen").innerText(), /^Card full (raises|lowers)/);
    assert.match(await page.locator(".strip li").nth(1).innerText(), /Differs in Credit lines in use \(%\)\./);
    await page.getByRole("button", { name: "Try it: A" }).click();
    assert.equal(await figure(page), start);
    assert.equal(await undo(page).innerText(), "Undo trying A");
    await page.getByRole("button", { name: "Remove Card full" }).click();
    assert.deepEqual(await names(page), ["A"]);
    for (const [undone, left] of [
      ["removal of Card full", ["A", "Card full"]],
      ["trying A", ["A", "Card full"]],
      ["renaming B", ["A", "B"]],
      ["keeping B", ["A"]],
      ["change of Credit lines in use (%)", ["A"]],
      ["keeping A", []],
    ]) {
      assert.equal(await undo(page).innerText(), `Undo ${undone}`);
      await undo(page).click();
      assert.deepEqual(await names(page), left);
    }
    for (let i = 0; i < 6; i++) await redo(page).click();
    assert.deepEqual(await names(page), ["A"]);
  }));

test("four can be kept, and the page says why not five", () =>
  withPage({}, async (page) => {
    await openExample(page);
    for (const age of ["20", "30", "40", "50"]) {
      await give(page, "age", age);
      await keep(page);
    }
    await give(page, "age", "60");
    await page.getByText("4 scenarios are kept. Remove one to keep another.").waitFor();
    assert.equal(await page.getByRole("button", { name: "Keep this as a scenario" }).isEnabled(), false);
    await compare(page);
    assert.deepEqual(await row(page, "Age (years)"), [
      "20",
      "[differs: ]60",
      "[differs: ]30",
      "[differs: ]40",
      "[differs: ]50",
    ]);
  }));

test("side by side: what differs is marked, what does not is folded, and all results are the package's", () =>
  withPage({}, async (page) => {
    await openExample(page);
    const model = await Model.load(fs.readFileSync(data("demo/model.pmml")));
    const base = await recordIn(page);
    const saved = base.savings.toLocaleString("en");
    await keep(page);
    await give(page, "credit_utilization", "99");
    await give(page, "home", "own");
    await keep(page);
    await give(page, "savings", null);
    await compare(page);
    const changed = { ...base, credit_utilization: 99, home: "own" };
    const expected = [base, { ...changed, savings: null }, changed].map((record) => model.score(record).values);
    const percent = (x) => `${(x * 100).toFixed(1)}\u00a0%`;
    const yes = expected.map((v) => percent(v["probability(yes)"]));
    const mark = (texts) => texts.map((text) => (text === texts[0] ? text : `[differs: ]${text}`));
    assert.deepEqual(await row(page, "probability(yes)"), mark(yes));
    assert.deepEqual(await row(page, "Risk class"), mark(expected.map((v) => v.risk_class)));
    assert.deepEqual(
      (await row(page, "Chance that Default is yes")).map((text, i) => text.slice(0, yes[i].length)),
      yes,
    );
    assert.deepEqual(await row(page, "Credit lines in use (%)"), [String(base.credit_utilization), "[differs: ]99", "[differs: ]99"]);
    assert.deepEqual(await row(page, "Housing"), [base.home, "[differs: ]own", "[differs: ]own"]);
    assert.deepEqual(await row(page, "Savings (EUR)"), [saved, "[differs: ]not given", saved]);
    assert.equal(await page.locator(".side tr", { hasText: "Purpose" }).count(), 0);
    const fold = page.getByRole("button", { name: "Show 8 fields with the same value in all" });
    assert.equal(await fold.getAttribute("aria-expanded"), "false");
    await fold.click();
    assert.deepEqual(await row(page, "Purpose of the loan"), [base.purpose, base.purpose, base.purpose]);
    const again = page.getByRole("button", { name: "Hide 8 fields with the same value in all" });
    assert.ok(await again.evaluate((button) => button === document.activeElement), "focus stays");
    const chances = expected.map((v) => v["probability(yes)"]);
    const far = (i) => Math.abs(chances[i] - chances[0]);
    const most = far(1) > far(2) ? 1 : 2;
    const said = `${["", "The present case", "B"][most]} ${chances[most] > chances[0] ? "raises" : "lowers"} the chance that Default is yes most, from `;
    assert.ok((await page.locator("#h-compare").innerText()).startsWith(said), said);
    await page.getByRole("button", { name: "Pin B" }).click();
    assert.deepEqual(await row(page, "Housing"), ["own", "own", `[differs: ]${base.home}`]);
    await page.getByRole("button", { name: "Try it: A" }).click();
    assert.deepEqual(await page.locator(".side thead th:not(:first-child)").allInnerTexts(), [
      "B\npinned",
      "A\nin the form",
    ]);
    await page.getByRole("button", { name: "Remove A" }).click();
    assert.ok(await page.evaluate(() => document.activeElement.id === "h-compare"), "focus goes to the heading");
    assert.equal(await page.locator(".side thead th").count(), 3, "the case is still beside it");
    model.close();
  }));

test("the class that is asked about is the one that is compared", () =>
  withPage({}, async (page) => {
    await openFile(page, data("models/a05_multinomial_iris/model.pmml"));
    await page.waitForSelector(".case");
    await keep(page);
    await page.locator(".picks select").selectOption({ label: "versicolor" });
    await page.locator(".field input.box").last().fill("2.4");
    await page.getByText(/^The present case (raises|lowers) the chance that .* is versicolor from/).waitFor();
    await compare(page);
    assert.match(await page.locator("#h-compare").innerText(), /is versicolor from/);
  }));

test("a number, a rule and a forecast are compared in their own terms", () =>
  withPage({}, async (page) => {
    await openFile(page, data("models/a01_ols_diabetes/model.pmml"));
    await page.waitForSelector(".case");
    await keep(page);
    const before = await figure(page);
    await page.locator(".field input.box").first().fill("0.1");
    const after = await figure(page);
    assert.notEqual(before, after);
    await page
      .getByText(new RegExp(`^The present case (raises|lowers) the predicted .* from ${before} to ${after}$`))
      .waitFor();
    await openFile(page, data("features/time_series/models/es_intervals.pmml"));
    await page.waitForSelector(".series tbody tr");
    await keep(page);
    await compare(page);
    await page.locator("#h-compare").waitFor();
  }));

test("comparing by keyboard alone", () =>
  withPage({}, async (page) => {
    await openExample(page);
    const tabTo = async (name) => {
      for (let i = 0; i < 90; i++) {
        await page.keyboard.press("Tab");
        const text = await page.evaluate(
          () => document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent,
        );
        if (text === name) return;
      }
      assert.fail(`${name} is not reached`);
    };
    await tabTo("Keep this as a scenario");
    await page.keyboard.press("Enter");
    await give(page, "home", "own");
    await field(page, "home").getByRole("radio", { name: "own" }).focus();
    await page.getByRole("link", { name: "Compare side by side" }).waitFor(); // once the answers are there
    await tabTo("Compare side by side");
    await page.keyboard.press("Enter");
    await page.locator("#h-compare").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), "h-compare");
    await tabTo("Cases side by side");
    await tabTo("Try it: A");
    await page.keyboard.press("Enter");
    assert.match(await page.locator("#h-compare").innerText(), /^Keep a case to compare it/);
    await page.keyboard.press("Control+z");
    assert.deepEqual(await row(page, "Housing"), ["mortgage", "[differs: ]own"]);
  }));
