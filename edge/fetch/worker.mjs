// The service as a Worker (workerd, Cloudflare Workers). What is served is part of the Worker: worker.capnp, where the module is
// scorelet_service.wasm, the configuration a module, and each model a data module "models/NAME". A Worker does not know where a
// request comes from, so it needs tokens.
import configuration from "configuration.mjs";
import module from "scorelet_service.wasm";
import { createService } from "./service.mjs";

const { settings = {}, models = [] } = configuration;
let service;

async function start() {
  const documents = {};
  for (const name of models) documents[name] = new Uint8Array((await import(`models/${name}`)).default);
  return createService(module, { settings, models: documents, log: (line) => console.log(line) });
}

export default {
  async fetch(request) {
    service ??= start();  // on the first request: randomness is not to be had before
    return (await service).fetch(request);
  },
};
