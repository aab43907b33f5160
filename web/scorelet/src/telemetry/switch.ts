/** The switch, as storage holds it. */
import { indexedDbStorage } from "./storage.js";

/** There while telemetry is on, and only then. `reported`: the end of the last window, in milliseconds. */
export interface Switch { instance: string; salt: string; reported: number }

export const SWITCH = "switch";
export const NAME = "scorelet-telemetry";
/** What tabs tell each other. */
export const SWITCHED = "switched";

/**
 * Whether somebody has switched it on in this browser, under this name. Loads no module: a page that asks this first
 * loads nothing as long as nobody has.
 */
export async function isSwitchedOn(name = NAME): Promise<boolean> {
  if (typeof indexedDB === "undefined") return false;
  // Opening a database that is not there would make one; browsers before 2024 may not say.
  const known = await (indexedDB as Partial<IDBFactory>).databases?.call(indexedDB);
  if (known && !known.some((database) => database.name === name)) return false;
  const storage = indexedDbStorage(name);
  try {
    return await storage.change(async (store) => await store.get(SWITCH) !== undefined);
  } finally {
    storage.close();
  }
}

/** Calls `switched` whenever another tab or worker has switched it, on or off. The answer ends that. */
export function onSwitch(switched: () => void, name = NAME): () => void {
  if (typeof BroadcastChannel === "undefined") return () => {};
  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }) => { if (data === SWITCHED) switched(); };
  (channel as { unref?: () => void }).unref?.();
  return () => channel.close();
}
