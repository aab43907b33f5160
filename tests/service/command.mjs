// A WASI 0.1 command under Node: node command.mjs DIRECTORY [--env NAME=VALUE]... MODULE; the directory is /service to it.
import { readFileSync } from "node:fs";
import { WASI } from "node:wasi";

const [folder, ...words] = process.argv.slice(2);
const path = words.pop();
const env = Object.fromEntries(words.filter((word) => word !== "--env").map((word) => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)]));
const wasi = new WASI({ version: "preview1", args: [path], env, preopens: { "/service": folder }, returnOnExit: true });
const instance = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(path)), wasi.getImportObject());
process.exitCode = wasi.start(instance);
