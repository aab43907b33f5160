// Champion and challenger on one file; figures are held against what the models themselves give row by row.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import test from "node:test";
import { Model } from "scorelet";
import { aucOf } from "./support/cases.mjs";
import { data, drop, field, openFile, repository, withPage } from "./support/page.mjs";
import { numberIn } from "./support/why.mjs";

const gallery = (file) => fs.readFileSync(path.join(repository, "web/what-if/public/gallery", file));
const lines = gallery("formula.csv").toString().trim().split("\n");
const columns = lines[0].split(",");

/** Each case of the formula's four times, and whether it defaulted: drawn from the mean of both models' chances. */
async function made() {
  const models = await Promise.all(["arrears", "formula"].map((id) => Model.load(gallery(`${id}.pmml`))));
  let state = 7;
  const next = () => (state = (state * 1664525 + 1013904223) >>> 0) / 4294967296;
  const rows = Array.from({ length: 4 }, () => lines.slice(1)).flat().map((line) => {
    const record = Object.fromEntries(columns.map((name, i) => [name, line.split(",")[i] || null]));
    const answers = models.map((model) => model.score(record).values);
    const chances = answers.map((v) => v["probability(1)"]);
    const event = next() < (chances[0] + chances[1]) / 2;
    return { line, record, chances, words: answers.map((v) => String(v.default)), event };
  });
  for (const model of models) model.close();
  const table = [`${lines[0]},default`, ...rows.map((r) => `${r.line},${r.event ? 1 : 0}`)].join("\n");
  return { rows, table: `${table}\n` };
}

const mean = (list) => list.reduce((a, b) => a + b, 0) / list.length;
const percent = (x) => `${(x * 100).toFixed(1)}\u00a0%`;
const pair = { path: "?model=gallery/arrears.pmml&challenger=gallery/formula.pmml", ready: ".why-two[aria-busy=false]" };
const scored = async (page, table) => {
  await drop(page, "loans.csv", table);
  await page.getByRole("button", { name: "Score it with Loan default, formula" }).click();
  await page.locator(".two-models .cmp, .two-models .plain").first().waitFor();
};
const part = (page, pattern) => page.locator(".two-models .card", { has: page.locator("h3", { hasText: pattern }) });

/** The standard error of the difference of two areas, from all pairs of an event and another case. */
function errorOfDifference(rows) {
  const [events, others] = [rows.filter((r) => r.event), rows.filter((r) => !r.event)];
  const above = (a, b, i) => (a.chances[i] > b.chances[i] ? 1 : a.chances[i] === b.chances[i] ? 0.5 : 0);
  const gains = (list, other, ahead) => list.map((r) => mean(other.map((o) => ahead(r, o, 1) - ahead(r, o, 0))));
  const variance = (list) => {
    const m = mean(list);
    return list.reduce((sum, x) => sum + (x - m) ** 2, 0) / (list.length - 1) / list.length;
  };
  return Math.sqrt(variance(gains(events, others, above)) + variance(gains(others, events, (o, e, i) => above(e, o, i))));
}

test("which is right more often: both figures, the range of their difference, and a verdict", async () => {
  const { rows, table } = await made();
  await withPage(pair, async (page) => {
    await scored(page, table);
    const row = (name) => page.locator(".cmp tbody tr", { has: page.locator(`th:text-is("${name}")`) });
    const aucs = [0, 1].map((i) => aucOf(rows.map((r) => ({ score: r.chances[i], event: r.event }))));
    assert.deepEqual(await row("Ranking (AUC)").locator(".num").allInnerTexts(), aucs.map((x) => x.toFixed(3)));
    const loss = (r, i) => -Math.log(r.event ? r.chances[i] : 1 - r.chances[i]);
    assert.deepEqual(
      await row("Log loss, lower is better").locator(".num").allInnerTexts(),
      [0, 1].map((i) => mean(rows.map((r) => loss(r, i))).toFixed(3)),
    );
    const [gain, error] = [aucs[1] - aucs[0], errorOfDifference(rows)];
    const [, low, high] = /range (\S+) to (\S+)$/.exec(await row("Ranking (AUC)").getByRole("img").getAttribute("aria-label"));
    for (const [text, want] of [[low, gain - 1.96 * error], [high, gain + 1.96 * error]])
      assert.ok(Math.abs(numberIn(text) - want) <= Math.abs(want) * 0.06 + 1e-4, `${text}, not ${want}`);
    const verdict = gain - 1.96 * error > 0 ? "Better" : gain + 1.96 * error < 0 ? "Worse" : "Too close to call";
    assert.equal(await row("Ranking (AUC)").locator("td").last().innerText(), verdict);
    const heading = await page.locator(".two-models h3").first().innerText();
    assert.match(heading, verdict === "Too close to call" ? /^Too close to call: AUC / : /predicts better: AUC \d\.\d+ against \d\.\d+$/);
  });
});

