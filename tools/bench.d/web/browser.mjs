// node browser.mjs CASE VISITS PEER...: Chromium with a fresh profile for each visit, the least time of some; a page fetches
// an engine and the model and scores one row. The files that it asked for, compressed with Brotli, are the download.
import fs from "node:fs";
import http from "node:http";
import { createRequire } from "node:module";
import path from "node:path";
import zlib from "node:zlib";

const root = path.resolve(import.meta.dirname, "../../..");
const { chromium } = createRequire(path.join(root, "web/package.json"))("playwright-core");
const [folder, visits, ...peers] = process.argv.slice(2);
const said = JSON.parse(fs.readFileSync(path.join(folder, "case.json"), "utf8"));
const types = { ".wasm": "application/wasm", ".html": "text/html", ".json": "application/json" };

/** The case with its first row only: a page has no use for the others. */
function caseFile(name) {
  const bytes = fs.readFileSync(path.join(folder, name));
  if (name === "case.json") return Buffer.from(JSON.stringify({ ...said, rows: 1 }));
  if (name === "rows.f64") return bytes.subarray(0, 8 * said.fields.length);
  return name === "expected.f64" ? bytes.subarray(0, 8 * said.answers.length) : bytes;
}

const asked = new Set();
const server = http.createServer((request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  try {
    const body = pathname.startsWith("/case/") ? caseFile(pathname.slice(6)) : fs.readFileSync(path.join(root, pathname));
    asked.add(pathname);
    response.writeHead(200, { "content-type": types[path.extname(pathname)] ?? "text/javascript" });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));

async function visit(peer) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking"],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/tools/bench.d/web/first.html?${peer}`);
    await page.waitForFunction("globalThis.first", null, { timeout: 60000 });
    return await page.evaluate("first");
  } finally {
    await browser.close();
  }
}

function downloaded() {
  let total = 0;
  for (const file of asked)
    if (!file.startsWith("/case/") && (!file.startsWith("/tools/bench.d/web/") || file.includes("node_modules")))
      total += zlib.brotliCompressSync(fs.readFileSync(path.join(root, file))).length;
  return total;
}

const say = (peer, line) => console.log(JSON.stringify({ case: said.id, peer, ...line }));
const least = {};
for (let i = 0; i < visits; i++)
  for (const peer of peers) {
    if (least[peer] === null) continue;
    asked.clear();
    const { milliseconds, difference, error } = await visit(peer).catch((failure) => ({ error: String(failure) }));
    if (error || !(difference <= 2e-5)) {
      say(peer, error ? { absent: error.slice(0, 200) } : { wrong: `the first row differs by ${difference}` });
      least[peer] = null;
      continue;
    }
    if (i === 0) say(peer, { measure: "download_bytes", value: downloaded() });
    least[peer] = Math.min(least[peer] ?? Infinity, milliseconds);
  }
for (const peer of peers) if (least[peer]) say(peer, { measure: "first_ns", value: least[peer] * 1e6 });
server.close();
