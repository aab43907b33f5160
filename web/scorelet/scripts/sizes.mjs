// Prints the sizes of what a browser loads: {"file": {"raw", "gzip", "brotli"}}.
import { readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

const sizes = {};
for (const file of process.argv.length > 2 ? process.argv.slice(2) : ["dist/scorelet.wasm", "dist/scorelet-full.wasm", "dist/index.js", "dist/lite/scorelet.wasm", "dist/lite/index.js"]) {
  const bytes = readFileSync(file);
  sizes[file] = { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes).length };
}
console.log(JSON.stringify(sizes, null, 2));
