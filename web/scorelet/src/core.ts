/** The Embind module (wasm/bindings.cpp), and how JavaScript sees its memory. */
import { fault } from "./error.js";
import type { Handle } from "./handle.js";
import type { Limits } from "./types.js";

export interface Block extends Handle { reserve(bytes: number): number }
export interface Outbox extends Handle { readonly address: number }

/** wasm/session.hpp says what each call answers. */
export interface Session extends Handle {
  readonly address: number;
  describe(): string;
  reserve(bytes: number): number;
  score(rows: number, columns: number, details: boolean): void;
  numbers(): number;
  numberOf(text: string): number;
  lanes(column: number): number;
  codes(column: number): number;
  diagnostics(): number;
  record(row: number): number;
  details(row: number): number;
  verify(): number;
  ndjson(allOutputs: boolean, details: boolean): number;
  csv(allOutputs: boolean, header: boolean): number;
  readonly isStateful: boolean;
  reset(): void;
  saveState(): number;
  restoreState(size: number): number;
}

/** wasm/inquiry.cpp. */
export interface Inquirer extends Handle {
  reserve(bytes: number): number;
  setBackground(size: number): number;
  makeBackground(records: number, seed: number, fromVerification: boolean): number;
  ask(size: number): number;
}

export interface AnyModule { readonly wasmMemory: WebAssembly.Memory }

export interface CoreModule extends AnyModule {
  readonly Block: new () => Block;
  readonly Outbox: new () => Outbox;
  /** In the full module. */
  readonly Inquirer?: new (session: Session) => Inquirer;
  /** `session.scoreNumbers()` of the session at an address, without what Embind does around a call. */
  _score_numbers(session: number): number;
  defaultLimits(): Limits;
  load(document: Block, size: number, modelName: string, horizon: number, explains: boolean, hasFurtherTypes: boolean, limits: Limits, findings: Outbox): Session | null;
}

/**
 * Views of the module's memory. They become detached when it grows, which any call may do: ask again after each.
 */
export class Heap {
  readonly #memory: WebAssembly.Memory;
  bytes = new Uint8Array();
  ints = new Int32Array();
  doubles = new Float64Array();

  constructor(memory: WebAssembly.Memory) { this.#memory = memory; }

  /** This, with views that are good until the next call. */
  fresh(): this {
    if (this.bytes.length === 0) {  // detached
      const { buffer } = this.#memory;
      this.bytes = new Uint8Array(buffer);
      this.ints = new Int32Array(buffer);
      this.doubles = new Float64Array(buffer);
    }
    return this;
  }
}

/** One instance of the module. Once it has run out of memory its state is undefined, so it answers no more. */
export class Core<Module extends AnyModule = CoreModule> {
  readonly heap: Heap;
  readonly #module: Module;
  readonly #exports: WebAssembly.Exports;
  #broken: unknown;
  /** Of a module in two parts (wasm/cut.py) the first gives the second what it is made of. */
  isWhole: boolean;

  constructor(module: Module, exports: WebAssembly.Exports) {
    this.#module = module;
    this.#exports = exports;
    this.heap = new Heap(module.wasmMemory);
    this.isWhole = !Object.keys(exports).some((name) => name.startsWith("."));
  }

  /** Adds the second part: its functions find their way into the first one's tables. */
  async complete(further: WebAssembly.Module): Promise<void> {
    await WebAssembly.instantiate(further, { first: this.#exports });
    this.isWhole = true;
  }

  get isBroken(): boolean { return this.#broken !== undefined; }

  /** Calls into the module. A trap, which the core only runs into without memory or stack, ends the instance. */
  run<T>(call: (module: Module) => T): T {
    if (this.isBroken) throw fault("closed", "This runtime stopped at an earlier error and has to be loaded anew.", { cause: this.#broken });
    try {
      return call(this.#module);
    } catch (cause) {
      if (!(cause instanceof WebAssembly.RuntimeError || cause instanceof RangeError)) throw cause;
      this.#broken = cause;
      throw fault("outOfMemory", `The runtime stopped, most likely for want of memory: ${cause.message}.`, { cause });
    }
  }
}
