import assert from "node:assert/strict";
import http from "node:http";
import test from "node:test";
import { read } from "../dist/engine/read.js";

test("a file comes out whole, and how far it is was told", async () => {
  const bytes = Uint8Array.from({ length: 3_000_000 }, (_, i) => i % 251);
  const told = [];
  assert.deepEqual(await read(new Blob([bytes]), (...at) => told.push(at)), bytes);
  assert.ok(told.length > 0 && told.every(([n, of]) => n > 0 && n <= of && of === bytes.length), JSON.stringify(told));
  assert.equal((await read(new Blob([]), () => {})).length, 0);
});
test("an address is read the same; how much is to come is known unless it is compressed on the way", async () => {
  const server = http.createServer((request, response) => {
    if (request.url === "/none") return response.writeHead(404).end();
    const head = request.url === "/coded" ? { "content-encoding": "identity" } : {};
    response.writeHead(200, { ...head, "content-length": 5 }).end("model");
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const address = `http://127.0.0.1:${server.address().port}`;
  const sizes = [];
  for (const path of ["/plain", "/coded"])
    assert.equal(new TextDecoder().decode(await read(address + path, (_, of) => sizes.push(of))), "model");
  assert.deepEqual(sizes, [5, null]);
  await assert.rejects(
    read(`${address}/none`, () => {}),
    /404/,
  );
  server.close();
});
