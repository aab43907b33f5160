// The scenarios kept beside the case, as a list that is replaced, never changed.
import { isSame, type Case, type Scenario, type State, type Values } from "../case.ts";

export const mostScenarios = 4;

/** A column of a comparison: a scenario, or the case as the form has it. */
export interface Column {
  readonly name: string;
  readonly values: Values;
  /** Its place among the scenarios; null for a case that is not kept. */
  readonly at: number | null;
  /** The form holds exactly this. */
  readonly isNow: boolean;
}

/** The first scenario, the case as it is now unless it is one of them, then the others. */
export function columnsOf(theCase: Case, nowName: string): Column[] {
  const kept = theCase.scenarios.map((scenario, at): Column => {
    const isNow = isSame(theCase.fields, scenario.values, theCase.values);
    return { ...scenario, at, isNow };
  });
  if (kept.some((column) => column.isNow)) return kept;
  return kept.toSpliced(1, 0, { name: nowName, values: theCase.values, at: null, isNow: true });
}

/** The letter of the next place, or the next that no scenario has for a name. */
export function freeName(scenarios: readonly Scenario[]): string {
  const letters = [..."ABCDEFGH"].slice(scenarios.length);
  return letters.find((letter) => scenarios.every((s) => s.name !== letter))!;
}

export const renamed = (all: readonly Scenario[], at: number, name: string): Scenario[] =>
  all.with(at, { ...all[at]!, name });

export const without = (all: readonly Scenario[], at: number): Scenario[] => all.toSpliced(at, 1);

/** The one that the others are held against comes first. */
export const pinned = (all: readonly Scenario[], at: number): Scenario[] => [all[at]!, ...without(all, at)];

/**
 * Some values tried: the case with them is in the form, and stands beside the one before as a scenario, where there is
 * room for both; else it alone, if there is room for that.
 */
export function tried(theCase: Case, changes: Values): State {
  const values = new Map([...theCase.values, ...changes]);
  const kept = [...theCase.scenarios];
  const isKept = (held: Values) => kept.some((scenario) => isSame(theCase.fields, scenario.values, held));
  const wanted = [theCase.values, values].filter((held) => !isKept(held));
  const room = mostScenarios - kept.length;
  for (const held of wanted.slice(Math.max(0, wanted.length - room))) kept.push({ name: freeName(kept), values: held });
  return { values, scenarios: kept };
}
