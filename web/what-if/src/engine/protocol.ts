// What the page and an engine say to each other: every call has one reply, and may report progress before it.
import type { Description, Details, Diagnostic, InputValue, OutputValue, VerificationReport } from "scorelet";

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

/** `start` takes the compiled WebAssembly module of another engine, if there is one, and gives its own. */
export interface Calls {
  start: { takes: WebAssembly.Module | null; gives: WebAssembly.Module };
  load: { takes: Source; gives: Opened };
  score: { takes: Row; gives: Scored };
}
export type Call = keyof Calls;

export type Request = { [C in Call]: { id: number; call: C; takes: Calls[C]["takes"] } }[Call];
export type Reply = { id: number } & ({ progress: Progress } | { gives: Calls[Call]["gives"] } | { fails: Failure });
