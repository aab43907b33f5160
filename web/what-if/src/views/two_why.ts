// Why champion and challenger differ on the case that the form holds.
import "../styles/why.css";
import type { Answer } from "../answer.ts";
import { h, setAttribute, setText } from "../dom.ts";
import type { Row } from "../engine/protocol.ts";
import { Questions } from "../engine/questions.ts";
import type { Background } from "../explain/background.ts";
import { apartOf, differenceOf, farthestApart, mainCause, stepsBetween, theAverage, type Difference } from "../explain/difference.ts";
import type { Explainer } from "../explain/explainer.ts";
import { measureOf, type Measure } from "../explain/measure.ts";
import { backgroundFor } from "../explain/sources.ts";
import type { Step } from "../explain/waterfall.ts";
import * as format from "../format.ts";
import { letGo } from "../pressed.ts";
import { show } from "../remarks.ts";
import { focusOf } from "../scenarios/comparison.ts";
import { championOf, namesOf, type Session } from "../session.ts";
import { t } from "../texts.ts";
import { againstText } from "./why/against.ts";
import { Section } from "./why/section.ts";
import { StepsTable } from "./why/steps_table.ts";

type Both<T> = readonly [T, T];

interface Question {
  sessions: Both<Session>;
  names: Both<string>;
  records: Both<Row>;
  measure: Measure;
}

const evaluations = 40_000;

