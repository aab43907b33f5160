/** Telemetry in Chromium: IndexedDB, tabs that share it, tabs that end at any moment, a page that is left, a quota. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import type { Telemetry } from "scorelet/telemetry";
import { Collector } from "./collector.js";
import { linear } from "./documents.js";

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));
const types: Record<string, string> = { ".js": "text/javascript", ".wasm": "application/wasm" };
const html = `<!doctype html><meta charset="utf-8"><title>.</title><script type="module">
  import { Runtime } from "/index.js";
  import { Telemetry } from "/telemetry.js";
  const wanted = new URL(location).searchParams;
  const telemetry = await Telemetry.open({ url: wanted.get("url"), rhythm: JSON.parse(wanted.get("rhythm")), bounds: { records: 100000 } });
  const model = await (await Runtime.full()).loadModel(${JSON.stringify(linear)});
  const watch = telemetry.watch(model);
  const report = (rows) => {
    model.scoreColumns({ x: Float64Array.from({ length: rows }, (_, i) => i) });
    return watch.report();
  };
  Object.assign(window, { telemetry, report });
  document.title = "ready";
</script>`;
declare const window: { telemetry: Telemetry; report(rows: number): string[]; committed(ids: string[]): Promise<void> };
const fast = { interval: 0.01, firstDelay: 0.02, longestDelay: 0.1, timeout: 5 };

describe("telemetry in Chromium", { timeout: 120_000 }, () => {
  let browser: Browser;
  let server: Server;
  let context: BrowserContext;
  let collector: Collector;
  const address = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const open = async (rhythm: object = fast): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(`${address()}/?${new URLSearchParams({ url: collector.url, rhythm: JSON.stringify(rhythm) })}`);
    await page.waitForFunction(`document.title === "ready"`);
    return page;
  };
  const on = async (rhythm?: object): Promise<Page> => {
    const page = await open(rhythm);
    await page.evaluate(() => window.telemetry.switchOn());
    return page;
  };
  const report = (page: Page, rows: number): Promise<string[]> => page.evaluate((n) => window.report(n), rows);
  const flush = (page: Page, seconds = 20): Promise<boolean> => page.evaluate((s) => window.telemetry.flush(s), seconds);
  const status = (page: Page) => page.evaluate(() => window.telemetry.status);
  const until = async (what: string, holds: () => boolean | Promise<boolean>): Promise<void> => {
    for (let tries = 0; !await holds(); ++tries) {
      assert.ok(tries < 2000, what);
      await delay(10);
    }
  };
  const once = (ids: string[]): void => assert.deepEqual([...collector.ids].sort(), [...ids].sort(), "each event, once");

  /** What a page sends while it is left, it cannot know to have arrived, so it comes again under the same id. */
  const each = (ids: string[]): void => assert.deepEqual([...new Set(collector.ids)].sort(), [...ids].sort(), "each event");

  before(async () => {
    server = createServer((request, response) => {
      const name = new URL(request.url ?? "", "http://localhost").pathname;
      const file = join(dist, name);
      if (name === "/") return void response.writeHead(200, { "content-type": "text/html" }).end(html);
      if (!existsSync(file)) return void response.writeHead(404).end();
      response.writeHead(200, { "content-type": types[extname(name)] ?? "text/plain" }).end(readFileSync(file));
    });
    await new Promise<void>((listening) => { server.listen(0, "127.0.0.1", listening); });
    const executablePath = process.env["CHROMIUM"] ?? ["chromium", "chromium-browser", "google-chrome"]
      .flatMap((name) => (process.env["PATH"] ?? "").split(":").map((folder) => join(folder, name))).find(existsSync);
    assert.ok(executablePath, "Chromium is not on the path");
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-quic"] });
  });
  after(async () => {
    await browser.close();
    server.close();
  });
  beforeEach(async () => {
    collector = await new Collector().begin();
    context = await browser.newContext();
  });
  afterEach(async () => {
    await context.close();
    await collector.end();
  });

  test("what waits outlives the page; the switch, too", async () => {
    collector.plan = () => ({ status: 503 });
    let page = await on();
    const ids = await report(page, 300);
    assert.equal((await page.evaluate(() => window.telemetry.waiting(1000))).length, 300);
    await page.close();
    collector.plan = () => ({ status: 200, body: "{}" });
    page = await open();
    assert.equal(await flush(page), true);
    assert.equal((await status(page)).isOn, true);
    each(ids);
    assert.ok(collector.headers.some((headers) => headers["content-encoding"] === "gzip"));
  });

  test("of two tabs one sends; when it ends, the other does; what is switched off in one is off in both", async () => {
    const pages = [await on(), await open()];
    const senders = async (): Promise<boolean[]> => Promise.all(pages.map(async (page) => (await status(page)).isSender));
    await until("one sender", async () => (await senders()).filter(Boolean).length === 1);
    const ids = (await Promise.all([report(pages[0]!, 200), report(pages[1]!, 200)])).flat();
    assert.deepEqual(await Promise.all(pages.map((page) => flush(page))), [true, true]);
    once(ids);
    const [sends] = pages.splice((await senders()).indexOf(true), 1);
    await sends!.close();
    await until("the other takes over", async () => (await senders())[0]!);
    ids.push(...await report(pages[0]!, 50));
    assert.equal(await flush(pages[0]!), true);
    once(ids);
    assert.equal(new Set(collector.bodies.map((body) => /"service.instance.id","value":\{"stringValue":"([^"]+)"/.exec(body)![1])).size, 1);
    pages.push(await open());
    await pages[0]!.evaluate(() => window.telemetry.switchOff());
    await until("off in both", async () => !(await status(pages[1]!)).isOn);
    assert.deepEqual(await report(pages[1]!, 1), []);
  });

  test("tabs killed while they write: what was stored is sent, whole, and nothing comes that was not reported", async () => {
    const committed = new Set<string>();
    const reported = new Set<string>();
    await context.exposeFunction("committed", (ids: string[]) => { for (const id of ids) committed.add(id); });
    await context.exposeFunction("reported", (ids: string[]) => { for (const id of ids) reported.add(id); });
    let page = await on();
    for (let round = 0; round < 8; ++round) {
      const before = committed.size;
      page.evaluate(async () => {
        const told = window as unknown as { reported(ids: string[]): Promise<void> };
        for (;;) {
          const ids = window.report(20);
          await told.reported(ids);
          await window.telemetry.waiting(1);  // after they are written
          await window.committed(ids);
        }
      }).catch(() => {});
      await until("some are stored", () => committed.size > before + 100 * (round % 3));
      await page.goto("chrome://crash").catch(() => {});
      await page.close();
      page = await open();
    }
    assert.equal(await flush(page), true);
    const arrived = new Set(collector.ids);
    assert.deepEqual([...committed].filter((id) => !arrived.has(id)), [], "stored, but never sent");
    assert.deepEqual([...arrived].filter((id) => !reported.has(id)), []);
    assert.equal((await status(page)).lost, 0);
  });

  test("a page that is left sends what it has, in requests that outlive it, below 60 KiB; the rest goes at the next visit", async () => {
    const rare = { ...fast, interval: 3600, records: 1_000_000 };
    let page = await on(rare);
    await until("it sends", async () => (await status(page)).isSender);
    const ids = await report(page, 200);
    await page.evaluate(() => window.telemetry.waiting(1));
    assert.equal(collector.requests, 0, "it would have waited");
    await page.close();
    await until("some arrive", () => collector.arrived.length > 0);
    for (const [i, body] of collector.bodies.entries()) {
      assert.ok(body.length <= 60 * 1024, `${body.length} bytes`);
      assert.equal(collector.headers[i]!["content-encoding"], undefined);
    }
    page = await open();
    assert.equal(await flush(page), true);
    assert.deepEqual([...new Set(collector.ids)].sort(), [...ids].sort());
  });

  test("a page knows whether it was switched on without loading the module, and leaves nothing by asking", async () => {
    const page = await context.newPage();
    const loaded: string[] = [];
    page.on("request", (request) => loaded.push(request.url()));
    await page.goto(`${address()}/index.d.ts`);
    const asked = (name?: string): Promise<boolean> => page.evaluate(async ([wanted]) => {
      const script = "/telemetry.js";
      return ((await import(script)) as { isSwitchedOn(name?: string): Promise<boolean> }).isSwitchedOn(wanted ?? undefined);
    }, [name ?? null]);
    const databases = (): Promise<number> => page.evaluate(async () => (await indexedDB.databases()).length);
    assert.deepEqual([await asked(), await databases()], [false, 0]);
    const other = await on();
    assert.deepEqual([await asked(), await asked("other")], [true, false]);
    await other.evaluate(() => window.telemetry.switchOff());
    assert.equal(await asked(), false);
    assert.deepEqual(loaded.filter((url) => url.endsWith(".wasm")), []);
  });

  test("a quota that is exceeded is counted, and all goes on once there is room", async () => {
    // Chromium looks at the quota when a database is opened, and then not for a while.
    const quota = async (page: Page, size?: number): Promise<void> => {
      const protocol = await context.newCDPSession(page);
      await protocol.send("Storage.overrideQuotaForOrigin", { origin: address(), ...(size && { quotaSize: size }) });
    };
    let page = await open();
    await quota(page, 200_000);
    await page.evaluate(() => window.telemetry.switchOn());
    await report(page, 2000);
    await until("the failure is told", async () => (await status(page)).failure !== null);
    assert.deepEqual([(await status(page)).lost, collector.arrived.length], [2000, 0]);
    await page.evaluate(() => window.telemetry.close());
    await quota(page);
    await page.close();
    page = await open();
    const ids = await report(page, 10);
    assert.equal(await flush(page), true);
    once(ids);
    const { lost, failure } = await status(page);
    assert.deepEqual([lost, failure], [2000, null]);
  });
});
