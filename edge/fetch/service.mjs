// The scoring service for hosts that speak `fetch`: Request in, Response out. No host's own functions here.
import { Again, Storage, joined } from "./storage.mjs";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The module's memory from outside. */
export class Instance {
  constructor(module, imports) {
    this.c = new WebAssembly.Instance(module, imports).exports;
    this.c._initialize();
  }
  bytes(at, size) { return new Uint8Array(this.c.memory.buffer, at, size); }
  text(at, size) { return decoder.decode(this.bytes(at, size)); }
  answer(part) { return [this.c.service_answer(part), this.c.service_answer_size(part)]; }

  /** Calls a function that takes each of the texts or bytes as place and size. */
  call(name, ...parts) {
    const given = parts.map((part) => (typeof part === "string" ? encoder.encode(part) : part));
    const places = given.map((part) => this.c.service_alloc(part.length));
    given.forEach((part, i) => this.bytes(places[i], part.length).set(part));
    const result = this.c[name](...places.flatMap((place, i) => [place, given[i].length]));
    for (const place of places) this.c.service_free(place);
    return result;
  }
  /** The same for functions that say whether all is well. */
  check(name, ...parts) {
    if (this.call(name, ...parts) !== 1) throw new Error(this.text(...this.answer(0)));
  }
}

/** Gives an instance its settings and models, and says what it keeps. */
export function start(instance, settings, models, kept = {}) {
  instance.check("service_start", JSON.stringify(settings), JSON.stringify(kept));
  for (const [name, document] of Object.entries(models)) instance.check("service_deploy", name, document);
  return instance;
}

/** All of a body, unless it is longer than the service would take anyway. */
async function readBody(request, most) {
  const parts = [];
  let size = 0;
  if (request.body !== null) {
    for await (const part of request.body) {
      parts.push(part);
      size += part.length;
      if (size > most) break;  // one byte too many is enough for the service to refuse it
    }
  }
  return joined(parts);
}

class Trap extends Error {}

/** An instance with what it keeps. It is over as soon as something that it wrote cannot be kept. */
class Session {
  #turn;       // somebody's, for whose sake nobody else may write
  #following;
  #nextLook = 0;
  #isStale = false;
  #isOpen = false;
  isLost = false;

  constructor(module, { settings, models, log, store, audit, auditPolicy, followMilliseconds }) {
    Object.assign(this, { log, followMilliseconds });
    this.storage = new Storage(store, audit);
    this.instance = new Instance(module, { scorelet: this.#imports() });
    start(this.instance, settings, models, { store: store !== undefined, audit: audit && auditPolicy });
  }

  #imports() {
    const text = (at, size) => this.instance.text(at, size);
    return {
      now: () => Date.now(),
      random: () => crypto.getRandomValues(new Int32Array(1))[0],
      log: (at, size) => this.log(text(at, size)),
      waiting: () => Number(this.storage.call.wanted.length > 0),
      read: (what, whatSize, key, keySize, out) => {
        let bytes = this.storage.read(text(what, whatSize), text(key, keySize));
        if (bytes === undefined) return 0;
        if (Array.isArray(bytes)) bytes = encoder.encode(JSON.stringify(bytes));
        const place = this.instance.c.service_alloc(bytes.length);
        this.instance.bytes(place, bytes.length).set(bytes);
        new Uint32Array(this.instance.c.memory.buffer, out, 2).set([place, bytes.length]);
        return 1;
      },
      write: (what, whatSize, key, keySize, bytes, size) =>
        this.storage.write(text(what, whatSize), text(key, keySize), this.instance.bytes(bytes, size).slice()),
    };
  }

  /** Calls as often as it takes; what it did and answered is then there for good. */
  async #call(call) {
    const given = new Map();
    let end;
    try {
      for (let isAgain = false; ; isAgain = true) {
        while (this.#turn !== undefined && end === undefined) await this.#turn;
        if (this.isLost) throw new Again("The instance is lost.");
        const state = this.storage.begin(given);
        const result = this.#run(call, isAgain);
        if (result !== undefined || state.wanted.length === 0) {
          for (const one of state.wanted) one.catch(() => {});
          if (state.wanted.length > 0) this.#isStale = true;  // it went on without: that is made up for
          await this.storage.written;
          return result;
        }
        if (state.isBehindWrites && this.#turn === undefined) this.#turn = new Promise((resolve) => { end = resolve; });
        await Promise.all(state.wanted);
      }
    } finally {
      if (end !== undefined) {
        this.#turn = undefined;
        end();
      }
    }
  }
  #run(call, isAgain) {
    try {
      return call(isAgain);
    } catch (error) {
      throw new Trap(String(error));
    }
  }

  /** Takes in what others have changed. */
  follow() {
    const { storage } = this;
    const mayLook = storage.store !== undefined && !storage.isChanging;
    const isDue = !this.#isOpen || (mayLook && (this.#isStale || Date.now() >= this.#nextLook));
    if (this.#following === undefined && isDue) this.#following = this.#follow().finally(() => { this.#following = undefined; });
    return this.#following;
  }
  async #follow() {
    const { storage } = this, { store, changes } = storage;
    if (store !== undefined) {
      if (this.#isOpen && !this.#isStale && (await store.logSize()) === storage.log.length) return void this.#looked();
      const log = await store.readLog();
      if (storage.changes !== changes) return;  // own ones meanwhile: another time
      storage.log = log;
    }
    this.#isStale = true;  // until it has come to its end
    const why = await this.#call(() => {
      const isDone = this.instance.c.service_follow() === 1;
      if (!isDone && storage.call.wanted.length > 0) return undefined;
      this.#isStale = false;
      return isDone ? "" : this.instance.text(...this.instance.answer(0));
    });
    if (why !== "" && !this.#isOpen) throw new Error(why);
    if (why !== "") this.log(JSON.stringify({ time: Date.now(), event: "follow", why }));
    this.#isOpen = true;
    this.#looked();
  }
  #looked() { this.#nextLook = Date.now() + this.followMilliseconds; }

  answer(head, body) {
    const { instance } = this;
    return this.#call((isAgain) => {
      if (instance.call("service_handle", JSON.stringify({ ...head, isAgain }), body) === 0) return undefined;
      return [JSON.parse(instance.text(...instance.answer(0))), instance.bytes(...instance.answer(1)).slice()];
    });
  }
}

