// What the service keeps in places that take their time, fail, or are changed by others meanwhile (edge/fetch/storage.mjs).
// usage: node storage.mjs MODULE
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout as after } from "node:timers/promises";
import { createService } from "../../edge/fetch/service.mjs";
import { check, summed } from "../support/checks.mjs";

const module = new WebAssembly.Module(readFileSync(process.argv[2]));
const sum = readFileSync(new URL("sum.pmml", import.meta.url), "utf8");
/** y = k a + 1 */
const multiple = (k) => sum.replace('coefficient="3"', 'coefficient="0"').replace('coefficient="2"', `coefficient="${k}"`).replace("<y>9</y>", `<y>${k + 1}</y>`);
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const token = "secret";
const settings = { tokens: `all score,explain,manage ${sha256(token)}\n` };

/** A place that takes up to some milliseconds for everything; `stop` may throw, or wait. */
class Place {
  log = Buffer.alloc(0);
  objects = new Map();
  records = new Map();
  stop = () => {};
  #turn = 0;

  constructor() {
    for (const name of ["logSize", "readLog", "appendLog", "readObject", "writeObject", "segments", "read", "append", "replace", "remove"]) {
      const act = this[`_${name}`].bind(this);
      this[name] = async (...words) => {
        await after((this.#turn = (this.#turn * 7 + 3) % 5));
        await this.stop(name, ...words);
        return act(...words);
      };
    }
  }
  _logSize() { return this.log.length; }
  _readLog() { return new Uint8Array(this.log); }
  _appendLog(lines, size) {
    if (this.log.length !== size) return false;
    this.log = Buffer.concat([this.log, lines]);
    return true;
  }
  _readObject(name) { return this.objects.get(name); }
  _writeObject(name, bytes) { this.objects.set(name, bytes); }
  _segments() { return [...this.records.keys()].sort((a, b) => a - b); }
  _read(segment) { return new Uint8Array(this.records.get(segment)); }
  _append(segment, lines) { this.records.set(segment, Buffer.concat([this.records.get(segment) ?? Buffer.alloc(0), lines])); }
  _replace(segment, lines) { this.records.set(segment, Buffer.from(lines)); }
  _remove(segment) { this.records.delete(segment); }

  changes() { return String(this.log).split("\n").slice(0, -1); }
  lines() { return this._segments().flatMap((segment) => String(this.records.get(segment)).split("\n").slice(0, -1)); }
}

/** Whether each line of a record of changes has the digest of the line before. */
function isChain(lines) {
  let previous = "0".repeat(64);
  return lines.every((line) => {
    const holds = JSON.parse(line).previous === previous;
    previous = sha256(line);
    return holds;
  });
}

function begin(options) {
  const said = [];
  const service = createService(module, { settings, log: (line) => said.push(JSON.parse(line)), ...options });
  const ask = async (method, path, body) => {
    const answer = await service.fetch(new Request(`http://localhost${path}`, { method, body, headers: { authorization: `Bearer ${token}`, "content-type": "application/json" } }));
    const text = await answer.text();
    return { status: answer.status, text, json: answer.headers.get("content-type") === "application/json" ? JSON.parse(text) : undefined };
  };
  const score = async (model, a = 1) => (await ask("POST", `/model/${model}`, `{"arguments":{"a":${a},"b":2}}`)).json?.results?.y;
  return { ask, score, said, service };
}

{
  const store = new Place(), one = begin({ store }), two = begin({ store });
  check("a new store", [(await one.ask("GET", "/model")).json, store.changes()], [{ responses: [] }, []]);
  check("deployed", (await one.ask("PUT", "/model/sum", sum)).status, 201);
  check("by one, seen by the other", [await one.score("sum"), await two.score("sum")], [9, 9]);
  check("what is kept", [[...store.objects.keys()], store.changes().map((line) => JSON.parse(line).event)], [[sha256(sum)], ["add", "promote"]]);

  const puts = Array.from({ length: 12 }, (_, k) => (k % 2 ? one : two).ask("PUT", `/model/dairy:${k}`, multiple(k)));
  check("many changes by two at a time", (await Promise.all(puts)).map((answer) => answer.status), Array(12).fill(201));
  check("none is lost", [isChain(store.changes()), store.changes().length], [true, 26]);
  const three = begin({ store });
  check("members are read when they are asked for", await Promise.all(Array.from({ length: 12 }, (_, k) => three.score(`dairy:${k}`, 3))), Array.from({ length: 12 }, (_, k) => 3 * k + 1));
  check("a request counts once, however often it was begun", (await three.ask("GET", "/metrics")).text.includes('scorelet_requests_total{route="/model/{}",status="200"} 12'), true);
  const four = begin({ store, settings: { ...settings, requestsPerSecond: 0.001, burst: 1 } });
  check("so it does of the rate", await four.score("dairy:3", 3), 10);

  store.stop = (name) => { if (name === "readObject") throw new Error("no connection"); };
  const five = begin({ store });
  check("a store that cannot be read", [(await five.ask("GET", "/model")).status, five.said.some(({ storage }) => storage?.includes("no connection"))], [503, true]);
  store.stop = () => {};
  check("and then can be", await five.score("sum"), 9);
  store.objects.set(sha256(multiple(5)), Buffer.from(multiple(6)));
  check("a document that was changed", (await five.ask("POST", "/model/dairy:5", '{"arguments":{"a":1}}')).json.message.includes("not as it was added"), true);
  store.objects.delete(sha256(multiple(5)));
  check("one that is gone", (await five.ask("POST", "/model/dairy:5", '{"arguments":{"a":1}}')).json.message.includes("does not have"), true);
  const whole = store.log;
  store.log = Buffer.from(String(store.log).replace('"event":"add"', '"event":"odd"'));
  const six = begin({ store });
  check("a record that was changed", [(await six.ask("GET", "/model")).status, six.said[0].storage.includes("not as it was written")], [503, true]);
  store.log = whole.subarray(0, 20);
  check("for who knew it, nothing changes", [await one.score("sum"), one.said.some(({ why }) => why?.includes("shorter than it was"))], [9, true]);
}

{
  const store = new Place(), { ask, score, said } = begin({ store });
  await ask("PUT", "/model/sum", sum);
  let go;
  const gate = new Promise((resolve) => { go = resolve; });
  store.stop = (name) => (name === "appendLog" ? gate : undefined);
  let isDone = false;
  const put = ask("PUT", "/model/sum", multiple(7)).then((answer) => { isDone = true; return answer.status; });
  const other = after(20).then(() => score("sum"));
  await after(60);
  check("nothing is answered before it is kept", [isDone, store.changes().length], [false, 2]);
  go();
  check("then it is", [await put, await other, await score("sum")], [200, 8, 8]);
  store.stop = (name) => { if (name === "appendLog") throw new Error("disk full"); };
  check("what cannot be kept is not served", [(await ask("PUT", "/model/sum", sum)).status, await score("sum"), said.some(({ storage }) => storage?.includes("disk full"))], [503, 8, true]);
  check("nor is it kept", store.changes().length, 4);
  store.stop = () => {};
  check("later it can", [(await ask("PUT", "/model/sum", sum)).status, await score("sum"), store.changes().length], [200, 9, 5]);
}

{
  const audit = new Place(), { ask, score } = begin({ audit, auditPolicy: { key: "a" }, models: { sum } });
  const many = (count) => Promise.all(Array.from({ length: count }, (_, k) => score("sum", k % 3)));
  check("many recorded at a time", [await many(60), audit.lines().length], [Array.from({ length: 60 }, (_, k) => 7 + 2 * (k % 3)), 60]);
  let appends = 0;
  audit.stop = (name) => { appends += Number(name === "append"); };
  await many(60);
  check("are written together", appends < 30, true);
  audit.stop = () => {};
  let isForgotten = false, asked = 0;
  const load = Array.from({ length: 8 }, async (_, k) => { for (await after(k); !isForgotten && asked < 2000; ++asked) await score("sum", 1); });
  await after(20);
  const forgotten = await ask("POST", "/audit/forget", '{"key": 2, "why": "asked to"}');
  isForgotten = true;
  await Promise.all(load);
  check("a key is forgotten while others score", [forgotten.status, forgotten.json, asked < 2000], [200, { deleted: 40 }, true]);
  check("all the others are there", [audit.lines().filter((line) => JSON.parse(line).id !== undefined).length, audit.lines().filter((line) => line.includes('"body"')).length], [120 + asked, 80 + asked]);
  check("and it is said once", audit.lines().filter((line) => JSON.parse(line).event === "forget").length, 1);
  audit.stop = (name) => { if (name === "append") throw new Error("disk full"); };
  const before = audit.lines().length;
  check("what cannot be recorded is not answered", [(await ask("POST", "/model/sum", '{"arguments":{"a":1,"b":2}}')).status, audit.lines().length], [503, before]);
  audit.stop = () => {};
  check("later it can be", [await score("sum"), audit.lines().length], [9, before + 1]);
  let isFirst = true;
  audit.stop = async (name) => {
    if (name !== "append" || !isFirst) return;
    isFirst = false;
    await after(30);  // others come meanwhile
    throw new Error("disk full");
  };
  const mixed = await Promise.all(Array.from({ length: 6 }, (_, k) => after(k).then(() => ask("POST", "/model/sum", '{"arguments":{"a":1,"b":2}}'))));
  const given = mixed.filter(({ status }) => status === 200).length;
  check("nothing is recorded behind what could not be", [given < 6, isChain(audit.lines().map((line) => line.replace(/,"body":.*$/, "}"))), audit.lines().length - before - 1], [true, true, given]);
  audit.stop = () => {};
  const recorded = audit.lines().length;
  audit.records.set(audit._segments().at(-1), Buffer.concat([audit.records.get(audit._segments().at(-1)), Buffer.from('{"previous":"')]));
  check("a torn line goes at the beginning", [await begin({ audit, models: { sum } }).score("sum"), audit.lines().length], [9, recorded + 1]);
  const listed = (await begin({ audit, models: { sum } }).ask("GET", "/audit")).json.files;
  check("the files of the record", [listed.length, listed[0]], [audit._segments().length, "000000000001.jsonl"]);
}

{
  const from = new Place(), to = new Place(), there = begin({ store: to }), here = begin({ store: from });
  await here.ask("PUT", "/model/sum", sum);
  const put = (path, body) => there.ask("PUT", path, body);
  const object = `/store/objects/${sha256(sum)}`;
  check("a record without its documents", (await put("/store/log.jsonl", from.log)).status, 409);
  check("a document under another name", (await put(object, multiple(3))).status, 400);
  check("a name that is none", (await put("/store/objects/..%2f..%2flog", sum)).status, 400);
  check("a document", (await put(object, sum)).status, 201);
  check("a record that was changed", (await put("/store/log.jsonl", String(from.log).replace('"why":""', '"why":"x"'))).status, 400);
  check("half a line", (await put("/store/log.jsonl", from.log.subarray(0, -1))).status, 400);
  check("the record", [(await put("/store/log.jsonl", from.log)).json, await there.score("sum")], [{ changes: 2 }, 9]);
  check("once more", (await put("/store/log.jsonl", from.log)).status, 200);
  check("as it was", [(await there.ask("GET", "/store/log.jsonl")).text === String(from.log), (await there.ask("GET", object)).text === sum], [true, true]);
  check("a document that there is not", (await there.ask("GET", `/store/objects/${"0".repeat(64)}`)).status, 404);
  await there.ask("PUT", "/model/sum", multiple(3));
  await here.ask("DELETE", "/model/sum");
  check("a record that went on otherwise", [(await put("/store/log.jsonl", from.log)).status, await there.score("sum")], [409, 4]);
  check("without a store there is none", (await begin({ models: { sum } }).ask("GET", "/store/log.jsonl")).status, 404);
  check("nor a record of predictions", (await begin({ models: { sum } }).ask("GET", "/audit")).status, 404);
}

summed();
