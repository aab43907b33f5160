// Scenarios, side by side.
import { plural } from "./words.ts";

export const scenarios = {
  title: "Scenarios",
  empty: "Keep this case, change some fields, and both stand side by side.",
  full: (n: number) => `${n} scenarios are kept. Remove one to keep another.`,
  keep: "Keep this as a scenario",
  keptAs: (name: string) => `Kept as ${name}.`,
  isKept: (name: string) => `The form holds ${name}.`,
  compare: "Compare side by side",
  now: "Now",
  name: (name: string) => `Name of scenario ${name}`,
  tryIt: "Try it",
  tryName: (name: string) => `Try it: ${name}`,
  tried: (name: string) => `${name} is in the form.`,
  remove: "Remove",
  removeName: (name: string) => `Remove ${name}`,
  pin: "Pin",
  pinName: (name: string) => `Pin ${name}`,
  pinned: "pinned",
  inForm: "in the form",
  first: "The others are held against it.",
  differs: (fields: string) => `Differs in ${fields}.`,
  andMore: (n: number) => `${n} more`,
  same: "The same values as the pinned one.",
};

export const compare = {
  caption: "Cases side by side",
  sub: (name: string) => `A dot marks a value that differs from ${name}, which is pinned.`,
  present: "The present case",
  alone: "Keep a case to compare it with another",
  aloneText: "A scenario is a case kept under a name. Up to four stand here side by side, with the case as it is now.",
  toCase: "Back to the case",
  working: "Asking the model…",
  nothing: (name: string) => `${name} has no prediction to compare with`,
  chance: (target: string, value: string) => `the chance that ${target} is ${value}`,
  value: (target: string) => `the predicted ${target}`,
  raises: (name: string, what: string, from: string, to: string, most: boolean) =>
    `${name} raises ${what}${most ? " most," : ""} from ${from} to ${to}`,
  lowers: (name: string, what: string, from: string, to: string, most: boolean) =>
    `${name} lowers ${what}${most ? " most," : ""} from ${from} to ${to}`,
  same: (what: string, figure: string) => `In all of them ${what} is ${figure}`,
  sameAnswer: (answer: string) => `The answer is the same in all of them: ${answer}`,
  turns: (name: string, from: string, to: string) => `${name} turns the answer from ${from} to ${to}`,
  differ: (names: string, n: number, first: string) =>
    `${names} ${plural(n, { one: "gets", other: "get" })} another answer than ${first}`,
  field: "Field",
  differsMark: "differs: ",
  showEqual: (n: number) => `Show ${n} ${plural(n, { one: "field", other: "fields" })} with the same value in all`,
  hideEqual: (n: number) => `Hide ${n} ${plural(n, { one: "field", other: "fields" })} with the same value in all`,
  noneDiffer: "All values are the same.",
  results: "All results",
  acts: "What to do",
};
