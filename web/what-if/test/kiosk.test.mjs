// The kiosk: one locked model, one question at a time, and nothing left of a visitor.
import assert from "node:assert/strict";
import test from "node:test";
import { violations } from "./support/axe.mjs";
import { drop, field, withPage } from "./support/page.mjs";
import { until } from "./support/until.mjs";

const address = "?kiosk&model=gallery/credit.pmml&fields=age,home,income";
const at = (idle = 60, more = "") => ({ path: `${address}&idle=${idle}${more}`, ready: ".kiosk-view" });
const heading = (page) => page.locator(".kq h1").innerText();
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();

test("the chosen fields are asked one by one, in the address's order, and the answer follows", () =>
  withPage(at(), async (page) => {
    assert.equal(await page.locator("header, nav, input[type=file]").count(), 0);
    assert.deepEqual([await heading(page), await page.locator(".kq > div > .k").innerText()], ["Age (years)", "Question 1 of 3"]);
    const before = await page.locator(".kr b").innerText();
    assert.match(before, /^About \d+ in 100$/);
    const filled = await page.locator(".dots .y").count();
    assert.equal(`About ${filled} in 100`, before);
    const box = field(page, "age").locator("input.box");
    const age = Number(await box.inputValue());
    await press(page, "Age (years), more");
    assert.equal(Number(await box.inputValue()), age + 1);
    await press(page, "Age (years), less");
    assert.equal(Number(await box.inputValue()), age);
    await press(page, "Next");
    assert.equal(await heading(page), "Housing");
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1");
    await page.getByRole("radio", { name: "own" }).check();
    await press(page, "Next");
    assert.equal(await heading(page), "Yearly income (EUR)");
    assert.equal(await page.getByRole("button", { name: "Next", exact: true }).isDisabled(), true);
    await field(page, "income").locator("input.box").fill("5000");
    await until(async () => (await page.locator(".kr b").innerText()) !== before, "another answer");
    await press(page, "Back");
    assert.equal(await heading(page), "Housing");
    assert.equal(await page.getByRole("radio", { name: "own" }).isChecked(), true);
  }));

test("no other model can be brought in", () =>
  withPage(at(), async (page) => {
    await drop(page, "half.pmml", "<PMML");
    await page.waitForTimeout(300);
    assert.equal(await heading(page), "Age (years)");
  }));

test("after a while without a touch the screen asks, and then nothing of the visitor is left", () =>
  withPage(at(13, "#view=about"), async (page) => {
    const box = field(page, "age").locator("input.box");
    const start = await box.inputValue();
    await page.waitForTimeout(4000);
    assert.equal(await page.getByRole("dialog").isVisible(), false, "there is nothing to clear yet");
    await page.evaluate(() => (sessionStorage.setItem("x", "1"), localStorage.setItem("scorelet.language", "de")));
    await box.fill("77");
    await page.getByRole("dialog").waitFor();
    assert.match(await page.getByRole("dialog").innerText(), /^Still there\?\s+The screen clears in \d+ seconds?\./);
    await press(page, "Keep going");
    assert.equal(await page.getByRole("dialog").isVisible(), false);
    assert.equal(await box.inputValue(), "77");
    await press(page, "Next");
    await page.getByRole("dialog").waitFor();
    await page.getByRole("dialog").waitFor({ state: "hidden", timeout: 20000 });
    assert.equal(await heading(page), "Age (years)");
    assert.equal(await box.inputValue(), start);
    assert.deepEqual(await page.evaluate(() => [location.hash, sessionStorage.length, localStorage.length]), ["", 0, 0]);
    await page.keyboard.press("Control+z");
    assert.equal(await box.inputValue(), start);
    assert.equal(await page.locator('input:not([type=radio]):not([type=range]):not([autocomplete="off"])').count(), 0);
  }));

test("neither a link, nor a second model, nor the view of another page gets in; only the chosen fields are there", () =>
  withPage(at(60, "&challenger=gallery/points.pmml&champion=gallery/points.pmml#view=many&case=1.AAAA"), async (page, { requests }) => {
    assert.equal(await page.locator(".field").count(), 1);
    for (const name of ["Age (years)", "Housing", "Yearly income (EUR)"]) {
      assert.equal(await heading(page), name);
      if (name !== "Yearly income (EUR)") await press(page, "Next");
    }
    await page.evaluate(() => (location.hash = "view=about&case=1.BBBB"));
    await page.waitForTimeout(300);
    assert.equal(await page.locator(".kiosk-view").count(), 1);
    assert.equal(await page.locator("nav, .many, .about, .notice, header").count(), 0);
    const models = requests.map((url) => new URL(url).pathname).filter((path) => path.endsWith(".pmml"));
    assert.deepEqual(models, ["/some/folder/gallery/credit.pmml"]);
    await press(page, "Start again");
    assert.equal(await page.evaluate(() => location.hash), "");
    assert.match(page.url(), /fields=age,home,income/);
  }));

