// The models that formulas may name: those of the workbook, then those kept on this computer. A model is opened when it
// is first asked for.
import type { Progress } from "../../../../web/what-if/src/engine/protocol.ts";
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

const stale = 2000; // ms: a name that is not known is looked for once more after this

export class Library {
  #stored: readonly StoredModel[] = [];
  readonly #open = new Map<string, Promise<Loaded>>();
  readonly #now = new Map<string, Loaded>();
  readonly #listeners = new Set<() => void>();
  #engines: Engines | null = null;
  #listed = -Infinity;
  #listing: Promise<void> | null = null;

  /** `renewed` is called when a model has come or gone. */
  constructor(
    private readonly store: Store,
    private readonly renewed: () => void = () => {},
  ) {}

  get models(): readonly StoredModel[] {
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

  open(stored: StoredModel, tell?: (progress: Progress) => void): Promise<Loaded> {
    let opening = this.#open.get(stored.sha256);
    if (opening) return opening;
    this.#engines ??= new Engines();
    opening = this.store.read(stored.sha256).then((document) => Loaded.open(stored, document, this.#engines!, tell));
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
    if (known) return { loaded: await this.open(known), isNew: false };
    this.#engines ??= new Engines();
    const plain = fileName.replace(/\.(pmml|xml|scorelet)$/i, "");
    const first: StoredModel = { name: plain, sha256: sha, size: document.length };
    const trial = await Loaded.open(first, document, this.#engines, tell);
    const name = freeName(trial.description.info.modelName?.trim() || plain, this.#stored);
    const stored = { ...first, name };
    const loaded = trial.named(stored);
    await this.store.add(stored, document);
    this.#open.set(sha, Promise.resolve(loaded));
    this.#now.set(sha, loaded);
    this.#become([...this.#stored, stored]);
    this.renewed();
    return { loaded, isNew: true };
  }

  /** Gives the way back. */
  async remove(stored: StoredModel): Promise<() => Promise<void>> {
    const document = await this.store.read(stored.sha256);
    await this.store.remove(stored.sha256);
    this.#open.get(stored.sha256)?.then((loaded) => loaded.close()).catch(() => {});
    this.#open.delete(stored.sha256);
    this.#now.delete(stored.sha256);
    this.#become(this.#stored.filter((m) => m.sha256 !== stored.sha256));
    this.renewed();
    return async () => {
      await this.store.add(stored, document);
      this.#become([...this.#stored, stored]);
      this.renewed();
    };
  }

  #found(name: string): Loaded | Promise<Loaded> {
    const stored = find(this.#stored, name);
    if (stored) return this.#now.get(stored.sha256) ?? this.open(stored);
    throw refused(w.fault.noModel(name.trim(), format.list(this.#stored.map((m) => m.name))));
  }

  async #list(): Promise<void> {
    const stored = await this.store.list();
    this.#listed = performance.now();
    this.#become(stored);
  }

  #become(stored: readonly StoredModel[]): void {
    this.#stored = stored;
    for (const listener of this.#listeners) listener();
  }
}
