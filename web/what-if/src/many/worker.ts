// The worker of one file: reads it, has it scored by a pool of workers, and answers what is asked about the scores.
import { Model, Runtime, ScoreletError } from "scorelet";
import { ScoringPool } from "scorelet/pool";
import { CsvReader, dialectOf } from "./csv.ts";
import type { Differing } from "./differing.ts";
import { Judge } from "./judging.ts";
import { KeptTexts } from "./kept.ts";
import type { Begin, Call, Calls, Order, Progress, Reply, Request } from "./protocol.ts";
import { readRecords, rowAt, sampleIn } from "./reading.ts";
import { scoreFile, type Kept } from "./scoring.ts";

const headBytes = 1 << 18;
const sampleRows = 200;

type Tell = (progress: Progress) => void;
type Work = { [C in Call]: (takes: Calls[C]["takes"], tell: Tell) => Calls[C]["gives"] | Promise<Calls[C]["gives"]> };

let begun: Begin;
let order: Order;
let judge: Judge;
let differing: Differing;
let kept: Kept = new Map();

/** Models that remember earlier rows need one scorer that sees them all in order. */
async function withScorer<T>(use: (scorer: Model | ScoringPool) => Promise<T>): Promise<T> {
  const { module, isStateful } = begun;
  const document = new Uint8Array(await begun.document.arrayBuffer());
  using scorer = isStateful
    ? await Model.load(document, { wasm: module })
    : await ScoringPool.open(document, { wasm: module });
  return await use(scorer);
}

/** A column for all rows: kept, or read from the file again. */
async function column(number: number, tell: Tell): Promise<KeptTexts> {
  const known = kept.get(number);
  if (known) return known;
  const found = new KeptTexts();
  let width = 0;
  await readRecords(order.file, order.dialect, {
    header: (cells) => {
      width = cells.length;
    },
    record: (cells) => found.add(cells.length === width ? cells[number]! : ""),
    progress: tell,
  });
  kept.set(number, found);
  return found;
}

const work: Work = {
  begin(takes) {
    begun = takes;
    return null;
  },
  async look(file) {
    const bytes = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
    const dialect = dialectOf(bytes);
    const records: string[][] = [];
    const reader = new CsvReader(dialect.delimiter, (cells) => records.push(cells));
    reader.push(new TextDecoder(dialect.encoding).decode(bytes), bytes.length === file.size);
    const [header = [], ...rows] = records;
    return { dialect, header, sample: rows.slice(0, sampleRows) };
  },
  async score(takes, tell) {
    order = takes;
    const begin = performance.now();
    const found = await withScorer((scorer) => scoreFile(scorer, scorer.description, order, tell));
    kept = found.kept;
    judge = new Judge(await Runtime.full(), found.scores, order.decimalCommas);
    return { ...found.done, seconds: (performance.now() - begin) / 1000 };
  },
  spread: (subject) => judge.spread(subject),
  judge: async (outcome, tell) => (outcome ? judge.judge(outcome, await column(outcome.column, tell)) : judge.forget()),
  slices: async ({ column: number, subject }, tell) => judge.slices(await column(number, tell), subject),
  side: ({ subject, label }) => judge.side(subject, label),
  differ({ second, subject, label, classes }) {
    differing = judge.differing(second, subject, label, classes);
    return differing.differences();
  },
  slicesApart: async (number, tell) => differing.slices(await column(number, tell)),
  sample: (most) => sampleIn(order.file, order.dialect, judge.rows, most),
  row: (number) => rowAt(order.file, order.dialect, number),
  at: (threshold) => judge.binary.at(threshold),
  best: (payoff) => judge.binary.best(payoff),
  top: (wanted) => ("cases" in wanted ? judge.binary.top(wanted.cases) : judge.binary.topWith(wanted.share)),
};

const send = (reply: Reply) => postMessage(reply);

addEventListener("message", async ({ data: { id, call, takes } }: MessageEvent<Request>) => {
  try {
    send({ id, gives: await work[call](takes as never, (progress) => send({ id, progress })) });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    send({ id, fails: { message, diagnostics: error instanceof ScoreletError ? error.diagnostics : [] } });
  }
});
