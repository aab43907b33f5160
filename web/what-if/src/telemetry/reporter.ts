// The switch as a page holds it. The worker behind it, and with it the module, is started when it is first needed: where
// somebody has switched it on, or wants to see what would be sent.
import type { InputColumns } from "scorelet";
import { isSwitchedOn, onSwitch, type TelemetryStatus } from "scorelet/telemetry";
import type { Row } from "../engine/protocol.ts";
import type { Ask, Asks, Reply, Reported, Request, Table } from "./protocol.ts";
import type { Settings } from "./settings.ts";

const most = 500_000; // rows that wait for the worker

export class Reporter {
  status: TelemetryStatus | null = null;
  /** Rows that came faster than they could be told, or could not be. */
  left = 0;
  /** Why they could not. */
  trouble: string | null = null;
  #waiting = 0;
  #worker: Worker | null = null;
  #begun: Promise<void> | null = null;
  readonly #asked = new Map<number, { resolve(gives: ReturnType<Asks[Ask]>): void; reject(error: Error): void }>();
  readonly #watched = new Map<string, Promise<void>>();
  readonly #listeners = new Set<() => void>();
  #asks = 0;

  /** `host` is its kind, `name` that of the database. Finds it on if it was left on. */
  static async begin(settings: Settings, host: string, name: string): Promise<Reporter> {
    const reporter = new Reporter(settings, host, name);
    const look = async () => {
      if (!reporter.#begun && (await isSwitchedOn(name))) await reporter.start();
    };
    onSwitch(() => void look().catch((error: Error) => reporter.#lose(0, error.message)), name); // in another tab
    await look();
    return reporter;
  }

  private constructor(
    readonly settings: Settings,
    private readonly host: string,
    private readonly name: string,
  ) {}

  get isOn(): boolean {
    return this.status?.isOn ?? false;
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Loads what it takes; nothing is sent by that. */
  start(): Promise<void> {
    return (this.#begun ??= this.#begin());
  }

  async switch(isOn: boolean): Promise<void> {
    await this.start();
    this.#become(await this.#ask("switch", isOn));
  }

  async seen(): Promise<ReturnType<Asks["seen"]>> {
    await this.start();
    return this.#ask("seen");
  }

  async preview(model: Reported, row: Row): Promise<string | null> {
    await this.start();
    await this.#watch(model);
    return this.#ask("preview", model.id, row);
  }

  /** Tells of a case, if it is on. */
  case(model: Reported, row: Row): void {
    this.#report(model, 1, () => this.#ask("case", model.id, row));
  }

  /** Tells of rows that were scored, if it is on. `without` those that could not be. */
  scored(model: Reported, columns: InputColumns, rows: number, without: readonly number[]): void {
    this.#report(model, rows, () => this.#ask("scored", model.id, columns, rows, without));
  }

  /** Tells of a table, if it is on; the worker reads it for itself. */
  table(model: Reported, table: Table): void {
    if (!this.isOn) return;
    const told = this.#watch(model).then(() => this.#ask("table", model.id, table));
    told.catch((error: Error) => this.#lose(table.rows, error.message));
  }

  /** A model is no longer used. */
  forget(id: string): void {
    const watched = this.#watched.get(id);
    this.#watched.delete(id);
    watched?.then(() => this.#ask("forget", id)).catch(() => {}); // after what is told of it
  }

  /** The page may be about to end: after what is told already. */
  leave(): void {
    if (this.isOn) void Promise.allSettled(this.#watched.values()).then(() => this.#ask("leave").catch(() => {}));
  }

  #report(model: Reported, rows: number, tell: () => Promise<void>): void {
    if (!this.isOn) return;
    if (this.#waiting + rows > most) return this.#lose(rows);
    this.#waiting += rows;
    this.#watch(model)
      .then(tell)
      .catch((error: Error) => this.#lose(rows, error.message))
      .finally(() => (this.#waiting -= rows));
  }

  #watch(model: Reported): Promise<void> {
    const { id } = model;
    const known = this.#watched.get(id);
    if (known) return known;
    const watched = this.#ask("watch", model);
    this.#watched.set(id, watched);
    watched.catch(() => this.#watched.delete(id));
    return watched;
  }

  #lose(rows: number, trouble: string | null = null): void {
    this.left += rows;
    this.trouble = trouble;
    this.#tell();
  }

  async #begin(): Promise<void> {
    this.#worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    this.#worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
      if ("status" in data) return this.#become(data.status);
      const { resolve, reject } = this.#asked.get(data.id)!;
      this.#asked.delete(data.id);
      if ("gives" in data) resolve(data.gives);
      else reject(new Error(data.fails));
    });
    this.#worker.addEventListener("error", (event) => {
      for (const { reject } of this.#asked.values()) reject(new Error(event.message));
      this.#asked.clear();
    });
    try {
      this.#become(await this.#ask("begin", this.settings, this.host, this.name));
    } catch (error) {
      this.#worker.terminate();
      this.#begun = null;
      throw error;
    }
  }

  #become(status: TelemetryStatus): void {
    this.status = status;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #ask<A extends Ask>(ask: A, ...of: Parameters<Asks[A]>): Promise<ReturnType<Asks[A]>> {
    const id = ++this.#asks;
    return new Promise<ReturnType<Asks[Ask]>>((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      this.#worker!.postMessage({ id, ask, of } as Request);
    }) as Promise<ReturnType<Asks[A]>>;
  }
}
