// The prediction: what it is, the figure, how it moved since the start, the verdict, the classes, and what to be wary of.
import { mostLikely, showValue, usualFocus, type Answer, type ClassChance } from "../answer.ts";
import type { FieldView } from "../controls/field.ts";
import { h, messageNodes, setText, setVariable } from "../dom.ts";
import * as format from "../format.ts";
import { t, type Message } from "../texts.ts";

const shownClasses = 5;

/** How far two answers are apart. */
interface Change {
  direction: -1 | 0 | 1;
  text: string;
}

export class ResultView {
  readonly root: HTMLElement;
  /** The figure alone, for the title, and with its meaning in words, for the live region. */
  figure = "";
  spoken = "";
  readonly #what = h("h2", { id: "h-pred", class: "k" });
  readonly #strong = h("strong", {});
  readonly #change = h("span", { class: "vs" });
  readonly #scale = h("div", { class: "scale", role: "img", dir: "ltr" });
  readonly #base = h("i", { class: "b" });
  readonly #now = h("i", { class: "me" });
  readonly #startLabel = h("span", { class: "c hide-s" }, t.answer.atStart);
  readonly #focus = h("select", { class: "focus" });
  readonly #picker: HTMLElement;
  readonly #verdict = h("p", { class: "dec" });
  readonly #bars = h("dl", { class: "cls" });
  readonly #wary = h("div", { class: "wary" });
  #answer: Answer;
  #changed = false;
  #rows: { root: HTMLElement; value: HTMLElement; bar: HTMLElement; name: HTMLElement }[] = [];
  #offered: string[] = [];
  #order: string[] = [];

  /** `start` is the answer for the case the page began with. */
  constructor(
    private readonly start: Answer,
    private readonly goTo: (field: FieldView) => void,
  ) {
    this.#answer = start;
    this.#picker = h(
      "label",
      { class: "pick", hidden: true },
      h("span", { class: "fine" }, t.answer.showChance),
      this.#focus,
    );
    this.#focus.addEventListener("change", () => this.#paint());
    this.#scale.append(
      h("div", { class: "track" }, this.#base, this.#now),
      h(
        "div",
        { class: "sl" },
        h("span", { class: "s" }, "0"),
        this.#startLabel,
        h("span", { class: "e" }, t.percent("100")),
      ),
    );
    const figure = h("p", { class: "fig" }, this.#strong, this.#change);
    this.root = h(
      "div",
      { class: "answer" },
      h(
        "section",
        { class: "pred", "aria-labelledby": "h-pred", id: "prediction", tabindex: "-1" },
        h("div", { class: "pin" }, h("div", { class: "big" }, this.#what, figure), this.#scale),
      ),
      h(
        "div",
        { class: "verdict" },
        this.#verdict,
        h("div", { class: "dist-of" }, this.#bars, this.#picker),
        this.#wary,
      ),
    );
  }

  /** Shows `answer`; `kept` says that it is from before a change that gives no prediction. */
  update(answer: Answer, fields: readonly FieldView[], kept: boolean, changed: boolean): void {
    this.#answer = answer;
    this.#changed = changed;
    this.#offer(answer.classes);
    this.root.classList.toggle("is-kept", kept);
    this.#paint(kept);
    this.#paintWary(fields, kept);
  }

  /** Offers the classes of the first prediction; a case may begin without one. */
  #offer(classes: readonly ClassChance[]): void {
    if (this.#offered.length || !classes.length) return;
    this.#offered = classes.map((c) => c.value);
    this.#order = orderOf(classes);
    this.#focus.replaceChildren(
      h("option", { value: "" }, t.answer.likely),
      ...classes.map((c, i) => h("option", { value: i + 1 }, c.label)),
    );
    this.#focus.value = String(classes.findIndex((c) => c.value === usualFocus(classes)) + 1 || "");
    this.#picker.hidden = classes.length < 2;
  }

  /** Reorders many classes; only called after a moment of rest, so that nothing moves under the pointer. */
  settle(): void {
    this.#order = orderOf(this.#answer.classes);
    this.#paintBars();
  }

  #focused(answer: Answer): ClassChance | undefined {
    const value = this.#offered[Number(this.#focus.value) - 1];
    return answer.classes.find((c) => c.value === value) ?? mostLikely(answer.classes);
  }

  #paint(kept = this.root.classList.contains("is-kept")): void {
    const answer = this.#answer,
      focus = answer.kind === "chance" ? this.#focused(answer) : undefined;
    setText(this.#what, kept ? `${this.#title(answer, focus)}, ${t.answer.before}` : this.#title(answer, focus));
    this.#strong.replaceChildren(...figureNodes(answer, focus));
    this.#strong.className = answer.kind === "word" || answer.kind === "none" ? "word" : "";
    const change = kept || !this.#changed ? null : this.#changeSince(answer, focus);
    this.#change.replaceChildren(...changeNodes(change, this.#startText(focus)));
    this.#paintScale(focus);
    this.#verdict.replaceChildren(...messageNodes(this.#finding(answer, change)));
    this.#paintBars();
    const figure = focus
      ? format.chance(focus.chance)
      : figureNodes(answer, focus)
          .map((n) => (typeof n === "string" ? n : n.textContent))
          .join("");
    this.figure = figure;
    this.spoken = t.answer.announce(figure, this.#what.textContent ?? "", this.#change.textContent ?? "");
  }

  #title(answer: Answer, focus: ClassChance | undefined): string {
    if (answer.kind === "none") return answer.target;
    if (!focus) return answer.kind === "number" ? t.answer.value(answer.target) : answer.target;
    return t.answer.chance(answer.target, focus.label);
  }

  #changeSince(answer: Answer, focus: ClassChance | undefined): Change | null {
    const start = this.start;
    if (focus) {
      const before = start.classes.find((c) => c.value === focus.value)?.chance;
      if (before === undefined) return null;
      const text = format.pointsFigure(focus.chance - before);
      return {
        direction: text === format.pointsFigure(0) ? 0 : focus.chance > before ? 1 : -1,
        text: t.answer.points(text),
      };
    }
    if (answer.kind !== "number" || typeof start.predicted !== "number" || typeof answer.predicted !== "number")
      return null;
    const difference = answer.predicted - start.predicted;
    return { direction: Math.sign(difference) as Change["direction"], text: format.brief(Math.abs(difference)) };
  }

