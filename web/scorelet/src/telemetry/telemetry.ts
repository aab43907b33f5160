/** The switch, and what is behind it. */
import { fault } from "../error.js";
import type { Model } from "../model.js";
import { Runtime } from "../runtime.js";
import { Delivery } from "./delivery.js";
import type { Host } from "./module.js";
import { Queue } from "./queue.js";
import { indexedDbStorage, memoryStorage, type TelemetryStorage, type TelemetryStore } from "./storage.js";
import { NAME, SWITCH, SWITCHED, type Switch } from "./switch.js";
import type { Privacy, SentRequest, TelemetryOptions, TelemetryStatus, WatchOptions } from "./types.js";
import { checkShare, Watch } from "./watch.js";

const EVERYTHING = ["", "\uffff"] as const;
const PENDING = 10_000;

/**
 * Off until `switchOn`, which holds for every tab and later visit until `switchOff`. Reports predictions and windows of
 * `watch`ed models to a collector: nothing is lost while it is away, within `bounds`; what is sent twice has the same id.
 */
export class Telemetry {
  readonly #options: TelemetryOptions;
  readonly #storage: TelemetryStorage;
  readonly #logs: Queue;
  readonly #metrics: Queue;
  readonly #delivery: Delivery;
  readonly #watches = new Set<Watch>();
  readonly #listeners = new Set<(status: TelemetryStatus) => void>();
  readonly #name: string;
  readonly #channel: BroadcastChannel | undefined;
  readonly #hide = (): void => { if (document.visibilityState === "hidden") void this.#hurry(); };
  readonly #leave = (): void => {
    this.#delivery.leave(true);
    void this.#hurry();
  };
  readonly #return = (): void => this.#delivery.leave(false);
  readonly #back = (): void => this.#delivery.wake();
  #state: Switch;
  #isOn = false;
  #isClosed = false;
  #pending: string[] = [];
  #lost = 0;
  #writing: Promise<void> | null = null;
  #telling: Promise<void> | null = null;
  #clock: ReturnType<typeof setInterval> | undefined;

  /** Looks whether it was switched on before. */
  static async open(options: TelemetryOptions): Promise<Telemetry> {
    if (!/^https?:\/\/./.test(options.url)) throw fault("badArgument", `The collector's address begins with https:// or http://, not "${options.url}".`);
    checkShare(options.share ?? 1);
    const salt = options.privacy?.salt;
    if (salt !== undefined && !/^[0-9a-f]{32}$/i.test(salt)) throw fault("badArgument", "The salt is 32 hexadecimal digits.");
    const telemetry = new Telemetry(options, options.runtime ?? await Runtime.full());
    await telemetry.#look();
    return telemetry;
  }

  private constructor(options: TelemetryOptions, runtime: Runtime) {
    this.#options = options;
    this.#name = options.name ?? NAME;
    this.#storage = options.storage ?? (typeof indexedDB === "undefined" ? memoryStorage() : indexedDbStorage(this.#name));
    const { core } = runtime;
    this.#logs = new Queue(core, "logs", options.bounds);
    this.#metrics = new Queue(core, "metrics", options.bounds);
    this.#delivery = new Delivery(core, this.#storage, options, { logs: this.#logs, metrics: this.#metrics }, () => this.#host, () => this.#say());
    this.#state = { instance: crypto.randomUUID(), salt: hexadecimal(crypto.getRandomValues(new Uint8Array(16))), reported: 0 };
    if (!options.storage && typeof BroadcastChannel !== "undefined") {
      this.#channel = new BroadcastChannel(this.#name);
      this.#channel.onmessage = () => { void this.#look(); };
      (this.#channel as { unref?: () => void }).unref?.();
    }
    if (typeof document !== "undefined") {
      document.addEventListener("visibilitychange", this.#hide);
      addEventListener("pagehide", this.#leave);
      addEventListener("pageshow", this.#return);
      addEventListener("online", this.#back);
    }
  }

  get isOn(): boolean { return this.#isOn; }

  get status(): TelemetryStatus {
    return {
      isOn: this.#isOn, isSender: this.#delivery.isSender, answer: this.#delivery.answer, failure: this.#delivery.failure,
      waiting: this.#logs.records + this.#metrics.records, waitingBytes: this.#logs.bytes + this.#metrics.bytes,
      lost: this.#logs.dropped + this.#metrics.dropped + this.#lost, ...this.#delivery.counts(),
    };
  }

  /** Calls `listener` whenever the status may have changed; the answer ends that. */
  subscribe(listener: (status: TelemetryStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The last requests of this tab, as they were sent. */
  get sent(): readonly SentRequest[] { return this.#delivery.sent; }

  /** The newest records that wait, as JSON. */
  async waiting(records = 20): Promise<string[]> {
    await this.#writing;
    return this.#isOn ? this.#storage.change((store) => this.#logs.newest(store, records)) : [];
  }

  /** For every tab, and until `switchOff`. Fails if that cannot be stored. */
  async switchOn(): Promise<void> {
    if (this.#isClosed) throw fault("closed", "This telemetry was closed.");
    await this.#storage.change(async (store) => { if (!await store.get(SWITCH)) store.put(SWITCH, this.#state); });
    await this.#look();
    this.#channel?.postMessage(SWITCHED);
  }

  /** For every tab. What was not sent is deleted, as is all else that was stored. */
  async switchOff(): Promise<void> {
    this.#turn(null);
    await this.#writing;
    await this.#storage.change(async (store) => { store.delete(...EVERYTHING); });
    this.#channel?.postMessage(SWITCHED);
    await this.#delivery.stop();
    this.#say();
  }

  /** Reports what the model scores, whenever `Watch.report` is called. The model is one of `Runtime.full()`. */
  watch(model: Model, options: WatchOptions = {}): Watch {
    const { inputs = "omitted", results = "full", fields = {}, salt }: Privacy = options.privacy ?? this.#options.privacy ?? {};
    const desk = {
      telemetry: this,
      share: this.#options.share ?? 1,
      get isOn() { return this.telemetry.isOn; },
      get salt() { return salt ?? this.telemetry.#state.salt; },
      take: (record: string) => this.#take(record),
      tell: () => this.#tell(),
      leave: (watch: Watch) => { this.#watches.delete(watch); },
    };
    const watch = new Watch(desk, model, { inputs, results, fields }, options);
    this.#watches.add(watch);
    return watch;
  }

  /** Sends what waits without waiting for more: false if some is left after so many seconds. */
  async flush(seconds = 10): Promise<boolean> {
    const end = performance.now() + seconds * 1000;
    while (this.#isOn) {
      await this.#hurry();
      const isEmpty = await this.#storage.change(async (store) => {
        await this.#logs.look(store);
        await this.#metrics.look(store);
        return this.#logs.records + this.#metrics.records === 0;
      }).catch(() => false);
      if (isEmpty) return true;
      const left = end - performance.now();
      if (left <= 0) return false;
      await this.#news(Math.min(left, 100));
    }
    return true;
  }

  /** Ends in this tab alone; what was not sent is kept for the next visit. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    await this.#tell();
    this.#isClosed = true;
    await this.#writing;
    this.#turn(null);
    await this.#delivery.stop();
    this.#channel?.close();
    if (typeof document !== "undefined") {
      document.removeEventListener("visibilitychange", this.#hide);
      removeEventListener("pagehide", this.#leave);
      removeEventListener("pageshow", this.#return);
      removeEventListener("online", this.#back);
    }
    for (const queue of [this.#logs, this.#metrics]) queue.forget();
    this.#delivery.close();
    this.#storage.close();
  }

  get #window(): number { return this.#options.window ?? 300; }

  get #host(): Host {
    const { serviceName = "scorelet", serviceVersion = "", environment = "", kind = "JavaScript", version = "" } = this.#options.host ?? {};
    return { serviceName, serviceVersion, environment, kind, version, instanceId: this.#state.instance };
  }

  /** What other tabs have done. */
  async #look(): Promise<void> {
    if (this.#isClosed) return;
    try {
      this.#turn(await this.#storage.change((store) => store.get(SWITCH)) as Switch | undefined ?? null);
    } catch (error) {
      if (this.#isOn || this.#isClosed) return;
      throw fault("badArgument", "The storage of telemetry cannot be read.", { cause: error });
    }
    this.#delivery.wake();
    this.#say();
  }

  #turn(state: Switch | null): void {
    if (state) this.#state = { ...state };
    if (this.#isOn === (state !== null)) return;
    this.#isOn = state !== null;
    clearInterval(this.#clock);
    if (this.#isOn) {
      for (const watch of this.#watches) watch.begin();  // with the key that all tabs have
      if (this.#window > 0) this.#clock = setInterval(() => { void this.#tell(); }, this.#window * 1000);
      this.#delivery.start(this.#name);
    } else {
      this.#pending = [];
      void this.#delivery.stop();
      for (const queue of [this.#logs, this.#metrics]) queue.forget();
    }
  }

  #take(record: string): void {
    if (this.#pending.length >= PENDING) ++this.#lost;
    else this.#pending.push(record);
    this.#writing ??= this.#write().finally(() => { this.#writing = null; });
  }

  /** Stores what was taken, all that came meanwhile at once. */
  async #write(): Promise<void> {
    await null;
    while (this.#pending.length > 0) {
      await this.#store(this.#pending.splice(0));
      if (this.#lost > 0 && this.#pending.length === 0) await this.#remember();
    }
    this.#delivery.wake();
    this.#channel?.postMessage("added");
    this.#say();
  }

  /** Stores records, and how many could not be before. */
  async #store(records: string[]): Promise<void> {
    const lost = this.#lost;
    let told = 0;
    await this.#change(async (store) => {
      await this.#logs.add(store, records, lost);
      this.#lost -= told = lost;
    }, () => { this.#lost += told + records.length; });
  }

  /** There may be room for a number where there is none for records. */
  async #remember(): Promise<void> {
    const { failure } = this.#delivery;
    await this.#store([]);
    this.#delivery.failure ??= failure;
  }

  /** Stores the windows that have rows. */
  #tell(): Promise<void> {
    return this.#telling ??= this.#tellAll().finally(() => { this.#telling = null; });
  }

  async #tellAll(): Promise<void> {
    if (!this.#isOn || this.#window === 0) return;
    const ended = [...this.#watches].filter((watch) => watch.hasRows).map((watch) => ({ watch, since: watch.end() }));
    if (ended.length === 0) return;
    await this.#change(async (store, state) => {
      // Stretches of one instance follow each other, whichever tab tells them and whatever the clock does.
      let { reported } = state;
      const bodies = ended.map(({ watch, since }) => {
        const end = Math.max(Date.now(), reported + 1);
        const body = watch.metrics(this.#host, Math.max(Math.min(since, end - 1), reported), end);
        reported = end;
        return body;
      });
      await this.#metrics.add(store, bodies);
      store.put(SWITCH, { ...state, reported });
    }, () => { for (const { watch, since } of ended) watch.reopen(since); });
    this.#delivery.wake();
    this.#channel?.postMessage("added");
  }

  /** A change while telemetry is on. `undo`: it was given up. */
  async #change(work: (store: TelemetryStore, state: Switch) => Promise<void>, undo: () => void): Promise<void> {
    try {
      const state = await this.#storage.change(async (store) => {
        const found = await store.get(SWITCH) as Switch | undefined;
        if (found) await work(store, found);
        return found ?? null;
      });
      if (!state) this.#turn(null);  // another tab did
      this.#delivery.failure = null;
    } catch (error) {
      for (const queue of [this.#logs, this.#metrics]) queue.forget();
      this.#delivery.failure = error instanceof Error ? error.message : String(error);
      undo();
    }
  }

  /** The page may be about to end. */
  async #hurry(): Promise<void> {
    await Promise.all([this.#tell(), this.#writing]);
    this.#delivery.wake(true);
  }

  /** Until the status may have changed, at most so many milliseconds. */
  #news(most: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => { clearTimeout(timer); leave(); resolve(); };
      const timer = setTimeout(end, most);
      const leave = this.subscribe(end);
    });
  }

  #say(): void {
    if (this.#isClosed || this.#listeners.size === 0) return;
    const status = this.status;
    for (const listener of [...this.#listeners]) listener(status);
  }
}

const hexadecimal = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
