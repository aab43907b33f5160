// Quick answers are found on the page's own thread: the same ones as the worker's, in the frame of the change.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import test from "node:test";
import { field, figure, openFile, repository, settled, withPage } from "../support/page.mjs";
import { forest } from "../support/forest.mjs";
import { movable, near, overheard } from "../support/timing.mjs";

const gallery = JSON.parse(fs.readFileSync(path.join(repository, "web/what-if/gallery/gallery.json"), "utf8"));
const open = (id) => ({ path: `?model=gallery/${id}.pmml`, ready: ".case" });
const askedOf = (page) => page.evaluate(() => globalThis.asked.filter(({ call }) => call === "score").length);

/** A page that is at rest no sooner than `rest` is called leaves all answers to the worker until then. */
const restless = (page) =>
  page.addInitScript(() => {
    const plain = globalThis.requestIdleCallback;
    const held = [];
    globalThis.requestIdleCallback = (call) => held.push(call);
    globalThis.rest = () => {
      globalThis.requestIdleCallback = plain;
      for (const call of held) plain(call);
    };
  });

/** All that is said about some changes, with every digit. */
async function told(page) {
  await movable(page);
  await settled(page); // the first results bring the button
  const exact = page.getByRole("button", { name: "Show exact values" });
  if ((await exact.isVisible()) && (await exact.getAttribute("aria-pressed")) === "false") await exact.click();
  const said = [];
  for (let i = 0; i < 12; i++) {
    await page.evaluate((n) => globalThis.move(n), i * 7);
    await settled(page);
    said.push(await page.evaluate(() => [...document.querySelectorAll(".answer, .outputs, .series")].map((part) => part.textContent)));
  }
  return said;
}

for (const { id } of gallery)
  test(`the page's own answers are the worker's: ${id}`, () =>
    withPage({ ...open(id), prepare: async (page) => (await overheard(page), await restless(page)) }, async (page) => {
      const worker = await told(page);
      assert.ok(new Set(worker.map(String)).size > 1, "the changes matter");
      assert.ok((await askedOf(page)) > 1);
      await page.evaluate(() => globalThis.rest());
      await near(page);
      const before = await askedOf(page);
      assert.deepEqual(await told(page), worker);
      assert.equal(await askedOf(page), before, "nothing is asked of the worker");
    }));

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

/** Where that lies which is drawn first; a change `i` before, if one is named. */
const places = (page, i = null) =>
  page.evaluate((n) => {
    if (n !== null) globalThis.move(n);
    const place = (of) => document.querySelector(of).getBoundingClientRect().toJSON();
    const { bottom: _, height: __, ...field } = place(".form .field"); // it may grow by what is said about its value
    return [...[".fig strong", ".track", ".track .me", ".form .field .ctl", ".form .field .nb"].map(place), field];
  }, i);

/** Takes the first value away, and tells the state of its field, now and after a microtask. */
const emptied = (page) =>
  page.evaluate(async () => {
    const field = document.querySelector(".form .field");
    const states = [];
    for (const look of [() => field.querySelector(".nb .alt").click(), () => Promise.resolve()]) {
      await look();
      states.push(field.className.includes("is-missing") && !field.querySelector(".tag").hidden);
    }
    return states;
  });

test("what is said about a value does not hold up its prediction, nor wait for a slow one", () =>
  withPage({ ...open("credit"), prepare: async (page) => (await overheard(page), await restless(page)) }, async (page) => {
    assert.equal((await emptied(page)).at(-1), true, "the worker has not answered yet");
    await settled(page);
    await page.keyboard.press("Control+z");
    await page.evaluate(() => globalThis.rest());
    await near(page);
    assert.deepEqual(await emptied(page), [false, false], "it follows behind the frame");
    await settled(page);
    assert.equal(await page.locator(".form .field").first().evaluate((field) => field.className.includes("is-missing")), true);
  }));

const said = (page) => page.evaluate(() => [...document.querySelectorAll(".case .answer, .outputs")].map((part) => part.textContent));

for (const width of [390, 1440])
  test(`what is drawn behind the frame of a change moves nothing in it: ${width}`, () =>
    withPage({ ...open("credit"), prepare: overheard, viewport: { width, height: 900 } }, async (page) => {
      await near(page);
      for (let i = 0; i < 8; i++) {
        const first = await places(page, i * 7 + 3);
        await settled(page);
        assert.deepEqual(await places(page), first);
      }
    }));

test("of a drag what follows is drawn at most once a frame, and at its end is about the last change", () =>
  withPage({ ...open("credit"), prepare: overheard }, async (page) => {
    await near(page);
    const [frames, draws] = await page.evaluate(async () => {
      let draws = 0;
      const observer = new MutationObserver(() => draws++);
      observer.observe(document.querySelector(".outputs"), { subtree: true, childList: true, characterData: true });
      let frames = 0;
      for (; frames < 20; frames++) {
        await new Promise(requestAnimationFrame);
        for (let i = 0; i < 4; i++) globalThis.move(frames * 4 + i);
        if (document.querySelector(".answer").getAttribute("aria-busy") !== "true") throw new Error("not all of it is there yet");
      }
      while (document.querySelector(".answer[aria-busy=true]")) await new Promise(requestAnimationFrame);
      observer.disconnect();
      return [frames, draws];
    });
    assert.ok(draws > 0 && draws <= frames + 1, `${draws} in ${frames} frames`);
    const atEnd = await said(page);
    await page.evaluate(() => globalThis.move(5));
    await settled(page);
    assert.notDeepEqual(await said(page), atEnd);
    await page.evaluate(() => globalThis.move(79));
    await settled(page);
    assert.deepEqual(await said(page), atEnd);
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
