/** What wasm/telemetry.cpp adds to the full module. */
import type { Block, Core, CoreModule, Outbox, Session } from "../core.js";
import { fault } from "../error.js";
import type { Handle } from "../handle.js";

export interface Ledger extends Handle {
  admit(bytes: number): number;
  found(bytes: number): number;
  remove(records: number): void;
  portion(records: number, bytes: number): number;
  readonly records: number;
  readonly bytes: number;
  readonly dropped: number;
}

export interface Sender extends Handle {
  wait(now: number, pending: number, oldest: number, isLast: boolean): number;
  answered(now: number, status: number, retryAfter: string, body: string, records: number, random: number): boolean;
  readonly records: number;
  readonly bytes: number;
  readonly isRefused: boolean;
  readonly delivered: number;
  readonly rejected: number;
  readonly dropped: number;
  readonly failures: number;
}

export interface Host { serviceName: string; serviceVersion: string; instanceId: string; environment: string; kind: string; version: string }
export interface Identity { name: string; version: string; sha256: string; variant: string }

export interface WatchHandle extends Handle {
  reserve(bytes: number): number;
  setIdentity(identity: Identity): void;
  setPolicies(inputs: number, results: number): void;
  setPolicy(field: string, policy: number): void;
  setSalt(): void;
  begin(size: number): number;
  take(counts: boolean): number;
  event(row: number, milliseconds: number, high: number, low: number, seconds: number, share: number): number;
  outcome(id: string, milliseconds: number, kind: number, number: number, text: string): number;
  readonly rows: number;
  close(): void;
  metrics(host: Host, start: number, end: number): number;
  reopen(): void;
  fields(): number;
}

export interface TelemetryModule extends CoreModule {
  readonly Ledger: new (records: number, bytes: number, dropsOldest: boolean) => Ledger;
  readonly Sender: new (records: number, bytes: number, interval: number, firstDelay: number, longestDelay: number) => Sender;
  readonly Watch: new (session: Session) => WatchHandle;
  logs(records: Block, size: number, host: Host, out: Outbox): number;
  logsOverhead(host: Host, records: number): number;
}

/** Calls into the module; refused where it has no telemetry. */
export function run<T>(core: Core, call: (module: TelemetryModule) => T): T {
  return core.run((module) => {
    if (!("Watch" in module)) throw fault("badArgument", "Telemetry is in the module scorelet-full.wasm: load the model with `(await Runtime.full()).loadModel(…)`.");
    return call(module as TelemetryModule);
  });
}
