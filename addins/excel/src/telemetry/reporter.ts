// The switch as the pane holds it. The worker behind it is started only where an administrator has named a collector.
import type { InputColumns } from "scorelet";
import type { TelemetryStatus } from "scorelet/telemetry";
import type { Ask, Asks, Reply, Request } from "./protocol.ts";
import type { Settings } from "./settings.ts";

/** What is reported needs the document and a name. */
export interface Reported {
  readonly sha256: string;
  readonly name: string;
  readonly document: Uint8Array<ArrayBuffer>;
}

const most = 500_000; // rows that wait for the worker

export class Reporter {
  status: TelemetryStatus | null = null;
  /** Rows that came faster than they could be told. */
  left = 0;
  #waiting = 0;
  readonly #worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  readonly #asked = new Map<number, { resolve(gives: ReturnType<Asks[Ask]>): void; reject(error: Error): void }>();
  readonly #watched = new Set<string>();
  readonly #listeners = new Set<() => void>();
  #asks = 0;

  static async begin(settings: Settings): Promise<Reporter> {
    const reporter = new Reporter(settings);
    // Excel on the web may show the add-in for several people's accounts.
    const { partitionKey } = Office.context as { partitionKey?: string };
    reporter.#become(await reporter.#ask("begin", settings, `${partitionKey ?? ""}scorelet-telemetry`));
    return reporter;
  }

  private constructor(readonly settings: Settings) {
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
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  async switch(isOn: boolean): Promise<void> {
    this.#become(await this.#ask("switch", isOn));
  }

  readonly seen = () => this.#ask("seen");

  /** Tells of rows that were scored, if it is on. `without` those that could not be. */
  scored(model: Reported, columns: InputColumns, rows: number, without: readonly number[]): void {
    if (!this.status?.isOn) return;
    if (this.#waiting + rows > most) {
      this.left += rows;
      return this.#tell();
    }
    const { sha256, name, document } = model;
    const lost = () => {
      this.left += rows;
      this.#tell();
    };
    if (!this.#watched.has(sha256)) {
      this.#watched.add(sha256);
      this.#ask("watch", sha256, document, { name, sha256 }).catch(() => this.#watched.delete(sha256));
    }
    this.#waiting += rows;
    this.#ask("scored", sha256, columns, rows, without).catch(lost).finally(() => (this.#waiting -= rows));
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
      this.#worker.postMessage({ id, ask, of } as Request);
    }) as Promise<ReturnType<Asks[A]>>;
  }
}
