// Champion and challenger: two models asked about the same cases.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import test from "node:test";
import { Model } from "scorelet";
import { challenger, chanceOfYes } from "./support/challenger.mjs";
import { compare, data, field, figure, give, openExample, openFile, recordIn, repository, withPage } from "./support/page.mjs";
import { numberIn, rowsOf } from "./support/why.mjs";

const percent = (x) => `${(x * 100).toFixed(1)}\u00a0%`;
const cells = (page, name) =>
  page
    .locator(".two tbody tr", { has: page.locator(`th:text-is("${name}")`) })
    .locator("td")
    .allInnerTexts();
/** Theirs, or that of the view where they are all there is. */
const said = "#h-two, .compare:not(:has(#h-two)) #h-compare";
const heading = (page) => page.locator(said).innerText();

async function openSecond(page, file) {
  await compare(page);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: /^Open (a|another) second model$/ }).click();
  await (await chooser).setFiles(file);
}

/** Waits until both have answered. */
const answered = (page) => page.locator(said, { hasNotText: /Asking|Two models/ }).waitFor();

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

test("a second model leads where there is nothing else to compare, and stands below scenarios once there are some", () =>
  withPage({ path: "?model=gallery/arrears.pmml&challenger=gallery/formula.pmml", ready: ".why-two[aria-busy=false]" }, async (page) => {
    const order = () => page.locator("[aria-labelledby^=h-]").evaluateAll((all) => all.map((e) => e.getAttribute("aria-labelledby")).filter((id) => /^h-(two|alone|compare)$/.test(id)));
    assert.match(await page.locator("#h-compare").innerText(), /^(Both|They)/);
    assert.deepEqual(await order(), ["h-compare", "h-alone"]);
    await page.getByRole("button", { name: "Keep this as a scenario" }).press("Enter");
    await page.getByRole("link", { name: "One case", exact: true }).click();
    await give(page, "age", "70");
    await compare(page);
    assert.deepEqual(await order(), ["h-compare", "h-two"]);
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

const gallery = (file) => fs.readFileSync(path.join(repository, "web/what-if/public/gallery", file));
const rowsIn = (file) => {
  const [head, ...rows] = gallery(file).toString().trim().split("\n").map((line) => line.split(","));
  return rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i] || null])));
};

/** Shapley values by definition: every set of fields taken from the record, the others from each row. */
function shapley(model, record, rows, chance) {
  const names = model.description.inputs.filter((f) => f.isUsed).map((f) => f.name);
  const records = [];
  for (let set = 0; set < 1 << names.length; set++)
    for (const row of rows) records.push(Object.fromEntries(names.map((n, i) => [n, (set >> i) & 1 ? record[n] : (row[n] ?? null)])));
  const column = ({ name, dataType }) =>
    dataType === "string" ? records.map((r) => r[name]) : Float64Array.from(records, (r) => (r[name] === null ? NaN : Number(r[name])));
  const fields = model.description.inputs.filter((f) => f.isUsed);
  const scores = model.scoreColumns(Object.fromEntries(fields.map((f) => [f.name, column(f)]))).values(chance);
  const worth = Array.from({ length: 1 << names.length }, (_, set) => {
    const part = scores.slice(set * rows.length, (set + 1) * rows.length);
    return part.reduce((a, b) => a + b, 0) / rows.length;
  });
  const factorial = (n) => (n < 2 ? 1 : n * factorial(n - 1));
  const bits = (set) => [...set.toString(2)].filter((b) => b === "1").length;
  const values = names.map((_, i) => {
    let sum = 0;
    for (let set = 0; set < 1 << names.length; set++) {
      if ((set >> i) & 1) continue;
      const k = bits(set);
      sum += ((factorial(k) * factorial(names.length - k - 1)) / factorial(names.length)) * (worth[set | (1 << i)] - worth[set]);
    }
    return sum;
  });
  return { base: worth[0], value: worth.at(-1), of: (name) => values[names.indexOf(name)] ?? 0 };
}

const pair = { path: "?model=gallery/arrears.pmml&challenger=gallery/formula.pmml", ready: ".why-two[aria-busy=false]" };

