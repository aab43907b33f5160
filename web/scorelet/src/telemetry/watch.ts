/** What is told of the rows of one model. */
import { answer, diagnostics, Kind } from "../answers.js";
import type { Core } from "../core.js";
import { fault, ScoreletError } from "../error.js";
import type { Model } from "../model.js";
import { type Host, run, type WatchHandle } from "./module.js";
import type { FieldPolicy, FieldReport, Privacy, WatchOptions } from "./types.js";

/** Numbers of FieldPolicy in the core. */
const POLICIES: Readonly<Record<FieldPolicy, number>> = { omitted: 0, binned: 1, hashed: 2, full: 3 };
const policy = (name: FieldPolicy): number => {
  const number = POLICIES[name];
  if (number === undefined) throw fault("badArgument", `There is no policy "${String(name)}"; there are ${Object.keys(POLICIES).join(", ")}.`);
  return number;
};

export function checkShare(share: number): void {
  if (!(share >= 0 && share <= 1)) throw fault("badArgument", `The share that is reported is from 0 to 1, not ${share}.`);
}

/** What a watch asks of its Telemetry. */
export interface Desk {
  readonly isOn: boolean;
  readonly share: number;
  /** The key of hashes, in hexadecimal. */
  readonly salt: string;
  take(record: string): void;
  /** Reports what was counted. */
  tell(): Promise<void>;
  leave(watch: Watch): void;
}

/** Pairs of 32 random bits, as many as are asked for. */
class Dice {
  readonly #numbers = new Uint32Array(1024);
  #used = 1024;

