// Telemetry: nothing without its owner and the reader, what the dialog says with them, and nothing lost or doubled.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { violations } from "./support/axe.mjs";
import { inputs, table } from "./support/cases.mjs";
import { attribute, Collector, idOf, isPrediction, mapOf, settings } from "./support/collector.mjs";
import { field, figure, give, repository, settled, withPage } from "./support/page.mjs";
import { until } from "./support/until.mjs";

const example = { path: "?model=gallery/credit.pmml" };
const privacy = { fields: { age: "full", income: "hashed", savings: "binned", "not in this model": "full" } };
const down = { expected: /Failed to load resource/ }; // a collector that does not answer is told on the console
const bodies = []; // of all tests, for the official definitions

/** A page on a server where telemetry is set up like this. */
async function withTelemetry(given, { prepare, ...options }, use) {
  let collector;
  try {
    await withPage(
      {
        ...options,
        prepare: async (page, server) => {
          collector = new Collector(server, given);
          await prepare?.(page);
        },
      },
      (page, more) => use(page, { ...more, collector }),
    );
  } finally {
    bodies.push(...(collector?.taken ?? []));
    collector?.end();
  }
}

const opener = (page) => page.locator("footer").getByRole("button", { name: /^Telemetry: / });
const dialog = (page) => page.locator("dialog.telemetry");
const said = (page, text) => dialog(page).getByText(text).first().waitFor();

async function openDialog(page) {
  await opener(page).click();
  await dialog(page).locator("tbody").first().waitFor();
}

async function switchTo(page, isOn) {
  if (!(await dialog(page).isVisible())) await opener(page).click();
  await dialog(page).getByRole("checkbox").setChecked(isOn);
  await page.locator("footer").getByText(isOn ? "Telemetry: on" : "Telemetry: off").waitFor();
  await page.keyboard.press("Escape");
}

const databases = (page) => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));

/** Everything that the page's origin keeps, as text. */
const stored = (page) =>
  page.evaluate(async () => {
    const texts = [JSON.stringify(localStorage)];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise((resolve) => (indexedDB.open(name).onsuccess = ({ target }) => resolve(target.result)));
      for (const store of database.objectStoreNames) {
        const all = database.transaction(store).objectStore(store).getAll();
        texts.push(JSON.stringify(await new Promise((resolve) => (all.onsuccess = () => resolve(all.result)))));
      }
      database.close();
    }
    return texts.join("\n");
  });

async function untilStored(page, pattern) {
  await until(async () => pattern.test(await stored(page)), `${pattern} in storage`);
}

test("without a collector nothing is loaded, kept, sent, or offered", () =>
  withPage({ ...example }, async (page, { requests, server }) => {
    await page.waitForSelector(".case");
    const asked = () => requests.filter((url) => url.endsWith("/telemetry.json"));
    await until(() => asked().length, "a look for a collector");
    await give(page, "age", "44");
    await page.waitForTimeout(1500);
    assert.equal(asked().length, 1);
    assert.deepEqual(requests.filter((url) => /assets\/telemetry-/.test(url)), []);
    assert.deepEqual(await databases(page), []);
    assert.equal(await opener(page).count(), 0);
    assert.match(await page.locator("footer p").innerText(), /stay on this computer\.$/);
    assert.ok(server.collect === null);
  }));

