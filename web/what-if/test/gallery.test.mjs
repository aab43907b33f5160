// The models to try, and models opened by address.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import test from "node:test";
import { Model, Runtime } from "scorelet";
import { csv } from "./support/csv.mjs";
import { data, field, figure, repository, titled, withPage } from "./support/page.mjs";

const here = path.join(repository, "web/what-if");
const gallery = JSON.parse(fs.readFileSync(path.join(here, "gallery/gallery.json"), "utf8"));
const document = (id) => fs.readFileSync(path.join(here, "public/gallery", `${id}.pmml`));
const { cases } = JSON.parse(fs.readFileSync(data("models/manifest.json"), "utf8"));
const toleranceOf = (source) =>
  source === "demo"
    ? JSON.parse(fs.readFileSync(data("demo/case.json"), "utf8")).tolerance
    : cases.find((c) => `models/${c.id}` === source).tolerance;

test("the gallery has models of eight kinds at least, all below 3 MB", () => {
  assert.ok(new Set(gallery.map((m) => m.model)).size >= 8);
  let total = 0;
  for (const { id, bytes } of gallery) {
    assert.equal(document(id).length, bytes, id);
    total += bytes;
  }
  assert.ok(total < 3e6);
  for (const { id, cases, outcomes } of gallery)
    for (const { file, cases: n } of [cases ? { file: `${id}.csv`, cases } : [], outcomes ?? []].flat())
      assert.equal(fs.readFileSync(path.join(here, "public/gallery", file), "utf8").trimEnd().split("\n").length, n + 1, file);
});

for (const { id, source } of gallery)
  test(`labels and ranges change nothing: ${id} gives its library's answers`, async () => {
    const model = await Model.load(document(id), { horizon: 1 });
    const tolerance = toleranceOf(source);
    const [records, expected] = [csv(`${source}/input.csv`), csv(`${source}/expected.csv`)];
    let compared = 0;
    for (const [i, record] of records.slice(0, 60).entries()) {
      const { values } = model.score(record);
      for (const [name, want] of Object.entries(expected[i])) {
        if (name === "__error" || /^reason/.test(name) || want === null) continue; // reasons have words now
        let got = values[name];
        if (Array.isArray(got)) got = got.at(-1);
        const off = Math.abs(Number(got) - Number(want));
        const near = off <= tolerance.absolute || off <= tolerance.relative * Math.abs(Number(want));
        assert.ok(String(got) === want || near, `row ${i}, ${name}: ${got}, not ${want}`);
        compared++;
      }
    }
    assert.ok(compared > 5, `${compared}`);
    model.close();
  });

test("of the core there travels what a model needs, before its first prediction", () =>
  withPage({}, async (page) => {
    const home = page.url();
    const first = await WebAssembly.compile(fs.readFileSync(new URL(import.meta.resolve("scorelet/scorelet-first.wasm"))));
    const runtime = await Runtime.load({ first, further: new Uint8Array() });
    for (const { id } of gallery) {
      const isEveryday = await runtime.loadModel(document(id)).then(
        () => true,
        () => false,
      );
      await page.goto(`${home}?model=gallery/${id}.pmml`);
      await page.waitForSelector(".fig strong, .series");
      const before = await page.evaluate(() => {
        const from = performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(".wasm"));
        return from.map(({ name, startTime }) => ({ name: /scorelet-(first|further|full)?/.exec(name)[1], startTime }));
      });
      const names = before.toSorted((a, b) => a.startTime - b.startTime).map(({ name }) => name);
      assert.deepEqual([...new Set(names)].filter((name) => name !== "full"), isEveryday ? ["first"] : ["first", "further"], id);
    }
  }));

test("every model opens from the gallery, answers at once and names its origin", () =>
  withPage({}, async (page) => {
    for (const { id } of gallery) {
      await page.goto(page.url().split("?")[0]);
      await page.locator(".gallery li").nth(gallery.findIndex((m) => m.id === id)).getByRole("button").click();
      await page.waitForSelector(".case");
      assert.equal(new URL(page.url()).search, `?model=gallery/${id}.pmml`);
      if (id !== "reviews") assert.notEqual(await figure(page), "No prediction", id);
      else {
        await field(page, "review").locator("input").fill("great, fast and friendly");
        assert.match(await figure(page), /%$/);
      }
      await page.getByRole("link", { name: "About this model" }).click();
      const origin = page.locator(".about dl > div", { has: page.getByText("Where it comes from", { exact: true }) });
      assert.match(await origin.innerText(), /Free to use for any purpose\.$/);
    }
  }));

test("models are fetched when they are asked for, not before", () =>
  withPage({}, async (page, { requests }) => {
    await page.waitForTimeout(500);
    assert.deepEqual(requests.filter((url) => url.endsWith(".pmml")), []);
  }));

test("an address in the query opens its model, and again after a reload", () =>
  withPage({ path: "?model=gallery/iris.pmml" }, async (page) => {
    await titled(page, /^Iris species: /);
    await page.reload();
    await titled(page, /^Iris species: /);
    await page.setInputFiles("body > input[type=file]", data("models/a05_multinomial_iris/model.pmml"));
    await field(page, "sepal_length").waitFor();
    assert.equal(new URL(page.url()).search, "", "a file of one's own has no address");
  }));

test("an address typed into the box opens its model", () =>
  withPage({}, async (page) => {
    await page.getByLabel("Address of a model on this server").fill("gallery/sunspots.pmml");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".series tbody tr");
  }));

for (const [address, words] of [
  ["https://example.org/a/model.pmml", /^It may not fetch anything from example\.org, .* model\.pmml|https:\/\/example\.org/],
  ["gallery/none.pmml", /^Nothing was found at its address, or there is no connection\..*none\.pmml was not opened\.$/],
  ["data:text/xml,<PMML/>", /^It may not fetch anything from data:/],
  ["http://[", /^An address looks like models\/credit\.pmml\./],
])
  test(`an address that opens nothing is told: ${address}`, () =>
    withPage({ path: `?model=${encodeURIComponent(address)}`, expected: /404/ }, async (page) => {
      await page.locator(".refused").waitFor();
      assert.match(await page.locator(".refused .sub").innerText(), words);
    }));