test("of a visitor nothing is kept anywhere: storage, databases, caches, cookies, history, what the form held", () =>
  withPage(at(), async (page, { context }) => {
    const steps = await page.evaluate(() => history.length);
    const start = await field(page, "age").locator("input.box").inputValue();
    await field(page, "age").locator("input.box").fill("42.5");
    await press(page, "Next");
    await page.getByRole("radio", { name: "own" }).check();
    await press(page, "Next");
    await field(page, "income").locator("input.box").fill("98765.25");
    await press(page, "Start again");
    const kept = await page.evaluate(async () => ({
      local: { ...localStorage },
      session: { ...sessionStorage },
      databases: await indexedDB.databases(),
      caches: await caches.keys(),
      name: window.name,
      state: history.state,
      steps: history.length,
      text: document.body.innerText,
      values: [...document.querySelectorAll("input")].map((e) => e.value),
    }));
    assert.deepEqual(
      [kept.local, kept.session, kept.databases, kept.caches, kept.name, kept.state, kept.steps],
      [{}, {}, [], [], "", null, steps],
    );
    assert.deepEqual(await context.cookies(), []);
    for (const key of ["Control+z", "Control+y", "Control+Shift+z", "Meta+z"]) await page.keyboard.press(key);
    for (const name of ["age", "home", "income"]) {
      const text = await page.evaluate(() => document.body.innerText + [...document.querySelectorAll("input")].map((e) => e.value).join(" "));
      assert.doesNotMatch(text, /42\.5|98,?765/, name);
      if (name !== "income") await press(page, "Next");
    }
    await page.reload();
    await page.waitForSelector(".kiosk-view");
    assert.equal(await field(page, "age").locator("input.box").inputValue(), start);
    assert.equal(await page.evaluate(() => performance.getEntriesByType("navigation").length), 1);
  }));

test("start again clears at once", () =>
  withPage(at(), async (page) => {
    const box = field(page, "age").locator("input.box");
    const start = await box.inputValue();
    await box.fill("77");
    await press(page, "Next");
    await press(page, "Start again");
    assert.equal(await heading(page), "Age (years)");
    assert.equal(await box.inputValue(), start);
  }));

test("without names the most important fields come first; every other kind of model has its answer", () =>
  withPage({ path: "?kiosk&model=gallery/points.pmml", ready: ".kiosk-view" }, async (page) => {
    assert.match(await page.locator(".kf").innerText(), /^[\d.,]+$/);
    assert.equal(await page.locator(".dots").isVisible(), false);
    for (const [model, answer] of [["iris", /^(setosa|versicolor|virginica)$/], ["sunspots", /^[\d.]+$/], ["rules", /^\w+$/]]) {
      await page.goto(`${page.url().split("?")[0]}?kiosk&model=gallery/${model}.pmml`);
      await page.waitForSelector(".kiosk-view");
      assert.match(await page.locator(".kf").innerText(), answer, model);
    }
  }));

for (const [path, words] of [
  ["?kiosk", "The address names no model"],
  ["?kiosk&model=https://example.org/x.pmml", "This page opens models from its own server only"],
  ["?kiosk&model=gallery/none.pmml", "This file could not be read"],
  ["?kiosk&model=gallery/credit.pmml&fields=age,colour", "This model has no field colour"],
])
  test(`a kiosk that cannot open says so and offers nothing: ${path}`, () =>
    withPage({ path, ready: "main.kq", expected: /404/ }, async (page) => {
      assert.equal(await page.locator("h1").innerText(), words);
      assert.equal(await page.locator("button, input, a").count(), 0);
    }));

for (const mode of [{ colorScheme: "light" }, { colorScheme: "dark" }, { forcedColors: "active" }])
  test(`axe finds nothing, targets are large, nothing is cut off: ${Object.values(mode)[0]}`, () =>
    withPage({ ...at(), ...mode }, async (page) => {
      for (const width of [1440, 768, 320]) {
        await page.setViewportSize({ width, height: 800 });
        for (const name of ["Age (years)", "Housing"]) {
          assert.equal(await heading(page), name);
          assert.deepEqual(await violations(page), []);
          const small = await page
            .locator("button:visible, input[type=range]:visible, .seg label:visible, .box:visible")
            .evaluateAll((all) => all.filter((e) => e.getBoundingClientRect().height < 55.5).map((e) => e.outerHTML));
          assert.deepEqual(small, []);
          assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `${width}`);
          await press(page, name === "Housing" ? "Back" : "Next");
        }
      }
    }));

test("the whole way by keyboard", () =>
  withPage(at(), async (page) => {
    const reach = async (name) => {
      for (let i = 0; i < 20; i++) {
        await page.keyboard.press("Tab");
        if ((await page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent)) === name)
          return;
      }
      assert.fail(name);
    };
    await reach("Age (years), more");
    await page.keyboard.press("Enter");
    await reach("Next");
    await page.keyboard.press("Enter");
    assert.equal(await heading(page), "Housing");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowDown");
    await reach("Next");
  }));
