// An engine, in its worker: the WebAssembly core and one model. The page imports this script, too, for what it exports.
import { Runtime, ScoreletError, type Inquiry, type Model } from "scorelet";
import { isDirect } from "../explain/direct.ts";
import { sampleOf } from "../explain/sample.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { Call, Calls, Compared, Failure, Reply, Request, Row } from "./protocol.ts";
import { modelToShow, score } from "./scorer.ts";

export * from "./scorer.ts";

type Work = { [C in Call]: (takes: Calls[C]["takes"]) => Calls[C]["gives"] | Promise<Calls[C]["gives"]> };

/** Where all mixtures of fields are scored, the work grows with the records compared with: a first answer takes few. */
const fewRecords = 20;
const manyRecords = 100;
const frame = 16; // ms

/** A model may be asked for before the core has started. */
let begin: (runtime: Promise<Runtime>) => void;
const started = new Promise<Runtime>((resolve) => (begin = resolve));
let model: Model | undefined;
let inquiry: Inquiry | undefined;
let cases = 0;
let brief: Inquiry | undefined; // compares with fewer records
let direct = ""; // the quantity that is known to be explained directly: fewer records are not tried first

const work: Work = {
  async start(module) {
    const loading = Runtime.load(module ?? undefined);
    begin(loading);
    return (await loading).module;
  },
  async load(content) {
    const runtime = await started;
    const fingerprint = fingerprintOf(content); // the browser's own threads see to it meanwhile
    model?.close();
    model = await runtime.loadModel(content);
    const { description, isStateful } = model;
    const report = description.info.hasVerification ? model.verify() : null;
    if (description.info.functionName === "timeSeries") {
      model.close();
      model = await modelToShow(runtime, content, true);
    }
    return {
      description,
      isStateful,
      report,
      bytes: content.length,
      document: new Blob([content]),
      fingerprint: await fingerprint,
    };
  },
  score(row) {
    if (!model) throw new Error("No model is loaded.");
    return score(model, row);
  },
  async inquire({ document, background }) {
    model ??= await (await started).loadModel(new Uint8Array(await document.arrayBuffer()), { explains: true });
    inquiry?.close();
    brief?.close();
    direct = "";
    if (Array.isArray(background)) {
      cases = background.length;
      inquiry = model.inquire(background);
      brief = model.inquire(sampleOf(background, fewRecords));
      return [];
    }
    const from = background as Exclude<Compared, readonly Row[]>;
    cases = Math.min(manyRecords, from === "verification" ? model.verify().records : manyRecords);
    [inquiry, brief] = [model.inquire(), model.inquire()];
    brief.makeBackground({ ...(from && { from }), records: Math.min(fewRecords, cases) });
    return inquiry.makeBackground({ ...(from && { from }), records: cases });
  },
  contributions({ record, options, compared }) {
    if (!inquiry || !brief) throw new Error("There is nothing to compare with.");
    const all = (whole: Inquiry) => ({ ...whole.contributions(record, options), cases, of: cases });
    const quantity = JSON.stringify(options.quantity);
    if (compared === "all" || quantity === direct) return all(inquiry);
    const few = Math.min(cases, fewRecords);
    const asked = performance.now();
    const explanation = brief.contributions(record, options);
    const took = performance.now() - asked;
    if (isDirect(explanation)) direct = quantity;
    return quantity === direct || (took * cases) / few < frame ? all(inquiry) : { ...explanation, cases: few, of: cases };
  },
  ask({ ask, of }) {
    if (!inquiry) throw new Error("There is nothing to compare with.");
    return (inquiry[ask] as (...of: unknown[]) => Calls["ask"]["gives"]).apply(inquiry, of);
  },
};

const send = (reply: Reply) => postMessage(reply);

const isWorker = !("document" in globalThis);
if (isWorker)
  addEventListener("message", async ({ data: { id, call, takes } }: MessageEvent<Request>) => {
    try {
      const gives = await work[call](takes as never);
      send({ id, gives });
    } catch (error) {
      send({ id, fails: failureOf(error) });
    }
  });

function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  return { message, diagnostics: error instanceof ScoreletError ? error.diagnostics : [] };
}
