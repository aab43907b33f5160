// A Chromium for tests, and a watch on its pages: console errors, page errors, policy violations and every request are kept.
import assert from "node:assert/strict";
import fs from "node:fs";
import { chromium } from "playwright-core";

const candidates = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const executablePath = candidates.find((p) => p && fs.existsSync(p));
/**
 * The suggestions below Chromium's own address bar are two pages; each window that opens would pay as much for them as for
 * all else. Chromium takes the last list of this kind alone, so Playwright's own is repeated.
 */
const off = [
  "WebUIOmniboxPopup",
  "WebUIOmniboxAimPopup",
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsUpgrades",
  "HttpsFirstBalancedModeAutoEnable",
  "LensOverlay",
  "MediaRouter",
  "PaintHolding",
  "ThirdPartyStoragePartitioning",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "OptimizationHints",
  "NetworkTimeServiceQuerying",
  "AimEnabled",
  "PreconnectToSearch",
];
const flags = [
  `--disable-features=${off}`,
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A Chromium of one's own, for what must not be disturbed. */
export function launched() {
  assert.ok(executablePath, "no Chromium: install the package chromium, or name one in CHROMIUM");
  return chromium.launch({ executablePath, args: flags });
}

/** From before its first document on. */
export async function watch(page) {
  const trouble = [],
    requests = [];
  const blocked = "Service Worker registration blocked by Playwright";
  page.on("console", (m) => /error|warning/.test(m.type()) && m.text() !== blocked && trouble.push(m.text()));
  page.on("pageerror", (e) => trouble.push(String(e)));
  page.on("request", (r) => requests.push(r.url()));
  await page.addInitScript(() =>
    addEventListener("securitypolicyviolation", (e) => console.error("policy", e.violatedDirective, e.blockedURI)),
  );
  return { trouble, requests };
}
