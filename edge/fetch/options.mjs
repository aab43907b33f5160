// What the servers below are told on their command line: MODULE CONFIGURATION [PORT]. The configuration is JSON: {"settings":
// {...}, "models": {name: path}}, paths from the configuration's folder.
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { createService } from "./service.mjs";

export function readConfiguration(path) {
  const { settings = {}, models = {} } = JSON.parse(readFileSync(path, "utf8"));
  const folder = dirname(path);
  const documents = Object.fromEntries(Object.entries(models).map(([name, file]) => [name, readFileSync(resolve(folder, file))]));
  return { settings, models: documents };
}

export function serviceOf([modulePath, configurationPath, port = "8080"]) {
  const module = new WebAssembly.Module(readFileSync(modulePath));
  const service = createService(module, { ...readConfiguration(configurationPath), log: (line) => console.error(line) });
  return { service, port: Number(port) };
}

export const isLoopback = (address) => /^(::ffff:)?127\.|^::1$/.test(address ?? "");
