// The ways out: a link, a web page, a table, paper.
import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { challenger } from "./support/challenger.mjs";
import { data, field, figure, give, openExample, openFile, recordIn, settled, withPage } from "./support/page.mjs";
import { until } from "./support/until.mjs";
import { explained } from "./support/why.mjs";

const { parse } = createRequire(import.meta.url)("papaparse");
const value = (page, name) => field(page, name).locator("input.box").inputValue();
const keep = (page) => page.getByRole("button", { name: "Keep this as a scenario" }).click();
const share = (page) => page.getByRole("button", { name: "Share", exact: true }).click();
const notice = (page) => page.locator(".notice");

async function linkOf(page) {
  await share(page);
  const link = await page.getByRole("textbox", { name: "Link to this case" }).inputValue();
  await page.getByRole("button", { name: "Close", exact: true }).click();
  return link;
}

async function saved(page, name) {
  await share(page);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name }).click();
  const file = await download;
  const content = fs.readFileSync(await file.path(), "utf8");
  await page.getByRole("button", { name: "Close", exact: true }).click();
  return { name: file.suggestedFilename(), content, path: await file.path() };
}

/** A case of an own file with two scenarios. */
async function loan(page) {
  await openFile(page, data("examples/loan.pmml"));
  await page.waitForSelector(".case");
  await keep(page);
  await page.locator(".field input.box").first().fill("31");
  await keep(page);
  await page.locator(".field input.box").first().fill("x1");
  await settled(page);
}

test("the dialog says what the link holds, and copies it", () =>
  withPage({ permissions: ["clipboard-read", "clipboard-write"] }, async (page, { requests }) => {
    await openExample(page);
    await keep(page);
    await give(page, "age", "33");
    await page.getByText("Compared with 100 cases kept with this example.").waitFor(); // explanations come after the first prediction,
    await until(() => requests.some((url) => url.includes("/many-")), "other views, which come after them");
    await page.waitForLoadState("networkidle");
    const before = requests.length;
    await share(page);
    const dialog = page.getByRole("dialog");
    const text = await dialog.innerText();
    for (const words of [
      "the name and fingerprint of the model, Loan default, ",
      "11 values of this case",
      "1 scenario: A",
    ])
      assert.ok(text.includes(words), words);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    assert.ok(
      await page.getByRole("button", { name: "Share", exact: true }).evaluate((b) => b === document.activeElement),
    );
    await share(page);
    await page.getByRole("button", { name: "Copy the link" }).click();
    await dialog.getByText("The link is copied.").waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, await page.getByRole("textbox", { name: "Link to this case" }).inputValue());
    assert.equal(requests.length, before);
  }));

test("where the page may not copy, the link is selected", () =>
  withPage({}, async (page) => {
    await openExample(page);
    await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
    await share(page);
    await page.getByRole("button", { name: "Copy the link" }).click();
    await page.getByText("The link is selected").waitFor();
    const [from, to, all] = await page
      .getByRole("textbox", { name: "Link to this case" })
      .evaluate((box) => [box.selectionStart, box.selectionEnd, box.value.length]);
    assert.deepEqual([from, to], [0, all]);
  }));

