// What a scored file shows.
import { h, setText } from "../../dom.ts";
import * as format from "../../format.ts";
import type { Background } from "../../explain/background.ts";
import { holdsNumbers, withoutComma } from "../../many/cells.ts";
import type { Slice, Spread, Subject } from "../../many/protocol.ts";
import type { Run } from "../../many/run.ts";
import type { Subjects } from "../../many/subjects.ts";
import type { Session } from "../../session.ts";
import { rowReason } from "../../verdict.ts";
import { t } from "../../texts.ts";
import { ImportanceView } from "../importance.ts";
import type { Page } from "../view.ts";
import { accuracyView } from "./accuracy.ts";
import { calibrationView, GainView, RocView } from "./curves.ts";
import { count } from "./figures.ts";
import { LimitView } from "./limit.ts";
import { table } from "./plot.ts";
import { qualityView, type Target } from "./quality.ts";
import { byPredictionView, residualsView } from "./residuals.ts";
import { button, choice, section } from "./section.ts";
import { slicesView } from "./slices.ts";
import { spreadView } from "./spread.ts";
import { TwoModelsView } from "./two.ts";

interface Given {
  session: Session;
  run: Run;
  subjects: Subjects;
  subject: Subject;
  target: Target;
  slice: number | null;
  save(content: Blob, name: string): void;
  another(): void;
  look(subject: Subject): void;
  addSecond(): void;
  removeSecond(): void;
  outcomeChanged(): void;
  say(sentence: string): void;
  readonly reports: Page["reports"];
}

export class ResultsView {
  readonly root: HTMLElement;
  readonly heading = h("h2");
  readonly #message = h("p", { class: "note", role: "status", hidden: true });
  readonly #quality = h("div");
  readonly #limit = h("div");
  readonly #curves = h("div", { class: "g3" });
  readonly #spread = h("div");
  readonly #slices = h("div");
  readonly #importance: ImportanceView;
  readonly #two: TwoModelsView;
  #second: Run | null = null;
  #subject: Subject;
  #slice: number | null;

