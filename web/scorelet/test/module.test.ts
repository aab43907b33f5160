/** The module's border is reviewed: wasm/imports.txt and wasm/exports.txt. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const built = new WebAssembly.Module(readFileSync(new URL(import.meta.resolve("scorelet/scorelet.wasm"))));
const listed = (name: string) => readFileSync(new URL(`../../../../wasm/${name}`, import.meta.url), "utf8").trimEnd().split("\n");

test("the module imports what is listed", () => {
  assert.deepEqual(WebAssembly.Module.imports(built).map(({ module, name, kind }) => `${module} ${name} ${kind}`).sort(), listed("imports.txt"));
});

test("the module exports what is listed", () => {
  assert.deepEqual(WebAssembly.Module.exports(built).map(({ name, kind }) => `${name} ${kind}`).sort(), listed("exports.txt"));
});

test("the loader needs no eval and looks for no file beside itself", () => {
  const loader = readFileSync(new URL("./scorelet.mjs", import.meta.resolve("scorelet")), "utf8");
  assert.ok(!/\beval\(|new Function|import\.meta/.test(loader));
});