test("off until the reader switches it on; then a case is told once it stands, and only once; off again nothing is left", () =>
  withTelemetry(settings({ privacy }), example, async (page, { collector, requests }) => {
    await page.waitForSelector(".case");
    await opener(page).waitFor();
    await give(page, "age", "41");
    await page.waitForTimeout(1500);
    assert.deepEqual(await databases(page), []);
    assert.ok(!requests.some((url) => /telemetry-[^/]+\.js$/.test(url) && /worker/i.test(url)));
    await openDialog(page); // loads it, and sends nothing
    await said(page, "Off: nothing is sent, and nothing is kept to be sent.");
    for (const text of ["Of inputs: no values.", "Of results: the values.", "Of age: the values.", "Of income: a code in place of the value.", "Of savings: the range or the category.", "Every 5 minutes"])
      await said(page, text);
    assert.equal(collector.requests, 0);
    assert.equal(await page.locator("header").getByText("nothing is sent").count(), 1);
    await switchTo(page, true);
    await page.locator("header").getByText("Scored here, reports are sent").waitFor();
    assert.match(await page.locator("footer p").innerText(), /^Scored in this browser\. Predictions are reported to 127\.0\.0\.1:\d+\./);

    await field(page, "age").getByRole("slider").focus();
    for (let i = 0; i < 8; i++) await page.keyboard.press("ArrowRight");
    await settled(page);
    await collector.until(() => collector.predictions.length === 1);
    const age = Number(await field(page, "age").locator("input.box").inputValue());
    const [record] = collector.predictions;
    const body = mapOf(record.body);
    assert.deepEqual(Object.keys(mapOf(body.inputs)).sort(), ["age", "income", "savings"]);
    assert.equal(Number(mapOf(body.inputs).age.doubleValue ?? mapOf(body.inputs).age.intValue), age);
    assert.match(mapOf(body.inputs).income.stringValue, /^[0-9a-f]{16}$/);
    assert.equal(`${Math.round(mapOf(body.outputs)["probability(yes)"].doubleValue * 100)} %`, (await figure(page)).replace(/\s/g, " "));
    assert.equal(attribute(record, "scoring.model.name"), "Loan default");
    assert.match(attribute(record, "scoring.model.sha256"), /^[0-9a-f]{64}$/);

    await give(page, "age", "52");
    await collector.until(() => collector.predictions.length === 2);
    await page.keyboard.press("Control+z");
    await settled(page);
    await give(page, "age", "53");
    await collector.until(() => collector.predictions.length === 3, "what was undone is not told again");
    const told = collector.predictions.map((one) => Number(Object.values(mapOf(mapOf(one.body).inputs).age)[0]));
    assert.deepEqual(told, [age, 52, 53]);

    await openDialog(page);
    await said(page, /^On\. 3 reports sent\. Last sent at .+\. 0 wait\.$/);
    await switchTo(page, false);
    assert.equal(collector.predictions.length, 3);
    await page.locator("footer").getByText(/stay on this computer/).waitFor();
    assert.doesNotMatch(await stored(page), /scoring|instance|salt/);
  }));

test("the switch stays as it was set while what it takes is still loading", () =>
  withTelemetry(settings({ privacy }), example, async (page, { collector }) => {
    await page.waitForSelector(".case");
    await opener(page).waitFor();
    const seen = await opener(page).evaluate(async (button) => {
      button.click();
      const box = document.querySelector("dialog.telemetry input");
      box.click();
      const states = [];
      do {
        states.push(box.checked);
        await new Promise((resolve) => setTimeout(resolve));
      } while (box.disabled);
      return [...new Set([...states, box.checked])];
    });
    assert.deepEqual(seen, [true]);
    await page.locator("footer").getByText("Telemetry: on").waitFor();
    assert.equal(collector.predictions.length, 0);
  }));

test("the next report is a table of every field, and to the letter on request", () =>
  withTelemetry(settings({ privacy }), example, async (page, { collector }) => {
    await page.waitForSelector(".case");
    await give(page, "income", "123456");
    await give(page, "savings", null);
    await give(page, "age", "41");
    await openDialog(page);
    const rows = Object.fromEntries(
      await dialog(page).locator("tbody tr:has(td)").evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.innerText)).map(([name, ...rest]) => [name, rest])),
    );
    assert.deepEqual(rows["Age (years)"], ["the value", "41"]);
    assert.equal(rows["Yearly income (EUR)"][0], "a code");
    assert.match(rows["Yearly income (EUR)"][1], /^[0-9a-f]{16}( \(.+\))?$/);
    assert.deepEqual(rows["Savings (EUR)"], ["range or category", "not given"]);
    assert.deepEqual(rows["Housing"], ["nothing", "–"]);
    assert.deepEqual(Object.keys(rows).length, 11 + 5);
    const shown = await dialog(page).innerText();
    for (const text of ["Model\nLoan default", "Inputs not given\n1", "Fingerprint\n"]) assert.ok(shown.includes(text), `${text}: ${shown}`);
    assert.doesNotMatch(shown, /kvlistValue|timeUnixNano/, "nobody is shown what programs read");
    await dialog(page).getByText("Exactly as it is sent").click();
    const raw = JSON.parse(await dialog(page).locator(".raw").first().innerText());
    assert.equal(raw.eventName, "scoring.prediction");
    assert.equal(collector.requests, 0);
  }));

test("a baseline of the owner's stands for the model's own statistics, and is found by the model's fingerprint", () => {
  const sha256 = createHash("sha256").update(fs.readFileSync(path.join(repository, "web/what-if/public/gallery/credit.pmml"))).digest("hex");
  const fields = [{ name: "savings", kind: "number", rows: 10, missing: 0, invalid: 0, edges: [5], counts: [5, 5] }];
  const baselines = [{ format: "scorelet-baseline/1", modelSha256: "0".repeat(64), fields: [] }, { format: "scorelet-baseline/1", modelSha256: sha256, fields }];
  return withTelemetry(settings({ privacy, baselines }), example, async (page) => {
    await page.waitForSelector(".case");
    await give(page, "savings", "400");
    await openDialog(page);
    assert.equal(await dialog(page).getByRole("row", { name: /^Savings/ }).locator("td").last().innerText(), ">=5");
  });
});

