// What the servers below are told on their command line: MODULE CONFIGURATION [PORT]. The configuration is JSON: {"settings":
// {...}, "models": {name: path}}, paths from the configuration's folder.
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { createService } from "./service.mjs";

export function serviceOf([modulePath, configurationPath, port = "8080"]) {
  const { settings = {}, models = {} } = JSON.parse(readFileSync(configurationPath, "utf8"));
  const folder = dirname(configurationPath);
  const documents = Object.fromEntries(Object.entries(models).map(([name, path]) => [name, readFileSync(resolve(folder, path))]));
  const module = new WebAssembly.Module(readFileSync(modulePath));
  const service = createService(module, { settings, models: documents, log: (line) => console.error(line) });
  return { service, port: Number(port) };
}

export const isLoopback = (address) => /^(::ffff:)?127\.|^::1$/.test(address ?? "");
