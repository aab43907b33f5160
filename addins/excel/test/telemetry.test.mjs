// The switch: nothing leaves before it is on, what leaves is what the pane says, and nothing is left behind once it is off.
import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { addModel, cells, csv, data, posted, withExcel } from "./support/excel.mjs";

const [header, ...inputs] = csv("demo/input.csv");
const rows = inputs.slice(0, 40).map(cells);
const credit = { name: "credit.pmml", mimeType: "application/xml", buffer: fs.readFileSync(data("demo/model.pmml")) };
const settings = { url: "./collector", serviceName: "desk", privacy: { fields: { age: "full", income: "hashed" } }, rhythm: { interval: 0.2 } };
const said = (page, text) => page.getByText(text).first().waitFor();

/** The log records that came. */
const records = () => posted.filter(([path]) => path.endsWith("/collector/v1/logs")).flatMap(([, { resourceLogs }]) => resourceLogs.flatMap(({ scopeLogs }) => scopeLogs.flatMap(({ logRecords }) => logRecords)));
const attribute = (record, name) => record.attributes.find(({ key }) => key === name)?.value.stringValue;
const mapOf = (value) => Object.fromEntries((value.kvlistValue?.values ?? []).map(({ key, value }) => [key, value]));

async function until(isDone) {
  for (const end = Date.now() + 30_000; !isDone(); ) {
    assert.ok(Date.now() < end, "nothing came");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test("off by default; on, it tells of predictions what the pane says; off again, nothing is kept", async () => {
  await withExcel({ telemetry: settings }, async (page, { address }) => {
    await said(page, /^Report predictions to http.*collector$/);
    await said(page, "Off: nothing is sent, and nothing is kept to be sent.");
    for (const text of ["Of inputs: no values.", "Of results: the values.", "Of age: the values.", "Of income: a code in place of the value.", "Every 5 minutes"]) await said(page, text);
    assert.equal(await page.locator("#telemetry").isChecked(), false);
    await addModel(page, credit);
    const score = (some) => page.evaluate(({ header, some }) => __host.call("SCORE", "credit", some, [header]), { header, some });
    await score(rows.slice(0, 5));
    await page.locator("#telemetry").check();
    await said(page, /^On\./);
    assert.deepEqual(posted, [], "before the switch is on");
    const answers = await score(rows.slice(5, 15));
    assert.equal(answers.length, 10);
    await page.evaluate(({ header, some }) => __host.callMany("PREDICT", some.map((row) => ["credit", [row], [header]])), { header, some: rows.slice(20, 25) });
    // The same again is remembered, and nothing new.
    await page.evaluate(({ header, some }) => __host.callMany("PREDICT", some.map((row) => ["credit", [row], [header]])), { header, some: rows.slice(20, 25) });
    await until(() => records().length >= 15);
    await said(page, "15 reports sent.");
    const [first] = records();
    assert.equal(attribute(first, "scoring.model.name"), "credit");
    assert.match(attribute(first, "scoring.model.sha256"), /^[0-9a-f]{64}$/);
    const body = mapOf(first.body), given = mapOf(body.inputs);
    assert.deepEqual(Object.keys(given).sort(), ["age", "income"]);
    assert.equal(Number(given.age.doubleValue ?? given.age.intValue), rows[5][header.indexOf("age")]);
    assert.match(given.income.stringValue, /^[0-9a-f]{16}$/);
    assert.equal(mapOf(body.outputs).default.stringValue, answers[0][0]);
    await page.getByText("See what is sent").click();
    await said(page, /scoring\.prediction\.id/);
    // The next start finds it on.
    await page.goto(address);
    await said(page, /^On\./);
    await page.getByRole("tab", { name: "Models" }).click();
    await page.locator("#telemetry").uncheck();
    await said(page, "Off: nothing is sent");
    const stored = () => page.evaluate(async () => {
      const database = await new Promise((resolve) => (indexedDB.open("scorelet-telemetry").onsuccess = ({ target }) => resolve(target.result)));
      const counts = await Promise.all([...database.objectStoreNames].map((name) => new Promise((resolve) => (database.transaction(name).objectStore(name).count().onsuccess = ({ target }) => resolve(target.result)))));
      database.close();
      return counts.reduce((sum, n) => sum + n, 0);
    });
    assert.equal(await stored(), 0);
  });
});

test("a switch that cannot be turned says why, and stays off until it can", async () => {
  await withExcel({ telemetry: settings }, async (page, { context, trouble }) => {
    await context.route(/scorelet-full.*\.wasm$/, (route) => route.abort());
    await page.locator("#telemetry").click();
    await said(page, "Telemetry does not work, and nothing is sent");
    assert.equal(await page.locator("#telemetry").isChecked(), false);
    await context.unroute(/scorelet-full.*\.wasm$/);
    trouble.length = 0; // what could not be fetched is told on the console
    await page.locator("#telemetry").click();
    await said(page, /^On\./);
    assert.equal(await page.locator("#telemetry").isChecked(), true);
  });
});

test("without a collector, or with one elsewhere, there is no switch", async () => {
  await withExcel({}, async (page) => {
    await said(page, "None is set up: nothing about your work is sent anywhere.");
    assert.equal(await page.locator("#telemetry").count(), 0);
  });
  await withExcel({ telemetry: { url: "https://elsewhere.example/otlp" } }, async (page) => {
    await said(page, "telemetry.json names https://elsewhere.example/otlp, which is another server");
    assert.equal(await page.locator("#telemetry").count(), 0);
  });
});
