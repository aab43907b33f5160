/** Sends what the queues hold, when the core says so (`Delivery`): one sender among tabs, by a Web Lock. */
import { answer } from "../answers.js";
import type { Core } from "../core.js";
import { type Host, run, type Sender } from "./module.js";
import { byteLength, type Portion, type Queue } from "./queue.js";
import type { TelemetryStorage, TelemetryStore } from "./storage.js";
import type { Rhythm, SentRequest, TelemetryOptions } from "./types.js";

/** Requests that outlive their page share 64 KiB with what else the page has under way. */
const KEEPALIVE = 60 * 1024;
const COMPRESSED_FROM = 1024;
const MOST_OF_ANSWER = 64 * 1024;
const REMEMBERED = 20;

/** `oldest`: when the oldest record came, as far as this tab has seen it; 0: it was there. */
interface Lane { path: SentRequest["path"]; queue: Queue; sender: Sender; oldest: number; wasEmpty: boolean }
interface Answer { status: number; retryAfter: string; body: string }

const now = (): number => Date.now() / 1000;

export class Delivery {
  readonly #core: Core;
  readonly #storage: TelemetryStorage;
  readonly #options: TelemetryOptions;
  readonly #rhythm: Required<Rhythm>;
  readonly #host: () => Host;
  readonly #changed: () => void;
  readonly #logs: Lane;
  readonly #metrics: Lane;
  #stop: AbortController | undefined;
  #ended: Promise<void> = Promise.resolve();
  #wake: () => void = () => {};
  #isHurried = false;
  /** The page was left, and may be shown again. */
  #isLeft = false;
  /** The oldest records, as many as a request holds that outlives the page. */
  #atHand: Portion | undefined;
  #underWay: Promise<unknown> | undefined;
  #secret: string | undefined;
  #isCompressing = true;
  isSender = false;
  answer: number | null = null;
  /** Why storage failed, until it is written again. */
  failure: string | null = null;
  readonly sent: SentRequest[] = [];

  constructor(core: Core, storage: TelemetryStorage, options: TelemetryOptions, queues: { logs: Queue; metrics: Queue }, host: () => Host, changed: () => void) {
    this.#core = core;
    this.#storage = storage;
    this.#options = options;
    this.#host = host;
    this.#changed = changed;
    const { records = 512, bytes = 1024 * 1024, interval = 5, firstDelay = 1, longestDelay = 300, timeout = 30 } = options.rhythm ?? {};
    this.#rhythm = { records, bytes, interval, firstDelay, longestDelay, timeout };
    const lane = (path: SentRequest["path"], queue: Queue, most: number): Lane => ({
      path, queue, oldest: 0, wasEmpty: false, sender: run(core, (module) => new module.Sender(most, bytes, interval, firstDelay, longestDelay)),
    });
    this.#logs = lane("/v1/logs", queues.logs, records);
    this.#metrics = lane("/v1/metrics", queues.metrics, 1);  // each is a body
  }

  get #lanes(): Lane[] { return [this.#logs, this.#metrics]; }

  /** Sums over both queues. */
  counts(): { delivered: number; rejected: number; refused: number; failures: number; isRefused: boolean } {
    const sum = (of: (sender: Sender) => number): number => this.#lanes.reduce((all, { sender }) => all + run(this.#core, () => of(sender)), 0);
    return {
      delivered: sum((s) => s.delivered), rejected: sum((s) => s.rejected), refused: sum((s) => s.dropped), failures: sum((s) => s.failures),
      isRefused: sum((s) => Number(s.isRefused)) > 0,
    };
  }

