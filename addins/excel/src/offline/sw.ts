// The service worker: the pane, its functions and the core from a cache of their own version. Office's own script is not
// ours to keep; Office keeps it itself.
export {}; // a script of its own scope

declare const self: ServiceWorkerGlobalScope;
/** Written in by the build. */
declare const FILES: string[];
declare const VERSION: string;

const prefix = "scorelet-excel-";
const own = prefix + VERSION;
const at = (file: string) => new URL(file, self.registration.scope).href;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(own).then((cache) => cache.addAll(FILES.map((file) => new Request(at(file), { cache: "no-cache" })))),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const versions = (await caches.keys()).filter((name) => name.startsWith(prefix));
      // The version before stays: another workbook may still run it.
      for (const name of versions.filter((n) => n !== own).slice(0, -1)) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

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
