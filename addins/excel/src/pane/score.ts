// Scoring a table: which column is which field, which results are wanted, a second model beside the first, and on it goes
// in chunks that Excel on the web takes.
import type { InputField } from "scorelet";
import { h, setText } from "../../../../web/what-if/src/dom.ts";
import * as format from "../../../../web/what-if/src/format.ts";
import { matchColumns, type Match } from "../../../../web/what-if/src/many/matching.ts";
import { asked } from "../cells/layout.ts";
import { predictionOf, titleOf, usualWants, wantOf, type Want } from "../cells/wants.ts";
import { Fault } from "../fault.ts";
import type { Call, Calls } from "../functions/calls.ts";
import { addressOf, isEmpty, part, read, select, selected, write, type Area, type Values } from "../host/sheet.ts";
import type { Library } from "../models/library.ts";
import type { Loaded } from "../models/loaded.ts";
import type { Answer } from "../scoring/answers.ts";
import { w } from "../texts/texts.ts";
import { button, message, reasonOf } from "./message.ts";
import type { ModelView } from "./pane.ts";

const rowsAtOnce = 8192;

export class ScoreView implements ModelView {
  readonly root: HTMLElement;
  readonly #heading = h("h2", { tabindex: "-1" }, w.score.heading);
  readonly #about = h("p", { class: "fine" }, w.score.lead);
  readonly #note = h("div");
  readonly #matching = h("div");
  readonly #results = h("fieldset", { hidden: true });
  readonly #rival = h("select", { id: "rival" });
  readonly #rivalField = h("div", { hidden: true }, h("label", { for: "rival" }, w.score.challenger), this.#rival, h("p", { class: "fine" }, w.score.challengerNote));
  readonly #go = button(w.score.go, "primary", () => void this.#run());
  readonly #cancel = button(w.score.cancel, "", () => this.#call?.onCanceled?.());
  readonly #progress = h("p", { class: "fine", role: "status" });
  #model: Loaded | null = null;
  #region: Area | null = null;
  #header: string[] = [];
  readonly #chosen = new Map<string, number | null>();
  #call: Call | null = null;

