// How far each field alone moves the prediction: a bar from lowest to highest, a line where it is now.
import type { OutputValue, Tornado } from "scorelet";
import type { Case } from "../../case.ts";
import { h, setText, setVariable } from "../../dom.ts";
import * as format from "../../format.ts";
import type { Measure } from "../../explain/measure.ts";
import { Order } from "../../explain/order.ts";
import { lineScale, placed, type Scale } from "../../explain/scale.ts";
import { t } from "../../texts.ts";
import { axisOf, tableOf } from "./rows.ts";
import { Section } from "./section.ts";
import { told } from "./told.ts";

const most = 7;

type Bar = Tornado["fields"][number];
interface Row {
  root: HTMLElement;
  name: HTMLElement;
  range: HTMLElement;
  down: HTMLElement;
  up: HTMLElement;
  now: HTMLElement;
  low: HTMLElement;
  high: HTMLElement;
}

export class TornadoView {
  readonly #axis = h("div", { class: "axisrow" });
  readonly #caption = h("caption", { class: "vh" });
  readonly #body = h("tbody", { role: "rowgroup" });
  readonly #note = h("p", { class: "fine" });
  readonly #section: Section;
  readonly #rows: Row[] = [];
  readonly #order = new Order();
  readonly #ends = h("span", { class: "vh" });
  #shown: { measure: Measure; tornado: Tornado } | null = null;

  constructor(private readonly theCase: Case) {
    const axis = h("th", { scope: "col", class: "axiscell", role: "columnheader" }, this.#ends, this.#axis);
    this.#axis.setAttribute("aria-hidden", "true");
    const table = tableOf("torn", this.#caption, t.why.tornado.field, axis, null, this.#body);
    this.#section = new Section("tornado", null, table, this.#note);
  }

  get root(): HTMLElement {
    return this.#section.root;
  }

  update(measure: Measure, tornado: Tornado): void {
    this.#shown = { measure, tornado };
    const bars = new Map(tornado.fields.map((bar) => [bar.field, bar]));
    const order = this.#order.of(sizes(tornado));
    const shown = order.map((name) => bars.get(name)!).filter((bar) => !measure.isNothing(bar.high - bar.low)).slice(0, most);
    const now = tornado.now ?? 0;
    const scale = lineScale([now, ...shown.flatMap((bar) => [bar.low, bar.high])], measure.isChance ? [0, 1] : null, 3);
    this.#section.say(this.#finding(tornado, measure), t.why.tornado.lead);
    setText(this.#caption, t.why.tornado.caption(measure.name));
    setText(this.#ends, t.why.tornado.ends(measure.name));
    axisOf(this.#axis, scale, measure);
    while (this.#rows.length < shown.length) this.#rows.push(this.#newRow());
    for (const [i, row] of this.#rows.entries()) this.#paint(row, shown[i], now, scale, measure);
    this.#body.parentElement!.hidden = shown.length === 0;
    const more = tornado.fields.filter((bar) => !measure.isNothing(bar.high - bar.low)).length - shown.length;
    setText(this.#note, [t.why.tornado.line(measure.value(now)), more > 0 ? t.why.tornado.more(more) : ""].join(" "));
  }

  settle(): void {
    if (!this.#shown) return;
    this.#order.settle(sizes(this.#shown.tornado));
    this.update(this.#shown.measure, this.#shown.tornado);
  }

  #paint(row: Row, bar: Bar | undefined, now: number, scale: Scale, measure: Measure): void {
    row.root.hidden = !bar;
    if (!bar) return;
    const at = placed(scale, now),
      low = placed(scale, bar.low),
      high = placed(scale, bar.high);
    const part = (mark: HTMLElement, from: number, to: number) => {
      setVariable(mark, "--from", from.toFixed(5));
      setVariable(mark, "--width", Math.max(0, to - from).toFixed(5));
      mark.hidden = !(to > from);
    };
    part(row.down, low, Math.min(at, high));
    part(row.up, Math.max(at, low), high);
    setVariable(row.now, "--from", at.toFixed(5));
    setVariable(row.low, "--from", low.toFixed(5));
    setVariable(row.high, "--from", high.toFixed(5));
    const field = this.theCase.fields.find((f) => f.name === bar.field);
    setText(row.name, format.label(field ?? { name: bar.field }));
    const text = (value: OutputValue) => (field ? told(field, value) : String(value));
    setText(row.range, t.why.tornado.range(text(bar.atLow), text(bar.atHigh)));
    setText(row.low, measure.mark(bar.low));
    setText(row.high, measure.mark(bar.high));
  }

  #newRow(): Row {
    const name = h("span", { class: "name" }),
      range = h("span", { class: "detail" }),
      down = h("i", { class: "bar d", "aria-hidden": "true" }),
      up = h("i", { class: "bar u", "aria-hidden": "true" }),
      now = h("i", { class: "now", "aria-hidden": "true" }),
      low = h("b", { class: "a" }),
      high = h("b", { class: "z" });
    const cell = h("td", { class: "tf", role: "cell", dir: "ltr" }, h("div", {}, down, up, now, low, " ", high));
    const root = h("tr", { role: "row" }, h("th", { scope: "row", role: "rowheader" }, name, " ", range), cell);
    this.#body.append(root);
    return { root, name, range, down, up, now, low, high };
  }

  #finding({ fields }: Tornado, measure: Measure): string {
    const names = fields
      .filter((bar) => !measure.isNothing(bar.high - bar.low))
      .map((bar) => format.label(this.theCase.fields.find((f) => f.name === bar.field) ?? { name: bar.field }));
    if (!names.length) return t.why.tornado.none;
    return names.length > 2 ? t.why.tornado.two(names[0]!, names[1]!) : t.why.tornado.one(names[0]!);
  }
}

const sizes = ({ fields }: Tornado): Map<string, number> => new Map(fields.map((bar) => [bar.field, bar.high - bar.low]));
