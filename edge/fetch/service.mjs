// The scoring service for hosts that speak `fetch`: Request in, Response out. No host's own functions here.
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

/** Gives an instance its settings and models. */
export function start(instance, settings, models) {
  instance.check("service_start", JSON.stringify(settings));
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
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/**
 * A service with its models. `module` is the compiled scorelet_service.wasm; `models` maps names to documents (bytes or texts);
 * `settings` are those of docs/service.md; `log` gets one line a request.
 */
export function createService(module, { settings = {}, models = {}, log = () => {} } = {}) {
  const begin = () => {
    const imports = {
      scorelet: {
        now: () => Date.now(),
        random: () => crypto.getRandomValues(new Int32Array(1))[0],
        log: (at, size) => log(begun.text(at, size)),
      },
    };
    const begun = new Instance(module, imports);
    return start(begun, settings, models);
  };
  let instance = begin();
  const most = Math.max(settings.bodyBytes ?? 4 << 20, settings.modelBytes ?? 64 << 20);

  return {
    /** `isLoopback`: the host knows that the connection comes from this machine. */
    async fetch(request, isLoopback = false) {
      const body = await readBody(request, most);
      const { pathname, search } = new URL(request.url);
      const head = { method: request.method, target: pathname + search, headers: [...request.headers], isLoopback };
      try {
        instance.call("service_handle", JSON.stringify(head), body);
      } catch (error) {
        instance = begin();  // memory ran out: this instance is lost, with what was deployed meanwhile
        log(JSON.stringify({ time: Date.now(), status: 500, trap: String(error) }));
        return Response.json({ message: "The request needed more memory than there is." }, { status: 500 });
      }
      const { status, headers } = JSON.parse(instance.text(...instance.answer(0)));
      // ("manual": workerd would compress once more)
      const hasBody = status !== 204 && status !== 304 && request.method !== "HEAD";
      return new Response(hasBody ? instance.bytes(...instance.answer(1)).slice() : null, { status, headers, encodeBody: "manual" });
    },
    /** From now on "not ready". */
    drain() { instance.c.service_drain(); },
  };
}
