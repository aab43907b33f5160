// A page of another origin sends predictions to the monitor: once that origin is named, and nothing but that.
import assert from "node:assert/strict";
import http from "node:http";
import { after, before, test } from "node:test";
import { launched } from "../../what-if/test/support/chromium.mjs";
import { logs, midnight, prediction, skip, started } from "./support/served.mjs";

let browser;
before(async () => {
  if (!skip) browser = await launched();
});
after(() => browser?.close());

/** A page of an origin of its own, as a shop's. */
async function shop() {
  const server = http.createServer((_, response) =>
    response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>shop</title>"),
  );
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** What the page can see of a request, made in the way of `scorelet/telemetry`. */
const fetched = (page, url, method, content) =>
  page.evaluate(
    async ([url, method, content]) => {
      const packed =
        content === null
          ? null
          : await new Response(new Blob([content]).stream().pipeThrough(new CompressionStream("gzip"))).blob();
      const headers = { "content-type": "application/json", "content-encoding": "gzip" };
      return fetch(url, packed ? { method, headers, body: packed } : { method }).then(
        (response) => response.status,
        () => "not to be seen",
      );
    },
    [url, method, content],
  );

test("a page of a named origin sends, and sees nothing else", { skip }, async () => {
  const [named, other] = [await shop(), await shop()];
  const server = await started({}, ["--origin", named.origin]);
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const content = JSON.stringify(logs([prediction("loan", midnight(-1), { age: 1 }, {})], "page"));
    await page.goto(other.origin);
    assert.equal(await fetched(page, `${server.url}v1/logs`, "POST", content), "not to be seen");
    await page.goto(named.origin);
    assert.equal(await fetched(page, `${server.url}v1/logs`, "POST", content), 200);
    assert.equal(await fetched(page, `${server.url}v1/metrics`, "POST", "{}"), 200);
    assert.equal(await fetched(page, `${server.url}v1/logs`, "POST", "{"), 400, "why not can be seen, too");
    assert.equal(await fetched(page, `${server.url}api/today`, "GET", null), "not to be seen");
    const { volume } = await server.ask("api/models/loan");
    assert.deepEqual(volume.predictions, [1], "that of the other origin has not come");
  } finally {
    await context.close();
    await server.close();
    named.close();
    other.close();
  }
});
