/** Keeps the add-in's files for when there is no network. Where the host forbids it, it needs the network to start. */
export async function keepOffline(): Promise<void> {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register("./sw.js", { updateViaCache: "none" }).catch(() => {});
}