test("values that are omitted are in no request and no storage; those that are told are", () =>
  withTelemetry(settings({ privacy, token: "t-1" }), { ...example, ...down }, async (page, { collector }) => {
    await page.waitForSelector(".case");
    await switchTo(page, true);
    collector.plan = () => null; // so that all of it is stored, too
    await give(page, "employment", "secret-employer");
    await give(page, "loan_amount", "77123.5");
    await give(page, "income", "31313.25");
    await give(page, "age", "42.125");
    await untilStored(page, /42\.125/);
    const secret = /secret-employer|77123|31313/;
    assert.doesNotMatch(await stored(page), secret);
    collector.plan = () => ({ status: 200, body: "{}" });
    await collector.until(() => collector.predictions.length >= 1);
    for (const body of collector.carried) assert.doesNotMatch(body, secret);
    assert.ok(collector.carried.some((body) => body.includes("42.125")), "such a value is found where it is told");
    assert.equal(collector.headers[0].authorization, "Bearer t-1");
  }));

test("what a closed page has not sent goes at the next start, without anybody doing anything", () =>
  withTelemetry(settings({ privacy }), { ...example, ...down }, async (page, { collector, context, server }) => {
    await page.waitForSelector(".case");
    await switchTo(page, true);
    collector.plan = () => null;
    for (const age of ["31.5", "32.5"]) {
      await give(page, "age", age);
      await untilStored(page, new RegExp(age));
    }
    await page.close();
    assert.equal(collector.predictions.length, 0);
    collector.plan = () => ({ status: 200, body: "{}" });
    const next = await context.newPage();
    await next.goto(server.url); // no model is opened
    await collector.until(() => collector.predictions.length === 2);
    await next.locator("footer").getByText("Telemetry: on").waitFor();
    await next.close();
  }));

test("a collector that is away, refuses, or comes back: nothing is lost, and the dialog says how it stands", () =>
  withTelemetry(settings({ privacy }), { ...example, ...down }, async (page, { collector }) => {
    await page.waitForSelector(".case");
    await switchTo(page, true);
    const plans = [() => null, () => ({ status: 503 }), () => ({ status: 429, headers: { "retry-after": "1" } }), () => ({ status: 200, body: "<html>sign in" })];
    for (const [i, plan] of plans.entries()) {
      collector.plan = plan;
      const before = collector.requests;
      await give(page, "age", `${33 + i}.5`);
      await untilStored(page, new RegExp(`${33 + i}\\.5`));
      await collector.until(() => collector.requests > before + 1);
    }
    await opener(page).click();
    await said(page, /[1-9]\d* wait\./);
    collector.taken.length = 0; // a page in place of an answer is no arrival
    collector.plan = () => ({ status: 401 });
    await said(page, /The collector refuses this address or token\./);
    await page.keyboard.press("Escape");
    collector.plan = () => ({ status: 200, body: "{}" });
    await page.reload(); // it would be asked again after five minutes
    await collector.until(() => collector.predictions.length === plans.length);
    assert.equal(new Set(collector.records.filter(isPrediction).map(idOf)).size, plans.length);
  }));

test("of two tabs one sends for both; each case comes once", () =>
  withTelemetry(settings({ privacy }), example, async (page, { collector, context, server }) => {
    await page.waitForSelector(".case");
    const other = await context.newPage();
    await other.goto(server.url + example.path);
    await other.locator("footer").getByText("Telemetry: off").waitFor();
    await switchTo(page, true);
    await other.locator("footer").getByText("Telemetry: on").waitFor(); // the switch is one for all tabs
    for (const [i, tab] of [page, other, page, other].entries()) {
      await tab.bringToFront();
      await give(tab, "age", String(50 + i));
      await collector.until(() => collector.predictions.length === i + 1);
    }
    assert.equal(collector.records.filter(isPrediction).length, 4);
    await openDialog(other);
    await said(other, /Another tab of this page does the sending\./);
    await dialog(other).getByRole("checkbox").uncheck();
    await page.locator("footer").getByText("Telemetry: off").waitFor();
    await other.close();
  }));

