// One case: its form, its prediction and all other results, kept in step.
import type { Answer } from "../answer.ts";
import { h, messageNodes } from "../dom.ts";
import type { Session } from "../session.ts";
import { t } from "../texts.ts";
import { failedRecords } from "../verification.ts";
import { Desk } from "./desk.ts";
import { linkTo } from "./link.ts";
import { StripView } from "./strip.ts";
import type { Page, View } from "./view.ts";

export class OneView implements View {
  readonly root: HTMLElement;
  readonly heading: HTMLElement;
  readonly #desk: Desk;
  readonly #strip: StripView;
  /** The sticky prediction covers what scrolls beneath it: focus must not end up there. */
  readonly #covers = new ResizeObserver(() => {
    const covered = this.heading.getBoundingClientRect().height;
    document.documentElement.style.scrollPaddingBlockStart = `${covered + 12}px`;
  });
  #isShown = false;

  constructor(
    session: Session,
    private readonly page: Page,
  ) {
    const say = (sentence: string) => page.say(sentence);
    const why = async () => (await import("./why/page.ts")).WhyView;
    this.#desk = new Desk(session, { why, notice: failedChecks(session), say });
    this.#strip = new StripView(session, say);
    const { result, form, rest } = this.#desk;
    result.onAsk = (value) => {
      session.asked = value;
      this.#strip.update();
    };
    this.root = h("div", { class: "case" }, result.root, form.root, rest, this.#strip.root);
    this.heading = result.root.querySelector<HTMLElement>(".pred")!;
    let { scenarios } = session.case;
    session.onChange(() => {
      if (scenarios !== session.case.scenarios) this.#strip.update();
      scenarios = session.case.scenarios;
    });
    session.onAnswer((answer) => this.#answer(answer));
    session.kept.onAnswer(() => this.#strip.update());
  }

  get title(): string {
    return this.#desk.result.figure;
  }

  get finding(): string {
    return this.#desk.result.spoken;
  }

  enter(): void {
    this.#isShown = true;
    this.#covers.observe(this.heading);
    this.#desk.explain();
  }

  leave(): void {
    this.#isShown = false;
    this.#desk.hold();
    this.#covers.disconnect();
    document.documentElement.style.scrollPaddingBlockStart = "";
  }

  #answer(answer: Answer | null): void {
    if (this.#isShown)
      return this.#desk.follow(answer, () => {
        this.#strip.update();
        this.page.entitle(this.title); // takes milliseconds
      });
    this.#desk.answer(answer);
    this.#strip.update();
    this.#desk.result.settle();
  }
}

/** A model that does not answer as it did where it was made must not be trusted: that is said beside its answers. */
function failedChecks({ opened: { report } }: Session): HTMLElement | null {
  if (!report || report.passed) return null;
  const message = messageNodes(t.card.failedHere(failedRecords(report), report.records));
  return h("p", { class: "note act" }, ...message, " ", linkTo({ view: "about" }, t.card.showCard));
}
