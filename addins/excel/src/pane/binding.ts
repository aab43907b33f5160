// The fields of a case and the cells of a sheet, both ways. What one side says comes back from the other as an echo; an
// echo says nothing new, and so nothing goes round.
import type { InputField } from "scorelet";
import { heldIn, same } from "../../../../web/what-if/src/case.ts";
import { kindOf, readValue, type CaseValue } from "../../../../web/what-if/src/domain.ts";
import { Listed, Unread } from "../../../../web/what-if/src/typed.ts";
import { CellError, contentOf, type Reader } from "../cells/read.ts";
import { asText } from "../host/excel.ts";

/** What a cell means to the form. */
export function caseValueOf(field: InputField, reader: Reader, cell: unknown): CaseValue {
  const value = reader(cell);
  if (value === null) return null;
  if (value instanceof CellError) return new Unread(value.code);
  if (typeof value === "number") return value;
  return kindOf(field) === "number" ? new Unread(value) : heldIn(field, new Map([[field.name, readValue(field, value)]]));
}

/** What is written for the form's value. A day is left to Excel to read, any other text stays text. */
export function cellOf(field: InputField, value: CaseValue): string | number | boolean {
  if (value === null) return "";
  if (value instanceof Unread || value instanceof Listed) return asText(value.text);
  return typeof value === "string" && !/^(date|time|dateTime)$/.test(kindOf(field)) ? asText(value) : value;
}

export class Echo {
  /** As last seen or written, by field. */
  #cells: unknown[] = [];

  constructor(
    private readonly fields: readonly InputField[],
    private readonly readers: readonly Reader[],
  ) {}

  /** The cells have these contents now: what that changes for the case. */
  fromCells(cells: readonly unknown[]): { field: InputField; value: CaseValue }[] {
    const before = this.#cells;
    this.#cells = [...cells];
    return this.fields.flatMap((field, i) => (isSameCell(before[i], cells[i]) ? [] : [{ field, value: this.#valueOf(i, cells[i]) }]));
  }

  /** The case has these values now: which cells must change. A cell that says the same in another way stays as it is. */
  toCells(values: (field: InputField) => CaseValue): { index: number; cell: string | number | boolean }[] {
    return this.fields.flatMap((field, index) => {
      const value = values(field);
      if (index in this.#cells && same(this.#valueOf(index, this.#cells[index]), value)) return [];
      const cell = cellOf(field, value);
      this.#cells[index] = typeof cell === "string" ? cell.replace(/^'/, "") : cell;
      return [{ index, cell }];
    });
  }

  #valueOf(index: number, cell: unknown): CaseValue {
    return caseValueOf(this.fields[index]!, this.readers[index]!, cell);
  }
}

function isSameCell(a: unknown, b: unknown): boolean {
  const [x, y] = [contentOf(a), contentOf(b)];
  if (x instanceof CellError || y instanceof CellError) return x instanceof CellError && y instanceof CellError && x.code === y.code;
  return a !== undefined && (x ?? "") === (y ?? "");
}