test("where they agree, how far they are apart, and for whom most", async () => {
  const { rows, table } = await made();
  await withPage(pair, async (page) => {
    await scored(page, table);
    const same = mean(rows.map((r) => Number(r.words[0] === r.words[1])));
    const apart = rows.map((r) => r.chances[1] - r.chances[0]);
    const size = mean(apart.map(Math.abs)) * 100;
    const section = part(page, /same answer/);
    const heading = await section.locator("h3").innerText();
    const [, agreed, points] = /^They give the same answer in (\S+)\s% of cases; they are (\S+) points? apart on average$/.exec(heading);
    assert.ok(Math.abs(Number(agreed) - same * 100) <= 0.5, `${agreed} and ${same}`);
    assert.ok(Math.abs(Number(points) - size) <= 0.5, `${points} and ${size}`);
    const counts = {};
    for (const r of rows) if (r.words[0] !== r.words[1]) counts[`${r.words[0]} → ${r.words[1]}`] = (counts[`${r.words[0]} → ${r.words[1]}`] ?? 0) + 1;
    const told = await section.locator(".plain tbody tr").evaluateAll((all) => all.map((tr) => [tr.children[0].textContent, Number(tr.children[1].textContent)]));
    assert.deepEqual(Object.fromEntries(told), counts);

    await page.locator(".two-models select").selectOption({ label: "home" });
    const groups = {};
    for (const [i, r] of rows.entries()) (groups[r.record.home ?? "not given"] ??= []).push(apart[i]);
    await part(page, /home/).locator("tbody tr").first().waitFor();
    const slices = await part(page, /home/).locator("tbody tr").evaluateAll((all) => all.map((tr) => [...tr.children].map((c) => c.textContent)));
    assert.equal(slices.length, Object.keys(groups).length);
    for (const [name, n, , , difference] of slices) {
      assert.equal(Number(n), groups[name].length, name);
      assert.ok(Math.abs(numberIn(difference) - mean(groups[name]) * 100) <= 0.051, `${name}: ${difference}`);
    }
  });
});

test("the row that they are farthest apart on is taken into the form, with why they differ on it", async () => {
  const { rows, table } = await made();
  await withPage(pair, async (page) => {
    await scored(page, table);
    const sizes = rows.map((r) => Math.abs(r.chances[1] - r.chances[0]));
    const worst = sizes.indexOf(Math.max(...sizes));
    const section = part(page, /^Farthest apart is row/);
    const [row, first, second] = await section.locator("tbody tr").first().locator("th, td").allInnerTexts();
    assert.deepEqual([row, first, second], [String(worst + 1), ...rows[worst].chances.map(percent)]);
    assert.equal(await section.locator("tbody tr").count(), 10);
    await section.getByRole("button", { name: `Look at it: row ${worst + 1}` }).click();
    await page.waitForSelector(".why-two[aria-busy=false]");
    assert.deepEqual((await page.locator(".two tbody tr").first().locator(".num").allInnerTexts()).slice(0, 2), rows[worst].chances.map(percent));
    await page.getByRole("link", { name: "One case" }).click();
    assert.equal(Number((await field(page, "amount").locator("input.box").inputValue()).replaceAll(",", "")), Number(rows[worst].record.amount));
    await page.getByRole("button", { name: `Undo taking row ${worst + 1}` }).click();
  });
});

test("without outcomes nothing is judged; another challenger begins anew; a closed one leaves nothing", async () => {
  const { table } = await made();
  const bare = table.replace(/,default\n/, "\n").replaceAll(/,[01]$/gm, "");
  await withPage(pair, async (page) => {
    await scored(page, bare);
    assert.equal(await page.locator(".cmp").count(), 0);
    assert.equal(await part(page, /same answer/).count(), 1);
    await page.getByRole("link", { name: "Compare", exact: true }).click();
    await page.getByRole("button", { name: "Close the second model" }).click();
    await page.getByRole("link", { name: "Many cases" }).click();
    assert.equal(await page.locator(".two-models > *").count(), 0);
  });
});

test("a challenger whose fields the file does not have is told; numbers are compared as numbers", async () => {
  const file = data("models/a01_ols_diabetes/model.pmml");
  const text = fs.readFileSync(file, "utf8");
  const [, intercept] = /intercept="([^"]+)"/.exec(text);
  const shifted = text.replace(`intercept="${intercept}"`, `intercept="${Number(intercept) + 8}"`);
  await withPage({}, async (page) => {
    const second = async (challenger) => {
      await page.getByRole("link", { name: "Compare", exact: true }).click();
      const chooser = page.waitForEvent("filechooser");
      await page.getByRole("button", { name: /^Open (a|another) second model$/ }).click();
      await (await chooser).setFiles(challenger);
      await page.locator("#h-compare", { hasNotText: /Asking|Keep a case/ }).waitFor();
      await page.getByRole("link", { name: "Many cases" }).click();
    };
    await openFile(page, file);
    await page.waitForSelector(".case");
    await second(data("models/a05_multinomial_iris/model.pmml"));
    await drop(page, "patients.csv", fs.readFileSync(data("models/a01_ols_diabetes/input.csv"), "utf8"));
    await page.getByRole("button", { name: /^Score it with/ }).click();
    await page.getByText(/^No column of this file is a field of /).waitFor();
    await second({ name: "shifted.pmml", mimeType: "text/xml", buffer: Buffer.from(shifted) });
    await page.getByRole("button", { name: /^Score it with/ }).click();
    await page.getByRole("heading", { name: "They are 8 apart on average" }).waitFor();
  });
});
