/** The module in two parts: which documents need the second one, and what happens without it. That all answers are the same: record.test.ts. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, beforeEach, describe, test } from "node:test";
import { Model, Runtime, ScoreletError, type Description, type WasmParts } from "scorelet";
import { ScoringPool } from "scorelet/pool";
import { linear, spelled } from "./documents.js";

const address = (name: string) => new URL(import.meta.resolve(`scorelet/scorelet-${name}.wasm`));
const sample = (name: string) => readFileSync(new URL(`../../../../tests/data/features/${name}.pmml`, import.meta.url));
const network = sample("neural_network/models/activation_logistic");
const series = sample("time_series/models/arima_mean_only");

/** A server of the two parts: what was asked for, and whether it has the second one. */
const asked: string[] = [];
let isThere = true;
const server = createServer(({ url = "" }, response) => {
  const name = url.slice(1);
  asked.push(name);
  if (name === "further" && !isThere) return void response.writeHead(404).end();
  response.writeHead(200, { "content-type": "application/wasm" }).end(readFileSync(address(name)));
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
after(() => server.close());
const from = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const parts: WasmParts = { first: `${from}/first`, further: new URL(`${from}/further`) };
beforeEach(() => {
  asked.length = 0;
  isThere = true;
});
const typeOf = ({ description }: { description: Description }) => description.info.modelType;

describe("a module in two parts", () => {
  test("scores everyday models with the first alone", async () => {
    using model = await Model.load(linear, { wasm: parts });
    assert.equal(model.score({ x: 3, group: "a" }).values["y"], 17.5);
    assert.deepEqual(asked, ["first"]);
  });

  test("takes the second when a document needs it, once, beside the models that are there", async () => {
    const runtime = await Runtime.load(parts);
    using before = await runtime.loadModel(linear);
    const models = await Promise.all([runtime.loadModel(network), runtime.loadModel(series)]);
    assert.deepEqual(models.map(typeOf), ["NeuralNetwork", "TimeSeriesModel"]);
    models.push(await runtime.loadModel(network));
    assert.equal(before.score({ x: 3, group: "a" }).values["y"], 17.5);
    assert.deepEqual(asked, ["first", "further"]);
    for (const model of models) model.close();
  });

  test("says where the second was looked for in vain, and tries again", async () => {
    isThere = false;
    const runtime = await Runtime.load(parts);
    await assert.rejects(runtime.loadModel(network), (error) => error instanceof ScoreletError && /further answered with status 404/.test(error.message));
    isThere = true;
    using model = await runtime.loadModel(network);
    assert.equal(typeOf(model), "NeuralNetwork");
  });

  test("is handed to workers, which take the second by themselves", async () => {
    const runtime = await Runtime.load(parts);
    using pool = await ScoringPool.open(network, { wasm: runtime.module, workers: 2 });
    assert.equal(typeOf(pool), "NeuralNetwork");
    assert.deepEqual(asked, ["first", "further", "further"]);
  });

  test("of the first part alone the full module takes over", async () => {
    using model = await Model.load(network, { wasm: parts.first });
    assert.equal(typeOf(model), "NeuralNetwork");
    assert.deepEqual(asked, ["first"]);
  });

  test("of what neither part has the full module takes over, without the second", async () => {
    using model = await Model.load(spelled, { wasm: parts });
    assert.equal(typeOf(model), "RegressionModel");
    assert.deepEqual(asked, ["first"]);
  });

  test("a document that is at fault is refused as ever, without the second", async () => {
    await assert.rejects(Model.load("<PMML/>", { wasm: parts }), ScoreletError);
    assert.deepEqual(asked, ["first"]);
  });
});
