import type { Diagnostic } from "./types.js";

/** Everything that this package throws: the reasons as a list, the first of them as the message. */
export class ScoreletError extends Error {
  override readonly name = "ScoreletError";
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[], options?: { cause?: unknown }) {
    super(summary(diagnostics), options);
    this.diagnostics = diagnostics;
  }
}

function summary(diagnostics: readonly Diagnostic[]): string {
  const first = diagnostics[0];
  if (!first) return "unknown error";
  const place = first.line ? ` (line ${first.line})` : "";
  const more = diagnostics.length > 1 ? ` (and ${diagnostics.length - 1} more)` : "";
  return `${first.message}${place}${more}`;
}

/** An error of the host side, with one diagnostic. */
export function fault(code: "badArgument" | "closed" | "wasmNotLoaded" | "outOfMemory" | "workerFailed", message: string,
                      details?: { field?: string | undefined; cause?: unknown }): ScoreletError {
  const diagnostic: Diagnostic = { code, severity: "error", message };
  if (details?.field !== undefined) diagnostic.field = details.field;
  return new ScoreletError([diagnostic], details && "cause" in details ? { cause: details.cause } : undefined);
}
