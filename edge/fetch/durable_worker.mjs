// The service as a Worker with a store of models, and perhaps a record of predictions, in a Durable Object (durable_worker.capnp).
// Its configuration has no models; `auditPolicy` says that predictions are recorded, and how.
import configuration from "configuration.mjs";
import module from "scorelet_service.wasm";
import { StoreObject, storeIn } from "./durable_store.mjs";
import { createService } from "./service.mjs";

const { settings = {}, auditPolicy, followMilliseconds = 1000 } = configuration;
const options = { settings, log: (line) => console.log(line) };
let service;

/** The one that there is. */
export class Store extends StoreObject {
  /** The record of predictions has one writer, which then answers everything. */
  fetch(request) {
    this.service ??= createService(module, { ...options, store: storeIn(() => this), audit: this.audit(), auditPolicy });
    return this.service.fetch(request);
  }
}

export default {
  fetch(request, env, context) {
    const object = () => env.STORE.get(env.STORE.idFromName("scorelet"));  // (a stub is of the request that asked for it)
    if (auditPolicy !== undefined) return object().fetch(request);
    service ??= createService(module, { ...options, store: storeIn(object), followMilliseconds });
    const answer = service.fetch(request);
    // What others wait for is not to end with this request.
    context.waitUntil(answer.then(() => service.settled()));
    return answer;
  },
};
