# workerd serve worker.capnp --socket-addr=http=127.0.0.1:8080
# Beside this file: service.mjs, storage.mjs, worker.mjs, scorelet_service.wasm, configuration.mjs (export default {"settings": {...},
# "models": [names]}) and models/NAME. One line here for each model.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "main", worker = .scorelet)],
  sockets = [(name = "http", address = "127.0.0.1:8080", http = (), service = "main")]
);

const scorelet :Workerd.Worker = (
  modules = [
    (name = "worker.mjs", esModule = embed "worker.mjs"),
    (name = "service.mjs", esModule = embed "service.mjs"),
    (name = "storage.mjs", esModule = embed "storage.mjs"),
    (name = "scorelet_service.wasm", wasm = embed "scorelet_service.wasm"),
    (name = "configuration.mjs", esModule = embed "configuration.mjs"),
    (name = "models/loan", data = embed "models/loan"),
    (name = "models/sum", data = embed "models/sum")
  ],
  compatibilityDate = "2026-01-01"
);
