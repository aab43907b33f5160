// Why a file was not opened, in words for the person who tried.
import type { Diagnostic } from "scorelet";
import { t, type Message } from "./texts.ts";

/** What a file that is surely no model looks like, judged by its first bytes; null if it may be one. */
export function sniff(bytes: Uint8Array): Message | null {
  const starts = (...signature: number[]) => signature.every((b, i) => bytes[i] === b);
  if (bytes.length === 0) return t.refused.empty;
  if (starts(0x89, 0x53, 0x43, 0x4f, 0x52, 0x45, 0x4c, 0x54)) return null; // what `scorelet compile` wrote
  if (starts(0x50, 0x4b, 0x03, 0x04)) return t.refused.zip;
  if (starts(0x1f, 0x8b)) return t.refused.gzip;
  if (starts(0x25, 0x50, 0x44, 0x46)) return t.refused.pdf;
  const utf16 = starts(0xff, 0xfe) || starts(0xfe, 0xff) || starts(0x3c, 0x00) || starts(0x00, 0x3c);
  if (utf16) return null;
  const head = bytes.subarray(0, 4096);
  if (head.includes(0)) return t.refused.binary;
  const text = new TextDecoder()
    .decode(head)
    .replace(/^\ufeff/, "")
    .trimStart();
  if (text === "") return t.refused.empty;
  if (text.startsWith("<")) return null;
  if (/^[{[]/.test(text)) return t.refused.json;
  const line = text.split(/\r?\n/, 1)[0]!;
  return /[,;\t]/.test(line) ? t.refused.table : t.refused.notXml();
}

/** The heading for a refused document: the gravest of its findings decides. */
export function explain(diagnostics: readonly Diagnostic[]): Message {
  const errors = diagnostics.filter((d) => d.severity === "error");
  const first = (...codes: string[]) => errors.find((d) => codes.includes(d.code));
  if (first("wasmNotLoaded", "outOfMemory", "closed")) return t.refused.engine;
  const broken = first("notXml", "forbiddenMarkup");
  if (broken) return t.refused.notXml(broken.line || undefined);
  if (first("notPmml")) return t.refused.notPmml;
  if (first("tooLarge", "tooDeep", "tooManyElements", "limitReached")) return t.refused.tooLarge;
  const unsupported = errors.filter(
    (d) => d.code === "unsupported" || d.code === "unsupportedVersion" || d.code === "notScorable",
  );
  if (unsupported.length === errors.length && errors.length) return t.refused.unsupported(errors.length);
  return t.refused.broken(Math.max(1, errors.length));
}
