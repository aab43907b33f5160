import assert from "node:assert/strict";
import { afterEach, before, beforeEach, describe, mock, test } from "node:test";
import { type Model, Runtime, ScoreletError } from "scorelet";
import { memoryStorage, Telemetry, type TelemetryOptions, type TelemetryStorage, type TelemetryStore } from "scorelet/telemetry";
import { Collector, idOf } from "./collector.js";
import { linear } from "./documents.js";

const rhythm = { interval: 0.01, firstDelay: 0.02, longestDelay: 0.1, timeout: 5 };
const week = 7 * 86_400_000;

/** Storage with everything that was ever put into it, and that can be made to fail. */
class Watched implements TelemetryStorage {
  readonly put: string[] = [];
  readonly #storage = memoryStorage();
  isFull = false;
  changes = 0;
  change<T>(work: (store: TelemetryStore) => Promise<T>): Promise<T> {
    ++this.changes;
    return this.#storage.change(async (store) => {
      const answer = await work({
        ...store,
        put: (key, value) => {
          if (this.isFull && key.includes("/")) throw new DOMException("The quota is exceeded.", "QuotaExceededError");
          this.put.push(`${key} ${JSON.stringify(value)}`);
          store.put(key, value);
        },
      });
      return answer;
    });
  }
  close(): void { this.#storage.close(); }
}

