// The models that travel with the workbook: what they are, in and out again.
import { modelCard } from "../../../../web/what-if/src/views/card.ts";
import { h, setText } from "../../../../web/what-if/src/dom.ts";
import * as format from "../../../../web/what-if/src/format.ts";
import { checks } from "../functions/tables.ts";
import { uses } from "../host/uses.ts";
import type { Kept, Library } from "../models/library.ts";
import { find } from "../models/names.ts";
import { pausing, Stopped } from "../scoring/pause.ts";
import { w } from "../texts/texts.ts";
import { button, message, reasonOf } from "./message.ts";

export class ModelsView {
  readonly root: HTMLElement;
  readonly #heading = h("h2", { tabindex: "-1" });
  readonly #list = h("ul", { class: "ml" });
  readonly #note = h("div");
  readonly #removeAll = button(w.models.removeAll, "quiet", () => void this.#remove(this.library.models.filter((m) => m.inWorkbook)));
  /** By fingerprint: cells that name the model, and where that is told. */
  #counts = new Map<string, number>();
  #told = new Map<string, HTMLElement>();
  #turn = 0;
  #isIn = false;
  readonly #file = h("input", { type: "file", class: "vh", accept: ".pmml,.xml,.scorelet", tabindex: "-1", "aria-hidden": "true" });

  constructor(
    private readonly library: Library,
    private readonly onAdded: (sha256: string) => void,
    private readonly say: (text: string) => void,
    telemetry: HTMLElement,
  ) {
    const choose = button(w.models.choose, "", () => this.#file.click());
    const drop = h("div", { class: "drop" }, h("p", {}, h("b", {}, w.models.add)), h("p", { class: "fine" }, w.models.drop), choose, this.#file);
    this.root = h("div", {}, h("section", { class: "sec" }, this.#heading, this.#list, this.#note), drop, h("p", { class: "fine pad" }, w.models.note, " ", this.#removeAll), telemetry);
    this.#file.addEventListener("change", () => {
      const [file] = this.#file.files ?? [];
      if (file) void this.#add(file);
      this.#file.value = "";
    });
    drop.addEventListener("dragover", (event) => event.preventDefault());
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file) void this.#add(file);
    });
    library.onChange(() => this.#update());
    this.#update();
  }

  async #add(file: File): Promise<void> {
    this.#tell(w.models.adding(file.name), false);
    try {
      const { loaded, isNew } = await this.library.add(new Uint8Array(await file.arrayBuffer()), file.name);
      this.#tell(isNew ? w.models.added(loaded.name) : w.models.already(loaded.name), false);
      this.onAdded(loaded.sha256);
    } catch (error) {
      this.#note.replaceChildren(message(`${w.models.refused(file.name)} ${reasonOf(error)}`));
    }
  }

  enter(): void {
    this.#isIn = true;
    void this.#count();
  }

  /** Whoever looks elsewhere does not wait for it. */
  leave(): void {
    this.#isIn = false;
    this.#turn++;
  }

  async #count(): Promise<void> {
    const turn = ++this.#turn;
    if (!this.library.models.length) return;
    try {
      const named = await uses(pausing(() => turn !== this.#turn));
      if (turn !== this.#turn) return;
      this.#counts = new Map(this.library.models.map((m) => [m.sha256, 0]));
      for (const [name, n] of named) {
        const stored = find(this.library.models, name);
        if (stored) this.#counts.set(stored.sha256, this.#counts.get(stored.sha256)! + n);
      }
    } catch (error) {
      if (error instanceof Stopped) return;
      this.#counts.clear(); // better nothing than a number that is old
    }
    this.#tellUses();
  }

  #tellUses(): void {
    for (const [sha256, told] of this.#told) {
      const n = this.#counts.get(sha256);
      setText(told, n === undefined ? "" : w.models.uses(n, format.number(n)));
    }
  }

  async #remove(some: readonly Kept[]): Promise<void> {
    const ways: (() => Promise<void>)[] = [];
    const back = async () => {
      for (const way of ways.toReversed()) await way();
    };
    try {
      for (const stored of some) ways.push(await this.library.remove(stored));
      this.#tell(some.length === 1 ? w.models.removed(some[0]!.name) : w.models.removedAll(some.length), false);
      const undo = button(w.models.undo, "", () => {
        this.#note.replaceChildren();
        this.#heading.focus();
        back().catch((error: unknown) => this.#note.replaceChildren(message(w.pane.failed(reasonOf(error)))));
      });
      this.#note.append(undo);
      undo.focus();
    } catch (error) {
      await back().catch(() => {}); // all or none
      this.#note.replaceChildren(message(w.pane.failed(reasonOf(error))));
    }
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      this.#note.replaceChildren();
      await work();
    } catch (error) {
      this.#note.replaceChildren(message(w.pane.failed(reasonOf(error))));
    }
  }

  #tell(text: string, isTrouble: boolean): void {
    this.#note.replaceChildren(message(text, isTrouble ? "act" : "plain"));
    this.say(text);
  }

  #update(): void {
    const { models } = this.library;
    const focused = document.activeElement?.id;
    setText(this.#heading, w.models.heading(models.filter((m) => m.inWorkbook).length));
    this.#removeAll.hidden = models.filter((m) => m.inWorkbook).length < 2;
    this.#told = new Map();
    this.#list.replaceChildren(...models.map((stored) => this.#item(stored)));
    this.#tellUses();
    if (this.#isIn) void this.#count();
    if (focused?.startsWith("keep-")) document.getElementById(focused)?.focus();
  }

  #item(stored: Kept): HTMLElement {
    const about = h("p", { class: "fine" }, format.size(stored.size));
    const checked = h("p", {});
    const used = h("p", { class: "fine" });
    this.#told.set(stored.sha256, used);
    const here = h("input", { type: "checkbox", id: `keep-${stored.sha256}`, checked: stored.onComputer });
    here.addEventListener("change", () => void this.#try(() => this.library.keepHere(stored, here.checked)));
    const place = stored.inWorkbook
      ? h("label", { class: "chk" }, here, h("span", {}, w.models.keep))
      : h("div", { class: "row" }, h("span", { class: "tag repl" }, w.models.onlyHere), button(w.models.take, "", () => void this.#try(() => this.library.take(stored))));
    const card = h("details", {}, h("summary", {}, w.models.card));
    const remove = button(w.models.remove, "quiet", () => void this.#remove([stored]));
    remove.setAttribute("aria-label", w.models.removeThis(stored.name));
    this.library.open(stored).then(
      (loaded) => {
        const { info, inputs } = loaded.description;
        const parts = [info.modelVersion && w.models.version(info.modelVersion), w.models.fields(inputs.filter((f) => f.isUsed).length), format.size(stored.size)];
        setText(about, parts.filter(Boolean).join(" · "));
        const { report } = loaded;
        checked.replaceChildren(h("span", { class: `tag ${report?.records ? (report.passed ? "ok" : "act") : "repl"}` }, checks(loaded)));
        void loaded.session().then((session) => card.append(modelCard(session)));
      },
      (error) => checked.replaceChildren(h("span", { class: "tag act" }, reasonOf(error))),
    );
    return h(
      "li",
      {},
      h("div", { class: "sh" }, h("h3", {}, stored.name), remove),
      about,
      checked,
      used,
      h("p", { class: "fine mono" }, w.models.fingerprint(format.fingerprint(stored.sha256))),
      place,
      card,
    );
  }
}
