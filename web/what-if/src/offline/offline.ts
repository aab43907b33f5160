// Keeps the page for when there is no network, and tells when a new version of it is ready.

/** `ready` is called once everything is kept; `renewed` when a new version waits, with the way to start it now. */
export async function keepOffline(ready: () => void, renewed: (start: () => void) => void): Promise<void> {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  const workers = navigator.serviceWorker;
  const registration = await workers.register("./sw.js", { updateViaCache: "none" }).catch(() => null);
  if (!registration) return; // the browser forbids it here: then the page needs the network to start
  const isFirst = workers.controller === null;
  const tell = () => {
    const { waiting } = registration;
    if (waiting && !isFirst) renewed(() => start(waiting));
  };
  tell();
  registration.addEventListener("updatefound", () =>
    registration.installing?.addEventListener("statechange", () => tell()),
  );
  // A page may stay open for weeks.
  setInterval(() => void registration.update().catch(() => {}), 3_600_000);
  await workers.ready;
  if (!workers.controller) await new Promise((claimed) => workers.addEventListener("controllerchange", claimed));
  ready();
}

/** Keeps a model with the page: it may have been fetched before there was a service worker to keep it. */
export async function keepModel(address: string | null): Promise<void> {
  if (address === null || !navigator.serviceWorker?.controller || (await caches.match(address))) return;
  await fetch(address).catch(() => {});
}

function start(waiting: ServiceWorker): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  waiting.postMessage("start");
}