test("a link waits for its file, and fills in the case and its scenarios", () =>
  withPage({}, async (page, { requests }) => {
    await loan(page);
    const link = await linkOf(page);
    assert.match(link, /#case=1\.[\w-]+$/);
    await page.goto("about:blank");
    const before = requests.length;
    await page.goto(link);
    await notice(page)
      .getByText(/^This link holds a case for the model “.+”, fingerprint [0-9a-f ]+ … [0-9a-f]+\./)
      .waitFor();
    assert.ok(
      requests.slice(before).every((url) => !url.includes("case=")),
      "the values are never sent",
    );
    await openFile(page, data("examples/loan.pmml"));
    await page.waitForSelector(".case");
    assert.equal(await page.locator(".field input.box").first().inputValue(), "x1");
    assert.deepEqual(await page.locator(".strip .name").evaluateAll((boxes) => boxes.map((box) => box.value)), [
      "A",
      "B",
    ]);
    assert.equal(await notice(page).innerText(), "");
    assert.equal(await page.locator("[data-key=undo]").innerText(), "Undo opening the link");
    assert.match(page.url(), /#case=/);
    await page.locator("[data-key=undo]").click();
    assert.doesNotMatch(page.url(), /case=/, "the address does not say what is no longer so");
  }));

test("a compiled model takes the links of its document", () =>
  withPage({}, async (page) => {
    await loan(page);
    const link = await linkOf(page);
    await page.goto("about:blank");
    await page.goto(link);
    await openFile(page, data("examples/loan.scorelet"));
    await page.locator("[data-key=undo]", { hasText: "Undo opening the link" }).waitFor();
  }));

test("a model of the gallery comes with its link", () =>
  withPage({}, async (page) => {
    await openExample(page);
    await give(page, "age", "33");
    const [link, before] = [await linkOf(page), await figure(page)];
    await page.goto("about:blank");
    await page.goto(link);
    await page.waitForSelector(".case");
    await page.locator("[data-key=undo]", { hasText: "Undo opening the link" }).waitFor();
    assert.equal(await value(page, "age"), "33");
    assert.equal(await figure(page), before);
    assert.equal(await notice(page).innerText(), "");
  }));

test("a link pasted into the open page is taken too", () =>
  withPage({}, async (page) => {
    await openExample(page);
    await give(page, "age", "33");
    const link = await linkOf(page);
    await give(page, "age", "44");
    await page.evaluate((hash) => (location.hash = hash), new URL(link).hash);
    await page.locator("[data-key=undo]", { hasText: "Undo opening the link" }).waitFor();
    assert.equal(await value(page, "age"), "33");
  }));

test("a link for another model says so, and waits for the right one", () =>
  withPage({}, async (page) => {
    await loan(page);
    const { hash } = new URL(await linkOf(page));
    await openExample(page).catch(() => {});
    await openFile(page, data("demo/model.pmml"));
    await field(page, "age").waitFor();
    await page.evaluate((to) => (location.hash = to), hash);
    await notice(page)
      .getByText(/^This link is for another model, “.+”, so its values are not filled in\./)
      .waitFor();
    assert.equal(await page.locator("[data-key=undo]").innerText(), "Undo");
    await openFile(page, data("examples/loan.pmml"));
    await page.locator("[data-key=undo]", { hasText: "Undo opening the link" }).waitFor();
    assert.equal(await notice(page).innerText(), "");
  }));

for (const [hash, said] of [
  ["case=1.AAAA", "This link is incomplete or damaged, so its values are not filled in."],
  ["case=%3Cscript%3E", "This link is incomplete or damaged, so its values are not filled in."],
  ["case=7.abc", "This link was made by a newer version of this page."],
])
  test(`a link that cannot be read is told: ${hash}`, () =>
    withPage({}, async (page) => {
      await page.evaluate((to) => (location.hash = to), hash);
      await notice(page).getByText(said).waitFor();
      await page.getByRole("button", { name: "Close this message" }).click();
      assert.equal(await notice(page).innerText(), "");
      await openExample(page);
      assert.match(await figure(page), /%$/);
    }));

test("hostile fragments never break the page", () =>
  withPage({}, async (page) => {
    await openExample(page);
    const { hash } = new URL(await linkOf(page));
    let seed = 7;
    const random = (n) => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) % n;
    for (let i = 0; i < 60; i++) {
      const letters = [...hash];
      for (let j = 0; j <= random(5); j++)
        letters.splice(random(letters.length), random(4), "aZ0-_.%=&<'\"#"[random(13)]);
      await page.evaluate((to) => (location.hash = to), letters.join(""));
    }
    await page.evaluate(() => (location.hash = ""));
    assert.match(await figure(page), /%$/);
    await give(page, "age", "50");
    assert.equal(await value(page, "age"), "50");
  }));

test("the report is one page that needs nothing else, and runs nothing", () =>
  withPage({}, async (page, { context }) => {
    const name = "</style><script>alert(1)</script>";
    const hostile = {
      ...challenger,
      buffer: Buffer.from(
        challenger.buffer.toString().replace('modelName="Challenger"', `modelName="${name.replaceAll("<", "&lt;")}"`),
      ),
    };
    await openFile(page, hostile);
    await page.waitForSelector(".case");
    await give(page, "credit_utilization", "40");
    await give(page, "late_payments", "<b>bold</b>");
    await give(page, "late_payments", "2");
    await keep(page);
    await give(page, "credit_utilization", "140");
    const { content, path, name: file } = await saved(page, "Save as a web page");
    assert.match(file, /case\.html$/);
    assert.doesNotMatch(content, /<script|<link|<img|src=|@import|url\(|https?:/);
    const report = await context.newPage();
    const trouble = [];
    report.on("console", (m) => trouble.push(m.text()));
    report.on("pageerror", (e) => trouble.push(String(e)));
    const copy = `${path}.html`;
    fs.copyFileSync(path, copy);
    await report.goto(pathToFileURL(copy).href);
    const text = await report.locator("body").innerText();
    for (const words of [
      name,
      "Outside training: Credit utilization.",
      "0 to 100",
      "50 at the start",
      "Scenarios",
      "Made for a test.",
      "brings no check cases",
    ])
      assert.ok(text.includes(words), words);
    assert.match(text, /Made on \d+ November \d{4}|Made on \d+ \w+ \d{4} at [\d:]+ (GMT|UTC)/);
    assert.match(text, /sha-256 [0-9a-f]{64}/);
    const chance = 1 / (1 + Math.exp(-(-3 + 0.05 * 140 + 0.5 * 2)));
    const exact = Number(/yes\s+[\d.]+\s%\s+(0\.\d+)/.exec(text)[1]);
    assert.ok(Math.abs(exact - chance) < 1e-12, `${exact}, expected ${chance}`);
    assert.deepEqual(trouble, []);
    fs.unlinkSync(copy);
  }));

test("the report says what the model has seen and why the result is what it is, once that is known", () =>
  withPage({}, async (page) => {
    await openExample(page);
    const printed = async () => {
      await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
      const sections = await page.locator(".report section").evaluateAll((all) => Object.fromEntries(all.map((e) => [e.querySelector("h2").textContent, [...e.querySelectorAll("tr")].map((row) => [...row.cells].map((cell) => cell.textContent))])));
      await page.evaluate(() => dispatchEvent(new Event("afterprint")));
      return sections;
    };
    await give(page, "savings", "90000");
    await page.waitForSelector(".answer[aria-busy=false]");
    const { "Why this result": early } = await printed(); // nothing of the case before
    assert.ok(!early || early.some(([, value]) => value === "90,000"));
    await explained(page);
    const sections = await printed();
    assert.deepEqual(sections["The case"].find(([name]) => name === "Age (years)").slice(1, 3), ["45", "18 to 88"]);
    const [[, , unit], [first, , base], ...rest] = sections["Why this result"];
    const [last, , value] = rest.pop();
    assert.deepEqual([unit, first, last, rest.length], ["Points", "Average case", "This case", 11]);
    const number = (text) => Number(text.replace("\u2212", "-"));
    const sum = rest.reduce((total, [, , size]) => total + number(size), number(base));
    assert.ok(Math.abs(sum - number(value)) <= 0.05 * 13, `${sum} is ${value}`); // of rounded figures
    assert.ok(rest.some(([name, given]) => name === "Savings (EUR)" && given === "90,000"));
    assert.equal(`${number(value).toFixed(1)}`, /yes\D+([\d.]+)/.exec(sections.Results.find(([name]) => name === "probability(yes)").join(" "))[1]);
  }));

test("the table opens elsewhere, with raw names, all digits, and nothing that runs", () =>
  withPage({}, async (page) => {
    await openExample(page);
    const base = await recordIn(page);
    await keep(page);
    await page.getByRole("textbox", { name: "Name of scenario A" }).fill("=1+1");
    await page.keyboard.press("Tab");
    await give(page, "savings", null);
    await give(page, "employment", 'a "b", c');
    const { content, name } = await saved(page, "Save as a table (CSV)");
    assert.equal(name, "Loan default case.csv");
    const { data: rows, errors } = parse(content, { header: true, skipEmptyLines: true });
    assert.deepEqual(errors, []);
    assert.deepEqual(
      rows.map((r) => [r.Scenario, r.savings, r.employment]),
      [
        ["'=1+1", String(base.savings), base.employment],
        ["Now", "", 'a "b", c'],
      ],
    );
    assert.equal(rows[0]["probability(yes)"].length > 12, true);
  }));

test("what is printed is the report: every part, its pages counted, nothing to press", () =>
  withPage({}, async (page) => {
    await openExample(page);
    await keep(page);
    await give(page, "age", "140");
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g).length;
    assert.ok(pages >= 1 && pages <= 3, `${pages} pages`);
    assert.equal(await page.locator(".report").count(), 0, "gone after printing");
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    await page.emulateMedia({ media: "print" });
    assert.deepEqual(
      await page.evaluate(() => [...document.body.children].filter((e) => e.checkVisibility()).map((e) => e.className)),
      ["report"],
    );
    const text = await page.locator(".report").innerText();
    for (const words of [
      "The case",
      "Results",
      "Scenarios",
      "About the model",
      "Outside training: Age (years)",
      "20 of 20 check cases",
    ])
      assert.ok(text.includes(words), words);
    assert.equal(await page.locator(".report :is(button, input, select, a)").count(), 0);
    const rules = await page.evaluate(() =>
      document.adoptedStyleSheets
        .flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText))
        .filter((r) => r.startsWith("@page")),
    );
    assert.match(rules.join(), /counter\(page\).*counter\(pages\)/);
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    await page.emulateMedia({ media: "screen" });
    assert.equal(await page.locator(".report").count(), 0);
    assert.equal(await page.evaluate(() => document.adoptedStyleSheets.length), 0);
  }));
