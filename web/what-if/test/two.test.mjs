// Champion and challenger: two models asked about the same cases.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { Model } from "scorelet";
import { challenger, chanceOfYes } from "./support/challenger.mjs";
import { data, field, figure, give, openExample, openFile, recordIn, withPage } from "./support/page.mjs";

const percent = (x) => `${(x * 100).toFixed(1)}\u00a0%`;
const compare = (page) => page.getByRole("link", { name: "Compare", exact: true }).click();
const cells = (page, name) =>
  page
    .locator(".two tbody tr", { has: page.locator(`th:text-is("${name}")`) })
    .locator("td")
    .allInnerTexts();
const heading = (page) => page.locator("#h-two").innerText();

async function openSecond(page, file) {
  await compare(page);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: /^Open (a|another) second model$/ }).click();
  await (await chooser).setFiles(file);
}

/** Waits until both have answered. */
const answered = (page) => page.locator("#h-two", { hasNotText: /Asking|Two models/ }).waitFor();

test("both predictions stand side by side, for the case and for each scenario", () =>
  withPage({}, async (page) => {
    await openExample(page);
    const champion = await Model.load(fs.readFileSync(data("demo/model.pmml")));
    const base = await recordIn(page);
    await page.getByRole("button", { name: "Keep this as a scenario" }).click();
    await give(page, "credit_utilization", "90");
    await give(page, "late_payments", "1");
    await openSecond(page, challenger);
    await answered(page);
    for (const [name, record] of [
      ["A", base],
      ["Now", { ...base, credit_utilization: 90, late_payments: 1 }],
    ]) {
      const first = champion.score(record).values["probability(yes)"];
      const second = chanceOfYes(record.credit_utilization, record.late_payments);
      const [one, other, difference, verdict] = await cells(page, name);
      assert.deepEqual([one, other], [percent(first), percent(second)], name);
      const points = Math.abs(second - first) * 100;
      assert.equal(
        difference,
        `${second > first ? "▲ +" : "▼ −"}${points < 9.95 ? points.toFixed(1) : Math.round(points)} points`,
      );
      assert.equal(verdict, first > 0.5 === second > 0.5 ? "Same answer" : "Another answer");
    }
    const [first, second] = [
      champion.score({ ...base, credit_utilization: 90, late_payments: 1 }).values["probability(yes)"],
      chanceOfYes(90, 1),
    ];
    assert.match(
      await heading(page),
      first > 0.5 === second > 0.5
        ? /^Both answer (yes|no); Challenger puts the chance of yes .* points (higher|lower)$/
        : /^They disagree: Loan default says no, Challenger says yes; the chances of yes are .* points apart$/,
    );
    champion.close();
  }));

test("what does not match is said in words", () =>
  withPage({}, async (page) => {
    await openExample(page);
    await give(page, "credit_utilization", "140");
    await openSecond(page, challenger);
    await answered(page);
    const text = await page.locator(".side ul").innerText();
    assert.match(text, /^2 of 3 fields of Challenger are in the form\.$/m);
    assert.match(text, /^Challenger also asks for Shoe size: taken as not given\.$/m);
    assert.match(text, /^Challenger does not look at Age \(years\), .* and Purpose of the loan\.$/m);
    assert.match(text, /^Outside what Challenger has seen: Credit utilization\.$/m);
  }));

test("the form can be made from either, and no value is lost on the way", () =>
  withPage({}, async (page) => {
    await openExample(page);
    await give(page, "age", "33");
    await give(page, "credit_utilization", "60");
    const before = await figure(page);
    await openSecond(page, challenger);
    await answered(page);
    await page.getByRole("radio", { name: "Challenger" }).check();
    assert.equal(await page.locator("h1").innerText(), "Challenger");
    assert.ok(await page.getByRole("radio", { name: "Challenger" }).evaluate((r) => r === document.activeElement));
    await page.getByRole("link", { name: "One case" }).click();
    assert.equal(await page.locator(".field").count(), 3);
    assert.equal(await field(page, "credit_utilization").locator("input.box").inputValue(), "60");
    await give(page, "shoe_size", "12");
    assert.equal(await figure(page), `${Math.round(chanceOfYes(60, 1, 12) * 100)}\u00a0%`);
    await compare(page);
    await page.getByRole("radio", { name: "Loan default" }).check();
    assert.match(
      await page.locator(".side ul").innerText(),
      /^Challenger also asks for Shoe size: taken from when the form was made from it\.$/m,
    );
    assert.equal((await cells(page, "Now"))[1], percent(chanceOfYes(60, 1, 12)));
    await page.getByRole("link", { name: "One case" }).click();
    assert.equal(await field(page, "age").locator("input.box").inputValue(), "33");
    assert.equal(await figure(page), before);
    await page.locator("[data-key=undo]").click();
    await compare(page);
    assert.equal((await cells(page, "Now"))[1], percent(chanceOfYes(60, 1)), "undo takes the shoe size back");
  }));

test("the second model is closed, replaced, or refused without harm to the first", () =>
  withPage({}, async (page) => {
    await openExample(page);
    const before = await figure(page);
    await openSecond(page, challenger);
    await answered(page);
    await page.getByRole("radio", { name: "Challenger" }).check();
    await page.getByRole("button", { name: "Close the second model" }).click();
    assert.equal(await page.locator("h1").innerText(), "Loan default");
    assert.equal(await heading(page), "Two models on the same case");
    await openSecond(page, { ...challenger, buffer: Buffer.from("<html/>") });
    await page.locator(".refused").waitFor();
    await page.getByRole("button", { name: "Back to the open model" }).click();
    await openSecond(page, challenger);
    await answered(page);
    await openSecond(page, data("models/a05_multinomial_iris/model.pmml"));
    await page.getByText(/gives no prediction for the present case$/).waitFor();
    await page.getByRole("link", { name: "One case" }).click();
    assert.equal(await figure(page), before);
  }));

test("two models that answer with numbers", () =>
  withPage({}, async (page) => {
    const file = data("models/a01_ols_diabetes/model.pmml");
    await openFile(page, file);
    await page.waitForSelector(".case");
    const text = fs.readFileSync(file, "utf8");
    const [, intercept] = /intercept="([^"]+)"/.exec(text);
    const shifted = text.replace(`intercept="${intercept}"`, `intercept="${Number(intercept) + 8}"`);
    const before = await figure(page);
    await openSecond(page, { name: "shifted.pmml", mimeType: "text/xml", buffer: Buffer.from(shifted) });
    await answered(page);
    assert.match(await heading(page), new RegExp(`^shifted(\\.pmml)? is 8 higher: .*, where .* gives ${before}`));
    const [one, , difference] = await cells(page, "Now");
    assert.deepEqual([one.startsWith(before), difference], [true, "▲ +8"]);
  }));
