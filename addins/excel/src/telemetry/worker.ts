// Reports what was scored, in a worker: rows are scored once more beside the one that reports, so that nobody waits for it.
import { type InputColumns, type Model, Runtime } from "scorelet";
import { Telemetry, type Watch } from "scorelet/telemetry";
import { rangeOf } from "../scoring/ranges.ts";
import type { Ask, Asks, Reply, Request } from "./protocol.ts";

const slice = 256; // rows between which what was taken is stored

interface Watched {
  readonly model: Model;
  readonly watch: Watch;
}

let telemetry: Telemetry;
const models = new Map<string, Promise<Watched>>();

const work: { [A in Ask]: (...of: Parameters<Asks[A]>) => ReturnType<Asks[A]> | Promise<ReturnType<Asks[A]>> } = {
  async begin({ url, token, serviceName, environment, ...rest }, name) {
    const host = { kind: "add-in", ...(serviceName && { serviceName }), ...(environment && { environment }) };
    telemetry = await Telemetry.open({ ...rest, url, ...(token && { token }), host, name });
    telemetry.subscribe((status) => reply({ status }));
    return telemetry.status;
  },
  async switch(isOn) {
    await (isOn ? telemetry.switchOn() : telemetry.switchOff());
    return telemetry.status;
  },
  async watch(sha256, document, identity) {
    const begun = Runtime.full().then(async (runtime): Promise<Watched> => {
      const model = await runtime.loadModel(document);
      return { model, watch: telemetry.watch(model, { identity }) };
    });
    models.set(sha256, begun);
    await begun;
  },
  async scored(sha256, columns, rows, without) {
    const { model, watch } = await models.get(sha256)!;
    model.reset(); // a call knows no rows but its own
    for (const [begin, end] of runsOf(rows, without)) {
      for (let row = begin; row < end; row += slice) await report(model, watch, rangeOf(columns, row, Math.min(row + slice, end)));
    }
  },
  async seen() {
    return { waiting: await telemetry.waiting(5), sent: telemetry.sent.slice(-5) };
  },
};

async function report(model: Model, watch: Watch, columns: InputColumns): Promise<void> {
  model.scoreColumns(columns);
  watch.report();
  await new Promise((resolve) => setTimeout(resolve));
}

/** The stretches of rows between those that are left out. */
function runsOf(rows: number, without: readonly number[]): [number, number][] {
  const ends = [...without, rows];
  return ends.map((end, i): [number, number] => [i ? ends[i - 1]! + 1 : 0, end]).filter(([begin, end]) => begin < end);
}

const reply = (message: Reply): void => postMessage(message);

/** One after the other: rows are told in the order in which they were scored. */
let last: Promise<unknown> = Promise.resolve();
addEventListener("message", ({ data: { id, ask, of } }: MessageEvent<Request>) => {
  last = last
    .then(() => (work[ask] as (...of: unknown[]) => ReturnType<Asks[Ask]>)(...of))
    .then(
      (gives) => reply({ id, gives }),
      (error: unknown) => reply({ id, fails: error instanceof Error ? error.message : String(error) }),
    );
});
