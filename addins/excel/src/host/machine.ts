// Models on this computer, for every workbook: in the browser engine's own database, which no server sees.
import type { Store } from "../models/library.ts";
import { Damaged, sha256, type StoredModel } from "../models/part.ts";
import { w } from "../texts/texts.ts";

interface Entry extends StoredModel {
  document: Uint8Array<ArrayBuffer>;
}

export class MachineStore implements Store {
  #database: Promise<IDBDatabase> | null = null;

  async list(): Promise<readonly StoredModel[]> {
    const entries = await this.#ask<Entry[]>("readonly", (store) => store.getAll());
    return entries.map(({ name, sha256, size }) => ({ name, sha256, size }));
  }

  async read(sha: string): Promise<Uint8Array<ArrayBuffer>> {
    const entry = await this.#ask<Entry | undefined>("readonly", (store) => store.get(sha));
    if (!entry || (await sha256(entry.document)) !== sha) throw new Damaged(w.models.damaged(entry?.name ?? sha.slice(0, 8)));
    return entry.document;
  }

  async add(model: StoredModel, document: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#ask("readwrite", (store) => store.put({ ...model, document } satisfies Entry));
  }

  async remove(sha: string): Promise<void> {
    await this.#ask("readwrite", (store) => store.delete(sha));
  }

  async #ask<T>(mode: IDBTransactionMode, request: (store: IDBObjectStore) => IDBRequest): Promise<T> {
    const database = await (this.#database ??= opened());
    return settled(request(database.transaction("models", mode).objectStore("models")));
  }
}

/** Excel on the web may show the add-in for several people's accounts: each has its part of the storage. */
function opened(): Promise<IDBDatabase> {
  const { partitionKey } = Office.context as { partitionKey?: string };
  const request = indexedDB.open(`${partitionKey ?? ""}scorelet-models`, 1);
  request.addEventListener("upgradeneeded", () => request.result.createObjectStore("models", { keyPath: "sha256" }));
  return settled(request);
}

function settled<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result as T));
    request.addEventListener("error", () => reject(request.error));
  });
}
