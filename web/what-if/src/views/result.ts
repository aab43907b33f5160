// The prediction: what it is, the figure, how it moved since the start, and the verdict; bars and warnings below.
import { showValue, type Answer, type ClassChance } from "../answer.ts";
import type { FieldView } from "../controls/field.ts";
import { h, messageNodes, setAttribute, setContent, setHidden, setPlace, setText, setVariable } from "../dom.ts";
import * as format from "../format.ts";
import { t } from "../texts.ts";
import { chanceOf, changeSince, findingOf, titleOf, type Change } from "../verdict.ts";
import { BarsView } from "./bars.ts";
import { changeNode } from "./change.ts";
import { LimitBox, LimitMark, sideOf } from "./limit.ts";
import { reasonsFor, WaryView } from "./wary.ts";

/** `kept`: from before a change that gives no prediction. `changed`: the case is no longer the start. */
interface Shown {
  answer: Answer;
  fields: readonly FieldView[];
  kept: boolean;
  changed: boolean;
}

export class ResultView {
  readonly root: HTMLElement;
  /** The figure alone, for the title, and with its meaning in words, for the live region. */
  figure = "";
  spoken = "";
  /** Called with the class whose chance is asked about. */
  onAsk: (value: string | null) => void = () => {};
  #asked: string | null = null;
  /** Called when the reader asks about another class. */
  onFocus: () => void = () => {};
  /** Called when the reader sets a limit. */
  onLimit: (limit: number | null) => void = () => {};
  #limit: number | null = null;
  readonly #mark = new LimitMark();
  readonly #limitBox = new LimitBox((limit) => {
    this.limit = limit;
    this.onLimit(limit);
  });
  readonly #what = h("h2", { id: "h-pred", class: "k" });
  readonly #digits = document.createTextNode("");
  readonly #sign = h("small", {}, `\u00a0${t.percentSign}`);
  readonly #strong = h("strong", {}, this.#digits);
  readonly #change = h("span", { class: "vs" });
  readonly #now = h("i", { class: "me" });
  readonly #base = h("i", { class: "b" });
  readonly #atStart = h("span", { class: "c hide-s" }, t.answer.atStart);
  readonly #scale = h("div", { class: "scale", role: "img", dir: "ltr" });
  readonly #verdict = h("p", { class: "dec" });
  readonly #bars = new BarsView(() => {
    this.#paint();
    this.onFocus();
  }, this.#limitBox.root);
  readonly #wary: WaryView;
  #shown: Shown;

  /** `start` is the answer for the case the page began with. */
  constructor(
    private readonly start: Answer,
    goTo: (field: FieldView) => void,
  ) {
    this.#shown = { answer: start, fields: [], kept: false, changed: false };
    this.#wary = new WaryView(goTo);
    const [zero, hundred] = [h("span", { class: "s" }, "0"), h("span", { class: "e" }, t.percent("100"))];
    this.#scale.append(
      h("div", { class: "track" }, ...this.#mark.marks, this.#base, this.#now),
      h("div", { class: "sl" }, zero, this.#atStart, this.#mark.label, hundred),
    );
    const figure = h("p", { class: "fig" }, this.#strong, this.#change);
    const pinned = h("div", { class: "pin" }, h("div", { class: "big" }, this.#what, figure), this.#scale);
    this.root = h(
      "div",
      { class: "answer" },
      h("section", { class: "pred", "aria-labelledby": "h-pred", id: "prediction", tabindex: "-1" }, pinned),
      h("div", { class: "verdict" }, this.#verdict, this.#bars.root, this.#wary.root),
    );
  }

  update(shown: Shown): void {
    this.showFigure(shown);
    this.showRest();
  }

  /** What the reader looks at when something has changed: the figure, and where it lies. */
  showFigure(shown: Shown): void {
    this.#shown = shown;
    this.#bars.offer(shown.answer.classes);
    this.root.classList.toggle("is-kept", shown.kept);
    this.#paintFigure();
  }

  /** All that follows from it. */
  showRest(): void {
    this.#paintRest();
    const { answer, fields, kept } = this.#shown;
    this.#wary.update(answer, fields, kept);
  }

  /** The class asked about. */
  get focus(): ClassChance | undefined {
    const { answer } = this.#shown;
    return answer.kind === "chance" ? this.#bars.focused(answer.classes) : undefined;
  }

  set limit(limit: number | null) {
    this.#limit = limit;
    this.#limitBox.show(limit);
    this.#paint();
  }

  /** True while the prediction is from before a change that gives none. */
  get isKept(): boolean {
    return this.#shown.kept;
  }

  settle(): void {
    this.#bars.settle(this.#shown.answer.classes);
    this.#bars.paint(this.#shown.answer.classes);
  }

  #paint(): void {
    this.#paintFigure();
    this.#paintRest();
  }

  #paintFigure(): void {
    const { answer, kept } = this.#shown;
    const { focus } = this;
    const title = titleOf(answer, focus);
    const figure = figureOf(answer, focus);
    setText(this.#what, kept ? `${title}, ${t.answer.before}` : title);
    if (this.#digits.data !== figure) this.#digits.data = figure;
    if (!focus) this.#sign.remove();
    else if (!this.#sign.parentNode) this.#strong.append(this.#sign);
    const isWord = answer.kind === "word" || answer.kind === "none";
    this.#strong.classList.toggle("word", isWord);
    this.#strong.classList.toggle("short", !isWord && figure.length <= (focus ? 5 : 12)); // a scale beside it leaves less room
    if (focus) setPlace(this.#now, focus.chance);
    this.figure = focus ? t.percent(figure) : figure;
  }

  #paintRest(): void {
    const { answer, fields, kept, changed } = this.#shown;
    const { focus } = this;
    if (this.#asked !== (focus?.value ?? null)) this.onAsk((this.#asked = focus?.value ?? null));
    const change = kept || !changed ? null : changeSince(this.start, answer, focus);
    setContent(this.#change, changeNodes(change, startText(this.start, focus)));
    this.#paintScale(focus);
    setContent(
      this.#verdict,
      answer.kind === "none"
        ? [reasonsFor(answer, fields).join(" ")]
        : [...messageNodes(findingOf(answer, change, changed)), ...this.#beside(focus)],
    );
    this.#bars.paint(answer.classes);
    this.spoken = t.answer.announce(this.figure, this.#what.textContent ?? "", this.#change.textContent ?? "");
  }

  /** On which side of the limit it is. */
  #beside(focus: ClassChance | undefined): (Node | string)[] {
    return focus && this.#limit !== null ? [" ", ...messageNodes(sideOf(focus.chance, this.#limit))] : [];
  }

  #paintScale(focus: ClassChance | undefined): void {
    for (const part of [this.#scale, this.#limitBox.root]) setHidden(part, !focus);
    this.#mark.paint(focus ? this.#limit : null);
    if (!focus) return;
    const before = chanceOf(this.start, focus);
    const base = before ?? focus.chance; // without a start there is no ring to see
    for (const part of [this.#base, this.#atStart]) setVariable(part, "--base", `${base * 100}%`);
    setHidden(this.#base, before === undefined);
    // Near the ends its label would run into theirs.
    const isClear = before !== undefined && this.#shown.changed && base >= 0.1 && base <= 0.82;
    setHidden(this.#atStart, !isClear || this.#limit !== null);
    const start = before === undefined ? null : format.chance(before);
    const label = t.answer.scale(format.chance(focus.chance), start);
    setAttribute(this.#scale, "aria-label", [label, ...(this.#limit === null ? [] : [this.#mark.label.textContent])].join(" "));
  }
}

function figureOf(answer: Answer, focus: ClassChance | undefined): string {
  if (focus) return format.chanceFigure(focus.chance);
  if (answer.kind === "none") return t.answer.none;
  if (answer.series) return format.brief(answer.series.values[0]!);
  if (answer.kind === "number") return format.brief(answer.predicted as number);
  return showValue(answer.predicted, () => answer.predictedLabel);
}

function startText(start: Answer, focus: ClassChance | undefined): string {
  const before = chanceOf(start, focus);
  if (before !== undefined) return format.chance(before);
  return typeof start.predicted === "number" ? format.brief(start.predicted) : start.predictedLabel;
}

function changeNodes(change: Change | null, start: string): (Node | string)[] {
  if (!change) return [];
  if (change.direction === 0) return [t.answer.sameAsStart];
  return [changeNode(change), ` ${t.answer.fromStart(start)}`];
}
