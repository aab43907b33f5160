// Quick answers are found on the page's own thread: the same ones as the worker's, in the frame of the change.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import test from "node:test";
import { field, figure, openFile, repository, settled, withPage } from "./support/page.mjs";
import { forest } from "./support/forest.mjs";
import { movable, near, overheard } from "./support/timing.mjs";

const gallery = JSON.parse(fs.readFileSync(path.join(repository, "web/what-if/gallery/gallery.json"), "utf8"));
const open = (id) => ({ path: `?model=gallery/${id}.pmml`, ready: ".case" });
const askedOf = (page) => page.evaluate(() => globalThis.asked.filter(({ call }) => call === "score").length);

/** A page that is never at rest leaves all answers to the worker. */
const never = (page) => page.addInitScript(() => (globalThis.requestIdleCallback = () => 0));

/** All that is said about some changes, with every digit. */
async function told(page) {
  await movable(page);
  const exact = page.getByRole("button", { name: "Show exact values" });
  if (await exact.isVisible()) await exact.click();
  const said = [];
  for (let i = 0; i < 12; i++) {
    await page.evaluate((n) => globalThis.move(n), i * 7);
    await settled(page);
    said.push(await page.evaluate(() => [...document.querySelectorAll(".answer, .outputs, .series")].map((part) => part.textContent)));
  }
  return said;
}

for (const { id } of gallery)
  test(`the page's own answers are the worker's: ${id}`, async () => {
    const said = [];
    await withPage({ ...open(id), prepare: async (page) => (await overheard(page), await never(page)) }, async (page) => {
      said.push(await told(page));
      assert.ok((await askedOf(page)) > 1);
    });
    await withPage({ ...open(id), prepare: overheard }, async (page) => {
      await near(page);
      const before = await askedOf(page);
      said.push(await told(page));
      assert.equal(await askedOf(page), before, "nothing is asked of the worker");
    });
    assert.ok(new Set(said[0].map(String)).size > 1, "the changes matter");
    assert.deepEqual(said[1], said[0]);
  });

test("one frame shows a change and its prediction", () =>
  withPage({ ...open("credit"), prepare: overheard }, async (page) => {
    await near(page);
    const [before, after] = await page.evaluate(() => {
      const shown = () => document.querySelector(".fig strong").textContent;
      globalThis.move(0);
      const first = shown();
      globalThis.move(5);
      return [first, shown()];
    });
    assert.notEqual(after, before);
  }));

test("what takes long stays with the worker: a document of many megabytes", () =>
  withPage({ prepare: overheard }, async (page) => {
    await openFile(page, { name: "forest.pmml", mimeType: "text/xml", buffer: Buffer.from(forest({ trees: 200 })) });
    await page.waitForSelector(".case");
    await page.waitForTimeout(1500);
    const before = await askedOf(page);
    await field(page, "x1").locator("input.box").fill("0.25");
    await figure(page);
    assert.equal(await askedOf(page), before + 1);
  }));
