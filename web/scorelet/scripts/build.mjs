// dist/: the package's code, one file for each entry (a page would ask for file after file), its types, and the WebAssembly
// modules that the CMake preset `wasm` has built. dist/lite/: the same code with the small module, found beside itself alike.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("../", import.meta.url));
const built = process.env.SCORELET_WASM_DIR ?? fileURLToPath(new URL("../../../build/wasm/wasm/", import.meta.url));
const compiled = `${root}build/src`;
const dist = `${root}dist`;
const modules = ["scorelet.mjs", "scorelet.wasm", "full/scorelet.wasm", "lite/scorelet.wasm", "parts/scorelet.wasm", "parts/scorelet-further.wasm",
  "formulas/scorelet.wasm"];

for (const file of modules) {
  if (existsSync(`${built}/${file}`)) continue;
  console.error(`${built}/${file} is missing: cmake --preset wasm && cmake --build --preset wasm --target scorelet_wasm`);
  process.exit(1);
}
for (const folder of [compiled, dist]) rmSync(folder, { recursive: true, force: true });
copyFileSync(`${root}/../../LICENSE`, `${root}/LICENSE`);

const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const { status } = spawnSync(process.execPath, [tsc, "-p", root, "--outDir", compiled, "--declarationDir", dist], { stdio: "inherit" });
if (status !== 0) process.exit(status ?? 1);

/** Emscripten's loader, which is the same for all modules; and that scorelet/lite has no larger one. */
const stands = (isLite) => ({
  name: "stands",
  resolveId: (id) => (id === "./scorelet.mjs" ? `${built}/scorelet.mjs` : isLite && id === "./full.js" ? id : null),
  load: (id) => (id === "./full.js" ? "export const fullModule = undefined;" : null),
});

for (const to of [dist, `${dist}/lite`]) {
  const bundle = await rolldown({
    input: ["index", "pool", "pool-worker", ...(to === dist ? ["formulas", "telemetry"] : [])].map((name) => `${compiled}/${name}.js`),
    preserveEntrySignatures: "allow-extension",
    plugins: [stands(to !== dist)],
  });
  await bundle.write({
    dir: to,
    // As small as it gets with blanks and common quotes: not every bundler looks for the address of a file in `these`.
    minify: { compress: true, mangle: { keepNames: { class: true, function: false } }, codegen: false },
    comments: { annotation: true, jsdoc: false, legal: false },  // what bundlers are told
    // What pools and models share is in index.js: otherwise it would be one more file, of which a page learns late.
    codeSplitting: { groups: [{ name: "index", test: /src\/(?!pool|formulas|telemetry)/ }] },
  });
}
copyFileSync(`${built}/scorelet.wasm`, `${dist}/scorelet.wasm`);
copyFileSync(`${built}/full/scorelet.wasm`, `${dist}/scorelet-full.wasm`);
copyFileSync(`${built}/lite/scorelet.wasm`, `${dist}/lite/scorelet.wasm`);
copyFileSync(`${built}/parts/scorelet.wasm`, `${dist}/scorelet-first.wasm`);
copyFileSync(`${built}/parts/scorelet-further.wasm`, `${dist}/scorelet-further.wasm`);
copyFileSync(`${built}/formulas/scorelet.wasm`, `${dist}/scorelet-formulas.wasm`);
