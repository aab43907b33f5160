// The WASI reactor in a bare WebAssembly engine: no WASI, no imports, only its reviewed exports.
// usage: node reactor.mjs MODULE
import { readFileSync } from "node:fs";
import { check, summed } from "../support/checks.mjs";

const here = (file) => new URL(file, import.meta.url);
const lines = (file) => readFileSync(here(file), "utf8").split("\n").filter((line) => line !== "");

/** The C interface from outside its memory: texts go in and come out as JavaScript strings. */
class Reactor {
  constructor(module) {
    this.c = new WebAssembly.Instance(module, {}).exports;
    this.c._initialize();
    this.out = this.c.scorelet_alloc(16);  // for results through pointers
  }
  get view() { return new DataView(this.c.memory.buffer); }
  word(at) { return this.view.getUint32(at, true); }
  put(bytes) {
    const at = this.c.scorelet_alloc(bytes.length + 1);
    new Uint8Array(this.c.memory.buffer).set(bytes, at);
    this.view.setUint8(at + bytes.length, 0);
    return at;
  }
  text(at, size) {
    return at === 0 ? null : new TextDecoder().decode(new Uint8Array(this.c.memory.buffer, at, size));
  }
  /** A function that returns text and puts its length behind its last argument. */
  get(name, ...args) {
    const at = this.c[name](...args, this.out);
    return this.text(at, this.word(this.out));
  }
  findings(list) {
    return Array.from({ length: this.c.scorelet_diagnostics_count(list) }, (_, i) =>
      ["severity", "code", "field"].map((part) => this.get(`scorelet_diagnostics_${part}`, list, i)).join(" "));
  }
  load(pmml) {
    const bytes = this.put(Buffer.from(pmml));
    const status = this.c.scorelet_load(bytes, Buffer.byteLength(pmml), 0, this.out, this.out + 4);
    this.c.scorelet_free(bytes);
    return { status, model: this.word(this.out), diagnostics: this.word(this.out + 4) };
  }
  scorer(model) {
    this.c.scorelet_scorer_new(model, 0, this.out);
    return this.word(this.out);
  }
  scoreJson(scorer, json) {
    const bytes = this.put(Buffer.from(json));
    const status = this.c.scorelet_score_json(scorer, bytes, Buffer.byteLength(json), this.out, this.out + 4);
    this.c.scorelet_free(bytes);
    return status === 0 ? this.text(this.word(this.out), this.word(this.out + 4)) : status;
  }

  // Arrow's structures, as wasm32 lays them out.
  schema(format, name, children = []) {
    const at = this.c.scorelet_alloc(48), v = this.view;
    new Uint8Array(v.buffer, at, 48).fill(0);
    const [f, n, c] = [this.put(Buffer.from(format)), this.put(Buffer.from(name)), this.pointers(children)];
    this.view.setUint32(at, f, true);
    this.view.setUint32(at + 4, n, true);
    this.view.setBigInt64(at + 24, BigInt(children.length), true);
    this.view.setUint32(at + 32, c, true);
    return at;
  }
  array(length, buffers, children = []) {
    const at = this.c.scorelet_alloc(64);
    new Uint8Array(this.c.memory.buffer, at, 64).fill(0);
    const [b, c] = [this.pointers(buffers), this.pointers(children)];
    this.view.setBigInt64(at, BigInt(length), true);
    this.view.setBigInt64(at + 24, BigInt(buffers.length), true);
    this.view.setBigInt64(at + 32, BigInt(children.length), true);
    this.view.setUint32(at + 40, b, true);
    this.view.setUint32(at + 44, c, true);
    return at;
  }
  pointers(list) { return this.put(new Uint8Array(Uint32Array.from(list).buffer)); }
}

function testLists(module) {
  check("imports", WebAssembly.Module.imports(module).map((i) => `${i.module} ${i.name}`).sort(), lines("../../edge/reactor/imports.txt"));
  check("exports", WebAssembly.Module.exports(module).map((e) => e.name).sort(), lines("../../edge/reactor/exports.txt").sort());
}

