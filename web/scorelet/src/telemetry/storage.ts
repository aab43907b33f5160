/** Where records are until they are sent. */

/** What a change sees and does. Keys are texts, in the order of their UTF-16. */
export interface TelemetryStore {
  get(key: string): Promise<unknown>;
  /** Values of `from` <= key < `to`, in order. */
  list(from: string, to: string, most: number): Promise<unknown[]>;
  put(key: string, value: unknown): void;
  /** All of `from` <= key < `to`. */
  delete(from: string, to: string): void;
}

/** Storage of a host: in a Durable Object, for example, `ctx.storage.transaction`. */
export interface TelemetryStorage {
  /**
   * One change after the other, over all that share the storage. What `work` puts and deletes is done as a whole once the
   * promise resolves, and not at all if it rejects or if the host dies before. `work` awaits nothing but its store.
   */
  change<T>(work: (store: TelemetryStore) => Promise<T>): Promise<T>;
  close(): void;
}

/** For hosts without any: gone with the process. */
export function memoryStorage(): TelemetryStorage {
  let values = new Map<string, unknown>();
  let last: Promise<unknown> = Promise.resolve();
  return {
    change(work) {
      const change = last.then(async () => {
        const fresh = new Map(values);
        const within = (from: string, to: string): string[] => [...fresh.keys()].filter((key) => key >= from && key < to).sort();
        const answer = await work({
          get: async (key) => fresh.get(key),
          list: async (from, to, most) => within(from, to).slice(0, most).map((key) => fresh.get(key)),
          put: (key, value) => { fresh.set(key, value); },
          delete: (from, to) => { for (const key of within(from, to)) fresh.delete(key); },
        });
        values = fresh;
        return answer;
      });
      last = change.catch(() => {});
      return change;
    },
    close() {},
  };
}

const STORE = "records";

/** A database of this name in the browser: every tab, worker and frame of the same origin shares it. */
export function indexedDbStorage(name: string): TelemetryStorage {
  let opened: Promise<IDBDatabase> | undefined;
  const open = (): Promise<IDBDatabase> => opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => {
      const database = request.result;
      // Someone deletes it (the browser's settings): the next change opens it anew.
      database.onversionchange = () => { database.close(); opened = undefined; };
      database.onclose = () => { opened = undefined; };
      resolve(database);
    };
    request.onerror = () => { opened = undefined; reject(request.error ?? new Error("The database cannot be opened.")); };
  });
  const asked = <T>(request: IDBRequest<T>): Promise<T> => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const range = (from: string, to: string): IDBKeyRange => IDBKeyRange.bound(from, to, false, true);
  return {
    async change(work) {
      const transaction = (await open()).transaction(STORE, "readwrite", { durability: "strict" });
      const store = transaction.objectStore(STORE);
      const done = new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error ?? new Error("The change was given up."));
      });
      done.catch(() => {});  // told below
      try {
        const answer = await work({
          get: (key) => asked(store.get(key)),
          list: (from, to, most) => asked(store.getAll(range(from, to), most)),
          put: (key, value) => { store.put(value, key); },
          delete: (from, to) => { store.delete(range(from, to)); },
        });
        await done;
        return answer;
      } catch (error) {
        try { transaction.abort(); } catch { /* it has ended */ }
        throw error;
      }
    },
    close() {
      opened?.then((database) => database.close(), () => {});
      opened = undefined;
    },
  };
}