  #startText(focus: ClassChance | undefined): string {
    const before = focus && this.start.classes.find((c) => c.value === focus.value);
    return before
      ? format.chance(before.chance)
      : typeof this.start.predicted === "number"
        ? format.brief(this.start.predicted)
        : this.start.predictedLabel;
  }

  #paintScale(focus: ClassChance | undefined): void {
    const before = focus && this.start.classes.find((c) => c.value === focus.value);
    this.#scale.hidden = !focus;
    if (!focus) return;
    const base = before?.chance ?? focus.chance; // without a start there is no ring to see
    setVariable(this.#scale, "--now", `${focus.chance * 100}%`);
    setVariable(this.#scale, "--base", `${base * 100}%`);
    this.#base.hidden = !before;
    this.#startLabel.hidden = !before || !this.#changed || base < 0.1 || base > 0.82;
    this.#scale.setAttribute(
      "aria-label",
      t.answer.scale(format.chance(focus.chance), before ? format.chance(base) : null),
    );
  }

  /** The verdict line: the decision if the model makes one, else the finding about its classes or its number. */
  #finding(answer: Answer, change: Change | null): Message {
    if (answer.kind === "none") return { head: t.answer.noneTitle, text: "" };
    if (answer.decision !== null) return t.answer.decision(answer.decision);
    if (answer.kind === "chance") return findingOfClasses(answer);
    if (answer.kind === "word") return t.answer.answers(answer.predictedLabel);
    if (!change) return this.#changed ? t.answer.answers(answer.predictedLabel) : t.answer.begin;
    if (change.direction === 0) return t.answer.same;
    return change.direction > 0 ? t.answer.up(change.text) : t.answer.down(change.text);
  }

  #paintBars(): void {
    const { classes } = this.#answer,
      focus = this.#focused(this.#answer);
    this.#bars.hidden = classes.length === 0;
    const byValue = new Map(classes.map((c) => [c.value, c]));
    const shown = this.#order
      .flatMap((value) => byValue.get(value) ?? [])
      .slice(0, classes.length > shownClasses + 1 ? shownClasses : undefined);
    const rest = classes.filter((c) => !shown.includes(c));
    const lines = shown.map((c) => ({ label: c.label, chance: c.chance, me: c === focus }));
    if (rest.length)
      lines.push({
        label: t.answer.others(rest.length),
        chance: rest.reduce((sum, c) => sum + c.chance, 0),
        me: false,
      });
    while (this.#rows.length < lines.length) {
      const name = h("dt"),
        bar = h("i", { class: "bar", "aria-hidden": "true" }),
        value = h("span");
      const root = h("div", {}, name, h("dd", {}, bar, value));
      this.#rows.push({ root, name, bar, value });
      this.#bars.append(root);
    }
    this.#rows.forEach(({ root, name, bar, value }, i) => {
      const line = lines[i];
      root.hidden = !line;
      if (!line) return;
      setText(name, line.label);
      setText(value, format.chanceCell(line.chance));
      setVariable(bar, "--share", String(line.chance));
      bar.classList.toggle("me", line.me);
    });
  }

  #paintWary(fields: readonly FieldView[], kept: boolean): void {
    const notes: HTMLElement[] = [];
    const outside = fields.filter((f) => f.remark?.outside);
    const replaced = fields.filter((f) => f.remark?.replaced && !f.remark.outside);
    const missing = fields.filter((f) => f.remark?.message === t.remark.handled);
    const blocking = fields.filter((f) => f.remark?.blocks);
    const reasons = [...new Set(this.#answer.diagnostics.map(rowReason))];
    const why = blocking.length ? blocking.map((f) => f.remark!.message.head) : reasons;
    if (this.#answer.kind === "none") {
      const reason = why.length ? why : [missing.length ? t.answer.noneMissing(missing.length) : t.answer.noRule];
      this.#verdict.replaceChildren(reason.join(" "));
    } else if (kept) {
      notes.push(
        h("p", { class: "note act" }, h("b", {}, `${t.answer.noneTitle}.`), ` ${why.join(" ")} ${t.answer.kept}`),
      );
    }
    if (outside.length)
      notes.push(
        h(
          "p",
          { class: "note warn" },
          `${t.answer.outside(outside.length)} `,
          ...this.#links(outside),
          ". ",
          t.answer.rough,
        ),
      );
    if (replaced.length)
      notes.push(
        h("p", { class: "note plain" }, `${t.answer.replaced(replaced.length)} `, ...this.#links(replaced), "."),
      );
    if (missing.length && !kept && this.#answer.kind !== "none")
      notes.push(h("p", { class: "note plain" }, t.answer.missing(missing.length)));
    if (!kept && this.#answer.kind !== "none")
      for (const reason of reasons) notes.push(h("p", { class: "note plain" }, reason));
    if (this.#wary.textContent !== notes.map((n) => n.textContent).join("")) this.#wary.replaceChildren(...notes);
  }

  #links(fields: readonly FieldView[]): (Node | string)[] {
    return fields.flatMap((field, i) => {
      const link = h("a", { href: `#${field.id}` }, format.label(field.field));
      link.addEventListener("click", (event) => {
        event.preventDefault();
        this.goTo(field);
      });
      return i ? [", ", link] : [link];
    });
  }
}

function orderOf(classes: readonly ClassChance[]): string[] {
  const sorted = classes.length > shownClasses + 1 ? [...classes].sort((a, b) => b.chance - a.chance) : classes;
  return sorted.map((c) => c.value);
}

function findingOfClasses(answer: Answer): Message {
  const likely = mostLikely(answer.classes)!;
  const second = mostLikely(answer.classes.filter((c) => c !== likely));
  if (typeof answer.predicted !== "object" && String(answer.predicted) !== likely.value)
    return t.answer.against(answer.target, answer.predictedLabel, likely.label);
  if (second && likely.chance - second.chance < 0.02) return t.answer.close(likely.label, second.label);
  return t.answer.mostLikely(answer.target, likely.label, format.chance(likely.chance));
}

function figureNodes(answer: Answer, focus: ClassChance | undefined): (Node | string)[] {
  if (focus) return [format.chanceFigure(focus.chance), h("small", {}, `\u00a0${t.percentSign}`)];
  return [
    answer.kind === "number"
      ? format.brief(answer.predicted as number)
      : answer.kind === "none"
        ? t.answer.none
        : showValue(answer.predicted, () => answer.predictedLabel),
  ];
}

function changeNodes(change: Change | null, start: string): (Node | string)[] {
  if (!change) return [];
  if (change.direction === 0) return [t.answer.sameAsStart];
  const up = change.direction > 0;
  return [
    h(
      "span",
      { class: up ? "up" : "down" },
      h("span", { "aria-hidden": "true" }, up ? "▲ " : "▼ "),
      `${up ? "+" : "\u2212"}${change.text}`,
    ),
    ` ${t.answer.fromStart(start)}`,
  ];
}

function rowReason(d: { code: string; message: string; field?: string }): string {
  const field = d.field ?? "";
  switch (d.code) {
    case "invalidValue":
      return field ? t.row.invalidValue(format.label({ name: field })) : t.row.other(d.message);
    case "missingValue":
      return field ? t.row.missingValue(format.label({ name: field })) : t.row.other(d.message);
    case "functionError":
      return t.row.functionError(d.message);
    case "unknownField":
      return t.row.unknownField(field);
    default:
      return t.row.other(d.message);
  }
}
