// What the service keeps, in places that may take their time although a call of WebAssembly cannot wait (edge/module/module.h):
// where something is read that is not at hand, the call is made once more when it is; what is written is written behind
// the call, in its order, and answers wait for that.
//
// A place for models has logSize(), readLog(), appendLog(lines, size), readObject(sha256) and writeObject(sha256, bytes); one for
// predictions segments(), read(number), append(number, lines), replace(number, lines) and remove(number). They do what
// edge/service/storage.hpp and audit_storage.hpp say, at once or by a promise; what is not there is undefined, and appendLog
// is false where the record has grown.

/** What was done is void, through no fault of its own: it may be done again. */
export class Again extends Error {}

export function joined(parts) {
  if (parts.length === 1) return parts[0];
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export class Storage {
  #queue = [];
  #broken;

  constructor(store, audit) {
    this.store = store;
    this.audit = audit;
    this.log = new Uint8Array();         // the record of changes, with what is about to be written
    this.changes = 0;
    this.written = Promise.resolve();    // when everything is that was handed over up to now
    this.begin(new Map());
  }
  get isChanging() { return this.#queue.some(({ what }) => what === "appendLog"); }
  get isBroken() { return this.#broken !== undefined; }

  /** A call begins, for which some things were read already. */
  begin(given) { return (this.call = { given, wanted: [], isBehindWrites: false }); }

  read(what, key) {
    if (what === "readLog") return this.log;
    const { given, wanted } = this.call, name = `${what} ${key}`;
    if (given.has(name)) return given.get(name);
    const isOfStore = what === "readObject";
    const isUnwritten = ({ what: written, key: of }) =>
      isOfStore ? written === "writeObject" && of === key : written in (this.audit ?? {}) && (what === "segments" || of === key);
    if (this.#queue.some(isUnwritten)) {
      wanted.push(this.written);
      this.call.isBehindWrites = true;
      return undefined;
    }
    const value = isOfStore ? this.store.readObject(key) : this.audit[what](Number(key));
    if (typeof value?.then !== "function") return value;
    wanted.push(value.then((found) => given.set(name, found)));
    return undefined;
  }

  write(what, key, bytes) {
    if (what === "appendLog") {
      this.log = joined([this.log.subarray(0, Number(key)), bytes]);
      ++this.changes;
    }
    let last = this.#queue.at(-1);
    if (what === "append" && last?.what === what && last.key === key && !last.isBegun) {
      last.parts.push(bytes);  // requests that come together are written together
    } else {
      last = { what, key, parts: [bytes] };
      last.done = new Promise((resolve, reject) => Object.assign(last, { resolve, reject }));
      last.done.catch(() => {});
      this.#queue.push(last);
      if (this.#queue.length === 1) this.#work();
    }
    this.written = last.done;
  }

  #do({ what, key, parts }) {
    const bytes = joined(parts);
    if (what === "appendLog") return this.store.appendLog(bytes, Number(key));
    return what === "writeObject" ? this.store.writeObject(key, bytes) : this.audit[what](Number(key), bytes);
  }

  /** What follows something that could not be written is not written either. */
  async #work() {
    await undefined;  // until the call has ended
    for (let one; (one = this.#queue[0]) !== undefined; this.#queue.shift()) {
      one.isBegun = true;
      try {
        if (this.#broken !== undefined) throw this.#broken;
        if ((await this.#do(one)) === false) throw new Again("The record of changes has grown.");
        one.resolve();
      } catch (error) {
        this.#broken ??= error;
        one.reject(error);
      }
    }
  }

  /** When nothing is being written any more, be it that it could not be. */
  async settled() {
    while (this.#queue.length > 0) await this.#queue.at(-1).done.catch(() => {});
  }
}
