// Which column of a file is which field of the model: order and case do not matter, nor spaces, underscores and accents.
import type { InputField } from "scorelet";
import * as format from "../format.ts";

export interface Match {
  /** Field name to column number. */
  columns: Map<string, number>;
  /** Fields that matter and have no column, each with the column it might be, if any. */
  missing: { field: InputField; guess: number | null }[];
  /** Columns with a field's name that occur twice: which one is meant cannot be known. */
  twice: string[];
}

const plain = (name: string): string =>
  name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[\s_.-]+/g, "");

/** The columns that `names` may stand for: as written, then as tolerated. */
function columnsNamed(header: readonly string[], names: readonly string[]): number[] {
  const where = (fits: (column: string) => boolean) => header.flatMap((c, i) => (fits(c) ? [i] : []));
  const exact = where((c) => c === names[0]);
  return exact.length ? exact : where((c) => names.some((n) => plain(n) !== "" && plain(c) === plain(n)));
}

/** `chosen`: what the reader says, which goes first; null is "not in the file". */
export function matchColumns(
  header: readonly string[],
  fields: readonly InputField[],
  chosen: ReadonlyMap<string, number | null> = new Map(),
): Match {
  const match: Match = { columns: new Map(), missing: [], twice: [] };
  const absent: InputField[] = [];
  for (const field of fields) {
    const told = chosen.get(field.name);
    const found = columnsNamed(header, [field.name, format.label(field)]);
    if (typeof told === "number") match.columns.set(field.name, told);
    else if (told === undefined && found.length === 1) match.columns.set(field.name, found[0]!);
    else if (told === undefined && found.length > 1) match.twice.push(header[found[0]!]!);
    else if (field.isUsed) absent.push(field);
  }
  const taken = new Set(match.columns.values());
  for (const field of absent) match.missing.push({ field, guess: guessFor(field, header, taken) });
  return match;
}

/** The column named like a field, such as a target; null if there is none, or more than one. */
export function columnFor(field: InputField, header: readonly string[]): number | null {
  const found = columnsNamed(header, [field.name, format.label(field)]);
  return found.length === 1 ? found[0]! : null;
}

function guessFor(field: InputField, header: readonly string[], taken: ReadonlySet<number>): number | null {
  let best: { column: number; likeness: number } | null = null;
  for (const [column, name] of header.entries()) {
    if (taken.has(column)) continue;
    const likeness = Math.max(likenessOf(field.name, name), likenessOf(format.label(field), name));
    if (likeness >= 0.6 && likeness > (best?.likeness ?? 0)) best = { column, likeness };
  }
  return best?.column ?? null;
}

const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((w) => w.length > 1);

/** 0 to 1: words in common (one may begin the other), or few letters between the two. */
function likenessOf(a: string, b: string): number {
  const left = wordsOf(a),
    right = wordsOf(b);
  const [few, many] = left.length <= right.length ? [left, right] : [right, left];
  const alike = (x: string, y: string) =>
    x === y || (Math.min(x.length, y.length) >= 4 && (x.startsWith(y) || y.startsWith(x)));
  const shared = few.filter((w) => many.some((v) => alike(w, v))).length;
  const byWords = few.length ? (shared / few.length) * (0.7 + (0.3 * few.length) / many.length) : 0;
  const [p, q] = [plain(a), plain(b)];
  const byLetters = 1 - distance(p, q) / Math.max(p.length, q.length, 1);
  return Math.max(byWords, byLetters);
}

/** Letters to insert, delete or change (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
