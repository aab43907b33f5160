# workerd serve durable_worker.capnp --socket-addr=http=127.0.0.1:8080 --directory-path=disk=FOLDER
# Beside this file: service.mjs, storage.mjs, durable_store.mjs, durable_worker.mjs, scorelet_service.wasm and configuration.mjs
# (export default {"settings": {...}}, and perhaps "auditPolicy" and "followMilliseconds").
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "main", worker = .scorelet), (name = "disk", disk = (path = "store", writable = true))],
  sockets = [(name = "http", address = "127.0.0.1:8080", http = (), service = "main")]
);

const scorelet :Workerd.Worker = (
  modules = [
    (name = "durable_worker.mjs", esModule = embed "durable_worker.mjs"),
    (name = "durable_store.mjs", esModule = embed "durable_store.mjs"),
    (name = "service.mjs", esModule = embed "service.mjs"),
    (name = "storage.mjs", esModule = embed "storage.mjs"),
    (name = "scorelet_service.wasm", wasm = embed "scorelet_service.wasm"),
    (name = "configuration.mjs", esModule = embed "configuration.mjs")
  ],
  compatibilityDate = "2026-01-01",
  durableObjectNamespaces = [(className = "Store", uniqueKey = "scorelet", enableSql = true)],
  durableObjectStorage = (localDisk = "disk"),
  bindings = [(name = "STORE", durableObjectNamespace = "Store")]
);
