// A component with models: node build.mjs scorelet_component.wasm CONFIGURATION OUT
//
// The core module is started here, takes its settings and models (the same file as of edge/fetch/node.mjs), and what its memory
// then holds becomes that of the component: no instance ever reads a document. `wasm-tools` (on PATH, or $WASM_TOOLS) makes
// the component.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readConfiguration } from "../fetch/options.mjs";
import { Instance, start } from "../fetch/service.mjs";
import { withMemory } from "./snapshot.mjs";

const [corePath, configurationPath, out] = process.argv.slice(2);
if (out === undefined) {
  console.error("usage: node build.mjs scorelet_component.wasm CONFIGURATION OUT");
  process.exit(2);
}

/** Imports of which only the clock is to be had yet. */
function importsOf(module, memory) {
  const imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    imports[from][name] = () => { throw new Error(`${from} ${name} before the first request`); };
  }
  imports["wasi:clocks/wall-clock@0.2.0"].now = (at) => {
    const view = new DataView(memory().buffer), now = Date.now();
    view.setBigUint64(at, BigInt(Math.floor(now / 1000)), true);
    view.setUint32(at + 8, (now % 1000) * 1e6, true);
  };
  return imports;
}

const { settings, models, store, audit } = readConfiguration(configurationPath);
if (store !== undefined || audit !== undefined) {
  console.error("store, audit: a component has its models within and no place to keep anything; docs/service.md names the hosts that have.");
  process.exit(1);
}
if (settings.requestsPerSecond !== undefined) {
  console.error("requestsPerSecond: an instance may answer one request only, so it cannot count them; limit them in front of it.");
  process.exit(1);
}
const core = readFileSync(corePath);
const module = new WebAssembly.Module(core);
const instance = new Instance(module, importsOf(module, () => instance.c.memory));
try {
  start(instance, { ...settings, deploys: false }, models);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), "scorelet-component-"));
try {
  const [snapshot, embedded] = ["snapshot.wasm", "embedded.wasm"].map((name) => join(folder, name));
  const kept = (name) => name === "memory" || name === "cabi_realloc" || name.startsWith("wasi:");
  writeFileSync(snapshot, withMemory(core, new Uint8Array(instance.c.memory.buffer), kept));
  const tools = (...words) => execFileSync(process.env.WASM_TOOLS ?? "wasm-tools", words, { stdio: ["ignore", "inherit", "inherit"] });
  tools("component", "embed", fileURLToPath(new URL("wit", import.meta.url)), snapshot, "--world", "service", "-o", embedded);
  tools("component", "new", embedded, "-o", out);
} finally {
  rmSync(folder, { recursive: true });
}
