// Along one field that the reader chooses: a curve over numbers, a table over words.
import type { Curve, InputField } from "scorelet";
import type { Case } from "../../case.ts";
import { h, setText } from "../../dom.ts";
import { isAt, type Along } from "../../explain/curve.ts";
import type { Measure } from "../../explain/measure.ts";
import * as format from "../../format.ts";
import { show } from "../../remarks.ts";
import { t } from "../../texts.ts";
import { CurvePlot, at, findingOf, type Lines } from "./plot.ts";
import { Section } from "./section.ts";
import { told } from "./told.ts";
import { WordsTable } from "./words.ts";

const rows = 21; // of the table below a curve

export type Found =
  | { kind: "numbers"; field: InputField; along: Along; lines: Lines }
  | { kind: "words"; field: InputField; words: readonly string[]; own: Curve; average: Curve };

export class CurveView {
  readonly #plot: CurvePlot;
  readonly #words = new WordsTable();
  readonly #select = h("select", { "aria-label": t.why.curve.choose });
  readonly #note = h("p", { class: "fine" });
  readonly #table = h("table");
  readonly #folded: HTMLDetailsElement;
  readonly #section: Section;
  #found: Found | null = null;
  #measure: Measure | null = null;

  constructor(
    private readonly theCase: Case,
    private readonly fields: readonly InputField[],
    private readonly onChoose: () => void,
  ) {
    this.#plot = new CurvePlot(theCase);
    this.#folded = h("details", { class: "tbl" }, h("summary", {}, t.why.curve.table), this.#table);
    this.#select.append(...fields.map((field) => h("option", { value: field.name }, format.label(field))));
    this.#select.addEventListener("change", () => this.onChoose());
    const picker = h("p", { class: "pick" }, this.#select);
    this.#section = new Section("curve", picker, this.#plot.root, this.#words.root, this.#note, this.#folded);
    this.#folded.addEventListener("toggle", () => this.#paintTable());
  }

  get root(): HTMLElement {
    return this.#section.root;
  }

  get field(): InputField | undefined {
    return this.fields.find((f) => f.name === this.#select.value);
  }

  /** The field that is shown at first. */
  choose(name: string): void {
    if (this.fields.some((f) => f.name === name)) this.#select.value = name;
  }

  /** While the dot is held the axis stays as it was. */
  get held(): Along | null {
    return this.#plot.isHeld && this.#found?.kind === "numbers" ? this.#found.along : null;
  }

  update(found: Found, measure: Measure, limit: number | null): void {
    this.#found = found;
    this.#measure = measure;
    const { field } = found;
    const lead = t.why.curve.lead(measure.name, format.label(field));
    this.#plot.root.hidden = found.kind === "words";
    this.#words.root.hidden = found.kind === "numbers";
    this.#folded.hidden = found.kind === "words";
    const now = this.theCase.get(field.name);
    if (found.kind === "numbers") {
      const shown = { field, along: found.along, measure, lines: found.lines, limit };
      this.#plot.update(shown);
      this.#section.say(findingOf(shown, (x) => format.brief(x, 3)), lead);
      const others = found.lines.others.length;
      const notes = [others ? t.why.curve.others(others) : "", now === null ? t.why.curve.missing(format.label(field)) : ""];
      setText(this.#note, notes.filter(Boolean).join(" "));
      this.#paintTable();
    } else {
      this.#words.update(lead, measure, wordsIn(found, now));
      this.#section.say(findingIn(found, measure), lead);
      setText(this.#note, t.why.curve.key);
    }
  }

  /** The case has moved along the field that is shown: the line stays, the dot follows. */
  move(result: number | null): void {
    if (this.#found?.kind === "numbers") this.#plot.move(result);
    else if (this.#found && this.#measure)
      this.#words.update(t.why.curve.lead(this.#measure.name, format.label(this.#found.field)), this.#measure, wordsIn(this.#found, this.theCase.get(this.#found.field.name)));
  }

  #paintTable(): void {
    if (!this.#folded.open || this.#found?.kind !== "numbers" || !this.#measure) return;
    const { field, along, lines } = this.#found;
    const measure = this.#measure;
    const text = (y: number | null) => (y === null ? t.outputs.nothing : measure.value(y));
    const values = Array.from({ length: rows }, (_, i) => along.low + ((along.high - along.low) * i) / (rows - 1));
    const chosen = along.isWhole ? [...new Set(values.map(Math.round))] : values;
    this.#table.replaceChildren(
      h("caption", { class: "vh" }, t.why.curve.lead(measure.name, format.label(field))),
      h(
        "thead",
        {},
        h("tr", {}, ...[format.label(field), t.why.thisCase, t.why.average].map((x, i) => h("th", { scope: "col", class: i ? "num" : "" }, x))),
      ),
      h(
        "tbody",
        {},
        ...chosen.map((x) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, format.brief(x)),
            h("td", { class: "num" }, text(at(lines.own, x, lines.stepped))),
            h("td", { class: "num" }, text(at(lines.average, x, lines.stepped))),
          ),
        ),
      ),
    );
  }
}

const wordsIn = (found: Found & { kind: "words" }, now: ReturnType<Case["get"]>) =>
  found.words.map((word, i) => ({
    text: show(found.field, word),
    isNow: isAt(word, now),
    own: found.own.quantity[i] ?? null,
    average: found.average.quantity[i] ?? null,
  }));

function findingIn({ field, words, own }: Found & { kind: "words" }, measure: Measure): string {
  const known = words.flatMap((word, i) => (own.quantity[i] === null || own.quantity[i] === undefined ? [] : [{ word, y: own.quantity[i] }]));
  const name = format.label(field);
  if (!known.length) return t.why.curve.flat(name);
  const high = known.reduce((a, b) => (b.y > a.y ? b : a)),
    low = known.reduce((a, b) => (b.y < a.y ? b : a));
  return measure.isNothing(high.y - low.y) ? t.why.curve.flat(name) : t.why.curve.words(name, told(field, high.word), told(field, low.word));
}
