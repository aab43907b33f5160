/** Reads the answers of the core (wasm/block.hpp, wasm/outbox.hpp): cells of 16 bytes, kind, size, value. */
import type { Heap } from "./core.js";
import type { Diagnostic, OutputValue } from "./types.js";

export const CELL = 16;
export const Kind = { missing: 0, number: 1, boolean: 2, text: 3, list: 4 } as const;

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** The answer that starts at `base`: its items. */
export function answer(heap: Heap, base: number): OutputValue[] {
  heap.fresh();
  return value(heap, base, base) as OutputValue[];
}

/** The text of an answer that is one text, as UTF-8. */
export function answerBytes(heap: Heap, base: number): Uint8Array<ArrayBuffer> {
  const { ints, doubles, bytes } = heap.fresh();
  const cell = base + doubles[(base + 8) >>> 3]!;
  const start = base + doubles[(cell + 8) >>> 3]!;
  return bytes.slice(start, start + ints[(cell + 4) >>> 2]!) as Uint8Array<ArrayBuffer>;
}

function value(heap: Heap, base: number, cell: number): OutputValue {
  const size = heap.ints[(cell + 4) >>> 2]!;
  const number = heap.doubles[(cell + 8) >>> 3]!;
  switch (heap.ints[cell >>> 2]) {
    case Kind.number: return number;
    case Kind.boolean: return number !== 0;
    case Kind.text: return decoder.decode(heap.bytes.subarray(base + number, base + number + size));
    case Kind.list: {
      const items = new Array<OutputValue>(size);
      for (let i = 0; i < size; ++i) items[i] = value(heap, base, base + number + i * CELL);
      return items;
    }
    default: return null;
  }
}

/** Lists come as [name, value, name, value …]. */
export function named<T extends OutputValue>(list: OutputValue | undefined): Record<string, T> {
  const items = (list ?? []) as T[];
  const entries: [string, T][] = [];
  for (let i = 0; i + 1 < items.length; i += 2) entries.push([items[i] as string, items[i + 1]!]);
  return Object.fromEntries(entries);
}

/** Outbox::diagnostics. */
export function diagnostics(list: OutputValue | undefined, row?: number): Diagnostic[] {
  return ((list ?? []) as OutputValue[][]).map(([code, severity, message, path, field, line, column]) => {
    const d: Diagnostic = { code: code as string, severity: severity as Diagnostic["severity"], message: message as string };
    if (path) d.path = path as string;
    if (line) d.line = line as number;
    if (column) d.column = column as number;
    if (field) d.field = field as string;
    if (row !== undefined) d.row = row;
    return d;
  });
}