  constructor(
    private readonly library: Library,
    private readonly calls: Calls,
    private readonly say: (text: string) => void,
  ) {
    const look = button(w.score.read, "", () => void this.#look());
    this.root = h(
      "div",
      {},
      h("section", { class: "sec" }, this.#heading, this.#about, h("div", { class: "row" }, look), this.#note, this.#matching, this.#results, this.#rivalField),
      h("div", { class: "foot" }, h("div", { class: "row" }, this.#go, this.#cancel), this.#progress),
    );
    this.#go.hidden = this.#cancel.hidden = true;
    library.onChange(() => this.#offerRivals());
  }

  use(model: Loaded | null): void {
    if (model === this.#model && model) return;
    this.#model = model;
    this.#chosen.clear();
    this.#offerRivals();
    this.#paint();
    if (!model) this.#note.replaceChildren(message(w.models.none, "plain"));
    else this.#note.replaceChildren();
  }

  async #look(): Promise<void> {
    try {
      const { selection, region } = await selected();
      const area = selection.rows > 1 && selection.columns > 1 ? selection : region;
      this.#note.replaceChildren();
      this.#region = null;
      if (area.rows < 2) this.#note.replaceChildren(message(w.score.noRange, "plain"));
      else {
        const [header] = await read(part(area, 0, 0, 1, area.columns));
        this.#header = header!.map(String);
        this.#region = area;
        this.#chosen.clear();
      }
      this.#paint();
    } catch (error) {
      this.#note.replaceChildren(message(w.pane.failed(reasonOf(error))));
    }
  }

  get #match(): Match {
    return matchColumns(this.#header, asked(this.#model!.description), this.#chosen);
  }

  #paint(): void {
    const area = this.#region,
      model = this.#model;
    const isReady = model !== null && area !== null;
    this.#results.hidden = this.#go.hidden = this.#matching.hidden = !isReady;
    this.#rivalField.hidden = !isReady || this.#rival.length < 2;
    setText(this.#about, area ? w.score.range(`${area.sheet}!${addressOf(area)}`, format.number(area.rows - 1)) : w.score.lead);
    if (!isReady) return;
    const { results } = model.description;
    const usual = new Set(usualWants(model.description).map(titleOf));
    this.#results.replaceChildren(
      h("legend", {}, w.score.results),
      ...results.map((r) => h("label", { class: "chk" }, h("input", { type: "checkbox", value: r.name, checked: usual.has(r.name) }), h("span", {}, format.label(r)), h("span", { class: "fine" }, r.dataType))),
    );
    this.#paintMatching(this.#match);
  }

  /** What was asked stays in place while it is answered. */
  #paintMatching(match: Match): void {
    const fields = asked(this.#model!.description);
    const count = h("h3", {});
    const missing = h("p", { class: "note", hidden: true });
    const update = () => {
      const { columns, missing: absent } = this.#match;
      setText(count, w.score.matched(fields.filter((f) => columns.has(f.name)).length, fields.length));
      const names = [...absent.map(({ field }) => field), ...fields.filter((f) => this.#chosen.get(f.name) === null)].map((f) => format.label(f));
      missing.hidden = !names.length;
      setText(missing, names.length ? w.score.missing(format.list([...new Set(names)])) : "");
      this.#go.disabled = columns.size === 0;
    };
    const rows = [...match.missing, ...match.twice.flatMap((name) => fields.filter((f) => f.name === name).map((field) => ({ field, guess: null })))].map(({ field, guess }, i) => this.#row(field, guess, `match-${i}`, update));
    this.#matching.replaceChildren(count, missing, h("ul", { class: "asked" }, ...rows));
    update();
  }

  #row(field: InputField, guess: number | null, id: string, update: () => void): HTMLElement {
    const label = format.label(field);
    const columns = h("select", { id }, h("option", { value: "" }, w.score.none), ...this.#header.map((name, i) => h("option", { value: i }, name || `${i + 1}`)));
    const pick = () => {
      this.#chosen.set(field.name, columns.value === "" ? null : Number(columns.value));
      update();
    };
    columns.addEventListener("change", pick);
    const use = guess === null ? null : button(w.score.use, "", () => {
      columns.value = String(guess);
      pick();
      columns.focus();
    });
    return h("li", {}, h("label", { for: id }, w.score.column(label)), columns, guess !== null && h("p", { class: "fine" }, w.score.guess(this.#header[guess]!, label), " ", use));
  }

  #offerRivals(): void {
    const others = this.library.models.filter((m) => m.sha256 !== this.#model?.sha256);
    this.#rival.replaceChildren(h("option", { value: "" }, w.score.noChallenger), ...others.map((m) => h("option", { value: m.sha256 }, m.name)));
    this.#rivalField.hidden = this.#region === null || others.length === 0;
  }

  async #run(): Promise<void> {
    const model = this.#model!,
      area = this.#region!;
    const names = [...this.#results.querySelectorAll<HTMLInputElement>("input:checked")].map((input) => input.value);
    const wants = names.map((name) => wantOf(model.description, name));
    const stored = this.library.models.find((m) => m.sha256 === this.#rival.value);
    this.#call = {};
    this.#go.disabled = true;
    this.#cancel.hidden = false;
    this.#note.replaceChildren();
    try {
      const rival = stored ? await this.library.open(stored) : null;
      const job = new Job(this.calls, model, rival, wants, this.#header, this.#match);
      const to = part(area, 0, area.columns, area.rows, job.titles.length);
      if (!(await isEmpty(to))) return this.#note.replaceChildren(message(w.score.occupied(addressOf(to))));
      await write(part(to, 0, 0, 1, to.columns), [job.titles]);
      const { rows, isStopped } = await this.#chunks(job, area, to);
      const text = isStopped ? w.score.stopped(format.number(rows)) : w.score.done(format.number(rows), addressOf(to));
      this.#tell([text, job.faults ? w.score.faults(format.number(job.faults)) : ""].filter(Boolean).join(" "));
      await select(to);
    } catch (error) {
      setText(this.#progress, "");
      this.#note.replaceChildren(message(reasonOf(error)));
    } finally {
      this.#call = null;
      this.#go.disabled = false;
      this.#cancel.hidden = true;
    }
  }

  async #chunks(job: Job, area: Area, to: Area): Promise<{ rows: number; isStopped: boolean }> {
    const total = area.rows - 1;
    let isStopped = false;
    for (let row = 0; row < total; row += rowsAtOnce) {
      const rows = Math.min(rowsAtOnce, total - row);
      const cells = await read(part(area, 1 + row, 0, rows, area.columns));
      const stop = () => (isStopped = true);
      this.#call!.onCanceled = stop;
      if (isStopped) return { rows: row, isStopped };
      const answers = await job.score(cells, this.#call!);
      if (isStopped) return { rows: row, isStopped };
      await write(part(to, 1 + row, 0, rows, to.columns), answers);
      setText(this.#progress, w.score.progress(format.number(row + rows), format.number(total)));
      this.#call!.onCanceled = stop;
    }
    return { rows: total, isStopped };
  }

  #tell(text: string): void {
    setText(this.#progress, text);
    this.say(text);
  }
}

/** What is written beside a table: results, the challenger's prediction and how it differs, and why there is none. */
export class Job {
  readonly titles: string[];
  faults = 0;
  readonly #names: string[];

  constructor(
    private readonly calls: Calls,
    private readonly model: Loaded,
    private readonly rival: Loaded | null,
    private readonly wants: readonly Want[],
    private readonly header: readonly string[],
    match: Match,
  ) {
    this.#names = header.map(() => "");
    for (const [name, column] of match.columns) this.#names[column] = name;
    const rivals = rival ? [`${rival.name}: ${titleOf(compared(rival))}`, w.score.difference] : [];
    this.titles = [...wants.map(titleOf), ...rivals, w.score.reason];
  }

  /** A field without a column counts as not given. */
  async score(cells: Values, call: Call): Promise<Values> {
    const own = await this.#ask(this.model, [...this.wants, ...(this.rival ? [compared(this.model)] : [])], this.#names, cells, call);
    const theirs = this.rival ? (await this.#ask(this.rival, [compared(this.rival)], null, cells, call))[0]! : null;
    return cells.map((_, row) => {
      const answers = this.wants.map((_, i) => own[i]![row]!);
      const reason = answers.find((a) => a instanceof Fault);
      if (reason) this.faults++;
      const rival = theirs ? [theirs[row]!, differenceOf(own.at(-1)![row]!, theirs[row]!)] : [];
      return [...[...answers, ...rival].map(shown), reason instanceof Fault ? reason.reason : ""];
    });
  }

  #ask(model: Loaded, wants: readonly Want[], names: readonly string[] | null, cells: Values, call: Call): Promise<Answer[][]> {
    const fields = asked(model.description);
    const given = names ?? namesFor(this.header, fields);
    const absent = fields.filter((f) => !given.includes(f.name)).map((f) => f.name);
    return this.calls.answers(model, absent.length ? cells.map((row) => [...row, ...absent.map(() => "")]) : cells, [[...given, ...absent]], wants, call);
  }
}

/** A chance is told apart better than a class. */
function compared({ description }: Loaded): Want {
  if (description.info.functionName !== "classification") return predictionOf(description);
  return wantOf(description, "probability");
}

function namesFor(header: readonly string[], fields: readonly InputField[]): string[] {
  const names = header.map(() => "");
  for (const [name, column] of matchColumns(header, fields).columns) names[column] = name;
  return names;
}

function differenceOf(champion: Answer, challenger: Answer): Answer {
  if (typeof champion === "number" && typeof challenger === "number") return challenger - champion;
  if (champion instanceof Fault || challenger instanceof Fault) return "";
  return champion === challenger ? "" : w.score.differs;
}

const shown = (answer: Answer): string | number | boolean => (answer instanceof Fault ? "" : answer);
