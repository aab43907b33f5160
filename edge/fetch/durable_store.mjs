// A store of models and a record of predictions in a Durable Object of Workers: rows of its SQLite database, written by it alone.
import { DurableObject } from "cloudflare:workers";
import { joined } from "./storage.mjs";

const part = 1 << 20;  // a value of a row, and of a call between Workers, has its limit

function parts(bytes) {
  const out = [];
  for (let at = 0; at < bytes.length; at += part) out.push(bytes.slice(at, at + part));  // (a view would be sent with all that is behind it)
  return out;
}

const tables = [
  "changes (position INTEGER PRIMARY KEY, bytes BLOB)",                                      // of the record of changes
  "objects (sha256 TEXT, part INTEGER, bytes BLOB, PRIMARY KEY (sha256, part))",
  "predictions (segment INTEGER, position INTEGER, bytes BLOB, PRIMARY KEY (segment, position))",
];

/** What has been written is on the disk before anybody outside is told: `sync` waits for that. */
export class StoreObject extends DurableObject {
  constructor(state, env) {
    super(state, env);
    for (const table of tables) state.storage.sql.exec(`CREATE TABLE IF NOT EXISTS ${table}`);
  }
  #rows(query, ...values) { return this.ctx.storage.sql.exec(query, ...values).toArray(); }
  #bytes(query, ...values) { return this.#rows(query, ...values).map(({ bytes }) => new Uint8Array(bytes)); }
  #end(table, where = "TRUE", ...values) {
    return this.#rows(`SELECT coalesce(max(position + length(bytes)), 0) AS size FROM ${table} WHERE ${where}`, ...values)[0].size;
  }

  logSize() { return this.#end("changes"); }
  readChanges(from) { return this.#bytes("SELECT bytes FROM changes WHERE position >= ? ORDER BY position LIMIT 1", from)[0]; }
  async appendLog(lines, size) {
    if (this.logSize() !== size) return false;
    for (const bytes of parts(lines)) this.#rows("INSERT INTO changes VALUES (?, ?)", this.logSize(), bytes);
    await this.ctx.storage.sync();
    return true;
  }
  readPart(sha256, number) { return this.#bytes("SELECT bytes FROM objects WHERE sha256 = ? AND part = ?", sha256, number)[0]; }
  async writePart(sha256, number, bytes) {
    this.#rows("INSERT OR REPLACE INTO objects VALUES (?, ?, ?)", sha256, number, bytes);
    await this.ctx.storage.sync();
  }

  /** A place for predictions, as storage.mjs describes; for the object itself. */
  audit() {
    const add = (segment, lines) => {
      for (const bytes of parts(lines)) this.#rows("INSERT INTO predictions VALUES (?, ?, ?)", segment, this.#end("predictions", "segment = ?", segment), bytes);
    };
    const remove = (segment) => this.#rows("DELETE FROM predictions WHERE segment = ?", segment);
    const sync = () => this.ctx.storage.sync();
    return {
      segments: () => this.#rows("SELECT DISTINCT segment FROM predictions ORDER BY segment").map(({ segment }) => segment),
      read: (segment) => joined(this.#bytes("SELECT bytes FROM predictions WHERE segment = ? ORDER BY position", segment)),
      append: (segment, lines) => (add(segment, lines), sync()),
      replace: (segment, lines) => (this.ctx.storage.transactionSync(() => (remove(segment), add(segment, lines))), sync()),
      remove: (segment) => (remove(segment), sync()),
    };
  }
}

/** A place for models, as storage.mjs describes. `object`: a function that gives such an object, or a stub of it. */
export function storeIn(object) {
  const all = async (read) => {
    const out = [];
    for (let one, size = 0; (one = await read(out.length, size)) !== undefined; size += one.length) out.push(one);
    return out;
  };
  return {
    logSize: () => object().logSize(),
    readLog: async () => joined(await all((_, size) => object().readChanges(size))),
    appendLog: (lines, size) => object().appendLog(lines, size),
    async readObject(sha256) {
      const found = await all((number) => object().readPart(sha256, number));
      return found.length > 0 ? joined(found) : undefined;
    },
    async writeObject(sha256, bytes) {
      for (const [number, one] of parts(bytes).entries()) await object().writePart(sha256, number, one);
    },
  };
}
