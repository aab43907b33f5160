// Reports what was scored, in a worker: rows are scored once more beside the one that reports, so that nobody waits for it.
import { type InputColumns, type Model, Runtime } from "scorelet";
import { type Privacy, Telemetry, type Watch } from "scorelet/telemetry";
import type { Ask, Asks, Reply, Reported, Request, Table } from "./protocol.ts";
import { rangeOf } from "./ranges.ts";
import { usualTableRows, type Settings } from "./settings.ts";
import { readBlocks } from "./table.ts";

const slice = 256; // rows between which what was taken is stored

interface Watched {
  readonly of: Reported;
  readonly model: Model;
  readonly watch: Watch;
}

let telemetry: Telemetry;
let settings: Settings;
const models = new Map<string, Watched>();

const work: { [A in Ask]: (...of: Parameters<Asks[A]>) => ReturnType<Asks[A]> | Promise<ReturnType<Asks[A]>> } = {
  async begin(given, kind, name) {
    settings = given;
    const { url, token, serviceName, environment, ...rest } = given;
    const host = { kind, ...(serviceName && { serviceName }), ...(environment && { environment }) };
    telemetry = await Telemetry.open({ ...rest, url, ...(token && { token }), host, name });
    telemetry.subscribe((status) => reply({ status }));
    return telemetry.status;
  },
  async switch(isOn) {
    await (isOn ? telemetry.switchOn() : telemetry.switchOff());
    return telemetry.status;
  },
  async watch(of) {
    models.set(of.id, await watched(of));
  },
  async forget(id) {
    const known = models.get(id);
    models.delete(id);
    if (known) await end(known);
  },
  case(id, row) {
    const { model, watch } = models.get(id)!;
    model.reset(); // a what-if has no rows before it
    model.score(row);
    watch.report();
  },
  async scored(id, columns, rows, without) {
    const { model, watch } = models.get(id)!;
    model.reset(); // a call knows no rows but its own
    for (const [begin, end] of runsOf(rows, without)) {
      for (let row = begin; row < end; row += slice) await report(model, watch, rangeOf(columns, row, Math.min(row + slice, end)));
    }
  },
  table(id, table) {
    const { of } = models.get(id)!;
    const told = tables.then(() => reportTable(of, table));
    tables = told.catch(() => {}); // who asked is told
    return told;
  },
  preview(id, row) {
    const { model, watch } = models.get(id)!;
    model.reset();
    model.score(row);
    return watch.preview();
  },
  async seen() {
    return { waiting: await telemetry.waiting(5), sent: telemetry.sent.slice(-5) };
  },
  async leave() {
    await telemetry.flush(0);
  },
};

async function watched(of: Reported): Promise<Watched> {
  const document = new Uint8Array(await new Blob([of.document]).arrayBuffer());
  const model = await (await Runtime.full()).loadModel(document, of.horizon === undefined ? {} : { horizon: of.horizon });
  const baseline = settings.baselines?.find(({ modelSha256 }) => modelSha256 && modelSha256 === of.identity.sha256);
  const watch = telemetry.watch(model, { identity: of.identity, privacy: privacyOf(model), ...(baseline && { baseline }) });
  return { of, model, watch };
}

/** What is said of the fields that this model has: settings are for all models that people open. */
function privacyOf({ description: { inputs, results } }: Model): Privacy {
  const { fields = {}, ...rest } = settings.privacy ?? {};
  const names = new Set([...inputs, ...results].map(({ name }) => name));
  return { ...rest, fields: Object.fromEntries(Object.entries(fields).filter(([name]) => names.has(name))) };
}

async function end({ model, watch }: Watched): Promise<void> {
  await watch.close();
  model.close();
}

async function report(model: Model, watch: Watch, columns: InputColumns, share?: number): Promise<void> {
  model.scoreColumns(columns);
  watch.report(share === undefined ? {} : { share });
  await new Promise((resolve) => setTimeout(resolve));
}

/** A window of its own, and one table after the other; cases that come meanwhile do not wait for it. */
let tables: Promise<void> = Promise.resolve();
async function reportTable(of: Reported, table: Table): Promise<void> {
  const own = await watched(of);
  const share = Math.min(settings.share ?? 1, (settings.tableRows ?? usualTableRows) / Math.max(1, table.rows));
  try {
    await readBlocks(own.model.description, table, slice, async (columns) => {
      if (telemetry.isOn) await report(own.model, own.watch, columns, share);
    });
  } finally {
    await end(own);
  }
}

/** The stretches of rows between those that are left out. */
function runsOf(rows: number, without: readonly number[]): [number, number][] {
  const ends = [...without, rows];
  return ends.map((end, i): [number, number] => [i ? ends[i - 1]! + 1 : 0, end]).filter(([begin, end]) => begin < end);
}

const reply = (message: Reply): void => postMessage(message);

/** One after the other: rows are told in the order in which they were scored. These need not wait for them. */
let last: Promise<unknown> = Promise.resolve();
const free = new Set<Ask>(["switch", "table", "seen"]);
addEventListener("message", ({ data: { id, ask, of } }: MessageEvent<Request>) => {
  const turn = free.has(ask) ? Promise.resolve() : last;
  const done = turn
    .then(() => (work[ask] as (...of: unknown[]) => ReturnType<Asks[Ask]>)(...of))
    .then(
      (gives) => reply({ id, gives }),
      (error: unknown) => reply({ id, fails: error instanceof Error ? error.message : String(error) }),
    );
  if (!free.has(ask)) last = done;
});
