// What the page says about values that the model has to treat.
import assert from "node:assert/strict";
import test from "node:test";
import { field, figure, give, openExample, openFile, settled, withPage } from "./support/page.mjs";

const note = (page, name) => field(page, name).locator(".note").innerText();
const wary = (page) => page.locator(".wary").innerText();

test("missing, unknown, outside and replaced values are told at the field and at the prediction", () =>
  withPage({}, async (page) => {
    await openExample(page);
    assert.equal(await wary(page), "");
    await give(page, "savings", null);
    assert.match(
      await note(page, "savings"),
      /^Not given, so the model uses 1,616, its stand-in for a missing value\.$/,
    );
    assert.match(await wary(page), /1 value is replaced by a stand-in: Savings \(EUR\)\./);
    await give(page, "employment", "astronaut");
    assert.match(
      await note(page, "employment"),
      /^The model does not know “astronaut”\. The model treats it as not given and uses permanent/,
    );
    await give(page, "income", "900000");
    assert.match(
      await note(page, "income"),
      /^Yearly income \(EUR\) 900,000 is beyond what the model takes\. It uses 400,000 instead\.$/,
    );
    await give(page, "age", "150");
    assert.match(await note(page, "age"), /^“150” is not a valid value for Age \(years\), which takes 16 to 120\./);
    await give(page, "purpose", "yacht");
    assert.match(await wary(page), /4 values are outside what the model has seen: .*Treat this as a rough guide\./);
    await page.locator(".wary a", { hasText: "Age (years)" }).click();
    assert.equal(await page.evaluate(() => document.activeElement.closest("[data-field]").dataset.field), "age");
  }));

test("the ends of a range that is short beside the value are not written over each other", () =>
  withPage({ path: "?model=gallery/claims.pmml", ready: ".case" }, async (page) => {
    const age = page.locator(".field", { hasText: "Age of the driver" });
    const ends = () => age.locator(".ends span").allInnerTexts(); // the least, the end within the track, the most
    assert.deepEqual(await ends(), ["18", "", "89"]);
    await age.locator("input.box").fill("110");
    await settled(page);
    assert.deepEqual(await ends(), ["18", "89", ""]);
    await age.locator("input.box").fill("99999");
    await settled(page);
    assert.deepEqual(await ends(), ["", "89", ""]);
  }));

test("a replaced value scores as its stand-in", () =>
  withPage({}, async (page) => {
    await openExample(page);
    await give(page, "savings", "1616.255");
    const known = await page.locator(".cls").innerText();
    await give(page, "savings", null);
    assert.equal(await page.locator(".cls").innerText(), known);
    await field(page, "savings")
      .getByRole("button", { name: /^give a value/ })
      .click();
    assert.equal(await field(page, "savings").locator("input.box").inputValue(), "1,616.255");
  }));

test("text that is no number keeps the last prediction, struck, and says so", () =>
  withPage({}, async (page) => {
    await openExample(page);
    const before = await figure(page);
    const box = field(page, "age").locator("input.box");
    await box.fill("4o");
    await settled(page); // it is said behind the frame
    assert.match(await note(page, "age"), /^“4o” is not a number\. Did you mean 40\?$/);
    assert.equal(await box.getAttribute("aria-invalid"), "true");
    assert.equal(
      await box.getAttribute("aria-describedby"),
      await field(page, "age").locator(".note").getAttribute("id"),
    );
    assert.match(await wary(page), /The last prediction is shown, from before this change\./);
    assert.match(await page.locator("#h-pred").innerText(), /before this change$/);
    assert.equal(await figure(page), before);
    await box.fill("40");
    await settled(page);
    assert.equal(await box.getAttribute("aria-invalid"), null);
    assert.equal(await page.locator(".is-kept").count(), 0);
  }));

const strict = `<PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header/><DataDictionary>
  <DataField name="hours" displayName="Hours" optype="continuous" dataType="double"><Interval closure="closedClosed" leftMargin="0" rightMargin="24"/></DataField>
  <DataField name="open" displayName="Open" optype="categorical" dataType="boolean"/>
  <DataField name="day" displayName="Day" optype="continuous" dataType="date"/>
  <DataField name="note" displayName="Note" optype="categorical" dataType="string"/>
  <DataField name="size" displayName="Size" optype="ordinal" dataType="string"><Value value="XS"/><Value value="S"/><Value value="M"/><Value value="L"/><Value value="XL"/><Value value="XXL"/></DataField>
  <DataField name="cost" displayName="Cost" optype="continuous" dataType="double"/></DataDictionary>
  <RegressionModel modelName="Strict" functionName="regression"><MiningSchema><MiningField name="hours" missingValueTreatment="returnInvalid"/><MiningField name="open"/>
  <MiningField name="day"/><MiningField name="note"/><MiningField name="size"/><MiningField name="cost" usageType="target"/></MiningSchema>
  <RegressionTable intercept="10"><NumericPredictor name="hours" coefficient="2.5"/></RegressionTable></RegressionModel></PMML>`;
const strictFile = { name: "strict.pmml", mimeType: "application/xml", buffer: Buffer.from(strict) };

test("a value the model refuses, or needs, leaves the last prediction in place", () =>
  withPage({}, async (page) => {
    await openFile(page, strictFile);
    await page.waitForSelector(".case");
    assert.equal(await figure(page), "40");
    await give(page, "hours", "30");
    assert.match(
      await note(page, "hours"),
      /^“30” is not a valid value for Hours, which takes 0 to 24\. The model gives no prediction with it\.$/,
    );
    assert.match(await wary(page), /^No prediction for this case\. “30” is not a valid value for Hours/);
    assert.equal(await figure(page), "40");
    await give(page, "hours", null);
    assert.match(await note(page, "hours"), /^Hours is needed\. Without it this model gives no prediction\.$/);
    await give(page, "hours", "24");
    assert.equal(await figure(page), "70");
    assert.match(await page.locator(".dec").innerText(), /^Higher by 30 than at the start\.$/);
  }));

test("fields without effect are folded away, with the control that suits each", () =>
  withPage({}, async (page) => {
    await openFile(page, strictFile);
    await page.waitForSelector(".case");
    await page.getByText("4 fields without effect").click();
    assert.equal(await field(page, "day").locator("input").getAttribute("type"), "date");
    assert.equal(await field(page, "open").getByRole("radio").count(), 2);
    assert.equal(await field(page, "size").getByRole("slider").getAttribute("aria-valuetext"), "M");
    await field(page, "size").getByRole("slider").press("ArrowRight");
    assert.equal(await field(page, "size").locator("output").innerText(), "L");
    await give(page, "note", "late");
    assert.equal(await figure(page), "40");
  }));
