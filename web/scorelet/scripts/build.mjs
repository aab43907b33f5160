// dist/: the TypeScript compiled, and the WebAssembly module that the CMake preset `wasm` has built. dist/lite/: the same
// code with the small module, which it finds beside itself in the same way.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const built = process.env.SCORELET_WASM_DIR ?? fileURLToPath(new URL("../../../build/wasm/wasm/", import.meta.url));
const dist = `${root}dist`;
const modules = ["scorelet.mjs", "scorelet.wasm", "lite/scorelet.mjs", "lite/scorelet.wasm"];

for (const file of modules) {
  if (existsSync(`${built}/${file}`)) continue;
  console.error(`${built}/${file} is missing: cmake --preset wasm && cmake --build --preset wasm --target scorelet_wasm`);
  process.exit(1);
}
rmSync(dist, { recursive: true, force: true });
mkdirSync(`${dist}/lite`, { recursive: true });
for (const file of modules) copyFileSync(`${built}/${file}`, `${dist}/${file}`);
copyFileSync(`${root}/../../LICENSE`, `${root}/LICENSE`);

const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const { status } = spawnSync(process.execPath, [tsc, "-p", root], { stdio: "inherit" });
for (const file of readdirSync(dist).filter((name) => name.endsWith(".js"))) copyFileSync(`${dist}/${file}`, `${dist}/lite/${file}`);
process.exit(status ?? 1);
