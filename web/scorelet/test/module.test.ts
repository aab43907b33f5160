/** The modules' border is reviewed: wasm/imports.txt and wasm/exports.txt. What the code around them adds to a download is bounded. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { brotliCompressSync } from "node:zlib";

const listed = (name: string) => readFileSync(new URL(`../../../../wasm/${name}`, import.meta.url), "utf8").trimEnd().split("\n");

/** The one for formulas scores no records. */
const absent = (name: string) => name === "scorelet-formulas.wasm" ? ["score_numbers function", "env _embind_finalize_value_object function", "env _embind_register_class_property function", "env _embind_register_function function",
  "env _embind_register_value_object function", "env _embind_register_value_object_field function"] : [];

for (const name of ["scorelet.wasm", "scorelet-full.wasm", "lite/scorelet.wasm", "scorelet-formulas.wasm", "scorelet-first.wasm"]) {
  describe(name, () => {
    const built = new WebAssembly.Module(readFileSync(new URL(import.meta.resolve(`scorelet/${name}`))));

    test("the module imports what is listed", () => {
      assert.deepEqual(WebAssembly.Module.imports(built).map(({ module, name, kind }) => `${module} ${name} ${kind}`).sort(), listed("imports.txt").filter((line) => !absent(name).includes(line)));
    });

    test("the module exports what is listed", () => {
      assert.deepEqual(WebAssembly.Module.exports(built).filter(({ name }) => !name.startsWith(".")).map(({ name, kind }) => `${name} ${kind}`).sort(), listed("exports.txt").filter((line) => !absent(name).includes(line)));
    });
  });
}

test("a second part imports nothing but what the first one gives it", () => {
  const [first, further] = ["first", "further"].map((name) => new WebAssembly.Module(readFileSync(new URL(import.meta.resolve(`scorelet/scorelet-${name}.wasm`)))));
  const given = new Set(WebAssembly.Module.exports(first!).map(({ name, kind }) => `first ${name} ${kind}`));
  const imports = WebAssembly.Module.imports(further!).map(({ module, name, kind }) => `${module} ${name} ${kind}`);
  assert.deepEqual(imports.filter((one) => !given.has(one)), []);
  assert.deepEqual(WebAssembly.Module.exports(further!), []);
});

for (const [entry, modules] of [["scorelet", ["scorelet-full", "scorelet"]], ["scorelet/lite", ["scorelet"]]] as const) {
  describe(entry, () => {
    const code = new URL("./", import.meta.resolve(entry));

    test("the code needs no eval and looks for no file beside itself but the modules", () => {
      const text = readFileSync(new URL("index.js", code), "utf8");
      assert.ok(!/\beval\(|new Function/.test(text));
      assert.deepEqual([...text.matchAll(/[^ ]* [^ ]*import\.meta/g)].map(String), modules.map((name) => `URL("./${name}.wasm", import.meta`));
    });

    /** With Brotli, together. */
    const sizeOf = (files: string[]) => files.reduce((sum, file) => sum + brotliCompressSync(readFileSync(new URL(file, code))).length, 0);

    test("one file holds the package's code and the loader, which is small; others are for pools, for formulas and for telemetry (the modules are budgeted in docs/sizes.json)", () => {
      const forPools = ["pool-worker.js", "pool.js"];
      const forTelemetry = entry === "scorelet" ? ["telemetry.js"] : [];
      assert.deepEqual(readdirSync(code).filter((file) => file.endsWith("js")).sort(), [...(entry === "scorelet" ? ["formulas.js"] : []), "index.js", ...forPools, ...forTelemetry]);
      const sizes = [["index.js"], forPools, forTelemetry].map(sizeOf);
      assert.ok(sizes[0]! <= 17_800 && sizes[1]! <= 2_300 && sizes[2]! <= 7_600, `${sizes.join(", ")} bytes`);
    });
  });
}
