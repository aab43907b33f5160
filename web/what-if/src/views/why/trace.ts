// How the number came about, folded: what became of the values given, values in between, and what is added up.
import type { OutputValue, Trace } from "scorelet";
import type { Case } from "../../case.ts";
import { h } from "../../dom.ts";
import { kindOf } from "../../domain.ts";
import * as format from "../../format.ts";
import type { Measure } from "../../explain/measure.ts";
import { show } from "../../remarks.ts";
import { t } from "../../texts.ts";
import { told } from "./told.ts";

const few = 6; // lines shown at once

export class TraceView {
  readonly root: HTMLDetailsElement;
  readonly #content = h("div", { class: "trace" });

  /** `onOpen` is called when there is something to find out. */
  constructor(
    private readonly theCase: Case,
    onOpen: () => void,
  ) {
    const summary = h("summary", {}, h("h2", {}, t.why.trace.title));
    this.root = h("details", { class: "card how" }, summary, this.#content);
    this.root.addEventListener("toggle", () => this.root.open && onOpen());
  }

  get isOpen(): boolean {
    return this.root.open;
  }

  /** `isBefore`: the sum is what a link function turns into the number. */
  update(trace: Trace, measure: Measure, value: number, isBefore: boolean): void {
    const derived = trace.derived.map(({ field, value: x }) => [nameOf(field), this.#told(field, x)]);
    this.#content.replaceChildren(
      ...this.#inputs(trace),
      ...(derived.length ? [h("h3", {}, t.why.trace.derived), rowsTable([t.why.trace.between, t.outputs.value], derived)] : []),
      ...this.#sum(trace, measure, value, isBefore),
    );
  }

  #inputs({ inputs }: Trace): HTMLElement[] {
    const treated = inputs.filter((x) => x.treatment !== "asGiven");
    const words = treated.map(({ field, given, used, treatment }) => {
      const name = this.#nameOf(field);
      const isGiven = given !== null;
      if (treatment === "replaced")
        return isGiven ? t.why.trace.replaced(name, this.#told(field, given), this.#told(field, used)) : t.why.trace.standIn(name, this.#told(field, used));
      if (treatment === "asMissing") return t.why.trace.asMissing(name, this.#told(field, given));
      return treatment === "invalid" ? t.why.trace.invalid(name, this.#told(field, given)) : t.why.trace.missing(name);
    });
    const asGiven = inputs.length - treated.length;
    const first = treated.length ? t.why.trace.others(asGiven) : t.why.trace.allAsGiven(inputs.length);
    return [h("h3", {}, t.why.trace.inputs), h("ul", { class: "plain" }, ...[...words, first].map((text) => h("li", {}, text)))];
  }

  #sum({ constant, terms = [], trees = [] }: Trace, measure: Measure, value: number, isBefore: boolean): HTMLElement[] {
    if (constant === undefined && !terms.length && !trees.length) return [h("p", { class: "fine" }, t.why.trace.noSum)];
    const parts: HTMLElement[] = [h("h3", {}, t.why.trace.sum)];
    let total = constant ?? 0;
    if (terms.length) {
      const lines = terms.flatMap(({ fields, weight, value: x }) => {
        total += weight * x;
        if (weight * x === 0) return []; // above all the categories that this case is not of
        return [[fields.map((name) => this.#part(name)).join(" × ") || t.why.trace.always, t.why.trace.product(format.brief(weight), format.brief(x)), format.brief(weight * x)]];
      });
      parts.push(rowsTable([t.why.trace.term, t.why.trace.weight, t.why.trace.gives], lines));
      const nothing = terms.length - lines.length;
      if (nothing) parts.push(h("p", { class: "fine" }, t.why.trace.nothing(nothing)));
    }
    if (trees.length) {
      const lines = trees.map(({ path, share }, i) => {
        total += share;
        return [t.why.trace.tree(format.number(i + 1)), path.map((test) => this.#test(test)).join("; ") || t.why.trace.always, format.brief(share)];
      });
      parts.push(rowsTable([t.why.trace.part, t.why.trace.because, t.why.trace.gives], lines));
    }
    const sum = t.why.trace.total(format.brief(constant ?? 0), format.brief(total));
    parts.push(h("p", {}, isBefore ? `${sum} ${t.why.trace.link(measure.name, measure.value(value))}` : sum));
    return parts;
  }

  #test({ field, is, threshold, values = [] }: NonNullable<Trace["trees"]>[number]["path"][number]): string {
    const name = this.#nameOf(field);
    if (is === "missing") return t.why.trace.test.missing(name);
    if (threshold !== undefined) return is === "<" ? t.why.trace.test.below(name, format.brief(threshold)) : t.why.trace.test.atLeast(name, format.brief(threshold));
    const list = format.either(values.map((v) => this.#told(field, v)));
    return is === "in" ? t.why.trace.test.in(name, list) : t.why.trace.test.notIn(name, list);
  }

  /** A category has its value said: its weight is that of the value. */
  #part(name: string): string {
    const field = this.theCase.fields.find((f) => f.name === name);
    if (!field || kindOf(field) === "number") return this.#nameOf(name);
    return `${format.label(field)} (${show(field, this.theCase.get(name))})`;
  }

  #nameOf(name: string): string {
    const field = this.theCase.fields.find((f) => f.name === name);
    return field ? format.label(field) : nameOf(name);
  }

  #told(name: string, value: OutputValue): string {
    const field = this.theCase.fields.find((f) => f.name === name);
    if (field) return told(field, value);
    return typeof value === "number" ? format.brief(value) : value === null ? t.notGiven : String(value);
  }
}

/** Without the segments in which a derived field lies. */
const nameOf = (derived: string): string => format.label({ name: derived.replace(/^([^/=]*\/)+/, "") });

/** The first lines of a table; the rest when it is asked for. */
function rowsTable(heads: readonly string[], rows: readonly (readonly string[])[]): HTMLElement {
  const line = (cells: readonly string[]) =>
    h("tr", {}, ...cells.map((text, i) => (i ? h("td", { class: i === cells.length - 1 ? "num" : "" }, text) : h("th", { scope: "row" }, text))));
  const body = h("tbody", {}, ...rows.slice(0, few).map(line));
  const head = heads.map((text, i) => h("th", { scope: "col", class: i && i === heads.length - 1 ? "num" : "" }, text));
  const table = h("table", {}, h("thead", {}, h("tr", {}, ...head)), body);
  if (rows.length <= few) return table;
  const more = h("button", { type: "button", class: "btn quiet" }, t.why.trace.showAll(rows.length));
  more.addEventListener("click", () => {
    body.append(...rows.slice(few).map(line));
    const next = body.children[few] as HTMLElement;
    next.tabIndex = -1;
    next.focus();
    more.remove();
  });
  return h("div", {}, table, more);
}
