// A file of records, read part by part: what every pass over it has in common.
import { CsvReader, type Dialect } from "./csv.ts";
import type { Progress } from "./protocol.ts";

const often = 100; // ms between two reports

type Take = (cells: string[], raw: string) => void;

/** Gives each record as cells and as it was written. `pause` is waited for before more of the file is read. */
export async function readRecords(
  file: Blob,
  { encoding, delimiter }: Dialect,
  to: { header: Take; record: Take; pause?: () => Promise<void>; progress?: (progress: Progress) => void },
): Promise<void> {
  let rows = 0,
    isHeader = true,
    width = 0,
    bytes = 0,
    told = performance.now();
  const reader = new CsvReader(delimiter, (cells, raw) => {
    if (isHeader) {
      isHeader = false;
      width = cells.length;
      return to.header(cells, raw);
    }
    if (raw === "" && width > 1) return; // a blank line
    rows++;
    to.record(cells, raw);
  });
  const decoder = new TextDecoder(encoding);
  const parts = file.stream().getReader();
  for (let part = await parts.read(); !part.done; part = await parts.read()) {
    bytes += part.value.length;
    // Parts may be large; in pieces of this size the row that is told is never far behind.
    for (let at = 0; at < part.value.length; at += 1 << 20) {
      reader.push(decoder.decode(part.value.subarray(at, at + (1 << 20)), { stream: true }));
      await to.pause?.();
    }
    if (performance.now() - told < often) continue;
    told = performance.now();
    to.progress?.({ rows, share: file.size ? bytes / file.size : 1 });
  }
  reader.push(decoder.decode(), true);
  await to.pause?.();
  to.progress?.({ rows, share: 1 });
}

class Found extends Error {}

/** The cells of one row, from 0; reads the file as far as that. */
export async function rowAt(file: Blob, dialect: Dialect, row: number): Promise<string[]> {
  let at = 0,
    found: string[] = [];
  await readRecords(file, dialect, {
    header() {},
    record(cells) {
      if (at++ === row) found = cells;
    },
    pause: async () => {
      if (at > row) throw new Found();
    },
  }).catch((error: unknown) => {
    if (!(error instanceof Found)) throw error;
  });
  return found;
}

/** The cells of `most` of all `rows`, evenly chosen. */
export async function sampleIn(file: Blob, dialect: Dialect, rows: number, most: number): Promise<string[][]> {
  const found: string[][] = [];
  const step = Math.max(1, rows / most);
  let at = 0;
  await readRecords(file, dialect, {
    header() {},
    record(cells) {
      if (found.length < most && at++ >= Math.floor(found.length * step)) found.push(cells);
    },
  });
  return found;
}
