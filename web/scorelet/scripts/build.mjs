// dist/: the TypeScript compiled, and the WebAssembly module that the CMake preset `wasm` has built.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const built = process.env.SCORELET_WASM_DIR ?? fileURLToPath(new URL("../../../build/wasm/wasm/", import.meta.url));
const dist = `${root}dist`;

for (const file of ["scorelet.mjs", "scorelet.wasm"]) {
  if (existsSync(`${built}/${file}`)) continue;
  console.error(`${built}/${file} is missing: cmake --preset wasm && cmake --build --preset wasm --target scorelet_wasm`);
  process.exit(1);
}
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
for (const file of ["scorelet.mjs", "scorelet.wasm"]) copyFileSync(`${built}/${file}`, `${dist}/${file}`);
copyFileSync(`${root}/../../LICENSE`, `${root}/LICENSE`);

const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
process.exit(spawnSync(process.execPath, [tsc, "-p", root], { stdio: "inherit" }).status ?? 1);
