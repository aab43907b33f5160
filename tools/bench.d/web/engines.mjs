// Engines that score the rows of a case, in node and in pages. Each is `async (case, host)` and gives, once its model is
// loaded, { answers, one(row, out), many(first, count, out) }: `answers` numbers a row, the last ones of those expected.
// The model is asked for before the engine, so that both come at once. Rows are made ready in the form that the engine takes.
// `host.url(path)`: a file of the project; `host.bytes(url)`.

const here = "tools/bench.d/web/node_modules";

/** The npm package: a typed record for one row, typed arrays for many. `options` are those of `Model.load`. */
async function scorelet(bench, host, options = {}) {
  const document = bench.bytes("model.pmml");
  const { Model } = await import(host.url("web/scorelet/dist/index.js"));
  const model = await Model.load(document, options);
  const { inputs, results } = model.description;
  const record = model.record();
  const fieldOf = inputs.map((input) => bench.names.indexOf(input.name));
  const numbers = fieldOf.map((f) => bench.fields[f]?.categories?.map((text) => record.numberOf(text)));
  const rows = [];
  const row = (r) =>
    Float64Array.from(fieldOf, (f, i) => {
      const x = f < 0 ? NaN : bench.values[r * bench.names.length + f];
      return numbers[i] ? (numbers[i][x] ?? NaN) : x;
    });
  const answers = bench.answers.map((name) => results.findIndex((result) => result.name === name));
  const columns = bench.columns();
  const dictionaries = bench.fields.map((field) => field.categories);
  const codes = columns.map((column, f) => dictionaries[f] && Int32Array.from(column, (x) => (Number.isNaN(x) ? -1 : x)));
  return {
    answers: bench.answers.length,
    one(r, out) {
      record.inputs.set((rows[r] ??= row(r)));
      record.score();
      for (let a = 0; a < answers.length; a++) out[a] = record.results[answers[a]];
    },
    many(first, count, out) {
      const part = (f) =>
        dictionaries[f]
          ? { codes: codes[f].subarray(first, first + count), dictionary: dictionaries[f] }
          : columns[f].subarray(first, first + count);
      const result = model.scoreColumns(Object.fromEntries(bench.names.map((name, f) => [name, part(f)])));
      bench.answers.forEach((name, a) => {
        const lane = result.numbers(name);
        for (let row = 0; row < count; row++) out[row * bench.answers.length + a] = lane[row];
      });
    },
  };
}

/** With the module in two parts, of which everyday models need the first. */
async function scoreletParts(bench, host) {
  const [first, further] = ["first", "further"].map((part) => host.url(`web/scorelet/dist/scorelet-${part}.wasm`));
  return scorelet(bench, host, { wasm: { first, further } });
}

/** The same from a plain object. */
async function scoreletObjects(bench, host) {
  const document = bench.bytes("model.pmml");
  const { Model } = await import(host.url("web/scorelet/dist/index.js"));
  const model = await Model.load(document);
  const records = [];
  return {
    answers: bench.answers.length,
    one(row, out) {
      const { values } = model.score((records[row] ??= bench.record(row)));
      bench.answers.forEach((name, a) => (out[a] = values[name]));
    },
    many(first, count, out) {
      for (let row = 0; row < count; row++) this.one(first + row, out.subarray(row * this.answers));
    },
  };
}

/** The yardstick (native/loop_wasm.cpp). */
async function loop(bench, host) {
  const document = bench.bytes("trees.bin");
  const { instance } = await WebAssembly.instantiate(await host.bytes(host.url("build/wasm/tools/bench.d/bench_loop.wasm")), {
    env: { emscripten_notify_memory_growth() {} },
    wasi_snapshot_preview1: { proc_exit() {} },
  });
  const { memory, loop_memory, loop_read, loop_one, loop_many, _initialize } = instance.exports;
  _initialize?.();
  const trees = await document;
  const place = loop_memory(trees.length);
  new Uint8Array(memory.buffer).set(trees, place);
  const answers = loop_read(place, trees.length);
  const rows = bench.floats();
  const features = bench.names.length;
  const rowPlace = loop_memory(rows.byteLength);
  const answerPlace = loop_memory(8 * bench.rows * answers);
  const input = new Float32Array(memory.buffer, rowPlace, rows.length);
  const output = new Float64Array(memory.buffer, answerPlace, bench.rows * answers);
  return {
    answers,
    one(row, out) {
      input.set(rows.subarray(row * features, (row + 1) * features));
      loop_one(rowPlace, answerPlace);
      for (let a = 0; a < answers; a++) out[a] = output[a];
    },
    many(first, count, out) {
      input.set(rows.subarray(first * features, (first + count) * features));
      loop_many(rowPlace, features, count, answerPlace);
      out.set(output.subarray(0, count * answers));
    },
  };
}

async function onnxruntime(bench, host) {
  const document = bench.bytes("model.onnx");
  const ort = await import(host.url(`${here}/onnxruntime-web/dist/ort.wasm.min.mjs`));
  ort.env.wasm.numThreads = 1;
  if (host.isNode) ort.env.wasm.wasmBinary = await host.bytes(host.url(`${here}/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm`));
  const session = await ort.InferenceSession.create(await document, { executionProviders: ["wasm"] });
  const rows = bench.floats();
  const features = bench.names.length;
  const output = session.outputNames.at(-1);
  const run = async (first, count, out) => {
    const tensor = new ort.Tensor("float32", rows.subarray(first * features, (first + count) * features), [count, features]);
    const results = await session.run({ [session.inputNames[0]]: tensor }, [output]);
    out.set(results[output].data);
    return results[output].dims[1];
  };
  const answers = await run(0, 1, new Float64Array(bench.answers.length));
  return { answers, one: (row, out) => run(row, 1, out), many: run };
}

async function ydf(bench, host) {
  const document = bench.bytes("ydf.zip");
  const library = await (await host.script(`${here}/ydf-inference/dist/inference.js`, "YDFInference"))();
  const model = await library.loadModelFromZipBlob(await document);
  const columns = bench.columns().map((column) => Array.from(column));
  const ready = new Map();
  const examples = (first, count) => {
    const key = `${first} ${count}`;
    if (!ready.has(key))
      ready.set(key, Object.fromEntries(bench.names.map((name, f) => [name, columns[f].slice(first, first + count)])));
    return ready.get(key);
  };
  const run = (first, count, out) => out.set(model.predict(examples(first, count)));
  return { answers: 1, one: (row, out) => run(row, 1, out), many: run };
}

async function xgboostScorer(bench, host) {
  const { default: Scorer } = await host.script(`${here}/xgboost-scorer/dist/index.js`);
  const model = await Scorer.create(JSON.parse(new TextDecoder().decode(await bench.bytes("model.dump.json"))));
  const records = Array.from({ length: bench.rows }, (_, row) => bench.record(row));
  return {
    answers: 1,
    one: async (row, out) => (out[0] = await model.score(records[row])),
    many: async (first, count, out) => out.set(await model.score(records.slice(first, first + count))),
  };
}

export const engines = {
  scorelet,
  "scorelet-objects": scoreletObjects,
  "scorelet-parts": scoreletParts,
  loop,
  "onnxruntime-web": onnxruntime,
  "ydf-inference": ydf,
  "xgboost-scorer": xgboostScorer,
};

/** The file of a case without which an engine has no model. */
export const modelFile = {
  scorelet: "model.pmml",
  "scorelet-objects": "model.pmml",
  loop: "trees.bin",
  "onnxruntime-web": "model.onnx",
  "ydf-inference": "ydf.zip",
  "xgboost-scorer": "model.dump.json",
};
