import assert from "node:assert/strict";
import { test } from "node:test";
import { Model, Runtime, ScoreletError } from "scorelet";
import { faulty, linear } from "./documents.js";

const caught = async (call: () => unknown): Promise<ScoreletError> => {
  try {
    await call();
  } catch (error) {
    assert.ok(error instanceof ScoreletError, `not a ScoreletError: ${String(error)}`);
    assert.ok(error instanceof Error && error.diagnostics.length > 0);
    return error;
  }
  return assert.fail("nothing was thrown");
};

test("a faulty document: every fault, with its place", async () => {
  const { diagnostics } = await caught(() => Model.load(faulty));
  assert.ok(diagnostics.some(({ code }) => code === "unresolvedField"), JSON.stringify(diagnostics));
  assert.ok(diagnostics.some(({ code, path }) => code === "badValue" && path?.endsWith("@intercept")), JSON.stringify(diagnostics));
  assert.ok(diagnostics.every(({ line }) => line !== undefined && line > 1));
});

for (const [name, source, code] of [["no XML", "hello", "notXml"], ["no PMML", "<a/>", "notPmml"], ["nothing", "", "notXml"]] as const) {
  test(`a document that is ${name}`, async () => assert.equal((await caught(() => Model.load(source))).diagnostics[0]?.code, code));
}

test("a document that could not be fetched", async () => {
  assert.match((await caught(() => Model.load(new Response("", { status: 404 })))).message, /404/);
});

test("limits hold, and unknown ones are refused", async () => {
  assert.equal((await caught(() => Model.load(linear, { limits: { documentBytes: 100 } }))).diagnostics[0]?.code, "tooLarge");
  assert.match((await caught(() => Model.load(linear, { limits: { depth: -1 } }))).message, /whole number/);
  const wrong: Record<string, number> = { deepness: 3 };
  assert.match((await caught(() => Model.load(linear, { limits: wrong }))).message, /no limit "deepness"/);
  assert.equal((await Runtime.load()).defaultLimits.depth, 512);
});

test("a WebAssembly module that cannot be had says so", async () => {
  const missing = new URL("file:///nowhere/scorelet.wasm");
  const error = await caught(() => Runtime.load(missing));
  assert.equal(error.diagnostics[0]?.code, "wasmNotLoaded");
  assert.match(error.message, /file:\/\/\/nowhere\/scorelet\.wasm.*scorelet\/scorelet\.wasm/s);
  assert.match((await caught(() => Runtime.load(new Response("<html>")))).message, /not a WebAssembly module/);
  assert.match((await caught(() => Runtime.load(new Response("", { status: 503 })))).message, /503/);
  assert.match((await caught(() => Runtime.load(Uint8Array.of(0, 0x61, 0x73, 0x6d, 9)))).message, /cannot be compiled/);
  assert.match((await caught(() => Runtime.load(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)))).message, /does not start/);
});

test("wrong arguments", async () => {
  using model = await Model.load(linear);
  const group = ["a"];
  for (const [call, message] of [
    [() => model.scoreColumns({}), /no column/],
    [() => model.scoreColumns({ x: [1, 2], group }), /"group" has 1 rows, "x" has 2/],
    [() => model.scoreColumns({ x: { codes: Int32Array.of(1), dictionary: ["1"] }, group }), /beyond its dictionary/],
    [() => model.scoreColumns({ x: [1], group }).values("z"), /no result "z"; it has "y", "shown", "large"/],
    [() => model.scoreColumns({ x: [1], group }).numbers("shown"), /not numeric/],
    [() => model.score({ x: new Date(NaN) }), /Date given for "x" is invalid/],
    [() => model.score({ group: [[[[[[[[[[["a"]]]]]]]]]]] }), /nested too deeply/],
  ] as const) assert.match((await caught(call)).message, message);
  assert.equal(model.score({ x: 3, group: "a" }).values["y"], 17.5, "none of this hurts the model");
});

test("use after close", async () => {
  const model = await Model.load(linear);
  const prediction = model.score({ x: 3, group: "a" });
  const columns = model.scoreColumns({ x: [3], group: ["a"] });
  model.close();
  model.close();
  for (const call of [() => model.score({}), () => model.scoreColumns({ x: [1] }), () => model.verify(), () => model.reset(),
                      () => model.isStateful, () => model.saveState(), () => model.restoreState(Uint8Array.of(1)),
                      () => model.scoreToNdjson({ x: [1] }), () => prediction.details()]) {
    assert.equal((await caught(call)).diagnostics[0]?.code, "closed");
  }
  assert.deepEqual(columns.values("y"), [17.5]);
  assert.equal(model.description.info.modelName, "linear");
});

test("dispose closes, and closing gives memory back", async () => {
  const runtime = await Runtime.load();
  const codes = { codes: Int32Array.of(0), dictionary: ["a".repeat(30_000_000)] };  // 90 MB of room, 60 times: beyond 4 GB
  let last: Model | undefined;
  for (let i = 0; i < 60; ++i) {
    using model = await runtime.loadModel(linear);
    model.scoreColumns({ group: codes });
    last = model;
  }
  assert.equal((await caught(() => last?.score({}))).diagnostics[0]?.code, "closed");
});