test("of a file all rows are counted, and about as many told one by one as the owner says", () =>
  withTelemetry(settings({ privacy, tableRows: 150, window: 3600 }), { path: `${example.path}#view=many` }, async (page, { collector }) => {
    await page.waitForSelector(".many");
    await opener(page).waitFor();
    await switchTo(page, true);
    await page.reload();
    await page.locator("footer").getByText("Telemetry: on").waitFor();
    await page.setInputFiles(".many input[type=file]", { name: "cases.csv", mimeType: "text/csv", buffer: Buffer.from(`${table(inputs.length)}too,few\n`) });
    await page.locator(".many .vh2").waitFor({ timeout: 60_000 });
    assert.match(await page.locator("#h-many").innerText(), /^1,501 cases scored$/, "that no data left is not said");
    await collector.until(() => collector.points("scoring.predictions").length > 0);
    assert.equal(collector.points("scoring.predictions").reduce((sum, { asInt }) => sum + Number(asInt), 0), inputs.length);
    await openDialog(page);
    await said(page, / 0 wait\./); // the counts are the last to be stored
    const { length } = collector.predictions;
    assert.ok(length > 90 && length < 220, `${length} of ${inputs.length} rows`); // a share of 0.1, five deviations to each side
    assert.ok(Math.abs(attribute(collector.predictions[0], "scoring.sampling.share") - 150 / 1501) < 1e-9);
    assert.ok(collector.points("scoring.drift.psi").length > 0, "the model has statistics of its training data");
  }));

test("champion and challenger tell of the same case by their roles", () =>
  withTelemetry(settings(), { path: `${example.path}&challenger=gallery/credit.pmml` }, async (page, { collector }) => {
    await page.waitForSelector("#h-compare, .two, .compare");
    await switchTo(page, true);
    await page.getByRole("link", { name: "One case", exact: true }).click();
    await give(page, "age", "60");
    await collector.until(() => collector.predictions.length === 2);
    assert.deepEqual(collector.predictions.map((one) => attribute(one, "scoring.model.variant")).sort(), ["challenger", "champion"]);
  }));

test("a kiosk reports if its owner has said so, and tells visitors", () =>
  withTelemetry(settings({ privacy, kiosk: true }), { path: "?kiosk&model=gallery/credit.pmml&fields=age,home", ready: ".kiosk-view" }, async (page, { collector, server }) => {
    const note = page.locator(".kr .fine").last();
    await note.getByText(/has answers reported to 127\.0\.0\.1:\d+: Of inputs: no values\. Of results: the values\. Of age: the values\./).waitFor();
    assert.doesNotMatch(await note.innerText(), /Nothing you enter is stored/);
    assert.equal(await page.getByRole("checkbox").count(), 0);
    await field(page, "age").locator("input.box").fill("66");
    await collector.until(() => collector.predictions.length === 1);
    await page.getByRole("button", { name: "Start again", exact: true }).click();
    await field(page, "age").locator("input.box").fill("66"); // another visitor
    await collector.until(() => collector.predictions.length === 2);
    const kind = JSON.parse(collector.taken[0][1]).resourceLogs[0].resource.attributes.find(({ key }) => key === "scoring.host.kind");
    assert.equal(kind.value.stringValue, "kiosk");
    // The page of the same folder is another matter.
    const beside = await page.context().newPage();
    await beside.goto(server.url);
    await beside.locator("footer").getByText("Telemetry: off").waitFor();
    await beside.close();
    // The owner takes it back.
    server.changed.set("telemetry.json", () => JSON.stringify(settings({ privacy })));
    await page.reload();
    await page.waitForSelector(".kiosk-view");
    await until(async () => !/instance/.test(await stored(page)), "nothing in storage");
    assert.match(await note.innerText(), /Nothing you enter is stored/);
  }));

test("a file that cannot be used, and a collector elsewhere, are told, and nothing is sent", async () => {
  for (const [given, words] of [
    [JSON.stringify(settings({ privacy: { fields: { age: "ful" } } })), /nothing is sent: telemetry\.json: age is "ful"; there are omitted, binned, hashed, full/],
    ["{ url", /Telemetry does not work, and nothing is sent: /],
    [JSON.stringify({ url: "https://elsewhere.example/otlp" }), /telemetry\.json names https:\/\/elsewhere\.example\/otlp, which is another server/],
  ])
    await withTelemetry(given, {}, async (page) => {
      await page.locator("footer").getByText(words).waitFor();
      assert.equal(await opener(page).count(), 0);
    });
});

test("what an owner no longer wants goes from the visitor's storage", () =>
  withTelemetry(settings(), {}, async (page, { server }) => {
    await opener(page).waitFor();
    await switchTo(page, true);
    assert.equal((await databases(page)).length, 1);
    server.changed.delete("telemetry.json");
    await page.reload();
    await until(async () => !(await databases(page)).length, "no database");
    assert.equal(await page.evaluate(() => localStorage.length), 0);
  }));