  next(): [number, number] {
    if (this.#used === this.#numbers.length) {
      crypto.getRandomValues(this.#numbers);
      this.#used = 0;
    }
    return [this.#numbers[this.#used++]!, this.#numbers[this.#used++]!];
  }
}

/** Made by `Telemetry.watch`. Ends with `close()`, at the latest with its model. */
export class Watch {
  readonly #model: Model;
  readonly #core: Core;
  readonly #desk: Desk;
  readonly #dice = new Dice();
  readonly #baseline: Uint8Array;
  #handle: WatchHandle | null;
  /** When the window began. */
  #since = 0;

  /** @internal */
  constructor(desk: Desk, model: Model, privacy: Required<Omit<Privacy, "salt">>, { identity = {}, baseline }: WatchOptions) {
    this.#desk = desk;
    this.#model = model;
    this.#baseline = new TextEncoder().encode(baseline === undefined || typeof baseline === "string" ? baseline : JSON.stringify(baseline));
    const { info, inputs, results } = model.description;
    [this.#core, this.#handle] = model.within((core, session) => [core, run(core, (module) => new module.Watch(session))] as const);
    try {
      this.#run((handle) => {
        handle.setIdentity({
          name: identity.name ?? info.modelName ?? "", version: identity.version ?? info.modelVersion ?? "",
          sha256: identity.sha256 ?? "", variant: identity.variant ?? "",
        });
        handle.setPolicies(policy(privacy.inputs), policy(privacy.results));
        for (const [field, name] of Object.entries(privacy.fields)) {
          if (![...inputs, ...results].some((known) => known.name === field)) throw fault("badArgument", `The model has no field "${field}".`, { field });
          handle.setPolicy(field, policy(name));
        }
      });
      this.begin();
    } catch (error) {
      this.#free();
      throw error;
    }
  }

  /** @internal Counts from now on. */
  begin(): void {
    const reasons = this.#run((handle, core) => {
      const put = (bytes: Uint8Array): number => {
        const address = handle.reserve(bytes.length);
        core.heap.fresh().bytes.set(bytes, address);
        return bytes.length;
      };
      put(Uint8Array.from(this.#desk.salt.match(/../g) ?? [], (digits) => parseInt(digits, 16)));
      handle.setSalt();
      return diagnostics(answer(core.heap, handle.begin(put(this.#baseline)))[0]);
    });
    if (reasons.length) throw new ScoreletError(reasons);
    this.#since = Date.now();
  }

  /**
   * Reports the rows that the model has scored last, once: the id of each, null where it is not in the share that is
   * reported. Does nothing while telemetry is off. `seconds`: what scoring them took, for each; `share`: in place of that of
   * `TelemetryOptions`.
   */
  report({ seconds = NaN, share = this.#desk.share }: { seconds?: number; share?: number } = {}): (string | null)[] {
    checkShare(share);
    if (!this.#desk.isOn) return [];
    return this.#run((handle, core) => {
      const ids: (string | null)[] = [];
      const rows = handle.take(true);
      for (let row = 0; row < rows; ++row) {
        const [high, low] = this.#dice.next();
        const [id, record] = answer(core.heap, handle.event(row, Date.now(), high, low, seconds, share)) as string[];
        if (record !== undefined) this.#desk.take(record);
        ids.push(id ?? null);
      }
      return ids;
    });
  }

  /** The record, as JSON, that `report` would send of the first of the rows that the model has scored last; on or off. */
  preview(): string | null {
    return this.#run((handle, core) => {
      if (handle.take(false) === 0) return null;
      const [high, low] = this.#dice.next();
      return (answer(core.heap, handle.event(0, Date.now(), high, low, NaN, 1)) as string[])[1] ?? null;
    });
  }

  /** What came true of an earlier prediction. Always told in full; nothing while telemetry is off. */
  outcome(id: string, value: number | string | boolean): void {
    if (!this.#desk.isOn) return;
    const kind = typeof value === "string" ? Kind.text : typeof value === "boolean" ? Kind.boolean : Kind.number;
    const [record] = this.#run((handle, core) => answer(core.heap,
      handle.outcome(id, Date.now(), kind, kind === Kind.text ? 0 : Number(value), kind === Kind.text ? value as string : ""))) as string[];
    if (record === undefined) throw fault("badArgument", `"${id}" is not the id of a prediction.`);
    this.#desk.take(record);
  }

  /** Fields and results of the rows that were reported, beside the baseline. */
  fields(): FieldReport[] {
    return this.#run((handle, core) => (answer(core.heap, handle.fields()) as unknown as [string, ...number[]][]).map(
      ([name, isResult, rows, missing, invalid, outside, novel, mean, meanShift, psi, psiBound, jensenShannon, ks, chiSquareP, hasDrifted]) => ({
        name, isResult: isResult !== 0, rows: rows!, missing: missing!, invalid: invalid!, outside: outside!, novel: novel!, mean: mean!,
        meanShift: meanShift!, psi: psi!, psiBound: psiBound!, jensenShannon: jensenShannon!, ks: ks!, chiSquareP: chiSquareP!,
        hasDrifted: hasDrifted !== 0,
      })));
  }

  /** Reports what was counted, and gives the memory back. */
  async close(): Promise<void> {
    await this.#desk.tell();
    this.#desk.leave(this);
    this.#free();
  }

  /** @internal Whether there is anything to tell. */
  get hasRows(): boolean {
    try {
      return this.#run((handle) => handle.rows > 0);
    } catch {
      return false;  // the model was closed
    }
  }

  /** @internal Ends the window: when it began. */
  end(): number {
    this.#run((handle) => handle.close());
    const since = this.#since;
    this.#since = Date.now();
    return since;
  }

  /** @internal The window that was ended, as the body of a request. */
  metrics(host: Host, start: number, end: number): string {
    return this.#run((handle, core) => answer(core.heap, handle.metrics(host, start, end)))[0] as string;
  }

  /** @internal It could not be told. */
  reopen(since: number): void {
    this.#run((handle) => handle.reopen());
    this.#since = since;
  }

  #free(): void {
    const handle = this.#handle;
    this.#handle = null;
    if (handle && !this.#core.isBroken) handle.delete();
  }

  #run<T>(call: (handle: WatchHandle, core: Core) => T): T {
    const handle = this.#handle;
    if (!handle) throw fault("closed", "This watch was closed.");
    return this.#model.within((core) => call(handle, core));  // it looks at the model
  }
}
