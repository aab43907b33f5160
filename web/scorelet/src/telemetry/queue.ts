/** Records in storage, oldest first: bounded, shared by tabs, whole after a crash. */
import type { Core } from "../core.js";
import { type Ledger, run } from "./module.js";
import type { TelemetryStore } from "./storage.js";
import type { Bounds } from "./types.js";

/** What the storage holds: numbers from `first` up to before `next`, and how many were dropped. */
interface Extent { first: number; next: number; dropped: number }

/** For `acknowledge`. */
export interface Portion { records: string[]; end: number }

const encoder = new TextEncoder();
export const byteLength = (text: string): number => encoder.encode(text).length;
const PAGE = 1000;

/**
 * The rules are the core's (`QueueLedger`); this tab's ledger follows what other tabs did. Every function with a store
 * belongs into a change; if the storage gives the change up, `forget` makes the next one read everything again.
 */
export class Queue {
  readonly #core: Core;
  readonly #lane: string;
  readonly #bounds: Required<Bounds>;
  #ledger: Ledger | undefined;
  #known: Extent = { first: 0, next: 0, dropped: 0 };
  #there: Extent = this.#known;

  constructor(core: Core, lane: string, { records = 100_000, bytes = 64 * 1024 * 1024, whenFull = "dropOldest" }: Bounds = {}) {
    this.#core = core;
    this.#lane = lane;
    this.#bounds = { records, bytes, whenFull };
  }

  get records(): number { return this.#ledger?.records ?? 0; }
  get bytes(): number { return this.#ledger?.bytes ?? 0; }
  get dropped(): number { return this.#known.dropped; }

  /** Looks at what is there. */
  async look(store: TelemetryStore): Promise<void> {
    await this.#follow(store);
    this.#write(store);
  }

  /** Stores records; those for which there is no room are counted, as are `lost` ones that never came here. */
  async add(store: TelemetryStore, records: readonly string[], lost = 0): Promise<void> {
    const ledger = await this.#follow(store);
    this.#known.dropped += lost;
    for (const record of records) {
      const before = ledger.dropped;
      const dropped = ledger.admit(byteLength(record));
      this.#known.dropped += ledger.dropped - before;
      if (dropped < 0) continue;
      this.#drop(store, dropped);
      store.put(this.#key(this.#known.next++), record);
    }
    this.#write(store);
  }

  /** The oldest: at least one, if there is any. */
  async oldest(store: TelemetryStore, records: number, bytes: number): Promise<Portion> {
    const ledger = await this.#follow(store);
    this.#write(store);
    const { first } = this.#known;
    const end = first + ledger.portion(records, bytes);
    return { records: await this.#read(store, first, end), end };
  }

  /** The newest, oldest first. */
  async newest(store: TelemetryStore, records: number): Promise<string[]> {
    await this.#follow(store);
    const { first, next } = this.#known;
    return this.#read(store, Math.max(first, next - records), next);
  }

  /** Those before `end` are done with. */
  async acknowledge(store: TelemetryStore, end: number): Promise<void> {
    const ledger = await this.#follow(store);
    const records = Math.max(0, end - this.#known.first);
    ledger.remove(records);
    this.#drop(store, records);
    this.#write(store);
  }

  forget(): void {
    if (this.#ledger && !this.#core.isBroken) this.#ledger.delete();
    this.#ledger = undefined;
    this.#known = { first: 0, next: 0, dropped: this.#there.dropped };
  }

  async #follow(store: TelemetryStore): Promise<Ledger> {
    const there = (await store.get(this.#lane) as Extent | undefined) ?? { first: 0, next: 0, dropped: 0 };
    this.#there = there;
    const mine = this.#known;
    // Storage that was emptied begins anew.
    if (there.next < mine.next || !this.#ledger) {
      this.forget();
      this.#known = { first: there.first, next: there.first, dropped: 0 };
      const { records, bytes, whenFull } = this.#bounds;
      this.#ledger = run(this.#core, (module) => new module.Ledger(records, bytes, whenFull === "dropOldest"));
    } else if (there.first > mine.first) {
      this.#ledger.remove(there.first - mine.first);
    }
    const ledger = this.#ledger;
    const first = Math.max(this.#known.next, there.first);
    this.#known = { first: there.first, next: first, dropped: there.dropped };
    for (let at = first; at < there.next; at += PAGE) {
      const found = await this.#read(store, at, Math.min(at + PAGE, there.next));
      // A record that storage has lost takes no room, but its number.
      for (let i = 0; at + i < Math.min(at + PAGE, there.next); ++i) {
        const before = ledger.dropped;
        const surplus = ledger.found(byteLength(found[i] ?? ""));
        ++this.#known.next;
        this.#known.dropped += ledger.dropped - before;
        this.#drop(store, surplus);
      }
    }
    return ledger;
  }

  #read(store: TelemetryStore, from: number, to: number): Promise<string[]> {
    return to > from ? store.list(this.#key(from), this.#key(to), to - from) as Promise<string[]> : Promise.resolve([]);
  }

  /** The ledger has forgotten the oldest. */
  #drop(store: TelemetryStore, records: number): void {
    if (records === 0) return;
    const { first } = this.#known;
    store.delete(this.#key(first), this.#key(first + records));
    this.#known.first = first + records;
  }

  #write(store: TelemetryStore): void {
    const { first, next, dropped } = this.#known;
    const there = this.#there;
    if (first !== there.first || next !== there.next || dropped !== there.dropped) store.put(this.#lane, { first, next, dropped });
  }

  #key(number: number): string { return `${this.#lane}/${String(number).padStart(16, "0")}`; }
}
