/** What a host says about telemetry, and what it is told (docs/telemetry.md). */
import type { Runtime } from "../runtime.js";
import type { TelemetryStorage } from "./storage.js";

/** What of a field's values leaves the host: nothing; its range or category in the baseline; a keyed hash; the value. */
export type FieldPolicy = "omitted" | "binned" | "hashed" | "full";

export interface Privacy {
  /** Of inputs that are not listed: by default `omitted`. */
  inputs?: FieldPolicy;
  /** Of results that are not listed: by default `full`. */
  results?: FieldPolicy;
  fields?: Readonly<Record<string, FieldPolicy>>;
  /** The secret key of hashes, 32 hexadecimal digits. By default one that this host makes and keeps: hashes of two hosts then differ. */
  salt?: string;
}

/** The host that reports. What is left out is not sent. */
export interface TelemetryHost {
  /** By default "scorelet". */
  serviceName?: string;
  serviceVersion?: string;
  environment?: string;
  /** "what-if page", "add-in", "kiosk" … */
  kind?: string;
  version?: string;
}

export interface Bounds {
  /** By default 100,000. */
  records?: number;
  /** By default 64 MiB. */
  bytes?: number;
  /** Which go when there is no room: by default the oldest. */
  whenFull?: "dropOldest" | "refuseNewest";
}

/** Seconds, but for the first two. */
export interface Rhythm {
  /** Of one request, at most: 512. */
  records?: number;
  /** Of one request, at most: 1 MiB. */
  bytes?: number;
  /** How long records wait for others: 5. */
  interval?: number;
  /** After a request that failed; doubles each time: 1. */
  firstDelay?: number;
  longestDelay?: number;
  /** Until a request counts as not answered: 30. */
  timeout?: number;
}

export interface TelemetryOptions {
  /** Address of a collector that takes OTLP over HTTP: "/v1/logs" and "/v1/metrics" are put behind it. */
  url: string;
  /** What the collector asks for (Authorization: Bearer). A function is asked before each request. */
  token?: string | (() => string | Promise<string>);
  host?: TelemetryHost;
  privacy?: Privacy;
  /** Of the predictions that are reported, by their ids: 1. Counts of windows are of all. */
  share?: number;
  /** How often counts and figures of drift are reported, in seconds: 300. 0: never, for receivers that work them out of the predictions. */
  window?: number;
  /** Of the queue of predictions, and of that of windows. */
  bounds?: Bounds;
  rhythm?: Rhythm;
  /** Those that share it share the queue and the switch: by default IndexedDB, or memory where there is none. */
  storage?: TelemetryStorage;
  /** Of the database and of the lock by which tabs agree on a sender: "scorelet-telemetry". */
  name?: string;
  /** Requests are compressed unless this says otherwise. */
  compression?: "gzip" | "none";
  /** By default `Runtime.full()`. Models that are watched live in it. */
  runtime?: Runtime;
}

/** Who answers. */
export interface ModelIdentity {
  /** By default the document's. */
  name?: string;
  version?: string;
  /** Of the document, in hexadecimal. */
  sha256?: string;
  /** "champion", "challenger" … */
  variant?: string;
}

export interface WatchOptions {
  identity?: ModelIdentity;
  /** What `scorelet baseline` writes, as text or parsed; by default the document's own ModelStats. */
  baseline?: string | object;
  /** In place of that of `TelemetryOptions`. */
  privacy?: Privacy;
}

/** One field or result since the watch began, beside its baseline. NaN: not known. */
export interface FieldReport {
  readonly name: string;
  readonly isResult: boolean;
  /** `rows` includes `missing` and `invalid`. */
  readonly rows: number;
  readonly missing: number;
  readonly invalid: number;
  /** Beyond the baseline's minimum and maximum; not among its categories. */
  readonly outside: number;
  readonly novel: number;
  readonly mean: number;
  readonly meanShift: number;
  readonly psi: number;
  /** What `psi` is below, at 95 %, for so few rows if nothing drifted. */
  readonly psiBound: number;
  readonly jensenShannon: number;
  readonly ks: number;
  readonly chiSquareP: number;
  readonly hasDrifted: boolean;
}

export interface TelemetryStatus {
  readonly isOn: boolean;
  /** Whether this tab is the one that sends. */
  readonly isSender: boolean;
  /** Records that wait, as this tab knows. */
  readonly waiting: number;
  readonly waitingBytes: number;
  /** Dropped for want of room, or because they could not be stored; by all tabs, since it was switched on. */
  readonly lost: number;
  /** By this tab: arrived; rejected by the collector; dropped because of an answer; requests that are to be repeated. */
  readonly delivered: number;
  readonly rejected: number;
  readonly refused: number;
  readonly failures: number;
  /** The collector refuses this address or token. */
  readonly isRefused: boolean;
  /** The last answer: an HTTP status, 0 for none, null before the first. */
  readonly answer: number | null;
  /** Why storage could not be read or written; null once it is written again. */
  readonly failure: string | null;
}

/** A request as it was sent. */
export interface SentRequest {
  readonly time: Date;
  readonly path: "/v1/logs" | "/v1/metrics";
  /** JSON. */
  readonly body: string;
  /** HTTP status; 0: no answer. */
  readonly answer: number;
}