describe("telemetry", () => {
  let runtime: Runtime;
  let collector: Collector;
  let storage: Watched;
  let model: Model;
  const opened: Telemetry[] = [];
  const open = async (options: Partial<TelemetryOptions> = {}): Promise<Telemetry> => {
    const telemetry = await Telemetry.open({ url: collector.url, rhythm, storage, ...options });
    opened.push(telemetry);
    return telemetry;
  };
  const on = async (options: Partial<TelemetryOptions> = {}): Promise<Telemetry> => {
    const telemetry = await open(options);
    await telemetry.switchOn();
    return telemetry;
  };
  /** Reports rows with these values of x, one by one. */
  const report = (watch: ReturnType<Telemetry["watch"]>, ...numbers: number[]): string[] =>
    numbers.map((x) => { model.score({ x, group: "a" }); return watch.report()[0]!; });
  const count = (n: number, first = 0): number[] => Array.from({ length: n }, (_, i) => first + i);
  const once = (ids: string[]): void => assert.deepEqual([...collector.ids].sort(), [...ids].sort(), "each event, once");

  before(async () => { runtime = await Runtime.full(); });
  beforeEach(async () => {
    collector = await new Collector().begin();
    storage = new Watched();
    model = await runtime.loadModel(linear);
  });
  afterEach(async () => {
    for (const telemetry of opened.splice(0)) await telemetry.close();
    model.close();
    await collector.end();
    mock.timers.reset();
    mock.restoreAll();
  });

  test("is off until it is switched on: nothing is stored or sent", async () => {
    const telemetry = await open();
    const watch = telemetry.watch(model, { privacy: { inputs: "full" } });
    model.score({ x: 3, group: "a" });
    assert.deepEqual(watch.report(), []);
    watch.outcome("0190163d-8694-739b-aea5-966c26f8ad91", 1);
    assert.match(watch.preview() ?? "", /"key":"x","value":\{"doubleValue":3\}/, "but it can be seen what would be");
    assert.equal(await telemetry.flush(), true);
    assert.equal(telemetry.status.isOn, false);
    assert.deepEqual([storage.put, collector.requests], [[], 0]);
    await telemetry.switchOn();
    assert.equal((await open()).isOn, true, "for later visits, too");
    await telemetry.switchOff();
    assert.equal((await open()).isOn, false);
  });

  test("predictions and outcomes arrive as OTLP, with their token, compressed", async () => {
    const telemetry = await on({ url: `${collector.url}/base/`, token: async () => "secret", host: { kind: "tests", environment: "here" } });
    const watch = telemetry.watch(model, { identity: { version: "7", variant: "champion" }, privacy: { fields: { x: "full" } } });
    const [id] = report(watch, 3);
    model.scoreColumns({ x: Float64Array.of(1, NaN), group: ["b", "a"] });
    const more = watch.report({ seconds: 0.25 }) as string[];
    watch.outcome(id!, true);
    watch.outcome(id!, "late");
    assert.equal(await telemetry.flush(), true);
    assert.deepEqual(collector.ids, [id, ...more, id, id]);
    const logs = collector.paths.indexOf("/base/v1/logs");
    const headers = collector.headers[logs]!;
    assert.deepEqual([headers["authorization"], headers["content-type"], headers["content-encoding"]], ["Bearer secret", "application/json", "gzip"]);
    assert.match(collector.bodies[logs]!, /"service.instance.id".*"scoring.host.kind","value":\{"stringValue":"tests"\}/);
    const [first, second, third, yes, late] = collector.arrived;
    const attributes = (record: typeof first) => Object.fromEntries(record!.attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
    assert.deepEqual([first!.eventName, yes!.eventName], ["scoring.prediction", "scoring.outcome"]);
    assert.equal(attributes(first)["scoring.model.name"], "linear");
    assert.equal(attributes(first)["scoring.model.version"], "7");
    assert.equal(attributes(second)["scoring.duration"], 0.25);
    assert.equal(attributes(third)["scoring.inputs.missing"], "1");
    assert.deepEqual([attributes(yes)["scoring.outcome.value"], attributes(late)["scoring.outcome.value"]], [true, "late"]);
    assert.match(JSON.stringify(first!.body), /"key":"y","value":\{"doubleValue":17.5\}/);
    assert.throws(() => watch.outcome("none", 1), ScoreletError);
    assert.equal(telemetry.status.delivered, 6, "five records and a window");
    assert.equal(telemetry.sent.find(({ path }) => path === "/v1/logs")?.body, collector.bodies[logs], "what is sent can be seen");
  });

  test("what is omitted never leaves, nor is it stored; a record by names and one by texts of its own are told alike", async () => {
    const telemetry = await on({ privacy: { fields: { y: "omitted", shown: "omitted" } } });
    const watch = telemetry.watch(model);
    model.score({ x: 31_337.25, group: "a" });
    watch.report();
    model.score({ x: 31_337.25, group: "a secret word" });
    watch.report();
    model.scoreColumns({ x: ["31337.25", "no number"], group: ["a secret word", "é"] });
    watch.report();
    await telemetry.flush();
    const told = [...storage.put, ...collector.bodies].join("\n");
    assert.equal(collector.arrived.length, 4);
    for (const secret of ["31337", "62686", "secret", "no number", "é"]) assert.ok(!told.includes(secret), secret);
    const full = telemetry.watch(model, { privacy: { inputs: "full" } });
    for (const group of ["a", "a secret word"]) {
      model.score({ x: 31_337.25, group });
      assert.ok(full.preview()?.includes(`"key":"group","value":{"stringValue":"${group}"}`));
      assert.ok(full.preview()?.includes("31337.25"), "such a value is found where it is told");
    }
  });

  test("hashes have the key of the host, which the switch forgets", async () => {
    const telemetry = await on();
    const hash = (t: Telemetry): string => {
      model.score({ x: 1, group: "a" });
      return /"key":"group","value":\{"stringValue":"([0-9a-f]{16})"/.exec(t.watch(model, { privacy: { fields: { group: "hashed" } } }).preview()!)![1]!;
    };
    const one = hash(telemetry);
    assert.equal(hash(await open()), one);
    assert.notEqual(hash(await open({ storage: memoryStorage() })), one);
    // SipHash-2-4 of "a" with the key 00 01 … 0f, by the reference implementation's algorithm in Python.
    const keyed = await open({ privacy: { salt: "000102030405060708090a0b0c0d0e0f", fields: { group: "hashed" } } });
    model.score({ x: 1, group: "a" });
    assert.match(keyed.watch(model).preview()!, /"stringValue":"2ba3e8e9a71148ca"/);
  });

  test("failures of every kind: each event arrives, once", async () => {
    const failures = [{ status: 503, headers: { "retry-after": "0" } }, { status: 429, headers: { "retry-after": "1" } },
      { status: 200, body: "<html>log in</html>" }, { status: 200, body: "{" }, null, { status: 502 }, { status: 504 }];
    let told = 0;
    collector.plan = (n) => (n % 2 === 0 && n / 2 < failures.length ? failures[n / 2]! : (++told, { status: 200, body: "{}" }));
    const telemetry = await on({ rhythm: { ...rhythm, records: 5 } });
    const watch = telemetry.watch(model);
    const start = performance.now();
    const ids = report(watch, ...count(50));
    assert.equal(await telemetry.flush(30), true);
    once(ids);
    assert.ok(told >= 10, "in several requests");
    assert.ok(performance.now() - start >= 1000, "Retry-After is honoured");
    assert.equal(telemetry.status.failures, failures.length);
  });

  test("too large is halved; one that is refused takes no other along; what is rejected is counted", async () => {
    let poison = "";
    collector.plan = (_, records) => {
      if (records.length > 6) return { status: 413 };
      poison ||= records.length > 0 ? idOf(records[0]!) : "";
      if (records.some((record) => idOf(record) === poison)) return { status: 400 };
      return { status: 200, body: records.length > 0 ? `{"partialSuccess":{"rejectedLogRecords":"1","errorMessage":"no"}}` : "{}" };
    };
    const telemetry = await on();
    const ids = report(telemetry.watch(model), ...count(40));
    assert.equal(await telemetry.flush(), true);
    once(ids.filter((id) => id !== poison));
    const { refused, rejected, delivered, lost } = telemetry.status;
    const requests = collector.bodies.length;
    assert.ok(refused === 1 && rejected > 0 && delivered + rejected === 40 && lost === 0 && requests > 7, JSON.stringify(telemetry.status));
  });

  test("a wrong token keeps everything, and is told", async () => {
    collector.plan = () => ({ status: 401 });
    const telemetry = await on();
    const ids = report(telemetry.watch(model), 1, 2);
    assert.equal(await telemetry.flush(0.3), false);
    assert.deepEqual([telemetry.status.isRefused, telemetry.status.answer, telemetry.status.delivered], [true, 401, 0]);
    collector.plan = () => ({ status: 200, body: "{}" });
    assert.equal(await telemetry.flush(), true);
    once(ids);
  });

  test("a receiver that takes nothing compressed, and no windows", async () => {
    collector.plan = (n) => (collector.headers[n]?.["content-encoding"] ? { status: 415 } : collector.paths[n] === "/v1/metrics" ? { status: 404 } : { status: 200, body: "{}" });
    const telemetry = await on({ window: 0 });
    const ids = report(telemetry.watch(model), ...count(20));
    assert.equal(await telemetry.flush(), true);
    once(ids);
    assert.deepEqual([telemetry.status.failures, telemetry.status.isRefused], [0, false]);
    assert.ok(!collector.paths.includes("/v1/metrics"));
  });

  test("a redirection is not followed", async () => {
    const elsewhere = await new Collector().begin();
    collector.plan = () => ({ status: 307, headers: { location: `${elsewhere.url}/v1/logs` } });
    const telemetry = await on();
    report(telemetry.watch(model), 1);
    assert.equal(await telemetry.flush(0.3), false);
    assert.equal(elsewhere.requests, 0);
    await elsewhere.end();
  });

  test("weeks without a network, and hosts that come and go: everything arrives, once, with the time at which it was", async () => {
    await collector.end();
    const begin = Date.UTC(2026, 8, 1);
    const clock = mock.method(Date, "now", () => begin);
    const ids: string[] = [];
    for (const visit of count(3)) {
      clock.mock.mockImplementation(() => begin + visit * week);
      const telemetry = await on();
      ids.push(...report(telemetry.watch(model), ...count(20)));
      assert.equal(await telemetry.flush(0.1), false);
      await telemetry.close();
    }
    await collector.begin();
    clock.mock.mockImplementation(() => begin + 5 * week);
    const telemetry = await open();
    assert.equal(telemetry.isOn, true);
    assert.equal(await telemetry.flush(), true);
    once(ids);
    assert.deepEqual(collector.arrived.map(({ timeUnixNano }) => Number(BigInt(timeUnixNano) / 1_000_000n) - begin),
      [0, 1, 2].flatMap((visit) => Array<number>(20).fill(visit * week)));
    const rows = collector.points("scoring.predictions").map(({ asInt }) => Number(asInt));
    assert.deepEqual(rows, [20, 20, 20], "a window of each visit");
  });

  test("a clock that jumps: ids ascend, stretches of time follow each other, nothing waits for it", async () => {
    let now = Date.UTC(2026, 8, 1);
    mock.method(Date, "now", () => now);
    const telemetry = await on();
    const watch = telemetry.watch(model);
    const ids: string[] = [];
    for (const jump of [0, -86_400_000, 3_600_000, 40 * week, -20 * week]) {
      now += jump;
      collector.plan = (n) => (n % 2 ? { status: 200, body: "{}" } : { status: 503 });
      ids.push(...report(watch, ...count(10)));
      assert.equal(await flushed(telemetry, () => { now += 500; }), true, `after ${jump}`);
    }
    once(ids);
    assert.deepEqual(ids, [...ids].sort());
    const points = collector.points("scoring.predictions");
    assert.equal(points.reduce((sum, { asInt }) => sum + Number(asInt), 0), 50);
    let end = 0n;
    for (const { startTimeUnixNano, timeUnixNano } of points) {
      assert.ok(BigInt(startTimeUnixNano) >= end && BigInt(timeUnixNano) > BigInt(startTimeUnixNano));
      end = BigInt(timeUnixNano);
    }
  });

  test("a full queue drops the oldest, or refuses the newest, and counts them", async () => {
    collector.plan = () => ({ status: 503 });
    for (const [whenFull, kept] of [["dropOldest", [7, 8, 9]], ["refuseNewest", [0, 1, 2]]] as const) {
      storage = new Watched();
      const telemetry = await on({ bounds: { records: 3, whenFull }, privacy: { fields: { x: "full" } } });
      report(telemetry.watch(model), ...count(10));
      const waiting = await telemetry.waiting();
      assert.deepEqual(waiting.map((record) => Number(/"x","value":\{"doubleValue":(\d+)/.exec(record)![1])), kept);
      assert.equal(telemetry.status.lost, 7);
      await telemetry.close();
      const later = await open({ bounds: { records: 2, whenFull } });
      assert.equal((await later.waiting()).length, 2, "less room than before");
      assert.equal(later.status.lost, 8);
      await later.close();
    }
  });

  test("a quota that is exceeded: what cannot be stored is counted, windows are told later, and all goes on", async () => {
    const telemetry = await on();
    const watch = telemetry.watch(model);
    storage.isFull = true;
    report(watch, 1, 2, 3);
    assert.equal(await telemetry.flush(), true);
    assert.match(telemetry.status.failure ?? "", /quota/);
    assert.equal(telemetry.status.lost, 3);
    storage.isFull = false;
    const ids = report(watch, 4);
    assert.equal(await telemetry.flush(), true);
    once(ids);
    assert.deepEqual([telemetry.status.failure, telemetry.status.lost], [null, 3]);
    assert.deepEqual(collector.points("scoring.predictions").map(({ asInt }) => asInt), ["4"], "of all four rows");
  });

  test("two that share a queue: nothing is lost or doubled, windows follow each other", async () => {
    collector.plan = () => ({ status: 503 });
    const [one, two] = [await on(), await on()];
    const [first, second] = [one.watch(model), two.watch(model)];
    const ids: string[] = [];
    for (const x of count(20)) {
      ids.push(...report(first, x));
      if (x % 3 === 0) await one.waiting();
      ids.push(...report(second, x));
      if (x % 4 === 0) await two.waiting();
    }
    assert.equal((await one.waiting(100)).length, 40);
    assert.equal((await two.waiting(100)).length, 40);
    await two.close();
    collector.plan = () => ({ status: 200, body: "{}" });
    assert.equal(await one.flush(), true);
    once(ids);
    assert.deepEqual(collector.points("scoring.predictions").map(({ asInt }) => asInt).sort(), ["20", "20"]);
  });

  test("switching off forgets what was not sent, and stops", async () => {
    collector.plan = () => ({ status: 503 });
    const telemetry = await on();
    const watch = telemetry.watch(model);
    report(watch, 1, 2);
    await telemetry.waiting();
    await telemetry.switchOff();
    const { requests } = collector;
    collector.plan = () => ({ status: 200, body: "{}" });
    model.score({ x: 1, group: "a" });
    assert.deepEqual(watch.report(), []);
    await telemetry.switchOn();
    await telemetry.flush();
    assert.deepEqual([collector.arrived.length, collector.requests], [0, requests]);
  });

  test("windows: counts, drift against a baseline, and a share of events with all rows counted", async () => {
    const baseline = { format: "scorelet-baseline/1", fields: [
      { name: "x", kind: "number", rows: 100, missing: 0, invalid: 0, minimum: 0, maximum: 10, mean: 5, deviation: 2, edges: [2, 5, 8], counts: [20, 30, 30, 20] }] };
    const telemetry = await on({ share: 0.25, privacy: { fields: { x: "binned" } } });
    const watch = telemetry.watch(model, { baseline });
    model.scoreColumns({ x: Float64Array.from({ length: 2000 }, (_, i) => i % 4 + 9) });
    const ids = watch.report();
    const told = ids.filter((id) => id !== null);
    assert.ok(ids.length === 2000 && Math.abs(told.length - 500) < 100, String(told.length));
    assert.equal(await telemetry.flush(), true);
    model.scoreColumns({ x: Float64Array.of(1, NaN) });
    assert.deepEqual(watch.report({ share: 0 }), [null, null], "a share of its own");
    assert.throws(() => watch.report({ share: 1.5 }), ScoreletError);
    const x = watch.fields().find(({ name }) => name === "x")!;
    assert.deepEqual([x.rows, x.missing, x.outside, x.hasDrifted], [2002, 1, 1000, true]);
    assert.ok(x.psi > x.psiBound && Math.abs(x.mean - (2000 * 10.5 + 1) / 2001) < 1e-9);
    assert.equal(await telemetry.flush(), true);
    assert.deepEqual(collector.points("scoring.predictions").map(({ asInt }) => asInt), ["2000", "2"]);
    assert.deepEqual(collector.points("scoring.field.outside", "x").map(({ asInt }) => asInt), ["1000", "0"]);
    assert.deepEqual(collector.points("scoring.field.bins", "x").map(({ bucketCounts }) => bucketCounts), [["0", "0", "0", "2000"], ["1", "0", "0", "0"]]);
    assert.ok(collector.points("scoring.drift.psi", "x")[0]!.asDouble! > 0.25);
    assert.throws(() => telemetry.watch(model, { baseline: "{}" }), ScoreletError);
    assert.throws(() => telemetry.watch(model, { privacy: { fields: { nobody: "full" } } }), ScoreletError);
  });

  test("models of the scoring module, wrong addresses and wrong wishes are refused", async () => {
    const telemetry = await on();
    const other = await (await Runtime.shared()).loadModel(linear);
    assert.throws(() => telemetry.watch(other), /Runtime.full/);
    other.close();
    await assert.rejects(open({ url: "collector" }), ScoreletError);
    await assert.rejects(open({ share: 2 }), ScoreletError);
    await assert.rejects(open({ privacy: { salt: "short" } }), ScoreletError);
    assert.throws(() => telemetry.watch(model, { privacy: { inputs: "none" as "full" } }), ScoreletError);
  });
});

/** `flush` under a clock that someone has to move. */
async function flushed(telemetry: Telemetry, tick: () => void): Promise<boolean> {
  const timer = setInterval(tick, 5);
  try {
    return await telemetry.flush();
  } finally {
    clearInterval(timer);
  }
}
