// The service worker: the pane, its functions and the core from a cache of their own version. Office's own script is not
// ours to keep; Office keeps it itself.
import { keepVersion } from "../../../../web/what-if/src/offline/version.ts";

declare const self: ServiceWorkerGlobalScope;

const own = keepVersion("scorelet-excel-");

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(answer(request));
});

/** Excel asks for the pane with words about itself behind "?". */
async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(own);
  const kept = await cache.match(request, { ignoreSearch: request.mode === "navigate" });
  return kept ?? fetch(request);
}
