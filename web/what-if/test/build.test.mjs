// The built files: small, self-contained, and strict about what may run.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import test from "node:test";
import { brotliCompressSync } from "node:zlib";
import { data, field, openExample, withPage } from "./support/page.mjs";
import { dist, policy } from "./support/server.mjs";
import { watchFirst } from "./support/timing.mjs";
import { until } from "./support/until.mjs";

const files = fs
  .readdirSync(dist, { recursive: true })
  .map(String)
  .filter((name) => fs.statSync(path.join(dist, name)).isFile());

const compressed = (names) =>
  names
    .filter((f) => /\.(js|css)$/.test(f))
    .reduce((sum, f) => sum + brotliCompressSync(fs.readFileSync(path.join(dist, f))).length, 0);

const loadedIn = (requests) => [...new Set(requests)].map((url) => new URL(url).pathname.replace("/some/folder/", ""));
const inside = (f) => f.startsWith("embed");

const reports = (f) => /^assets\/telemetry-/.test(f);

test("script and style, compressed: 80 kB up to the first prediction, 175 kB for the whole page, 32 kB for telemetry", (t) =>
  withPage({ prepare: watchFirst }, async (page, { requests }) => {
    await openExample(page);
    await until(() => page.evaluate(() => "firstPrediction" in globalThis), "the first prediction");
    const before = await page.evaluate(() =>
      performance.getEntriesByType("resource").flatMap(({ name, startTime }) => (startTime < globalThis.firstPrediction ? [name] : [])),
    );
    const [first, all] = [compressed(loadedIn(before)), compressed(files.filter((f) => !inside(f) && !reports(f)))];
    const told = compressed(files.filter(reports));
    t.diagnostic(`${first} bytes of script and style up to the first prediction, ${all} for all of it, ${told} for telemetry`);
    assert.ok(first > 60_000 && first <= 80_000, `${first}`);
    assert.ok(all <= 175_000, `${all}`);
    assert.ok(told > 20_000 && told <= 32_000, `${told}`); // a worker with the package, and the dialog
    assert.deepEqual(loadedIn(requests).filter(reports), [], "telemetry is loaded where its owner has set it up alone");
  }));

test("the element: 64 kB up to the first prediction, 75 kB with explanations", (t) =>
  withPage({ path: "embed/example.html", ready: "scorelet-whatif .case" }, async (_, { requests }) => {
    const [first, all] = [compressed(loadedIn(requests).filter(inside)), compressed(files.filter(inside))];
    t.diagnostic(`${first} bytes of script and style up to the first prediction, ${all} for all of it`);
    assert.ok(first > 0 && first <= 64_000, `${first}`);
    assert.ok(all <= 75_000, `${all}`);
  }));

test("the policy allows nothing inline, no eval, and no other origin", () => {
  assert.match(
    policy,
    /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'$/,
  );
  const html = fs.readFileSync(path.join(dist, "index.html"), "utf8");
  assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|(src|href)="(?!\.\/)/);
  for (const file of files.filter((f) => f.endsWith(".js")))
    assert.doesNotMatch(fs.readFileSync(path.join(dist, file), "utf8"), /\beval\(|new Function\(/, file);
});

test("once loaded, everything works with the network cut", () =>
  withPage({ expected: /ERR_INTERNET_DISCONNECTED/ }, async (page, { context, requests }) => {
    await openExample(page);
    await until(() => page.workers().length === 3, "the engine of the next model");
    await until(() => requests.some((url) => url.includes("/many-")), "the other views");
    await page.getByText("Compared with 100 cases kept with this example.").waitFor();
    await page.waitForTimeout(500);
    const before = requests.length;
    await context.setOffline(true);
    await page.getByRole("slider").first().focus();
    await page.keyboard.press("PageUp");
    for (const [name, view] of [["Many cases", ".many"], ["Compare", ".compare"], ["One case", ".case"]]) {
      await page.getByRole("link", { name, exact: true }).click();
      await page.waitForSelector(view);
    }
    await page.setInputFiles("body > input[type=file]", {
      name: "x.pmml",
      mimeType: "text/xml",
      buffer: Buffer.from("<html/>"),
    });
    await page.locator(".refused").waitFor();
    // For its tab the browser asks again for the icon that it has.
    assert.deepEqual(requests.slice(before).filter((url) => !url.endsWith("/icon.svg")), []);
    for (const [model, first] of [
      ["examples/consumption.pmml", "TEMP"],
      ["models/a05_multinomial_iris/model.pmml", "sepal_length"],
      ["examples/consumption.pmml", "TEMP"],
    ]) {
      await page.setInputFiles("body > input[type=file]", data(model));
      await field(page, first).waitFor();
    }
  }));
