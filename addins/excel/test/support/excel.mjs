// Chromium with the built pane and the stand-in host, watched: whatever is logged, refused by the policy, or asked of
// another server fails the test.
import assert from "node:assert/strict";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { after, before } from "node:test";
import { launched } from "../../../../web/what-if/test/support/chromium.mjs";

export const repository = path.resolve(import.meta.dirname, "../../../..");
export const data = (name) => path.join(repository, "tests/data", name);
const dist = path.resolve(import.meta.dirname, "../../dist");
const office = "https://appsforoffice.microsoft.com/lib/1/hosted/office.js";
const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".png": "image/png", ".json": "application/json" };
const policy = /Content-Security-Policy" content="([^"]+)"/.exec(fs.readFileSync(path.join(dist, "pane.html"), "utf8"))[1];

/** What was posted to the server, as a collector on it would get it: path and JSON. */
export const posted = [];

function serve() {
  const server = http.createServer((request, response) => {
    if (request.method === "POST") {
      const chunks = [];
      request.on("data", (chunk) => chunks.push(chunk));
      request.on("end", () => {
        const body = Buffer.concat(chunks);
        posted.push([request.url, JSON.parse(request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body)]);
        response.writeHead(200, { "content-type": "application/json" }).end("{}");
      });
      return;
    }
    const file = path.join(dist, new URL(request.url, "http://x").pathname.replace("/addins/scorelet", ""));
    if (!file.startsWith(dist) || !fs.existsSync(file) || fs.statSync(file).isDirectory()) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": types[path.extname(file)] ?? "application/octet-stream", "content-security-policy": policy }).end(fs.readFileSync(file));
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

let server, browser;
before(async () => {
  server = await serve();
  browser = await launched();
});
after(async () => {
  await browser?.close();
  server?.close();
});

/** `telemetry` is what an administrator has written into telemetry.json. `host` is what the stand-in is told: parts of an earlier workbook, a language, requirement sets that it lacks. */
export async function withExcel({ host = {}, ready = ".pane", network = null, telemetry = null, ...options }, use) {
  const context = await browser.newContext({ viewport: { width: 360, height: 800 }, locale: "en-GB", timezoneId: "Europe/Dublin", serviceWorkers: network ? "allow" : "block", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const trouble = [];
  page.on("console", (m) => /error|warning/.test(m.type()) && !/Service Worker registration blocked/.test(m.text()) && trouble.push(m.text()));
  page.on("pageerror", (e) => trouble.push(String(e)));
  const own = `http://127.0.0.1:${server.address().port}`;
  page.on("request", (r) => r.url().startsWith(own) || r.url().startsWith("blob:") || r.url() === office || trouble.push(`asked ${r.url()}`));
  await context.route(office, (route) => route.fulfill({ contentType: "text/javascript", body: fs.readFileSync(path.join(import.meta.dirname, "host.js"), "utf8") }));
  if (telemetry) await context.route("**/telemetry.json", (route) => route.fulfill({ json: telemetry }));
  await page.addInitScript((told) => {
    globalThis.__hostOptions = told;
    addEventListener("securitypolicyviolation", (e) => console.error("policy", e.violatedDirective, e.blockedURI));
  }, host);
  const address = `${own}/addins/scorelet/pane.html?_host_Info=Excel$Web$16.00`;
  try {
    await page.goto(address);
    await page.locator(ready).first().waitFor();
    await use(page, { context, address, trouble });
    assert.deepEqual(trouble, []);
  } finally {
    await context.close();
  }
}

/** Adds a model through the pane. */
export async function addModel(page, file) {
  await page.getByRole("tab", { name: "Models" }).click();
  await page.locator('input[type="file"][accept*="pmml"]').setInputFiles(typeof file === "string" ? data(file) : file);
  await page.getByRole("status").filter({ hasText: /is in the workbook|already/ }).first().waitFor({ state: "attached" });
}

export const csv = (name) => fs.readFileSync(data(name), "utf8").trim().split("\n").map((line) => line.split(","));
export const cells = (row) => row.map((x) => (x === "" || !Number.isFinite(Number(x)) ? x : Number(x)));
