// What the servers below are told on their command line: MODULE CONFIGURATION [PORT]. The configuration is JSON: {"settings":
// {...}, "models": {name: path}}, and perhaps, in place of the models, "store": folder, and "audit": folder with "auditPolicy":
// {...}; paths from the configuration's folder.
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { auditIn, storeIn } from "./directory.mjs";
import { createService } from "./service.mjs";

export function readConfiguration(path) {
  const { settings = {}, models = {}, store, audit, auditPolicy } = JSON.parse(readFileSync(path, "utf8"));
  const at = (file) => resolve(dirname(path), file);
  const documents = Object.fromEntries(Object.entries(models).map(([name, file]) => [name, readFileSync(at(file))]));
  return { settings, models: documents, store: store && at(store), audit: audit && at(audit), auditPolicy };
}

export async function serviceOf([modulePath, configurationPath, port = "8080"]) {
  const module = new WebAssembly.Module(readFileSync(modulePath));
  const { settings, models, store, audit, auditPolicy } = readConfiguration(configurationPath);
  const places = { store: store && storeIn(store), audit: audit && auditIn(audit), auditPolicy: auditPolicy ?? {} };
  const service = createService(module, { settings, models, ...places, log: (line) => console.error(line) });
  await service.begin();
  return { service, port: Number(port) };
}

export const isLoopback = (address) => /^(::ffff:)?127\.|^::1$/.test(address ?? "");
