/** The modules' border is reviewed: wasm/imports.txt and wasm/exports.txt. What the code around them adds to a download is bounded. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { brotliCompressSync } from "node:zlib";

const listed = (name: string) => readFileSync(new URL(`../../../../wasm/${name}`, import.meta.url), "utf8").trimEnd().split("\n");

for (const entry of ["scorelet", "scorelet/lite"]) {
  describe(entry, () => {
    const built = new WebAssembly.Module(readFileSync(new URL(import.meta.resolve(`${entry}/scorelet.wasm`))));
    const code = new URL("./", import.meta.resolve(entry));

    test("the module imports what is listed", () => {
      assert.deepEqual(WebAssembly.Module.imports(built).map(({ module, name, kind }) => `${module} ${name} ${kind}`).sort(), listed("imports.txt"));
    });

    test("the module exports what is listed", () => {
      assert.deepEqual(WebAssembly.Module.exports(built).map(({ name, kind }) => `${name} ${kind}`).sort(), listed("exports.txt"));
    });

    test("the loader needs no eval and looks for no file beside itself", () => {
      assert.ok(!/\beval\(|new Function|import\.meta/.test(readFileSync(new URL("scorelet.mjs", code), "utf8")));
    });

    /** With Brotli, together. */
    const sizeOf = (files: string[]) => files.reduce((sum, file) => sum + brotliCompressSync(readFileSync(new URL(file, code))).length, 0);

    test("the package's own code is small (the modules and loaders are budgeted in docs/sizes.json)", () => {
      const files = readdirSync(code).filter((file) => file.endsWith(".js"));
      const [forAll, forPools] = [files.filter((file) => !file.startsWith("pool")), files.filter((file) => file.startsWith("pool"))].map(sizeOf);
      assert.ok(forAll! <= 11_000 && forPools! <= 5_000, `${forAll} and ${forPools} bytes`);
    });
  });
}
