// Many records as the package takes them, column by column; and as they are compared with what was asked before.
import type { InputColumn, InputColumns, InputField } from "scorelet";
import { CellError, type Reader } from "../cells/read.ts";
import type { Cells, Layout } from "../cells/layout.ts";
import type { Pause } from "./pause.ts";
import type { Texts } from "./texts.ts";

/** One field of all records: a number, NaN for missing, or, where `texts` is not -1, that text. */
export class Lane {
  readonly numbers: Float64Array<ArrayBuffer>;
  texts: Int32Array<ArrayBuffer> | null = null;

  constructor(readonly rows: number) {
    this.numbers = new Float64Array(rows).fill(NaN);
  }

  put(row: number, value: number | string | null, texts: Texts): void {
    if (typeof value === "number") this.numbers[row] = value;
    else if (value !== null) (this.texts ??= new Int32Array(this.rows).fill(-1))[row] = texts.id(value);
  }

  isSame(other: Lane): boolean {
    return sameNumbers(this.numbers, other.numbers) && sameTexts(this.texts, other.texts);
  }

  column(texts: Texts): InputColumn {
    const ids = this.texts;
    if (!ids) return this.numbers;
    if (ids.every((id, row) => id >= 0 || Number.isNaN(this.numbers[row]))) return coded(ids, texts);
    return Array.from(ids, (id, row) => (id >= 0 ? texts.text(id) : this.numbers[row]!));
  }
}

/** The dictionary holds what this column has and nothing else. */
function coded(ids: Int32Array, texts: Texts): InputColumn {
  const codeOf = new Map<number, number>();
  const codes = new Int32Array(ids.length);
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row]!;
    let code = id < 0 ? -1 : codeOf.get(id);
    if (code === undefined) codeOf.set(id, (code = codeOf.size));
    codes[row] = code;
  }
  return { codes, dictionary: [...codeOf.keys()].map((id) => texts.text(id)) };
}

function sameNumbers(a: Float64Array, b: Float64Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i] && (!Number.isNaN(a[i]!) || !Number.isNaN(b[i]!))) return false;
  return true;
}

function sameTexts(a: Int32Array | null, b: Int32Array | null): boolean {
  if (!a || !b) return a === b;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Records read from cells. */
export class Block {
  readonly lanes: Lane[];
  /** Cells with an error of Excel, by row: such a record is not scored. */
  readonly errors = new Map<number, { field: InputField; code: string }>();

  constructor(
    readonly fields: readonly InputField[],
    readonly rows: number,
    readonly texts: Texts,
  ) {
    this.lanes = fields.map(() => new Lane(rows));
  }

  async columns(pause: Pause): Promise<InputColumns> {
    const columns: Record<string, InputColumn> = {};
    for (const [i, field] of this.fields.entries()) {
      await pause();
      columns[field.name] = this.lanes[i]!.column(this.texts);
    }
    return columns;
  }

  isSame(other: Block): boolean {
    return this.rows === other.rows && this.errors.size === 0 && other.errors.size === 0 && this.lanes.every((lane, i) => lane.isSame(other.lanes[i]!));
  }
}

export const recordsIn = (cells: Cells, { isAcross, first }: Layout): number => (isAcross ? (cells[0]?.length ?? 0) : cells.length) - first;

/** Reads a range without holding up whoever else needs the thread. */
export async function readBlock(cells: Cells, layout: Layout, fields: readonly InputField[], readers: readonly Reader[], texts: Texts, pause: Pause): Promise<Block> {
  const { places, isAcross, first } = layout;
  const block = new Block(fields, recordsIn(cells, layout), texts);
  for (let row = 0; row < block.rows; row++) {
    if ((row & 255) === 0) await pause();
    for (let i = 0; i < fields.length; i++) {
      const place = places[i]!;
      if (place < 0) continue;
      const value = readers[i]!(isAcross ? cells[place]![first + row] : cells[first + row]![place]);
      if (!(value instanceof CellError)) block.lanes[i]!.put(row, value, texts);
      else if (!block.errors.has(row)) block.errors.set(row, { field: fields[i]!, code: value.code });
    }
  }
  return block;
}
