// What the pane and the worker that reports say to each other. Every question has one answer; news come besides.
import type { InputColumns } from "scorelet";
import type { ModelIdentity, SentRequest, TelemetryStatus } from "scorelet/telemetry";
import type { Settings } from "./settings.ts";

/** What waits, as JSON, and the last requests. */
export interface Seen {
  readonly waiting: readonly string[];
  readonly sent: readonly SentRequest[];
}

export interface Asks {
  begin(settings: Settings, name: string): TelemetryStatus;
  switch(isOn: boolean): TelemetryStatus;
  watch(sha256: string, document: Uint8Array<ArrayBuffer>, identity: ModelIdentity): void;
  /** Rows `without` are those that were not scored. */
  scored(sha256: string, columns: InputColumns, rows: number, without: readonly number[]): void;
  seen(): Seen;
}
export type Ask = keyof Asks;
export type Request = { [A in Ask]: { readonly id: number; readonly ask: A; readonly of: Parameters<Asks[A]> } }[Ask];
export type Reply = { readonly id: number; readonly gives: ReturnType<Asks[Ask]> } | { readonly id: number; readonly fails: string } | { readonly status: TelemetryStatus };
