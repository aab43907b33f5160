// What can be done with scenarios, from wherever they are shown.
import type { Case } from "../case.ts";
import { freeName, mostScenarios, pinned, renamed, without } from "../scenarios/scenarios.ts";
import { t } from "../texts.ts";
import { button } from "./button.ts";

export class ScenarioActs {
  constructor(
    private readonly theCase: Case,
    private readonly say: (sentence: string) => void,
  ) {}

  /** Keeps the case as it is; there is nothing to keep if it is one already, or no room. */
  keepButton(kind: string): HTMLButtonElement {
    const keep = button(t.scenarios.keep, kind, () => this.#keep(), "keep");
    keep.disabled = this.theCase.scenarios.length >= mostScenarios || this.#keptAs !== undefined;
    return keep;
  }

  /** Why the case cannot be kept, or "". */
  get reason(): string {
    if (this.#keptAs) return t.scenarios.isKept(this.#keptAs);
    return this.theCase.scenarios.length >= mostScenarios ? t.scenarios.full(mostScenarios) : "";
  }

  tryButton(at: number): HTMLButtonElement {
    const { name } = this.theCase.scenarios[at]!;
    return button(
      t.scenarios.tryIt,
      "",
      () => {
        this.theCase.load(this.theCase.scenarios[at]!, t.history.load(name));
        this.say(t.scenarios.tried(name));
      },
      `try ${at}`,
      t.scenarios.tryName(name),
    );
  }

  pinButton(at: number): HTMLButtonElement {
    const { name } = this.theCase.scenarios[at]!;
    const pin = () => this.theCase.arrange(pinned(this.theCase.scenarios, at), t.history.pin(name));
    return button(t.scenarios.pin, "quiet", pin, `pin ${at}`, t.scenarios.pinName(name));
  }

  removeButton(at: number): HTMLButtonElement {
    const { name } = this.theCase.scenarios[at]!;
    const remove = () => this.theCase.arrange(without(this.theCase.scenarios, at), t.history.remove(name));
    return button(t.scenarios.remove, "quiet", remove, `remove ${at}`, t.scenarios.removeName(name));
  }

  rename(at: number, name: string): void {
    const before = this.theCase.scenarios[at];
    if (before && name !== before.name)
      this.theCase.arrange(renamed(this.theCase.scenarios, at, name), t.history.rename(before.name));
  }

  get #keptAs(): string | undefined {
    return this.theCase.kept?.name;
  }

  #keep(): void {
    const name = freeName(this.theCase.scenarios);
    this.theCase.keep(name, t.history.keep(name));
    this.say(t.scenarios.keptAs(name));
  }
}