export class TwoWhyView {
  readonly #table = new StepsTable(2);
  readonly #note = h("p", { class: "fine" });
  readonly #section = new Section("waterfall why-two", null, this.#table.root, this.#note);
  readonly root = h("div", { class: "why", hidden: true }, this.#section.root);
  readonly #questions = new Questions<Question, void>({
    ask: (question) => this.#answer(question),
    answered: () => {},
    failed: (error) => this.#fail(error),
  });
  #rival: Session | null = null;
  #explainers: Both<Explainer> | null = null;
  #backgrounds: Both<Background> | null = null;
  #question: Question | null = null;
  #key = "";

  constructor(private readonly session: Session) {
    this.#table.root.hidden = true; // until there is something in it
    session.onClose(() => this.#end());
  }

  /** Brings it in line with the case and the models there are. */
  update(): void {
    const { rival } = this.session;
    if (rival !== this.#rival) this.#end();
    this.#rival = rival;
    const question = rival && this.#asked();
    this.root.hidden = !question;
    if (!question) return;
    const key = JSON.stringify([question.records, question.measure.quantity]);
    if (key === this.#key) return;
    this.#key = key;
    this.#question = question;
    setAttribute(this.#section.root, "aria-busy", "true");
    this.#section.say(t.two.why.asking, "");
    this.#questions.ask(question);
  }

  /** Nobody looks: its engines are given back. */
  leave(): void {
    this.#questions.drop();
    this.#end();
  }

  /** Null where the two say nothing that could be held against each other. */
  #asked(): Question | null {
    const sessions = championOf(this.session) as Both<Session>;
    const answers = sessions.map((of) => of.current) as [Answer | null | undefined, Answer | null | undefined];
    const [first, second] = answers;
    if (!first || !second || first.kind !== second.kind || sessions.some((of) => of.opened.isStateful)) return null;
    const focus = focusOf(first, this.session.asked);
    const measure = measureOf(first, focus, second);
    if (!measure || (focus && !second.classes.some((c) => c.value === focus.value))) return null;
    return { sessions, names: namesOf(this.session), records: [sessions[0].case.record, sessions[1].case.record], measure };
  }

  async #answer(question: Question): Promise<void> {
    const { sessions, records, measure } = question;
    this.#backgrounds ??= await sharedBackgrounds(sessions);
    this.#explainers ??= this.#begun(sessions, this.#backgrounds);
    const options = { quantity: measure.quantity, evaluations };
    for (const compared of ["some", "all"] as const) {
      const [first, second] = await Promise.all([
        this.#explainers[0].contributions(records[0], options, compared),
        this.#explainers[1].contributions(records[1], options, compared),
      ]);
      await letGo(this.root);
      if (this.#question !== question) return;
      const against = this.#backgrounds.map((background, i) =>
        againstText(background, this.#explainers![i]!.isObserved, [first, second][i]!.cases, [first, second][i]!.of),
      );
      this.#show(question, differenceOf(first, second), [...new Set(against)].join(" "));
      if (first.cases === first.of && second.cases === second.of) break;
    }
    setAttribute(this.#section.root, "aria-busy", "false");
  }

  #begun(sessions: Both<Session>, backgrounds: Both<Background>): Both<Explainer> {
    const [one, other] = sessions.map((of) => of.explainer.another()) as [Explainer, Explainer];
    [one.background, other.background] = backgrounds;
    return [one, other];
  }

  #show({ sessions, names, measure }: Question, difference: Difference | null, against: string): void {
    this.#table.root.hidden = !difference;
    if (!difference) {
      this.#section.say(t.why.none, t.why.noneText);
      return setText(this.#note, against);
    }
    const { values, fields, averages, standardError } = difference;
    const nameOf = (name: string) =>
      name === theAverage ? t.two.why.average : format.label(fieldOf(sessions, name) ?? { name });
    const cause = mainCause(difference, measure.isNothing);
    const size = cause === null ? 0 : apartOf(difference).get(cause)!;
    const farthest = farthestApart(difference, measure.isNothing);
    const finding =
      cause === null
        ? farthest === null ? t.two.why.same : t.two.why.balanced(nameOf(farthest))
        : t.two.why[cause === theAverage ? "starts" : "most"](nameOf(cause), names[1], size > 0, measure.difference(Math.abs(size)).replace("+", ""), measure.isChance);
    this.#section.say(finding, t.two.why.lead(names[0], measure.value(values[0]), names[1], measure.value(values[1])));
    const pair = (step: Step): readonly [number, number] | null => {
      if (step.kind === "average" || step.kind === "result") return null;
      if (step.field === theAverage) return averages;
      if (step.kind === "field") return fields.get(step.field)!;
      return null;
    };
    this.#table.update(stepsBetween(difference, measure.isNothing), measure, {
      caption: t.two.why.caption(measure.name),
      heads: names,
      tell: (step) => {
        const both = pair(step);
        const isAverage = step.field === theAverage;
        return {
          name: step.kind === "average" ? names[0] : step.kind === "result" ? names[1] : step.kind === "rest" ? t.why.other(step.count) : nameOf(step.field),
          detail: step.kind === "field" && !isAverage ? givenIn(sessions, step.field) : "",
          beside: both ? both.map((x) => (isAverage ? measure.cell(x) : measure.difference(x))) : [],
        };
      },
    });
    const method = measure.isNothing(standardError) ? t.why.exact : t.why.estimated(measure.cell(standardError));
    setText(this.#note, `${method} ${t.why.notCause} ${against}`);
  }

  #fail(error: unknown): void {
    this.#key = "";
    this.#table.root.hidden = true;
    this.#section.say(t.why.failed(error instanceof Error ? error.message : String(error)), "");
    setAttribute(this.#section.root, "aria-busy", "false");
    this.#end();
  }

  #end(): void {
    for (const explainer of this.#explainers ?? []) explainer.end();
    this.#explainers = this.#backgrounds = this.#question = null;
    this.#key = "";
  }
}

/** The same cases for both where either has any; of each case the fields that a model has. */
async function sharedBackgrounds(sessions: Both<Session>): Promise<Both<Background>> {
  const own = await Promise.all(sessions.map(async (of) => of.explainer.background ?? (await backgroundFor(of))));
  const shared = own.find((background) => background.rows.length > 0);
  return (shared ? sessions.map((of) => ({ ...shared, rows: shared.rows.map((row) => knownOf(of, row)) })) : own) as [Background, Background];
}

function knownOf({ case: { fields } }: Session, row: Row): Row {
  return Object.fromEntries(fields.flatMap(({ name }) => (name in row ? [[name, row[name]!] as const] : [])));
}

const fieldOf = (sessions: Both<Session>, name: string) =>
  sessions.flatMap((of) => of.case.fields).find((field) => field.name === name);

function givenIn(sessions: Both<Session>, name: string): string {
  const field = fieldOf(sessions, name);
  const holder = sessions.find((of) => of.case.fields.some((f) => f.name === name));
  return field && holder ? show(field, holder.case.get(name)) : "";
}
