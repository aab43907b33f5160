// A version of a page in a cache of its own: what a service worker begins with.
declare const self: ServiceWorkerGlobalScope;
/** Written in by the build (`vite.offline.ts`): every file of the page, and a fingerprint of them all. */
declare const FILES: string[];
declare const VERSION: string;

export const at = (file: string) => new URL(file, self.registration.scope).href;

/** Keeps every file of this version in a cache, and gives its name. */
export function keepVersion(prefix: string): string {
  const own = prefix + VERSION;
  self.addEventListener("install", (event) => {
    event.waitUntil(
      caches.open(own).then((cache) => cache.addAll(FILES.map((file) => new Request(at(file), { cache: "no-cache" })))),
    );
  });
  self.addEventListener("activate", (event) => {
    event.waitUntil(
      (async () => {
        const versions = (await caches.keys()).filter((name) => name.startsWith(prefix));
        // The version before stays: it may still run elsewhere.
        for (const name of versions.filter((n) => n !== own).slice(0, -1)) await caches.delete(name);
        await self.clients.claim();
      })(),
    );
  });
  return own;
}