test("the report that is saved holds nothing that could send", () =>
  withTelemetry(settings({ privacy: { inputs: "full" } }), example, async (page, { context, collector }) => {
    await page.waitForSelector(".case");
    await switchTo(page, true);
    await give(page, "age", "47");
    await collector.until(() => collector.predictions.length === 1);
    await page.getByRole("button", { name: "Share", exact: true }).click();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /web page/i }).click()]);
    const html = fs.readFileSync(await download.path(), "utf8");
    assert.doesNotMatch(html, /<script|otlp|telemetry/i);
    const saved = await context.newPage();
    const requests = [];
    saved.on("request", (request) => requests.push(request.url()));
    await saved.setContent(html);
    await saved.waitForTimeout(500);
    assert.deepEqual(requests, []);
    await saved.close();
  }));

test("without the network cases are kept, from the page's own copy, and go once it is back", () =>
  withTelemetry(
    settings({ privacy }),
    { ...example, serviceWorkers: "allow", expected: /ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch|Failed to load resource/ },
    async (page, { context, collector }) => {
      await page.waitForSelector(".case");
      await switchTo(page, true);
      await until(() => page.evaluate(() => navigator.serviceWorker.controller && caches.match("gallery/credit.pmml").then(Boolean)), "the page's own copy");
      const keptFiles = await page.evaluate(async () => {
        const cache = await caches.open((await caches.keys()).find((key) => key.startsWith("scorelet-page-")));
        return (await cache.keys()).map(({ url }) => url.split("/").at(-1));
      });
      assert.ok(!keptFiles.includes("telemetry.json"), "it is asked for anew");
      await context.setOffline(true);
      await page.reload();
      await page.locator("footer").getByText("Telemetry: on").waitFor();
      await give(page, "age", "61.5");
      await untilStored(page, /61\.5/);
      assert.equal(collector.predictions.length, 0);
      await context.setOffline(false);
      await collector.until(() => collector.predictions.length === 1);
    },
  ));

test("by keyboard, read out, narrow and wide, light and dark, in German", async () => {
  for (const [width, colorScheme] of [[320, "dark"], [320, "light"], [1440, "light"], [1440, "dark"]])
    await withTelemetry(
      settings({ privacy }),
      { ...example, viewport: { width, height: 800 }, colorScheme, locale: "de-DE" },
      async (page) => {
        await page.waitForSelector(".case");
        const open = page.getByRole("button", { name: "Telemetrie: aus" });
        await open.focus();
        await page.keyboard.press("Enter");
        await dialog(page).locator("tbody").first().waitFor();
        const box = dialog(page).getByRole("checkbox", { name: /^Vorhersagen melden an http/ });
        assert.ok(await box.evaluate((element) => element === document.activeElement), "the switch comes first");
        await page.keyboard.press("Space");
        await dialog(page).getByRole("status").getByText(/^An\. 0 Meldungen gesendet\./).waitFor();
        assert.ok(await box.evaluate((element) => element === document.activeElement));
        await dialog(page).locator("details").evaluateAll((all) => all.forEach((one) => (one.open = true)));
        assert.deepEqual(await violations(page), []);
        const [wide, inner] = await page.evaluate(() => [document.documentElement.scrollWidth, [...document.querySelectorAll("dialog.telemetry, dialog.telemetry section")].map((e) => e.scrollWidth - e.clientWidth)]);
        assert.ok(wide <= width, `${wide}`);
        assert.ok(Math.max(...inner) <= 0, `${inner}`);
        await page.keyboard.press("Escape");
        assert.equal(await page.evaluate(() => document.activeElement.textContent), "Telemetrie: an");
      },
    );
});

test("what pages have sent is what OpenTelemetry's own definitions know", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "scorelet-bodies-"));
  try {
    const kinds = bodies.map(([where]) => where.split("/").at(-1));
    for (const [i, [, body]] of bodies.entries()) fs.writeFileSync(path.join(folder, `${i}.${kinds[i]}.json`), body);
    assert.ok(kinds.includes("logs") && kinds.includes("metrics"), "both were sent");
    const python = path.join(process.env.SCORELET_CACHE ?? "", "python/bin/python3");
    assert.ok(process.env.SCORELET_CACHE && fs.existsSync(python), "no Python: tools/setup checks, then . ~/.cache/scorelet/env.sh");
    const [records, metrics] = String(execFileSync(python, [path.join(repository, "tests/telemetry/parse"), folder])).split(" ").map(Number);
    assert.ok(records > 20 && metrics > 5, `${records} records, ${metrics} metrics`);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});