function testLoading(reactor) {
  check("version", reactor.text(reactor.c.scorelet_version(), 5), "0.1.0");
  const { status, model, diagnostics } = reactor.load("<PMML");
  check("refused", [status, model], [1, 0]);
  check("why", reactor.findings(diagnostics), ["error notXml "]);
  reactor.c.scorelet_diagnostics_release(diagnostics);
}

function testJson(reactor, scorer) {
  check("record", reactor.scoreJson(scorer, '{"x": 1.5, "n": 4, "c": "a", "s": "Zürich"}'),
    '{"y":16,"as_float":1.5,"as_integer":4,"as_boolean":null,"as_date":null,"as_time":null,"as_dateTime":null,' +
    '"as_string":"Zürich"}\n');
  const answers = reactor.scoreJson(scorer, '{"x":-2,"n":0,"c":"c"}\nnonsense\n{"x":1,"n":0,"c":"z"}\n').split("\n");
  check("line ends", [answers.length, answers[3]], [4, ""]);
  check("values", answers.slice(0, 3).map((line) => JSON.parse(line).y), [-3, null, null]);
  check("diagnostics", answers.slice(0, 3).map((line) => JSON.parse(line)["@diagnostics"]?.[0].code),
    [undefined, "badRecord", "invalidValue"]);
  check("row", reactor.findings(reactor.c.scorelet_scorer_diagnostics(scorer, 2)), ["error invalidValue c"]);
}

function testArrow(reactor, scorer) {
  const rows = 1000;
  const x = Float64Array.from({ length: rows }, (_, i) => i / 8);
  const n = Int32Array.from({ length: rows }, (_, i) => i - 500);
  const columns = [["g", "x", x], ["i", "n", n]];
  const schema = reactor.schema("+s", "", columns.map(([format, name]) => reactor.schema(format, name)));
  const array = reactor.array(rows, [0], columns.map(([, , data]) =>
    reactor.array(rows, [0, reactor.put(new Uint8Array(data.buffer))])));
  const outSchema = reactor.c.scorelet_alloc(48), out = reactor.c.scorelet_alloc(64);
  reactor.c.scorelet_arrow_borrow(schema, array);
  check("scored", reactor.c.scorelet_score(scorer, schema, array, outSchema, out), 0);
  check("consumed", reactor.word(array + 52), 0);
  const y = reactor.word(reactor.word(out + 44));  // out.children[0]
  const data = reactor.word(reactor.word(y + 40) + 4);  // .buffers[1]
  check("y", [...new Float64Array(reactor.c.memory.buffer, data, rows)],
    [...x].map((value, i) => 1 + 2 * value + 0.5 * n[i]));
  reactor.c.scorelet_arrow_release(outSchema, out);
  check("released", [reactor.word(outSchema + 40), reactor.word(out + 52)], [0, 0]);
  reactor.c.scorelet_arrow_release(0, 0);
}

function testMemory(reactor, scorer) {
  const record = '{"x": 1.5, "n": 4, "c": "a", "s": "some text that no model has seen"}';
  for (let i = 0; i < 100; ++i) reactor.scoreJson(scorer, record);
  const before = reactor.c.memory.buffer.byteLength;
  for (let i = 0; i < 20000; ++i) reactor.scoreJson(scorer, record);
  check("memory once warm", reactor.c.memory.buffer.byteLength, before);
}

const module = new WebAssembly.Module(readFileSync(process.argv[2]));
testLists(module);
const reactor = new Reactor(module);
testLoading(reactor);
const { status, model } = reactor.load(readFileSync(here("echo.pmml"), "utf8"));
check("loaded", status, 0);
const scorer = reactor.scorer(model);
reactor.c.scorelet_model_release(model);
testJson(reactor, scorer);
testArrow(reactor, scorer);
testMemory(reactor, scorer);
reactor.c.scorelet_scorer_release(scorer);
summed();