  constructor(private readonly given: Given) {
    this.#subject = given.subject;
    this.#slice = given.slice;
    const { run, session, subjects, say, reports } = given;
    this.#two = new TwoModelsView({ session, run, subjects, slice: given.slice, say, reports });
    this.#importance = new ImportanceView(session, () => casesIn(run, session));
    const done = run.done!;
    setText(this.heading, (reports.isOn ? t.many.doneTold : t.many.done)(done.rows, format.count(done.rows)));
    const stem = run.file.name.replace(/\.[^.]+$/, "");
    const actions = [
      button(t.many.save, "primary", () => given.save(done.scored, t.many.savedName(stem))),
      ...(done.unscored
        ? [
            button(t.many.saveUnscored(done.unscoredRows, count(done.unscoredRows)), "", () =>
              given.save(done.unscored!, t.many.unscoredName(stem)),
            ),
          ]
        : []),
      button(t.many.another, "", given.another),
    ];
    this.root = h(
      "div",
      { class: "sections" },
      h(
        "div",
        { class: "vh2" },
        this.heading,
        h("p", { class: "sub" }, this.#sub()),
        h("div", { class: "row" }, ...actions),
        h("div", { class: "asks-for" }, ...this.#choices()),
      ),
      this.#message,
      reasonsView(run),
      this.#limit,
      this.#quality,
      this.#curves,
      this.#spread,
      this.#slices,
      this.#importance.root,
      this.#two.root,
    );
    void this.#paint();
    this.enter();
  }

  enter(): void {
    this.#importance.begin();
  }

  leave(): void {
    this.#importance.end();
  }

  /** There may be another model beside the open one. */
  update(): void {
    this.#two.update(this.#subject);
  }

  close(): void {
    this.#importance.end();
    this.#two.close();
  }

  tell(text: string): void {
    this.#message.hidden = false;
    setText(this.#message, text);
  }

  /** The second file once it is judged, what is shown while it is not, or nothing. */
  showSecond(second: Run | HTMLElement | null): void {
    this.#message.hidden = true;
    if (second instanceof HTMLElement) return this.#quality.append(second);
    this.#second = second;
    this.#paintQuality();
  }

  #sub(): string {
    const { run } = this.given;
    const done = run.done!;
    const all = run.match.columns.size + run.match.missing.length;
    const { judgement } = run;
    const missing = judgement?.binary?.figures.missingOutcomes ?? judgement?.regression?.figures.missingOutcomes ?? 0;
    return t.many.doneSub([
      run.file.name,
      t.many.matched(run.match.columns.size, all),
      ...(run.decimalCommas ? [t.many.commas] : []),
      done.unscoredRows ? t.many.unscored(done.unscoredRows, count(done.unscoredRows)) : t.many.allScored,
      ...(judgement && missing ? [t.many.outcome.missing(missing, count(missing))] : []),
      ...(judgement?.unknown ? [t.many.outcome.unknown(judgement.unknown, count(judgement.unknown))] : []),
      t.many.seconds(format.brief(done.seconds, 2)),
    ]);
  }

  #choices(): HTMLElement[] {
    const { run, subjects } = this.given;
    const names = subjects.all.map((s) =>
      s.kind === "chance"
        ? t.many.chanceOf(subjects.target, s.value!)
        : s.kind === "number"
          ? t.many.numberOf(subjects.target)
          : t.many.wordOf(subjects.target),
    );
    const columns = [null, ...run.look.header.map((_, i) => i)];
    const outcomes = columns.map((c) => (c === null ? t.many.outcome.no : run.look.header[c]!));
    return [
      choice(t.many.subject, names, subjects.all.indexOf(this.#subject), (i) => {
        this.#subject = subjects.all[i]!;
        this.given.look(this.#subject);
        void this.#judge();
      }),
      choice(t.many.outcome.column, outcomes, columns.indexOf(run.outcome), (i) => {
        run.outcome = columns[i]!;
        this.given.outcomeChanged();
        void this.#judge().then(() => this.#two.outcomeChanged());
      }),
    ];
  }

  async #judge(): Promise<void> {
    this.root.setAttribute("aria-busy", "true");
    await this.given.run.judge(this.#subject).catch(() => null);
    if (this.#second) await this.#second.judge(this.#subject).catch(() => null);
    setText(this.root.querySelector(".vh2 .sub")!, this.#sub());
    await this.#paint();
  }

  async #paint(): Promise<void> {
    const { run } = this.given;
    this.root.setAttribute("aria-busy", "true");
    const [spread, slices] = await Promise.all([
      run.batch.ask("spread", this.#subject).catch(() => null),
      this.#slice === null
        ? Promise.resolve(null)
        : run.batch.ask("slices", { column: this.#slice, subject: this.#subject }).catch(() => null),
    ]);
    this.#paintQuality();
    this.#paintCurves();
    this.#paintSpread(spread);
    this.#paintSlices(slices);
    this.root.setAttribute("aria-busy", "false");
    this.#two.update(this.#subject);
  }

  #paintQuality(): void {
    const { run, target } = this.given;
    if (!run.judgement) {
      this.#quality.replaceChildren(h("p", { class: "fine hint" }, t.many.outcome.hint));
      return;
    }
    const given = { first: run, second: this.#second, value: this.#subject.value, target };
    const { addSecond, removeSecond } = this.given;
    this.#quality.replaceChildren(qualityView({ ...given, addSecond, removeSecond }));
  }

  #paintCurves(): void {
    const { judgement, batch } = this.given.run;
    const { binary, regression, classes } = judgement ?? {};
    const parts: HTMLElement[] = [];
    this.#limit.replaceChildren();
    if (binary && binary.figures.events > 0 && binary.figures.nonEvents > 0) {
      const value = this.#subject.value!;
      const roc = new RocView(binary, value);
      const limit = new LimitView(batch, binary, value);
      limit.onLimit = ({ threshold, confusion }) =>
        roc.at(threshold, confusion.truePositives, confusion.falsePositives);
      this.#limit.append(limit.root);
      parts.push(new GainView(batch, binary, value).root, roc.root, calibrationView(binary));
    }
    if (regression && regression.figures.cases > 0) parts.push(residualsView(regression), byPredictionView(regression));
    if (classes && classes.cases > 0 && (!binary || classes.names.length > 2)) parts.push(accuracyView(classes));
    this.#curves.classList.toggle("two", parts.length === 2);
    this.#curves.replaceChildren(...parts);
  }

  #paintSpread(spread: Spread | null): void {
    const { run, subjects } = this.given;
    this.#spread.replaceChildren(...(spread ? [spreadView(spread, this.#subject, subjects, run.judgement)] : []));
  }

  #paintSlices(slices: Slice[] | null): void {
    const { header } = this.given.run.look;
    if (!slices || this.#slice === null) return this.#slices.replaceChildren();
    this.#slices.replaceChildren(
      slicesView({
        slices,
        subject: this.#subject,
        columns: header.map((name, number) => ({ number, name })),
        column: this.#slice,
        pick: (column) => {
          this.#slice = column;
          void this.#slicesAgain();
        },
      }),
    );
  }

  async #slicesAgain(): Promise<void> {
    const { run } = this.given;
    const column = this.#slice!;
    const slices = await run.batch.ask("slices", { column, subject: this.#subject }).catch(() => null);
    if (column !== this.#slice) return;
    this.#paintSlices(slices);
    this.#slices.querySelector("select")?.focus();
  }
}

const looked = 100; // cases that explanations look at

/** Evenly chosen cases of the file. */
async function casesIn({ batch, match, file, decimalCommas }: Run, session: Session): Promise<Background> {
  const sample = await batch.ask("sample", looked);
  const rows = sample.map((cells) =>
    Object.fromEntries(
      session.case.fields.flatMap((field) => {
        const column = match.columns.get(field.name);
        if (column === undefined) return [];
        const cell = cells[column] ?? "";
        return [[field.name, (decimalCommas && holdsNumbers(field) ? withoutComma(cell) : cell) || null] as const];
      }),
    ),
  );
  return { rows, from: "file", name: file.name };
}

function reasonsView(run: Run): HTMLElement | null {
  const { reasons, unscoredRows } = run.done!;
  if (!unscoredRows) return null;
  return section(
    t.many.reasonsTitle(unscoredRows, count(unscoredRows)),
    table(
      [t.many.reason, t.many.rowsHead],
      reasons.map((r) => [
        r.code === "badRecord"
          ? t.many.badRecord
          : rowReason({ ...r, ...(r.field ? { field: r.field } : {}) } as never),
        count(r.rows),
      ]),
      "plain",
    ),
    h("p", { class: "fine" }, t.many.reasonsNote),
  );
}
