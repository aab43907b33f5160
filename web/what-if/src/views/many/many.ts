// Many cases: from a table to its scores, what they show, and how good they were.
import "../../styles/many.css";
import { h } from "../../dom.ts";
import { EngineError } from "../../engine/engine.ts";
import { fetched } from "../../fetched.ts";
import * as format from "../../format.ts";
import { exampleTableFor, type ExampleTable } from "../../gallery.ts";
import { fileNameIn } from "../../locate.ts";
import { cellText } from "../../many/csv.ts";
import type { Subject } from "../../many/protocol.ts";
import { Run } from "../../many/run.ts";
import { subjectsOf, type Subjects } from "../../many/subjects.ts";
import { save } from "../../save.ts";
import type { Session } from "../../session.ts";
import { t, type Message } from "../../texts.ts";
import type { Page, View } from "../view.ts";
import { count } from "./figures.ts";
import { matchingView } from "./matching.ts";
import { Target } from "./quality.ts";
import { ResultsView } from "./results.ts";
import { button } from "./section.ts";
import { WorkingView } from "./working.ts";

const fewFields = 12; // that are named before a file is chosen

/** What there is of a file, kept while the page's language changes and the view is made anew. */
interface Kept {
  run: Run | null;
  second: Run | null;
  readonly subjects: Subjects;
  subject: Subject;
  target: Target;
}
const keptOf = new WeakMap<Session, Kept>();
const begunWith = (subjects: Subjects): Kept => ({
  run: null,
  second: null,
  subjects,
  subject: subjects.usual,
  target: new Target(),
});

