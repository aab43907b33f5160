// The service worker: the page and its engine from a cache of their own version, so that the page starts and works
// without the network. Models are fetched anew when there is one, and taken from the last time when there is none.
import { at, keepVersion } from "./version.ts";

declare const self: ServiceWorkerGlobalScope;

const own = keepVersion("scorelet-page-");
const models = "scorelet-models";

self.addEventListener("message", ({ data }) => {
  if (data === "start") void self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (url.href.replace(/[?#].*$/, "") === self.registration.scope) event.respondWith(page());
  } else if (url.pathname.endsWith(".pmml") || url.pathname.endsWith(".scorelet")) event.respondWith(model(request));
  else event.respondWith(part(request));
});

async function page(): Promise<Response> {
  const cache = await caches.open(own);
  return (await cache.match(at("./"))) ?? fetch(at("./"));
}

async function part(request: Request): Promise<Response> {
  const cache = await caches.open(own);
  return (await cache.match(request)) ?? (await caches.match(request)) ?? fetch(request);
}

async function model(request: Request): Promise<Response> {
  const cache = await caches.open(models);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(request, response.clone());
    return response;
  } catch (error) {
    const kept = await cache.match(request);
    if (kept) return kept;
    throw error;
  }
}
