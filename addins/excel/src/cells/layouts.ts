// Layouts found before: thousands of cells of a sheet name their columns alike.
import type { Cells, Layout } from "./layout.ts";

interface Entry {
  height: number;
  width: number;
  fields: Cells | null;
  layout: Layout;
}

const most = 16;

export class Layouts {
  /** The last one used comes first. */
  #entries: Entry[] = [];

  find(cells: Cells, fields: Cells | null): Layout | undefined {
    const at = this.#entries.findIndex((entry) => entry.height === cells.length && entry.width === cells[0]?.length && isSame(entry.fields, fields));
    if (at < 0) return undefined;
    const entry = this.#entries[at]!;
    if (at > 0) this.#entries = [entry, ...this.#entries.filter((e) => e !== entry)];
    return entry.layout;
  }

  keep(cells: Cells, fields: Cells | null, layout: Layout): Layout {
    this.#entries = [{ height: cells.length, width: cells[0]?.length ?? 0, fields, layout }, ...this.#entries.slice(0, most - 1)];
    return layout;
  }
}

function isSame(a: Cells | null, b: Cells | null): boolean {
  if (a === b) return true;
  if (!a || !b || a.length !== b.length) return false;
  for (let r = 0; r < a.length; r++) {
    const left = a[r]!,
      right = b[r]!;
    if (left.length !== right.length) return false;
    for (let c = 0; c < left.length; c++) if (left[c] !== right[c]) return false;
  }
  return true;
}
