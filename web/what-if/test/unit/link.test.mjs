import assert from "node:assert/strict";
import test from "node:test";
import { deflateRawSync } from "node:zlib";
import { decode, encode, isFor, linkOf, stateOf } from "../dist/scenarios/link.js";
import { Listed, Unread } from "../dist/typed.js";
import { readList } from "../dist/domain.js";
import { between, categorical, field } from "./field.mjs";

const fingerprint = "0123456789abcdef".repeat(4);
const items = field({ name: "items", dataType: "string", isList: true });
const inputs = [
  field({ intervals: [between(0, 100)] }),
  categorical(["clerk", "nurse"]),
  field({ name: "ok", dataType: "boolean" }),
  field({ name: "day", dataType: "date" }),
  items,
];
const values = (...given) => new Map(inputs.map((f, i) => [f.name, given[i] ?? null]));
const state = {
  values: values(12.25, "nurse", true, "2026-11-26", readList(items, "a, b")),
  scenarios: [
    { name: "A, “first”", values: values(null, "Ωmega & <b>", false) },
    { name: "B", values: values(new Unread("12o")) },
  ],
};
const names = inputs.map((f) => f.name);
const plain = ({ values, scenarios }) =>
  JSON.stringify([[...values], ...scenarios.map((s) => [s.name, [...s.values]])], (_, v) =>
    v instanceof Unread || v instanceof Listed ? { [v.constructor.name]: v.text } : v,
  );
/** A code that holds any text at all. */
const coded = (text) => `1.${deflateRawSync(Buffer.from(text)).toString("base64url")}`;

test("a case and its scenarios come back from their link", async () => {
  const link = linkOf({ name: "Model", fingerprint }, names, state);
  const back = await decode(await encode(link));
  assert.deepEqual(back, link);
  assert.equal(plain(stateOf(back, inputs)), plain(state));
});
test("sixty fields make a short link of plain letters", async () => {
  const fields = Array.from({ length: 60 }, (_, i) => `measurement_number_${i}`);
  const many = { values: new Map(fields.map((f, i) => [f, i * 1.5])), scenarios: [] };
  const code = await encode(linkOf({ name: "M", fingerprint }, fields, many));
  assert.match(code, /^1\.[\w-]+$/);
  assert.ok(code.length < 700, `${code.length}`);
});
test("a number that is none, and one beyond all, stay what they are", async () => {
  const odd = { values: values(Infinity), scenarios: [] };
  const back = stateOf(await decode(await encode(linkOf({ name: "M", fingerprint: null }, names, odd))), inputs);
  assert.deepEqual(back.values.get("age"), new Unread("Infinity"));
});
test("a link is for the model with its fingerprint; without one for a model that asks for all it holds", () => {
  const link = (print) => linkOf({ name: "M", fingerprint: print }, names, state);
  assert.equal(isFor(link(fingerprint), fingerprint, []), true);
  assert.equal(isFor(link(fingerprint), "f".repeat(64), inputs), false);
  assert.equal(isFor(link(null), fingerprint, inputs), true);
  assert.equal(isFor(link(fingerprint), null, inputs.slice(1)), false);
});
test("values of another kind than the field's are read as text, or dropped", () => {
  const link = {
    model: { name: "", fingerprint: null },
    fields: [...names, "__proto__", "elsewhere"],
    rows: [["x", 5, "maybe", false, 3, "y", 1]],
    names: [],
  };
  const back = stateOf(link, inputs);
  assert.deepEqual([...back.values.keys()], names);
  assert.deepEqual(
    [...back.values.values()].map((v) => (v instanceof Unread || v instanceof Listed ? v.text : v)),
    ["x", "5", null, "false", "3"],
  );
});

const one = JSON.stringify(["M", fingerprint, ["a"], [[1]], []]);
test("the code of the shape expected here is read", async () => assert.equal((await decode(coded(one))).rows[0][0], 1));
const broken = {
  nothing: "",
  "no version": "abc",
  "no code": "1.",
  "no letters of a code": "1.ä$%&/",
  "half a code": coded(one).slice(0, -4),
  "no deflated text": `1.${Buffer.from("plain text").toString("base64url")}`,
  "no UTF-8": `1.${deflateRawSync(Buffer.from([0x22, 0xff, 0xfe, 0x22])).toString("base64url")}`,
  "no JSON": coded("["),
  "another shape": coded('{"a":1}'),
  null: coded("null"),
  "too few parts": coded("[1,2]"),
  "a fingerprint that is none": coded(JSON.stringify(["M", "xyz", ["a"], [[1]], []])),
  "a field that is no text": coded(JSON.stringify(["M", null, [1], [[1]], []])),
  "a field twice": coded(JSON.stringify(["M", null, ["a", "a"], [[1, 2]], []])),
  "a row too short": coded(JSON.stringify(["M", null, ["a", "b"], [[1]], []])),
  "no row": coded(JSON.stringify(["M", null, ["a"], [], []])),
  "a scenario without a row": coded(JSON.stringify(["M", null, ["a"], [[1]], ["A"]])),
  "too many scenarios": coded(JSON.stringify(["M", null, ["a"], Array(6).fill([1]), ["A", "B", "C", "D", "E"]])),
  "an object for a value": coded(JSON.stringify(["M", null, ["a"], [[{ b: 1 }]], []])),
  "a list for a value": coded(JSON.stringify(["M", null, ["a"], [[[1]]], []])),
  "a very long value": coded(JSON.stringify(["M", null, ["a"], [["x".repeat(20_000)]], []])),
  "a name as long as a book": coded(JSON.stringify(["M".repeat(1000), null, ["a"], [[1]], []])),
  "a code as long as a book": `1.${"A".repeat(200_000)}`,
};
for (const [name, code] of Object.entries(broken))
  test(`refused: ${name}`, async () => assert.equal(await decode(code), "broken"));
test("a link of a later version is told from a broken one", async () => {
  assert.equal(await decode("2.abc"), "newer");
  assert.equal(await decode("2.a b"), "broken");
});
test("a short code for a gigabyte of text is given up early", async () => {
  const bomb = `1.${deflateRawSync(Buffer.alloc(60_000_000, 0x20), { level: 9 }).toString("base64url")}`;
  assert.ok(bomb.length < 100_000);
  const begin = performance.now();
  assert.equal(await decode(bomb), "broken");
  assert.ok(performance.now() - begin < 1000);
});
test("whatever a fragment says, the answer is a link or a refusal", async () => {
  let seed = 42;
  const random = (n) => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) % n;
  const good = await encode(linkOf({ name: "Model", fingerprint }, names, state));
  const text = JSON.stringify(["M", fingerprint, names, [[1, "a", true, null, "b"]], []]);
  const letters = '[]{},:"\\0123456789.eE-+nulltruefalse\u0000é';
  const change = (s, from) => {
    const all = [...s];
    for (let i = 0; i <= random(6); i++) all.splice(random(all.length), random(3), from[random(from.length)]);
    return all.join("");
  };
  const kinds = new Set();
  for (let i = 0; i < 3000; i++) {
    const code = i % 2 ? coded(change(text, letters)) : change(good, "ABCabc019-_.");
    const link = await decode(code);
    kinds.add(typeof link === "string" ? link : "link");
    if (typeof link === "string") continue;
    const { values, scenarios } = stateOf(link, inputs);
    assert.equal(values.size, inputs.length);
    assert.ok(scenarios.length <= 4);
  }
  assert.deepEqual(
    [...kinds].sort(),
    ["broken", "link", "newer"].filter((k) => kinds.has(k)),
  );
  assert.ok(kinds.has("broken") && kinds.has("link"));
});
