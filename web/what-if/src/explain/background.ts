// The records that explanations compare with, and where they come from.
import type { InputField } from "scorelet";
import type { Row } from "../engine/protocol.ts";
import { CsvReader, dialectOf } from "../many/csv.ts";

export interface Background {
  /** Kept with a model of the gallery, in a file of the reader's own; empty where the engine makes them. */
  rows: readonly Row[];
  from: "gallery" | "file" | "verification" | "description";
  /** Of a file. */
  name: string;
}

const most = 100;
export const enough = 20; // fewer say little

/** Evenly chosen rows of a table that has some of the model's fields as columns; null if it has none of them. */
export function readTable(bytes: Uint8Array, fields: readonly InputField[]): Row[] | null {
  const dialect = dialectOf(bytes.subarray(0, 65536));
  const records: string[][] = [];
  new CsvReader(dialect.delimiter, (cells) => records.push(cells)).push(new TextDecoder(dialect.encoding).decode(bytes), true);
  const names = records.shift()?.map((name) => name.trim()) ?? [];
  const columns = fields.filter((f) => f.isUsed && names.includes(f.name)).map((f) => [f.name, names.indexOf(f.name)] as const);
  const whole = records.filter((cells) => cells.some((cell) => cell !== ""));
  if (!columns.length || !whole.length) return null;
  const step = Math.max(1, whole.length / most);
  return Array.from({ length: Math.min(most, whole.length) }, (_, i) => whole[Math.floor(i * step)]!).map((cells) =>
    Object.fromEntries(columns.map(([name, at]) => [name, cells[at] || null])),
  );
}
