import { answer, diagnostics } from "./answers.js";
import type { Core } from "./core.js";
import { fault, ScoreletError } from "./error.js";
import { fullModule } from "./full.js";
import { Model } from "./model.js";
import { compile, compileParts, document, isParts, type PmmlSource, type WasmModule, type WasmSource } from "./source.js";
import { start } from "./start.js";
import type { Limits } from "./types.js";

export interface LoadOptions {
  /** Which model of the document; by default the first that can be scored. */
  modelName?: string;
  /** Time series: forecasts are made for the steps 1…horizon where no input field says how many; by default 1. */
  horizon?: number;
  /** For `inquire`: keeps what explanations need of ensembles of trees beside their packed form (some 60 bytes a node). */
  explains?: boolean;
  limits?: Partial<Limits>;
}

/** One instance of the WebAssembly module; any number of models live in it and share its memory. */
export class Runtime {
  static readonly #started = new Map<string, Promise<Runtime>>();
  /** The compiled module: another worker may start from it (`Runtime.load(module)`) without fetching and compiling. */
  readonly module: WasmModule;
  readonly #core: Core;
  #completed: Promise<void> | undefined;

  private constructor(core: Core, module: WasmModule) {
    this.#core = core;
    this.module = module;
  }

  /** Compiles and starts a module: the given one, or the `scorelet.wasm` of this package. */
  static async load(source?: WasmSource | PromiseLike<WasmSource>): Promise<Runtime> {
    const compiled = await compileParts(source);
    return new Runtime(await start(isParts(compiled) ? compiled.first : compiled, "scorelet.wasm"), compiled);
  }

  /** The runtime that `Model.load` uses; started at the first call, and again after a failure. */
  static shared(): Promise<Runtime> {
    return Runtime.#start("scorelet");
  }

  /**
   * The one with regular expressions, explanations and evaluations, from `scorelet-full.wasm`: started at the first call, or
   * when a model needs it. Not in `scorelet/lite`.
   */
  static full(): Promise<Runtime> {
    if (!fullModule) throw fault("badArgument", "There is no such module in scorelet/lite: use scorelet.");
    return Runtime.#start("full", fullModule);
  }

  static async #start(name: string, address?: () => WasmSource): Promise<Runtime> {
    const started = Runtime.#started;
    const start = started.get(name) ?? Runtime.load(address?.());
    started.set(name, start);
    try {
      const runtime = await start;
      if (!runtime.#core.isBroken) return runtime;
    } catch (error) {
      if (started.get(name) === start) started.delete(name);
      throw error;
    }
    if (started.get(name) === start) started.delete(name);
    return Runtime.#start(name, address);
  }

  /** @internal */
  get core(): Core { return this.#core; }

  /** Bounds that hold unless `LoadOptions.limits` says otherwise. */
  get defaultLimits(): Limits {
    return this.#core.run((module) => module.defaultLimits());
  }

  /**
   * Parses, checks and compiles a document; a ScoreletError lists every fault found. What this runtime's module leaves out
   * and the package has (regular expressions, `explains`), `Runtime.full()` loads in its stead.
   */
  async loadModel(pmml: PmmlSource | PromiseLike<PmmlSource>, options: LoadOptions = {}): Promise<Model> {
    const limits = this.#limits(options.limits);
    const horizon = options.horizon ?? 1;
    if (!Number.isInteger(horizon) || horizon < 1 || horizon > limits.forecastSteps) {
      throw fault("badArgument", `The horizon must be a whole number of steps from 1 to ${limits.forecastSteps}, not ${horizon}.`);
    }
    const source = await document(pmml);
    const bytes = typeof source === "string" ? new TextEncoder().encode(source) : source;
    const isAll = !fullModule || this.#core.run((module) => module.Inquirer !== undefined);
    if (!isAll && options.explains) return (await Runtime.full()).loadModel(bytes, options);
    try {
      return this.#load(bytes, { ...options, horizon, limits });
    } catch (error) {
      if (!(error instanceof ScoreletError)) throw error;
      const codes = new Set(error.diagnostics.map(({ code }) => code));
      if (codes.has("furtherPart") && isParts(this.module)) {
        await this.#complete(this.module.further);
        return this.loadModel(bytes, options);
      }
      if (isAll || !(codes.has("furtherPart") || codes.has("leftOut"))) throw error;
      // Where modules cannot be fetched (workerd), what is missing is the answer.
      const full = await Runtime.full().catch((cause: unknown) => { throw new ScoreletError(error.diagnostics, { cause }); });
      return full.loadModel(bytes, options);
    }
  }

  /** Tried again after a failure, of which all hear that waited for it. */
  async #complete(further: WasmSource): Promise<void> {
    this.#completed ??= compile(further).then((compiled) => this.#core.complete(compiled));
    try {
      await this.#completed;
    } finally {
      this.#completed = undefined;
    }
  }

  #load(bytes: Uint8Array, { modelName, horizon, explains, limits }: LoadOptions & { horizon: number; limits: Limits }): Model {
    const core = this.#core;
    return core.run((module) => {
      const block = new module.Block();
      const findings = new module.Outbox();
      const address = block.reserve(bytes.length);
      core.heap.fresh().bytes.set(bytes, address);
      const session = module.load(block, bytes.length, modelName ?? "", horizon, explains ?? false, core.isWhole, limits, findings);
      const reasons = session ? [] : diagnostics(answer(core.heap, findings.address)[0]);
      block.delete();
      findings.delete();
      if (!session) throw new ScoreletError(reasons);
      return Model.of(core, session);
    });
  }

  #limits(wanted: Partial<Limits> = {}): Limits {
    const limits = this.defaultLimits;
    for (const [name, value] of Object.entries(wanted)) {
      if (!(name in limits)) throw fault("badArgument", `There is no limit "${name}"; there are ${Object.keys(limits).join(", ")}.`);
      if (!Number.isInteger(value) || value < 0 || value > 0xffff_ffff) throw fault("badArgument", `The limit "${name}" must be a whole number, not ${value}.`);
    }
    return { ...limits, ...wanted };
  }
}
