// Chromium with the built page and a stand-in of the server, watched: whatever is logged, refused by the policy, or asked of
// another server fails the test.
import assert from "node:assert/strict";
import path from "node:path";
import { after, before } from "node:test";
import { launched, watch } from "../../../what-if/test/support/chromium.mjs";
import { patience } from "../../../what-if/test/support/until.mjs";
import { serve } from "./server.mjs";

export const repository = path.resolve(import.meta.dirname, "../../../..");

/** The moment of the example answers: ages in words are what they are on that day. */
export const now = new Date("2026-11-21T10:42:00Z");

let browser;
before(async () => {
  browser = await launched();
});
after(() => browser?.close());

/** `place` is what follows "#"; `expected` trouble is let through; `server` is another one than the stand-in. */
export async function withMonitor(
  { answers, server: other, place = "", query = "?refresh=0.3", prepare, expected, ready = "#headline", ...options },
  use,
) {
  const server = other ?? (await serve(answers));
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "Europe/Dublin",
    ...options,
  });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(patience);
    const { trouble, requests } = await watch(page);
    if (!other) await page.clock.setFixedTime(now);
    await prepare?.(page, server);
    await page.goto(`${server.url}${query}${place && `#${place}`}`);
    await page.locator(ready).first().waitFor();
    await use(page, { ...server, context });
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
    await context.close();
    await server.close();
  }
}

export const headline = (page) => page.locator("#headline").first().innerText();