export class ManyView implements View {
  readonly root = h("div", { class: "many" });
  readonly #file = h("input", {
    type: "file",
    class: "vh",
    accept: ".csv,.tsv,.txt,text/csv",
    tabindex: "-1",
    "aria-hidden": "true",
  });
  readonly #body = h("div", { class: "sections" });
  readonly #kept: Kept;
  #heading: HTMLElement = h("h2", { id: "h-many", tabindex: "-1" });
  #results: ResultsView | null = null;
  #taking: (file: File) => Promise<void> = (file) => this.#first(file);
  #attempt = 0;

  constructor(
    private readonly session: Session,
    private readonly page: Page,
  ) {
    const known = keptOf.get(session);
    this.#kept = known ?? begunWith(subjectsOf(session.description));
    keptOf.set(session, this.#kept);
    this.#file.addEventListener("change", () => {
      const chosen = this.#file.files?.[0];
      this.#file.value = "";
      if (chosen) void this.#taking(chosen);
    });
    this.root.append(this.#body, this.#file);
    if (!known) session.onClose(() => this.#drop());
    const { run, second } = this.#kept;
    if (!run?.done) this.#showEmpty();
    else {
      this.#showResults(run);
      if (second?.done) this.#results!.showSecond(second);
    }
  }

  get heading(): HTMLElement {
    return this.#heading;
  }

  get title(): string {
    return t.views.many;
  }

  get finding(): string {
    return this.#heading.textContent ?? "";
  }

  enter(): void {
    this.#results?.update();
    this.#results?.enter();
  }

  leave(): void {
    this.#results?.leave();
  }

  take(table: File): void {
    if (!this.#isRefused) void this.#first(table);
  }

  get #isRefused(): boolean {
    return this.session.description.inputs.some((f) => f.isList && f.isUsed);
  }

  #choose(taking: (file: File) => Promise<void>): void {
    this.#taking = taking;
    this.#file.click();
  }

  #show(heading: HTMLElement, ...content: Node[]): void {
    const hadFocus = this.root.contains(document.activeElement);
    this.#heading = heading;
    heading.id = "h-many";
    heading.tabIndex = -1;
    this.#body.replaceChildren(...content);
    if (hadFocus) heading.focus({ preventScroll: true });
    this.page.say(this.finding);
  }

  #showEmpty(problem?: Message): void {
    this.#drop();
    if (this.#isRefused) {
      const heading = h("h2", {}, t.many.lists.head);
      return this.#show(
        heading,
        h(
          "section",
          { class: "card opening refused", "aria-labelledby": "h-many" },
          heading,
          h("p", { class: "sub" }, t.many.lists.text),
        ),
      );
    }
    const heading = h("h2", {}, problem ? problem.head : t.many.title);
    const fields = this.session.description.inputs.filter((f) => f.isUsed);
    const names = fields.slice(0, fewFields).map((f) => f.name);
    if (fields.length > fewFields) names.push(t.many.more(fields.length - fewFields));
    const example = exampleTableFor(this.session.address);
    this.#show(
      heading,
      h(
        "section",
        { class: problem ? "card opening refused" : "card opening", "aria-labelledby": "h-many" },
        heading,
        problem && h("p", { class: "sub" }, problem.text),
        h("p", { class: "sub" }, t.many.lead(format.list(names))),
        h(
          "div",
          { class: "row" },
          button(t.many.choose, "primary", () => this.#choose((file) => this.#first(file))),
          example && button(wordsFor(example), "", () => void this.#tryExample(example)),
          button(t.many.template, "", () => this.#saveTemplate()),
        ),
        h("p", { class: "fine" }, this.page.reports.isOn ? t.many.staysTold : t.many.stays),
      ),
    );
  }

  #saveTemplate(): void {
    const line = this.session.description.inputs.map((f) => cellText(f.name, ",")).join(",");
    save(t.many.templateName, "text/csv", `${line}\n`);
  }

  async #tryExample({ address }: ExampleTable): Promise<void> {
    const attempt = ++this.#attempt;
    const bytes = await fetched(address);
    if (attempt !== this.#attempt) return;
    if (bytes) await this.#first(new File([bytes], fileNameIn(address), { type: "text/csv" }));
    else this.#showEmpty(t.many.noExample);
  }

  async #first(file: File): Promise<void> {
    this.#drop();
    const run = await this.#begun(file);
    if (!run) return;
    this.#kept.run = run;
    if (run.isWhole) await this.#score(run);
    else this.#showMatching(run);
  }

  /** The beginning of a file, or null where it is none or another one was chosen meanwhile. */
  async #begun(file: File): Promise<Run | null> {
    const attempt = ++this.#attempt;
    const problem = await problemOf(file);
    if (attempt !== this.#attempt) return null;
    if (problem) return (this.#showEmpty(problem), null);
    try {
      const run = await Run.begin(this.session, this.#kept.subjects, file);
      if (attempt === this.#attempt) {
        if (run.look.sample.length) return run;
        this.#showEmpty(t.many.noRows);
      }
      run.batch.end();
    } catch (error) {
      if (attempt === this.#attempt) this.#fail(error);
    }
    return null;
  }

  #showMatching(run: Run): void {
    const heading = h("h2");
    this.#show(
      heading,
      matchingView(this.session.description, run, heading, {
        score: () => void this.#score(run),
        another: () => this.#choose((file) => this.#first(file)),
      }),
    );
  }

  async #score(run: Run): Promise<void> {
    const heading = h("h2", {}, t.many.scoring(run.file.name));
    const working = new WorkingView(heading, () => {
      this.#showEmpty();
      this.page.say(t.many.cancelled);
    });
    this.#show(heading, working.root);
    const slice = this.#firstSlice(run);
    try {
      await run.score(t.many.rename, slice === null ? [] : [slice], (at) => working.tell(at));
      await run.judge(this.#kept.subject);
    } catch (error) {
      if (this.#kept.run === run) this.#fail(error);
      return;
    }
    if (this.#kept.run !== run) return;
    this.page.reports.table(this.session, run);
    if (run.done!.rows === 0) return this.#showEmpty(t.many.noRows);
    this.#showResults(run);
  }

  #showResults(run: Run): void {
    this.#results = new ResultsView({
      session: this.session,
      say: (sentence) => this.page.say(sentence),
      reports: this.page.reports,
      run,
      subjects: this.#kept.subjects,
      subject: this.#kept.subject,
      target: this.#kept.target,
      slice: this.#firstSlice(run),
      save: (content, name) => save(name, content.type, content),
      another: () => this.#choose((file) => this.#first(file)),
      look: (subject) => (this.#kept.subject = subject),
      addSecond: () => this.#choose((file) => this.#addSecond(file)),
      removeSecond: () => this.#removeSecond(),
      outcomeChanged: () => this.#removeSecond(),
    });
    this.#show(this.#results.heading, this.#results.root);
  }

  /** A column of categories to begin with: the first text field of the model, else a further column. */
  #firstSlice(run: Run): number | null {
    const field = this.session.description.inputs.find((f) => f.dataType === "string" && run.match.columns.has(f.name));
    return (
      (field && run.match.columns.get(field.name)) ??
      run.others.find((c) => c !== run.outcome) ??
      run.look.header.findIndex((_, i) => i !== run.outcome)
    );
  }

  async #addSecond(file: File): Promise<void> {
    const [run, results] = [this.#kept.run, this.#results];
    if (!run || !results) return;
    this.#removeSecond();
    const second = await Run.begin(this.session, this.#kept.subjects, file).catch(() => null);
    if (!second) return results.tell(t.many.failed);
    if (this.#results !== results) return second.batch.end();
    this.#kept.second = second;
    for (const [field, column] of run.chosen) if (column === null) second.chosen.set(field, null);
    const outcomeName = run.look.header[run.outcome!]!;
    const outcome = second.look.header.indexOf(outcomeName);
    second.outcome = outcome < 0 ? null : outcome;
    const lacking = [
      ...second.match.missing
        .filter(({ field }) => run.chosen.get(field.name) !== null)
        .map(({ field }) => format.label(field)),
      ...second.match.twice,
      ...(outcome < 0 ? [t.many.quality.outcomeColumn(outcomeName)] : []),
    ];
    if (lacking.length) {
      this.#removeSecond();
      return results.tell(t.many.quality.secondMissing(file.name, format.list(lacking)));
    }
    const working = new WorkingView(h("h3", {}, t.many.scoring(file.name)), () => this.#removeSecond());
    results.showSecond(working.root);
    try {
      await second.score(t.many.rename, [], (at) => working.tell(at));
      await second.judge(this.#kept.subject);
      this.page.reports.table(this.session, second);
      if (this.#kept.second === second) results.showSecond(second);
    } catch (error) {
      if (this.#kept.second !== second) return;
      this.#removeSecond();
      results.tell(reasonOf(error).head);
    }
  }

  #removeSecond(): void {
    this.#kept.second?.batch.end();
    this.#kept.second = null;
    this.#results?.showSecond(null);
  }

  #fail(error: unknown): void {
    if (!(error instanceof DOMException && error.name === "AbortError")) this.#showEmpty(reasonOf(error));
  }

  #drop(): void {
    this.#attempt++;
    this.#kept.run?.batch.end();
    this.#kept.second?.batch.end();
    this.#kept.run = this.#kept.second = null;
    this.#results?.close();
    this.#results = null;
  }
}

const wordsFor = ({ cases, hasOutcomes }: ExampleTable): string =>
  (hasOutcomes ? t.many.tryOutcomes : t.many.tryKept)(count(cases));

/** Why a file is surely no table of text. */
async function problemOf(file: File): Promise<Message | null> {
  const head = new Uint8Array(await file.slice(0, 4096).arrayBuffer());
  if (head.length === 0) return t.many.noRows;
  const isWide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  return !isWide && head.includes(0) ? t.many.notTable : null;
}

function reasonOf(error: unknown): Message {
  const message = error instanceof Error ? error.message : String(error);
  const record = /^record (\d+)$/.exec(message)?.[1];
  if (record && error instanceof EngineError) return t.many.endless(count(Number(record)));
  return { head: t.many.failed, text: message };
}
