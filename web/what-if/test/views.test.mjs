// The views of an open model, reached by links, by address and by the browser's back button.
import assert from "node:assert/strict";
import test from "node:test";
import { data, drop, openExample, openFile, withPage } from "./support/page.mjs";

const current = (page) => page.locator(".tabs a[aria-current=page]").innerText();
const fragment = (page) => new URL(page.url()).hash;
const focused = (page) => page.evaluate(() => document.activeElement.id);

test("before a model is open there is nothing to choose among", () =>
  withPage({}, async (page) => {
    assert.equal(await page.locator(".tabs").isVisible(), false);
  }));

test("a link shows its view, moves the focus to its heading, and can be taken back", () =>
  withPage({}, async (page) => {
    await openExample(page);
    assert.equal(await current(page), "One case");
    assert.equal(fragment(page), "");
    await page.getByRole("link", { name: "About this model" }).click();
    assert.equal(await current(page), "About this model");
    assert.equal(fragment(page), "#view=about");
    await page.waitForSelector(".about");
    assert.equal(await focused(page), "h-about");
    assert.equal(await page.locator(".case").count(), 0);
    assert.match(await page.title(), /^Loan default: About this model – Scorelet$/);
    await page.goBack();
    await page.waitForSelector(".case");
    assert.equal(await current(page), "One case");
    assert.equal(await focused(page), "prediction");
    await page.goForward();
    await page.waitForSelector(".about");
    assert.equal(await current(page), "About this model");
  }));

test("a view keeps its state while another is shown", () =>
  withPage({}, async (page) => {
    await openExample(page);
    const box = page.locator('[data-field="age"] input.box');
    await box.fill("77");
    await page.getByRole("link", { name: "About this model" }).click();
    await page.getByRole("link", { name: "One case" }).click();
    assert.equal(await box.inputValue(), "77");
  }));

test("an address names the view; another model opens in it; the way back from a refused file leads to it", () =>
  withPage({ path: "#view=about" }, async (page) => {
    await page.getByRole("button", { name: "Try the example" }).click();
    await page.waitForSelector(".about");
    await openFile(page, data("models/a05_multinomial_iris/model.pmml"));
    await page.locator(".about dd", { hasText: "model.pmml" }).waitFor();
    assert.equal(await current(page), "About this model");
    await drop(page, "half.pmml", "<PMML");
    await page.locator(".refused").waitFor();
    await page.getByRole("button", { name: "Back to the open model" }).click();
    await page.waitForSelector(".about");
    await drop(page, "half.pmml", "<PMML");
    await page.locator(".refused").waitFor();
    await page.getByRole("link", { name: "About this model" }).click();
    await page.waitForSelector(".about");
  }));

test("the skip link leads into the page and leaves the address alone", () =>
  withPage({ path: "#view=about" }, async (page) => {
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal(await focused(page), "main");
    assert.equal(fragment(page), "#view=about");
  }));

test("by keyboard: a model of the gallery, the card, back to the case", () =>
  withPage({}, async (page) => {
    const reach = async (name) => {
      for (let i = 0; i < 40; i++) {
        await page.keyboard.press("Tab");
        if ((await page.evaluate(() => document.activeElement.textContent)) === name) return page.keyboard.press("Enter");
      }
      assert.fail(name);
    };
    await reach("Which iris is it?");
    await page.waitForSelector(".case");
    await page.evaluate(() => document.querySelector(".skip").focus());
    await reach("About this model");
    await page.waitForSelector(".about");
    assert.equal(await focused(page), "h-about");
    for (let i = 0; i < 4; i++) await page.keyboard.press("Shift+Tab"); // to the first of the four views
    await page.keyboard.press("Enter");
    assert.equal(await focused(page), "prediction");
  }));