const failure = (status, message) => Response.json({ message }, { status });

/**
 * A service with its models. `module` is the compiled scorelet_service.wasm; `models` maps names to documents (bytes or texts);
 * `settings` are those of docs/service.md; `log` gets one line a request. In place of `models` there may be a `store` of them, and
 * `audit` to record predictions in, by `auditPolicy`: places as storage.mjs describes. What others change in the store is looked
 * for before a request, but not more often than every `followMilliseconds`.
 */
export function createService(module, options = {}) {
  const all = { settings: {}, models: {}, log: () => {}, auditPolicy: {}, followMilliseconds: 0, ...options };
  const { settings, log } = all;
  if (all.store !== undefined && Object.keys(all.models).length > 0) throw new Error("models come from files or from a store, not from both");
  const most = Math.max(settings.bodyBytes ?? 4 << 20, settings.modelBytes ?? 64 << 20);
  let isDraining = false;
  let session, renewal;  // the latest, and the promise of the next one
  function begin() {
    session = new Session(module, all);
    if (isDraining) session.instance.c.service_drain();
    return session;
  }
  begin();

  /** From now on another instance, once it is known what this one leaves behind. */
  function lose(lost) {
    lost.isLost = true;
    renewal ??= lost.storage.settled().then(begin).finally(() => { renewal = undefined; });
    renewal.catch(() => {});  // whoever asks next finds out
  }

  /** What an instance that is up to date says to it. */
  async function ask(question, triesLeft = 8) {
    if (session.isLost) await (renewal ?? begin());
    const asked = session;
    try {
      await asked.follow();
      return await question(asked);
    } catch (error) {
      if (!asked.isLost && (error instanceof Trap || asked.storage.isBroken)) lose(asked);
      if (!(error instanceof Again) || triesLeft === 0) throw error;
    }
    return ask(question, triesLeft - 1);
  }

  return {
    /** Ready for requests; they see to it themselves, but then nobody learns at once what is wrong. */
    begin() { return ask(() => undefined); },

    /** `isLoopback`: the host knows that the connection comes from this machine. */
    async fetch(request, isLoopback = false) {
      const body = await readBody(request, most);
      const { pathname, search } = new URL(request.url);
      const head = { method: request.method, target: pathname + search, headers: [...request.headers], isLoopback };
      let response, bytes;
      try {
        [response, bytes] = await ask((asked) => asked.answer(head, body));
      } catch (error) {
        const isTrap = error instanceof Trap;  // memory ran out: with the instance goes what is not kept
        log(JSON.stringify({ time: Date.now(), status: isTrap ? 500 : 503, [isTrap ? "trap" : "storage"]: String(error) }));
        if (isTrap) return failure(500, "The request needed more memory than there is.");
        return failure(503, "What the service keeps cannot be read or written, so there is no answer; its log says why.");
      }
      const { status, headers } = response;
      // ("manual": workerd would compress once more)
      const hasBody = status !== 204 && status !== 304 && request.method !== "HEAD";
      return new Response(hasBody ? bytes : null, { status, headers, encodeBody: "manual" });
    },
    /** When nothing that was handed over is still to be written. */
    settled() { return session.storage.settled(); },
    /** From now on "not ready". */
    drain() {
      isDraining = true;
      session.instance.c.service_drain();
    },
  };
}
