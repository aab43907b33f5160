// The form, and remarks on what it holds.
import type { Message } from "../message.ts";
import { plural, quoted } from "./words.ts";

const takes = (domain: string) => domain && `, which takes ${domain}`;
const asMissing = (used?: string) =>
  used === undefined
    ? "The model treats it as not given."
    : `The model treats it as not given and uses ${used}, its stand-in for a missing value.`;

export const form = {
  title: "The case",
  count: (n: number) => `${n} ${plural(n, { one: "field", other: "fields" })}`,
  byEffect: "most important first",
  lead: "Starts from a typical case: usual values, or the middle of a range. Change anything.",
  leadExample: "Starts from the first of the model’s own check cases. Change anything.",
  leadEmpty: "This model names no ranges, so most fields start as not given. Fill in what you know.",
  seen: (n: string) => `Grey: the ${n} cases the model learned from.`,
  find: "Find a field",
  none: (query: string) => `No field is called ${quoted(query)}.`,
  more: (n: number) => `Show ${n} more ${plural(n, { one: "field", other: "fields" })}`,
  changed: (n: number) => `Changed (${n})`,
  noneChanged: "Nothing has been changed yet.",
  unused: (n: number) => `${n} ${plural(n, { one: "field", other: "fields" })} without effect`,
  unusedNote: "The model lists these but never looks at them.",
  listHelp: "Several values, with commas between them: a, b, c.",
  setsHelp: "In order of time: commas between values of one time, semicolons between times: a, b; c.",
  known: (values: string) => `Known: ${values}.`,
  horizon: "How many steps ahead to forecast.",
  actual: "The actual value, if it is known: some results compare with it.",
  stateful: "This model also looks at the cases before; here each case is asked as if it were the first.",
  noField: (names: string, known: string): Message => ({
    head: `This model has no field ${names}`,
    text: `“fields” may name ${known}.`,
  }),
  noFields: "This model asks for nothing: it always gives the same answer.",
  reset: "Back to the start",
  clear: "Clear all",
  was: (value: string) => `was ${value}`,
  slider: (field: string) => `${field}, slider`,
  other: "another value",
  otherLabel: (field: string) => `${field}, another value`,
  withShare: (value: string, share: string) => `${value} (${share})`,
  ordered: (first: string, last: string) => `In order, from ${first} to ${last}`,
  exactName: (name: string) => `Field ${name}`,
  from: (a: string) => `${a} or more`,
  upTo: (b: string) => `up to ${b}`,
  between: (a: string, b: string) => `${a} to ${b}`,
};

export const remark = {
  above: (field: string, value: string, domain: string): Message => ({
    head: `${field} ${value} is above anything the model has seen`,
    text: `(${domain}). The prediction is a guess beyond its experience.`,
  }),
  below: (field: string, value: string, domain: string): Message => ({
    head: `${field} ${value} is below anything the model has seen`,
    text: `(${domain}). The prediction is a guess beyond its experience.`,
  }),
  gap: (field: string, value: string, domain: string): Message => ({
    head: `${field} ${value} lies between the ranges the model has seen`,
    text: `(${domain}). The prediction is a guess.`,
  }),
  cut: (field: string, value: string, used: string): Message => ({
    head: `${field} ${value} is beyond what the model takes.`,
    text: `It uses ${used} instead.`,
  }),
  dropped: (field: string, value: string, used?: string): Message => ({
    head: `${field} ${value} is beyond what the model takes.`,
    text: asMissing(used),
  }),
  unknown: (value: string): Message => ({
    head: `The model does not know ${quoted(value)}.`,
    text: "It uses the value as it is, which usually has no effect.",
  }),
  unknownMissing: (value: string, used?: string): Message => ({
    head: `The model does not know ${quoted(value)}.`,
    text: asMissing(used),
  }),
  invalidMissing: (value: string, field: string, domain: string, used?: string): Message => ({
    head: `${quoted(value)} is not a valid value for ${field}${takes(domain)}.`,
    text: asMissing(used),
  }),
  invalidStandIn: (value: string, field: string, used: string): Message => ({
    head: `${quoted(value)} is not a valid value for ${field}.`,
    text: `The model uses ${used} instead.`,
  }),
  invalidRefused: (value: string, field: string, domain: string): Message => ({
    head: `${quoted(value)} is not a valid value for ${field}${takes(domain)}.`,
    text: "The model gives no prediction with it.",
  }),
  standIn: (used: string): Message => ({
    head: "",
    text: `Not given, so the model uses ${used}, its stand-in for a missing value.`,
  }),
  handled: { head: "", text: "" }, // its tag says it; the sum of all is told at the prediction
  needed: (field: string): Message => ({
    head: `${field} is needed.`,
    text: "Without it this model gives no prediction.",
  }),
  oneIn: (n: string): Message => ({ head: "", text: `Only 1 in ${n} training cases had a value like this.` }),
  hardlyAny: { head: "", text: "Hardly any training case had a value like this." },
  notNumber: (text: string, meant?: string): Message => ({
    head: `${quoted(text)} is not a number.`,
    text: meant ? `Did you mean ${meant}?` : "Enter figures, with a point or comma for decimals.",
  }),
  notWhole: (value: string): Message => ({
    head: `${value} is not a whole number.`,
    text: "This field counts in whole numbers.",
  }),
  tagMissing: "not given",
  tagOutside: "outside",
  tagUnknown: "not known",
  tagInvalid: "not valid",
  tagReplaced: "stand-in used",
};
