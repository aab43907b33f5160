// The models that formulas may name: those of the workbook, then those kept on this computer alone. A model is opened when it
// is first asked for.
import type { Progress } from "../../../../web/what-if/src/engine/protocol.ts";
import { compiled } from "../../../../web/what-if/src/engine/compiled.ts";
import { Engines } from "../../../../web/what-if/src/engine/engines.ts";
import * as format from "../../../../web/what-if/src/format.ts";
import { refused } from "../fault.ts";
import { w } from "../texts/texts.ts";
import { Loaded } from "./loaded.ts";
import { find, freeName } from "./names.ts";
import { sha256, type StoredModel } from "./part.ts";

/** Where models are kept. */
export interface Store {
  list(): Promise<readonly StoredModel[]>;
  read(sha256: string): Promise<Uint8Array<ArrayBuffer>>;
  add(model: StoredModel, document: Uint8Array<ArrayBuffer>): Promise<void>;
  remove(sha256: string): Promise<void>;
}

/** Where a model is kept: in this workbook, on this computer, or both. */
export interface Kept extends StoredModel {
  readonly inWorkbook: boolean;
  readonly onComputer: boolean;
}

const stale = 2000; // ms: a name that is not known is looked for once more after this

export class Library {
  #stored: readonly Kept[] = [];
  readonly #open = new Map<string, Promise<Loaded>>();
  readonly #now = new Map<string, Loaded>();
  readonly #listeners = new Set<() => void>();
  #engines: Engines | null = null;
  #listed = -Infinity;
  #listing: Promise<void> | null = null;
  /** How often a model has come or gone here. */
  #changes = 0;

  /** `renewed` is called when a model has come or gone. */
  constructor(
    private readonly workbook: Store,
    private readonly computer: Store,
    private readonly renewed: () => void = () => {},
  ) {}

  get models(): readonly Kept[] {
    return this.#stored;
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** At once if it is open. Throws what a cell shows if there is none of that name. */
  find(name: string): Loaded | Promise<Loaded> {
    const stored = find(this.#stored, name);
    if (stored) return this.#now.get(stored.sha256) ?? this.open(stored);
    if (performance.now() - this.#listed > stale) return this.refresh().then(() => this.#found(name));
    return this.#found(name);
  }

  open(stored: Kept, tell?: (progress: Progress) => void): Promise<Loaded> {
    let opening = this.#open.get(stored.sha256);
    if (opening) return opening;
    this.#engines ??= new Engines(compiled());
    opening = this.#storeOf(stored).read(stored.sha256).then((document) => Loaded.open(stored, document, this.#engines!, tell));
    this.#open.set(stored.sha256, opening);
    opening.then(
      (loaded) => this.#now.set(stored.sha256, loaded),
      () => this.#open.delete(stored.sha256),
    );
    return opening;
  }

  /** Reads anew what there is. */
  refresh(): Promise<void> {
    return (this.#listing ??= this.#list().finally(() => (this.#listing = null)));
  }

  /** Keeps a document once it was opened without fault; gives what is kept, and whether it was there before. */
  async add(document: Uint8Array<ArrayBuffer>, fileName: string, tell?: (progress: Progress) => void): Promise<{ loaded: Loaded; isNew: boolean }> {
    const sha = await sha256(document);
    const known = this.#stored.find((m) => m.sha256 === sha);
    if (known) {
      await this.take(known);
      return { loaded: await this.open(known), isNew: false };
    }
    this.#engines ??= new Engines(compiled());
    const plain = fileName.replace(/\.(pmml|xml|scorelet)$/i, "");
    const first: StoredModel = { name: plain, sha256: sha, size: document.length };
    const trial = await Loaded.open(first, document, this.#engines, tell);
    const name = freeName(trial.description.info.modelName?.trim() || plain, this.#stored);
    const stored = { ...first, name };
    const loaded = trial.named(stored);
    await this.workbook.add(stored, document);
    this.#open.set(sha, Promise.resolve(loaded));
    this.#now.set(sha, loaded);
    const kept: Kept = { ...stored, inWorkbook: true, onComputer: false };
    this.#change(kept, kept);
    return { loaded, isNew: true };
  }

  /** Out of the workbook, or, where it is not in it, off this computer. Gives the way back. */
  async remove(stored: Kept): Promise<() => Promise<void>> {
    const store = this.#storeOf(stored);
    const document = await store.read(stored.sha256);
    await store.remove(stored.sha256);
    const left = stored.inWorkbook && stored.onComputer ? { ...stored, inWorkbook: false } : null;
    if (!left) {
      this.#open.get(stored.sha256)?.then((loaded) => loaded.close()).catch(() => {});
      this.#open.delete(stored.sha256);
      this.#now.delete(stored.sha256);
    }
    this.#change(stored, left);
    return async () => {
      await store.add(stored, document);
      this.#change(stored, stored);
    };
  }

  /** Into the workbook, from this computer. */
  async take(stored: Kept): Promise<void> {
    if (stored.inWorkbook) return;
    await this.workbook.add(stored, await this.computer.read(stored.sha256));
    this.#change(stored, { ...stored, inWorkbook: true });
  }

  /** On this computer as well, or no longer. */
  async keepHere(stored: Kept, isKept: boolean): Promise<void> {
    if (isKept) await this.computer.add(stored, await this.#storeOf(stored).read(stored.sha256));
    else await this.computer.remove(stored.sha256);
    this.#change(stored, { ...stored, onComputer: isKept });
  }

  #storeOf({ inWorkbook }: Kept): Store {
    return inWorkbook ? this.workbook : this.computer;
  }

  /** In its place, or at the end. */
  #change(stored: Kept, next: Kept | null): void {
    const at = this.#stored.findIndex((m) => m.sha256 === stored.sha256);
    const others = this.#stored.filter((m) => m.sha256 !== stored.sha256);
    this.#changes++;
    this.#become(next ? others.toSpliced(at < 0 ? others.length : at, 0, next) : others);
    this.renewed();
  }

  #found(name: string): Loaded | Promise<Loaded> {
    const stored = find(this.#stored, name);
    if (stored) return this.#now.get(stored.sha256) ?? this.open(stored);
    throw refused(w.fault.noModel(name.trim(), format.list(this.#stored.map((m) => m.name))));
  }

  async #list(): Promise<void> {
    const changes = this.#changes;
    // Storage may be forbidden: what is in the workbook is there all the same.
    const [here, there] = await Promise.all([this.workbook.list(), this.computer.list().catch((): StoredModel[] => [])]);
    if (changes !== this.#changes) return this.#list(); // of before a model came or went
    this.#listed = performance.now();
    const isIn = (list: readonly StoredModel[], { sha256 }: StoredModel) => list.some((m) => m.sha256 === sha256);
    const stored = here.map((m): Kept => ({ ...m, inWorkbook: true, onComputer: isIn(there, m) }));
    for (const m of there) if (!isIn(here, m)) stored.push({ ...m, name: freeName(m.name, stored), inWorkbook: false, onComputer: true });
    this.#become(stored);
  }

  #become(stored: readonly Kept[]): void {
    this.#stored = stored;
    for (const listener of this.#listeners) listener();
  }
}
