// Which cell of a range is which field of the model.
import type { Description, InputField } from "scorelet";
import * as format from "../../../../web/what-if/src/format.ts";
import { matchColumns } from "../../../../web/what-if/src/many/matching.ts";
import { refused } from "../fault.ts";
import { w } from "../texts/texts.ts";
import { contentOf } from "./read.ts";

export type Cells = readonly (readonly unknown[])[];

export interface Layout {
  /** By input of the model: the column that holds it (the row, where records lie across), or -1. */
  readonly places: readonly number[];
  /** Every column is a record. */
  readonly isAcross: boolean;
  /** The first record. */
  readonly first: number;
}

/** What the model must be told: a target that it could compare with its own prediction is no question. */
export const asked = ({ inputs, targets }: Description): InputField[] =>
  inputs.filter((f) => f.isUsed && !targets.some((t) => t.name === f.name));

const textOf = (cell: unknown): string => {
  const x = contentOf(cell);
  return typeof x === "string" || typeof x === "number" || typeof x === "boolean" ? String(x).trim() : "";
};

const isText = (cell: unknown): boolean => typeof contentOf(cell) === "string";

/** One row or one column of names, or one cell with names between commas or semicolons. */
export function namesIn(cells: Cells): string[] {
  const flat = cells.flat().map(textOf);
  return flat.length === 1 ? flat[0]!.split(/[,;]/).map((name) => name.trim()) : flat;
}

/** `fields` names the columns; without it headers inside the range do, or the model's own order. */
export function layoutOf(description: Description, cells: Cells, fields: Cells | null): Layout {
  const height = cells.length,
    width = cells[0]?.length ?? 0;
  if (!height || !width) throw refused(w.fault.noRows);
  if (fields?.length) return named(description, cells, fields);
  const needed = asked(description);
  const head = cells[0]!.map(textOf);
  if (height > 1 && cells[0]!.every((c) => isText(c)) && fits(head, needed)) return { places: placesOf(description, head), isAcross: false, first: 1 };
  const side = cells.map((row) => textOf(row[0]));
  if (width > 1 && cells.every((row) => isText(row[0])) && fits(side, needed)) return { places: placesOf(description, side), isAcross: true, first: 1 };
  const isAcross = width !== needed.length && height === needed.length;
  if (!isAcross && width !== needed.length) {
    const names = format.list(needed.map((f) => f.name));
    throw refused(w.fault.wrongWidth(width, needed.length, names));
  }
  return { places: description.inputs.map((f) => needed.indexOf(f)), isAcross, first: 0 };
}

const fits = (names: readonly string[], needed: readonly InputField[]): boolean => {
  const { missing, twice } = matchColumns(names, needed);
  return needed.length > 0 && !missing.length && !twice.length;
};

function named(description: Description, cells: Cells, fields: Cells): Layout {
  const names = namesIn(fields);
  const isAcross = fields.length > 1 && fields[0]!.length === 1 ? cells.length === names.length : cells[0]!.length !== names.length && cells.length === names.length;
  const size = isAcross ? cells.length : cells[0]!.length;
  if (size !== names.length) throw refused(w.fault.unevenNames(size, names.length));
  return { places: placesOf(description, names), isAcross, first: 0 };
}

function placesOf(description: Description, names: readonly string[]): number[] {
  const { columns, missing, twice } = matchColumns(names, description.inputs);
  if (twice.length) throw refused(w.fault.twice(format.list(twice)));
  const needed = new Set(asked(description));
  const absent = missing.filter(({ field }) => needed.has(field));
  if (absent.length) {
    const [{ guess }] = absent as [(typeof absent)[0]];
    throw refused(w.fault.noColumn(format.list(absent.map(({ field }) => field.name)), guess === null ? null : names[guess]!));
  }
  return description.inputs.map((f) => columns.get(f.name) ?? -1);
}
