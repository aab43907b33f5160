// Reading a table of text bit by bit (RFC 4180, with any separator): records as cells, and as they were written, so that a
// scored file can give every byte of them back.

export interface Dialect {
  encoding: string;
  hasMark: boolean; // a byte order mark, which some programs want to see again
  delimiter: string;
  lineEnd: "\n" | "\r\n";
}

const candidates = [",", ";", "\t", "|"];
const longest = 1 << 24; // characters of one record; more than that is a quote without an end

/** Judged by the first bytes of a file. */
export function dialectOf(head: Uint8Array): Dialect {
  const encoding = encodingOf(head);
  const line = firstRecord(new TextDecoder(encoding).decode(head));
  const bare = line.replace(/"[^"]*"?/g, "");
  const counts = candidates.map((c) => bare.split(c).length);
  return {
    encoding,
    hasMark: encoding.startsWith("utf-16") || (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf),
    delimiter: candidates[counts.indexOf(Math.max(...counts))]!,
    lineEnd: line.endsWith("\r") ? "\r\n" : "\n",
  };
}

function encodingOf(head: Uint8Array): string {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: true });
    return "utf-8";
  } catch {
    return "windows-1252"; // what spreadsheets in Western Europe save
  }
}

/** Up to the first line end outside quotes. */
function firstRecord(text: string): string {
  let quotes = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') quotes++;
    else if (text[i] === "\n" && quotes % 2 === 0) return text.slice(0, i);
  }
  return text;
}

export class EndlessQuote extends Error {
  constructor(readonly record: number) {
    super(`record ${record}`);
  }
}

export class CsvReader {
  #rest = "";
  #records = 0;

  constructor(
    private readonly delimiter: string,
    private readonly take: (cells: string[], raw: string) => void,
  ) {}

  /** Takes the next part of the text; records that are whole go to `take`. */
  push(text: string, isLast = false): void {
    const s = this.#rest + text;
    let at = 0,
      quote = s.indexOf('"');
    while (at < s.length) {
      if (quote >= 0 && quote < at) quote = s.indexOf('"', at);
      const end = s.indexOf("\n", at);
      if (quote < 0 || (end >= 0 && quote > end)) {
        if (end < 0 && !isLast) break;
        const line = s.slice(at, end < 0 ? s.length : end);
        const raw = line.endsWith("\r") ? line.slice(0, -1) : line;
        this.#give(raw.split(this.delimiter), raw);
        at = end < 0 ? s.length : end + 1;
      } else {
        const next = this.#quoted(s, at, isLast);
        if (next < 0) break;
        at = next;
      }
    }
    this.#rest = s.slice(at);
    if (this.#rest.length > longest) throw new EndlessQuote(this.#records + 1);
  }

  #give(cells: string[], raw: string): void {
    this.#records++;
    this.take(cells, raw);
  }

  /** A record with a quote in it; where the next one begins, or -1 if this one goes on in text to come. */
  #quoted(s: string, begin: number, isLast: boolean): number {
    const cells: string[] = [];
    let at = begin;
    for (;;) {
      let cell = "";
      if (s[at] === '"') {
        let from = at + 1;
        for (;;) {
          const close = s.indexOf('"', from);
          if (close < 0 || (close + 1 === s.length && !isLast)) {
            if (!isLast) return -1;
            cell += s.slice(from);
            at = s.length;
            break;
          }
          if (s[close + 1] !== '"') {
            cell += s.slice(from, close);
            at = close + 1;
            break;
          }
          cell += s.slice(from, close + 1);
          from = close + 2;
        }
      }
      let stop = at;
      while (stop < s.length && s[stop] !== this.delimiter && s[stop] !== "\n") stop++;
      if (stop === s.length && !isLast) return -1;
      const isEnd = stop === s.length || s[stop] === "\n";
      const bare = s.slice(at, stop);
      cells.push(cell + (isEnd && bare.endsWith("\r") ? bare.slice(0, -1) : bare));
      if (isEnd) {
        const raw = s.slice(begin, stop);
        this.#give(cells, raw.endsWith("\r") ? raw.slice(0, -1) : raw);
        return Math.min(stop + 1, s.length);
      }
      at = stop + 1;
    }
  }
}

/** A cell as it is written: quoted only if it must be. */
export function cellText(text: string, delimiter: string): string {
  const isPlain = !text.includes(delimiter) && !/["\r\n]/.test(text);
  return isPlain ? text : `"${text.replaceAll('"', '""')}"`;
}
