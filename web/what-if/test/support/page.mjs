// Chromium with the built page, watched: console errors, page errors, policy violations and every request are kept.
import assert from "node:assert/strict";
import path from "node:path";
import { after, before } from "node:test";
import { launched, watch } from "./chromium.mjs";
import { serve } from "./server.mjs";
import { patience, until } from "./until.mjs";

export { launched };

export const repository = path.resolve(import.meta.dirname, "../../../..");
export const data = (name) => path.join(repository, "tests/data", name);

let server, browser;
before(async () => {
  server = await serve();
  browser = await launched();
});
after(async () => {
  await browser?.close();
  server?.close();
});

/**
 * Runs `use` with a fresh page, at `path` (a query, a fragment) and once `ready` is there, and fails if anything went
 * wrong behind its back, `expected` trouble aside.
 */
export async function withPage({ prepare, expected, path: where = "", ready = "header", ...options }, use) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "Europe/Dublin",
    serviceWorkers: "block", // what it answers would pass by the routes that tests set up
    ...options,
  });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(patience);
    const { trouble, requests } = await watch(page);
    await prepare?.(page, server);
    await page.goto(server.url + where);
    await page.waitForSelector(ready);
    await use(page, { requests, context, server });
    await context.close();
    assert.deepEqual(
      trouble.filter((text) => !expected?.test(text)),
      [],
    );
    assert.deepEqual(
      requests.filter((url) => !url.startsWith(server.url)),
      [],
      "requests to elsewhere",
    );
  } finally {
    await context.close(); // a page that failed must not take time from the next
  }
}

/** Opens the example; `view` is what the address shows of it. */
export async function openExample(page, view = ".case") {
  await page.getByRole("button", { name: "Try the example" }).click();
  await page.waitForSelector(view);
}

/** Waits for the page's title; `page.waitForFunction` would need `eval`, which the page's policy forbids. */
export async function titled(page, pattern) {
  await until(async () => pattern.test(await page.title()), `a title like ${pattern}`);
}

/** Goes to the view that compares, which is loaded when it is wanted. */
export async function compare(page) {
  await page.getByRole("link", { name: "Compare", exact: true }).click();
  await page.waitForSelector("#h-compare");
}

export async function openFile(page, file) {
  await page.setInputFiles("body > input[type=file]", file);
}

/** Drops a file on the page as a person would. */
export async function drop(page, name, content) {
  const transfer = await page.evaluateHandle(
    ([n, text]) => {
      const held = new DataTransfer();
      held.items.add(new File([text], n));
      return held;
    },
    [name, content],
  );
  await page.dispatchEvent("body", "dragover", { dataTransfer: transfer });
  await page.dispatchEvent("body", "drop", { dataTransfer: transfer });
}

export const field = (page, name) => page.locator(`[data-field="${name}"]`);

/** Waits until every question is answered: scoring is a round trip to the engine. */
export const settled = (page) => page.locator('.answer[aria-busy="false"]').waitFor({ state: "attached" });

export async function figure(page) {
  await settled(page);
  return page.locator(".fig strong").innerText();
}

export async function press(page, key) {
  await page.keyboard.press(key);
  await settled(page);
}

/** Sets a field of any kind; `null` takes the value away. */
export async function give(page, name, value) {
  await set(page, name, value);
  await settled(page);
}

/** A value of a choice, with its share in the training data or without. */
const named = (value) =>
  new RegExp(`^${value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(\\s\\(?(under )?[\\d.]+\\s%\\)?)?$`);

async function set(page, name, value) {
  const root = field(page, name);
  await root.waitFor();
  if (await root.locator("select").count()) {
    const label = value ?? "not given";
    const listed = (await root.locator("option").allInnerTexts()).find((text) => named(label).test(text));
    if (listed) return void (await root.locator("select").selectOption({ label: listed }));
    await root.locator("select").selectOption({ label: "another value" });
    return root.locator(".box").fill(value);
  }
  const taken = root.getByRole("button", { name: /^not given,/ });
  if (value === null) return void ((await taken.count()) && (await taken.click()));
  const radio = root.getByRole("radio", { name: named(value) });
  if (await radio.count()) return radio.check();
  if (await root.getByRole("radio").count()) await root.getByRole("button", { name: /another value/ }).click();
  await root.locator(".box").fill(value);
}

/** The exact value of a named result, as text. */
export async function exact(page, name) {
  const button = page.getByRole("button", { name: "Show exact values" });
  if ((await button.getAttribute("aria-pressed")) !== "true") await button.click();
  return page.locator(`[data-result="${name}"] .num`).innerText();
}

/** What the form holds, as a record to score. */
export const recordIn = (page) =>
  page.locator(".field").evaluateAll((fields) =>
    Object.fromEntries(
      fields.map((field) => {
        const [box, radio, select] = ["input.box", "input:checked", "select"].map((kind) => field.querySelector(kind));
        const text = radio?.value ?? select?.selectedOptions[0].text.replace(/\s\([^()]*%\)$/, "") ?? box.value.replaceAll(",", "");
        return [field.dataset.field, text === "" || text === "not given" ? null : radio || select ? text : Number(text)];
      }),
    ),
  );