  /** Sends from now on, once no other tab does. */
  start(lock: string): void {
    if (this.#stop) return;
    const stop = this.#stop = new AbortController();
    const work = (): Promise<void> => this.#work(stop.signal);
    const locks = typeof navigator === "undefined" ? undefined : (navigator as { locks?: LockManager }).locks;
    const turn = locks ? locks.request(lock, { signal: stop.signal }, work) : work();
    this.#ended = Promise.resolve(turn).then(() => {}, (error: unknown) => { if (!stop.signal.aborted) this.failure = String(error); });
  }

  /** Ends after the request that is under way. */
  async stop(): Promise<void> {
    this.#stop?.abort();
    this.#stop = undefined;
    this.#wake();
    await this.#ended;
  }

  /** There is something new; `hurries`: what is there goes at once, as far as the collector lets it. */
  wake(hurries = false): void {
    this.#isHurried ||= hurries;
    this.#wake();
  }

  /** The page is left, or shown again. What is at hand goes at once: a page that ends has no time to look into its storage. */
  leave(isLeft: boolean): void {
    this.#isLeft = isLeft;
    const lane = this.#logs;
    const atHand = this.#atHand;
    if (!isLeft || !this.isSender || this.#underWay || !atHand || this.#core.isBroken) return;
    const isDue = run(this.#core, () => lane.sender.wait(now(), atHand.records.length, lane.oldest, true)) === 0;
    if (isDue) this.#underWay = this.#deliver(lane, atHand).finally(() => { this.#underWay = undefined; });
  }

  /** The page may end at any moment: requests have to outlive it. */
  get #isLast(): boolean { return this.#isLeft || (typeof document !== "undefined" && document.visibilityState === "hidden"); }

  close(): void {
    if (!this.#core.isBroken) for (const { sender } of this.#lanes) sender.delete();
  }

  async #work(signal: AbortSignal): Promise<void> {
    this.isSender = true;
    try {
      while (!signal.aborted) {
        const pause = await this.#turn();
        if (pause > 0 && !signal.aborted) await this.#sleep(pause);
      }
    } finally {
      this.isSender = false;
      this.#changed();
    }
  }

  /** Sends a request of each queue that is due: how many seconds there is nothing to do. */
  async #turn(): Promise<number> {
    await this.#underWay;
    const hurried = this.#isHurried;
    const isSeen = await this.#change(async (store) => {
      for (const { queue } of this.#lanes) await queue.look(store);
      this.#atHand = this.#logs.queue.records === 0 ? undefined : await this.#oldest(store, this.#logs, true);
    });
    if (!isSeen) return this.#rhythm.interval;
    let pause = this.#rhythm.interval;
    for (const lane of this.#lanes) {
      if (lane.wasEmpty) lane.oldest = now();
      lane.wasEmpty = lane.queue.records === 0;
      const wait = run(this.#core, () => lane.sender.wait(now(), lane.queue.records, lane.oldest, hurried || this.#isLast));
      if (wait > 0) pause = Math.min(pause, wait);
      else pause = Math.min(pause, await this.#send(lane));
    }
    if (this.#lanes.every(({ queue }) => queue.records === 0)) this.#isHurried = false;
    this.#changed();
    return pause;
  }

  #oldest(store: TelemetryStore, { queue, sender }: Lane, isLast: boolean): Promise<Portion> {
    const [records, bytes] = run(this.#core, (module) => {
      const most = Math.min(sender.records, queue.records);
      return [most, isLast ? Math.max(0, Math.min(sender.bytes, KEEPALIVE - module.logsOverhead(this.#host(), most))) : sender.bytes];
    });
    return queue.oldest(store, records, bytes);
  }

  async #send(lane: Lane): Promise<number> {
    let portion: Portion = { records: [], end: 0 };
    if (!await this.#change(async (store) => { portion = await this.#oldest(store, lane, this.#isLast); })) return this.#rhythm.interval;
    if (this.#underWay) return 0;  // the page was left meanwhile
    this.#underWay = this.#deliver(lane, portion);
    try {
      await this.#underWay;
    } finally {
      this.#underWay = undefined;
    }
    return 0;  // the core knows how long to wait
  }

  async #deliver(lane: Lane, portion: Portion): Promise<void> {
    const { queue, sender } = lane;
    // What storage has lost cannot be sent.
    if (portion.records.length > 0) {
      const body = lane === this.#metrics ? portion.records[0]! : this.#logsOf(portion.records, this.#host());
      const answer = await this.#post(lane.path, body);
      this.answer = answer.status;
      this.sent.push({ time: new Date(), path: lane.path, body, answer: answer.status });
      this.sent.splice(0, this.sent.length - REMEMBERED);
      const isDone = run(this.#core, () => sender.answered(now(), answer.status, answer.retryAfter, answer.body, portion.records.length, Math.random()));
      if (!isDone) return;
    }
    lane.oldest = now();
    this.#atHand = undefined;
    // As long as it is not written that they have arrived, they would be sent again.
    while (!await this.#change((store) => queue.acknowledge(store, portion.end))) {
      if (!this.#stop) return;
      await this.#sleep(this.#rhythm.interval);
    }
    this.failure = null;
  }

  #logsOf(records: readonly string[], host: Host): string {
    return run(this.#core, (module) => {
      const bytes = new TextEncoder().encode(records.join("\n"));
      const block = new module.Block();
      const out = new module.Outbox();
      try {
        const address = block.reserve(bytes.length);
        this.#core.heap.fresh().bytes.set(bytes, address);
        return answer(this.#core.heap, module.logs(block, bytes.length, host, out))[0] as string;
      } finally {
        block.delete();
        out.delete();
      }
    });
  }

  async #post(path: string, body: string): Promise<Answer> {
    const wasCompressing = this.#isCompressing;
    const answer = await this.#request(path, body);
    if (answer.status !== 415 || !wasCompressing) return answer;
    // Not every receiver takes what is compressed.
    this.#isCompressing = false;
    return this.#request(path, body);
  }

  async #request(path: string, body: string): Promise<Answer> {
    try {
      const { url, token, compression = "gzip" } = this.#options;
      const headers: Record<string, string> = { "content-type": "application/json" };
      const isLast = this.#isLast;
      // The last time, nothing is waited for.
      if (!isLast || this.#secret === undefined) this.#secret = typeof token === "function" ? await token() : token;
      if (this.#secret) headers["authorization"] = `Bearer ${this.#secret}`;
      let content: string | Uint8Array<ArrayBuffer> = body;
      if (compression === "gzip" && this.#isCompressing && !isLast && body.length >= COMPRESSED_FROM && typeof CompressionStream !== "undefined") {
        content = await compressed(body);
        headers["content-encoding"] = "gzip";
      }
      const response = await fetch(url.replace(/\/+$/, "") + path, {
        method: "POST", headers, body: content,
        // A redirection would carry records to someone whom nobody has named.
        redirect: "manual", credentials: "omit", cache: "no-store",
        keepalive: isLast && byteLength(body) <= KEEPALIVE,
        signal: AbortSignal.timeout(this.#rhythm.timeout * 1000),
      });
      const text = await response.text();
      return { status: response.status, retryAfter: response.headers.get("retry-after") ?? "", body: text.slice(0, MOST_OF_ANSWER) };
    } catch {
      return { status: 0, retryAfter: "", body: "" };
    }
  }

  async #change(work: Parameters<TelemetryStorage["change"]>[0]): Promise<boolean> {
    try {
      await this.#storage.change(work);
      return true;
    } catch (error) {
      for (const { queue } of this.#lanes) queue.forget();
      this.failure = error instanceof Error ? error.message : String(error);
      return false;
    }
  }

  #sleep(seconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, seconds * 1000);
      this.#wake = () => { clearTimeout(timer); resolve(); };
    });
  }
}

async function compressed(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