test("why two models differ on a case: steps that lead from one answer to the other, against the same cases", () =>
  withPage(pair, async (page) => {
    await page.getByText("Compared with 100 cases kept with this example.").waitFor();
    await page.getByRole("link", { name: "One case" }).click();
    await give(page, "delinq_2y", "4");
    const record = await recordIn(page);
    await compare(page);
    await page.locator(".why-two[aria-busy=false]").getByText("Compared with 100 cases kept with this example.").waitFor();
    const bars = page.locator(".why-two td.wf").first();
    assert.ok((await bars.boundingBox()).width > 300, "styles of other views leave room for bars");
    const rows = rowsIn("arrears.csv");
    const sides = [];
    for (const id of ["arrears", "formula"]) {
      const model = await Model.load(gallery(`${id}.pmml`));
      sides.push(shapley(model, record, rows, "probability(1)"));
      model.close();
    }
    const [one, other] = sides;
    const shown = await rowsOf(page, ".why-two .water");
    const near = (text, x, what) => assert.ok(Math.abs(numberIn(text) - x * 100) <= 0.051, `${what}: ${text}, not ${x * 100}`);
    near(shown[0].number, one.value, "the first answer");
    near(shown.at(-1).number, other.value, "the second answer");
    const labels = { delinq_2y: "Late payments in two years", utilization: "Credit lines in use (%)", age: "Age (years)", amount: "Amount of the loan (EUR)", emp_years: "Years in present employment", income: "Yearly income (EUR)" };
    let found = 0;
    for (const [name, label] of Object.entries(labels)) {
      const row = shown.find((r) => r.name === label);
      if (!row) continue;
      found++;
      near(row.number, other.of(name) - one.of(name), label);
      const [mine, theirs] = await page.locator(".why-two tbody tr", { has: page.getByText(label) }).locator(".beside").allInnerTexts();
      near(mine, one.of(name), `${label}, champion`);
      near(theirs, other.of(name), `${label}, challenger`);
    }
    assert.ok(found >= 4, `${found}`);
    near(shown.find((r) => r.name === "Average case").number, other.base - one.base, "average");
    const total = other.value - one.value;
    const apart = [...Object.keys(labels), "home", "purpose", "grade"].map((name) => [labels[name] ?? name, other.of(name) - one.of(name)]);
    const [cause] = apart.filter(([, x]) => x * total > 0).sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]));
    assert.ok((await page.locator(".why-two h2").innerText()).startsWith(`${cause[0]} makes most of the difference: it puts Loan default, formula `));
  }));

test("a challenger from an address, and from the gallery; the address keeps who is who", () =>
  withPage(pair, async (page) => {
    const asked = () => Object.fromEntries(new URL(page.url()).searchParams);
    const heads = () => page.locator(".two thead th.num").allInnerTexts();
    const [first, second] = ["Loan default, gaps allowed\nchampion", "Loan default, formula\nchallenger"];
    assert.deepEqual((await heads()).slice(0, 2), [first, second]);
    await page.getByRole("radio", { name: "Loan default, formula" }).check();
    assert.deepEqual(asked(), { model: "gallery/formula.pmml", champion: "gallery/arrears.pmml" });
    await page.reload();
    await page.waitForSelector(pair.ready);
    assert.deepEqual((await heads()).slice(0, 2), [first, second]);
    assert.equal(await page.locator("h1").innerText(), "Loan default, formula");
    await page.getByRole("button", { name: "Close the second model" }).click();
    await page.getByText("Two models on the same case").waitFor();
    assert.deepEqual(asked(), { model: "gallery/arrears.pmml" });
    assert.equal(await page.locator("#second-gallery").inputValue(), "gallery/formula.pmml", "which asks for much the same");
    await page.getByLabel("Or one of the gallery").selectOption({ label: "Default, from three facts alone" });
    await page.locator("#second-gallery + button").click();
    await answered(page);
    assert.equal(asked().challenger, "gallery/bayes.pmml");
    await page.getByRole("button", { name: "Close the second model" }).click();
    await page.getByLabel("Or the address of a model on this server").fill("gallery/formula.pmml");
    await page.keyboard.press("Enter");
    await answered(page);
    assert.equal(asked().challenger, "gallery/formula.pmml");
  }));

test("models that give no single number on both sides get no reasons for a difference", () =>
  withPage({ path: "?model=gallery/arrears.pmml&challenger=gallery/rules.pmml", ready: "#h-compare" }, async (page) => {
    await answered(page);
    assert.equal(await page.locator(".why-two").isVisible(), false);
  }));
