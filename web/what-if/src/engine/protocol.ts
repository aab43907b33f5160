// What the page and an engine say to each other: every call has one reply.
import type {
  BackgroundNote,
  BackgroundOptions,
  ContributionOptions,
  Description,
  Details,
  Diagnostic,
  Explanation,
  InputValue,
  Inquiry,
  OutputValue,
  VerificationReport,
  WasmModule,
} from "scorelet";

/** A file, or the address of one. */
export type Source = Blob | string;
export type Row = Readonly<Record<string, InputValue>>;

/** `of` is null where a server does not say how much is to come. */
export type Progress = { phase: "reading"; bytes: number; of: number | null } | { phase: "checking" };

/** What is known of an open model. */
export interface Opened {
  description: Description;
  isStateful: boolean;
  report: VerificationReport | null; // of its own check cases, if it has any
  bytes: number;
  document: Blob; // as it was read
  fingerprint: string | null;
}

/** A prediction that has crossed over. */
export interface Scored {
  values: Record<string, OutputValue>;
  diagnostics: Diagnostic[];
  details: Omit<Details, "derived">;
}

/** Why a call came to nothing; without diagnostics it was the file that could not be read. */
export interface Failure {
  message: string;
  diagnostics: readonly Diagnostic[];
}

/** Why a prediction is what it is, and what would change it: the questions are the package's own. */
export type Asks = Pick<
  Inquiry,
  "curve" | "partialDependence" | "tornado" | "goalSeek" | "counterfactuals" | "trace"
>;
/** With the number of records that were compared with, of all. */
export type Contributed = Explanation & { cases: number; of: number };
/** Records to compare with: given, or made from the model itself. */
export type Compared = readonly Row[] | BackgroundOptions["from"];
export type Ask = keyof Asks;
export type Asked = { [A in Ask]: { ask: A; of: Parameters<Asks[A]> } }[Ask];

/** `start` takes the compiled WebAssembly module of another engine, if there is one, and gives its own. */
export interface Calls {
  start: { takes: WasmModule | null; gives: WasmModule };
  load: { takes: Uint8Array<ArrayBuffer>; gives: Opened };
  score: { takes: Row; gives: Scored };
  inquire: { takes: { document: Blob; background: Compared }; gives: readonly BackgroundNote[] };
  /** With `some` records where all would take longer than a frame. */
  contributions: { takes: { record: Row; options: ContributionOptions; compared: "some" | "all" }; gives: Contributed };
  ask: { takes: Asked; gives: ReturnType<Asks[Ask]> };
}
export type Call = keyof Calls;

export type Request = { [C in Call]: { id: number; call: C; takes: Calls[C]["takes"] } }[Call];
export type Reply = { id: number } & ({ gives: Calls[Call]["gives"] } | { fails: Failure });
