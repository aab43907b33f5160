// Rows by the values of a column: the most frequent ones, and the others together.
import type { KeptTexts } from "./kept.ts";

const most = 12;

/** `name` is null for rows without a value; `others` is the number of values beyond those that have a group. */
export interface Group {
  name: string | null;
  others: number;
  rows: number[];
}

export function groupsOf({ codes, texts }: KeptTexts): Group[] {
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  const ordered = [...counts].sort((a, b) => b[1] - a[1]).map(([code]) => code);
  const shown = ordered.length > most + 1 ? ordered.slice(0, most) : ordered;
  const place = new Map(shown.map((code, i) => [code, i]));
  const others = ordered.length - shown.length;
  const rows: number[][] = Array.from({ length: shown.length + (others ? 1 : 0) }, () => []);
  for (const [row, code] of codes.entries()) rows[place.get(code) ?? shown.length]!.push(row);
  return rows.map((list, i) => ({
    name: i < shown.length ? (texts[shown[i]!] ?? null) : null,
    others: i < shown.length ? 0 : others,
    rows: list,
  }));
}
