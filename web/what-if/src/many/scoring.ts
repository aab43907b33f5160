// Scores a file: reads blocks of rows, has them scored while the next ones are read, and writes them back in order.
import type { ColumnResult, Description, InputColumns } from "scorelet";
import { cellText } from "./csv.ts";
import { columnOf, resultsOf, resultText, valuesOf } from "./cells.ts";
import { KeptNumbers, KeptTexts } from "./kept.ts";
import type { Done, Order, Progress, Reason } from "./protocol.ts";
import { readRecords } from "./reading.ts";

const blockRows = 1 << 15;
const mostBlocks = 3; // read and not yet written

interface Scorer {
  scoreColumns(columns: InputColumns): ColumnResult | Promise<ColumnResult>;
}

/** Scores kept for all rows, by result: numbers, or texts. */
export type Scores = Map<string, KeptNumbers | KeptTexts>;
export type Kept = Map<number, KeptTexts>;

interface Block {
  raws: string[];
  cells: string[][]; // by field of the order
  broken: Map<number, number>; // row of the block to the number of its cells
}

const dates = new Set(["date", "time", "dateTime"]);

export async function scoreFile(
  scorer: Scorer,
  description: Description,
  order: Order,
  progress: (progress: Progress) => void,
): Promise<{ done: Omit<Done, "seconds">; scores: Scores; kept: Kept }> {
  const { dialect, columns } = order;
  const { delimiter, lineEnd } = dialect;
  const fields = columns.map(([name]) => description.inputs.find((f) => f.name === name)!);
  const results = resultsOf(description.results);
  const isNumber = results.map((r) => !["string", "list", "boolean"].includes(r.dataType) && !dates.has(r.dataType));
  const scores: Scores = new Map(results.map((r, i) => [r.name, isNumber[i] ? new KeptNumbers() : new KeptTexts()]));
  const kept: Kept = new Map(order.keep.map((column) => [column, new KeptTexts()]));
  const reasons = new Map<string, Reason>();
  const parts: Blob[] = [],
    refusedParts: Blob[] = [];
  let width = 0,
    rows = 0,
    refusedRows = 0,
    header = "",
    block = emptyBlock(),
    last: Promise<void> = Promise.resolve(),
    failure: unknown;
  const blocks: Promise<void>[] = []; // being scored, in order

  function emptyBlock(): Block {
    return { raws: [], cells: columns.map(() => []), broken: new Map() };
  }

  /** The results of a block, behind those of the blocks before it. */
  function write({ raws, broken }: Block, result: ColumnResult): void {
    const values = valuesOf(result, results);
    const lines: string[] = [],
      refused: string[] = [];
    const refuse = (raw: string, reason: Omit<Reason, "rows">, row: number) => refused.push(refusal(raw, reason, row));
    for (const [i, raw] of raws.entries()) {
      const cells = broken.get(i);
      let line = raw;
      for (const [r, list] of values.entries()) {
        const value = cells === undefined ? (list[i] ?? null) : null;
        const store = scores.get(results[r]!.name)!;
        if (store instanceof KeptNumbers) store.add(typeof value === "number" ? value : NaN);
        else store.add(resultText(value));
        let text = resultText(value);
        if (order.decimalCommas && typeof value === "number") text = text.replace(".", ",");
        line += delimiter + (text === "" ? "" : cellText(text, delimiter));
      }
      lines.push(line);
      if (cells !== undefined)
        refuse(raw, { code: "badRecord", field: null, message: `${cells} / ${width}` }, rows + i);
      else if (!result.ok(i)) {
        const [first] = result.diagnostics(i);
        refuse(raw, { code: first!.code, field: first!.field ?? null, message: first!.message }, rows + i);
      }
    }
    rows += raws.length;
    refusedRows += refused.length;
    parts.push(new Blob([lines.join(lineEnd) + lineEnd]));
    if (refused.length) refusedParts.push(new Blob(refused));
  }

  /** Counts a row without an answer; what is said of it. */
  function refusal(raw: string, { code, field, message }: Omit<Reason, "rows">, row: number): string {
    const key = JSON.stringify([code, field]);
    const reason = reasons.get(key) ?? { code, field, message, rows: 0 };
    reason.rows++;
    reasons.set(key, reason);
    const why = code === "badRecord" ? `badRecord (${message})` : message;
    return [String(row + 1), cellText(why, delimiter), raw].join(delimiter) + lineEnd;
  }

  function send(): void {
    if (!block.raws.length) return;
    const mine = block;
    block = emptyBlock();
    const input = Object.fromEntries(fields.map((f, i) => [f.name, columnOf(f, mine.cells[i]!, order.decimalCommas)]));
    const scored = Promise.resolve(scorer.scoreColumns(input));
    scored.catch(() => {}); // heard below, in turn
    last = last
      .then(async () => write(mine, await scored))
      .catch((error: unknown) => {
        failure ??= error;
      });
    blocks.push(last);
  }

  await readRecords(order.file, dialect, {
    header(cells, raw) {
      width = cells.length;
      const taken = new Set(cells);
      const names = results.map((r) => (taken.has(r.name) ? order.rename.replace("*", r.name) : r.name));
      header = raw;
      parts.push(new Blob([[raw, ...names.map((name) => cellText(name, delimiter))].join(delimiter) + lineEnd]));
    },
    record(cells, raw) {
      const isWhole = cells.length === width;
      if (!isWhole) block.broken.set(block.raws.length, cells.length);
      for (const [i, [, column]] of columns.entries()) block.cells[i]!.push(isWhole ? cells[column]! : "");
      for (const [column, store] of kept) store.add(isWhole ? cells[column]! : "");
      block.raws.push(raw);
      if (block.raws.length === blockRows) send();
    },
    async pause() {
      while (blocks.length >= mostBlocks) await blocks.shift();
      if (failure) throw failure;
    },
    progress: ({ share }) => progress({ rows, share }),
  });
  send();
  await last;
  if (failure) throw failure;
  const mark = dialect.hasMark ? "\ufeff" : "";
  const table = (lines: (Blob | string)[]) => new Blob([mark, ...lines], { type: "text/csv" });
  return {
    done: {
      rows,
      scored: table(parts),
      unscored: refusedRows ? table([["@row", "@reason", header].join(delimiter) + lineEnd, ...refusedParts]) : null,
      unscoredRows: refusedRows,
      reasons: [...reasons.values()].sort((a, b) => b.rows - a.rows),
    },
    scores,
    kept,
  };
}
