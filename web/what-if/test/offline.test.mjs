// The page without the network: from its own cache, whole, and renewed when the reader says so.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import test from "node:test";
import { largeModel } from "./support/large.mjs";
import { data, field, figure, openFile, withPage } from "./support/page.mjs";
import { dist } from "./support/server.mjs";
import { until } from "./support/until.mjs";

const offline = { serviceWorkers: "allow", expected: /ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch/ };
const kept = (page) => page.getByText("Works offline, nothing is sent").waitFor();

test("with the network cut the page starts again, with the model it had", () =>
  withPage({ ...offline, path: "?model=gallery/points.pmml" }, async (page, { context }) => {
    await page.waitForSelector(".case");
    await kept(page);
    await until(() => page.evaluate(() => caches.match("gallery/points.pmml").then(Boolean)), "the model in the cache");
    const before = await figure(page);
    await context.setOffline(true);
    await page.getByText("No connection. Everything on this page still works.").waitFor();
    await page.reload();
    await page.waitForSelector(".case");
    assert.equal(await figure(page), before);
    await openFile(page, data("models/a05_multinomial_iris/model.pmml"));
    await field(page, "sepal_length").waitFor();
    await page.getByRole("button", { name: "Deutsch" }).click();
    await page.getByRole("link", { name: "Ein Fall" }).waitFor();
  }));

test("a gallery model that was never opened says what is missing", () =>
  withPage({ ...offline }, async (page, { context }) => {
    await kept(page);
    await context.setOffline(true);
    await page.getByRole("button", { name: "Which iris is it?" }).click();
    await page.locator(".refused").waitFor();
    assert.match(await page.locator(".refused .sub").innerText(), /or there is no connection/);
  }));

test("after a cancelled opening another engine starts, with the network cut", async () => {
  const large = largeModel(120e6);
  await withPage(offline, async (page, { context }) => {
    await kept(page);
    await context.setOffline(true);
    for (let i = 0; i < 2; i++) {
      await openFile(page, large.file);
      await page.getByRole("button", { name: "Cancel" }).click();
    }
    await openFile(page, data("models/a05_multinomial_iris/model.pmml"));
    await field(page, "sepal_length").waitFor();
  });
  large.remove();
});

test("a new version is told, waits, and starts when it is asked to", () =>
  withPage(offline, async (page, { server }) => {
    await kept(page);
    const version = () => page.evaluate(async () => (await caches.keys()).filter((k) => k.startsWith("scorelet-page-")));
    const [old] = await version();
    server.changed.set("sw.js", (code) => String(code).replace(/VERSION="\w+"/, 'VERSION="next"'));
    await page.reload();
    const notice = page.locator(".renewal");
    await notice.waitFor();
    assert.match(await notice.innerText(), /^A new version is ready\. It starts the next time you open the page\./);
    await page.getByRole("button", { name: "Deutsch" }).click();
    await notice.getByText("Eine neue Version ist bereit.").waitFor();
    const loaded = page.waitForEvent("load");
    await notice.getByRole("button").click();
    await loaded;
    await page.waitForSelector("header");
    assert.deepEqual((await version()).sort(), [old, "scorelet-page-next"].sort());
    await page.waitForTimeout(500);
    assert.equal(await notice.count(), 0);
    server.changed.clear();
  }));

test("the page can be installed: a manifest with icons of the sizes it says", () =>
  withPage(offline, async (page, { context }) => {
    await kept(page);
    const manifest = JSON.parse(fs.readFileSync(path.join(dist, "manifest.webmanifest"), "utf8"));
    for (const { src, sizes, type } of manifest.icons) {
      const file = fs.readFileSync(path.join(dist, src));
      if (type === "image/png") assert.equal(`${file.readUInt32BE(16)}x${file.readUInt32BE(20)}`, sizes, src);
    }
    const session = await context.newCDPSession(page);
    const { errors } = await session.send("Page.getAppManifest");
    assert.deepEqual(errors, []);
    const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
    assert.deepEqual(installabilityErrors.filter((e) => e.errorId !== "in-incognito"), []);
  }));
