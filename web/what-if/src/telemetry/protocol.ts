// What a page and the worker that reports say to each other. Every question has one answer; news come besides.
import type { InputColumns } from "scorelet";
import type { ModelIdentity, SentRequest, TelemetryStatus } from "scorelet/telemetry";
import type { Row } from "../engine/protocol.ts";
import type { Order } from "../many/protocol.ts";
import type { Settings } from "./settings.ts";

/** A model whose rows are told of. `id` tells it from others. */
export interface Reported {
  readonly id: string;
  readonly identity: ModelIdentity;
  readonly document: Blob | Uint8Array<ArrayBuffer>;
  /** Of a forecast, the steps. */
  readonly horizon?: number;
}

/** A table as it was scored, and how many rows it has. */
export type Table = Pick<Order, "file" | "dialect" | "decimalCommas" | "columns"> & { readonly rows: number };

/** What waits, as JSON, and the last requests. */
export interface Seen {
  readonly waiting: readonly string[];
  readonly sent: readonly SentRequest[];
}

export interface Asks {
  begin(settings: Settings, host: string, name: string): TelemetryStatus;
  switch(isOn: boolean): TelemetryStatus;
  /** Before anything else is said of a model. */
  watch(model: Reported): void;
  forget(id: string): void;
  /** One case. */
  case(id: string, row: Row): void;
  /** Rows `without` are those that were not scored. */
  scored(id: string, columns: InputColumns, rows: number, without: readonly number[]): void;
  table(id: string, table: Table): void;
  /** The record, as JSON, that would tell of this case; null where there is none. */
  preview(id: string, row: Row): string | null;
  seen(): Seen;
  /** The page may be about to end: what was counted is told, what waits is sent. */
  leave(): void;
}
export type Ask = keyof Asks;
export type Request = { [A in Ask]: { readonly id: number; readonly ask: A; readonly of: Parameters<Asks[A]> } }[Ask];
export type Reply = { readonly id: number; readonly gives: ReturnType<Asks[Ask]> } | { readonly id: number; readonly fails: string } | { readonly status: TelemetryStatus };
