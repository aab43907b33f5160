// A table read once more, in the blocks in which it is reported.
import type { Description, InputColumns } from "scorelet";
import { columnOf } from "../many/cells.ts";
import { readRecords } from "../many/reading.ts";
import type { Table } from "./protocol.ts";

/** Gives so many rows at most at once. Rows of another width than the header are left out, as they are where a table is scored. */
export async function readBlocks(
  { inputs }: Description,
  { file, dialect, decimalCommas, columns }: Table,
  most: number,
  take: (columns: InputColumns) => Promise<void>,
): Promise<void> {
  let width = 0,
    records: string[][] = [];
  const columnsOf = (block: string[][]): InputColumns =>
    Object.fromEntries(
      columns.map(([name, column]) => {
        const field = inputs.find((f) => f.name === name)!;
        return [name, columnOf(field, block.map((cells) => cells[column]!), decimalCommas)];
      }),
    );
  await readRecords(file, dialect, {
    header: (cells) => (width = cells.length),
    record(cells) {
      if (cells.length === width) records.push(cells);
    },
    async pause() {
      const whole = records;
      records = [];
      for (let at = 0; at < whole.length; at += most) await take(columnsOf(whole.slice(at, at + most)));
    },
  });
}
