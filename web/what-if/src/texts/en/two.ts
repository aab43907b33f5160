// Champion and challenger.
import { plural } from "./words.ts";

export const two = {
  title: "Two models on the same case",
  lead: "Open a second model beside this one: both are asked about the same cases.",
  sub: "Both are asked about the case in the form. Cases that are kept stand here as well.",
  open: "Open a second model",
  fromGallery: "Or one of the gallery",
  address: "Or the address of a model on this server",
  another: "Open another second model",
  close: "Close the second model",
  closed: (name: string) => `${name} is closed.`,
  opened: (name: string) => `${name} is open beside it.`,
  madeFrom: "The form is made from",
  swapped: (name: string) => `The form is made from ${name}.`,
  champion: "champion",
  challenger: "challenger",
  caption: "Both models, case by case",
  case: "Case",
  difference: "Difference",
  verdict: "Verdict",
  agrees: "Same answer",
  differs: "Another answer",
  unknown: "Not comparable",
  between: "Another number",
  agreeCount: (n: number, all: number) => `They give the same answer in ${n} of ${all} cases.`,
  matched: (n: number, all: number, name: string) => `${n} of ${all} fields of ${name} are in the form.`,
  missing: (name: string, fields: string) => `${name} also asks for ${fields}: taken as not given.`,
  given: (name: string, fields: string) => `${name} also asks for ${fields}: taken from when the form was made from it.`,
  ignored: (name: string, fields: string) => `${name} does not look at ${fields}.`,
  outside: (name: string, fields: string) => `Outside what ${name} has seen: ${fields}.`,
  incomparable: (one: string, first: string, other: string, second: string) =>
    `${one} gives ${first}, ${other} gives ${second}: there is nothing to compare`,
  silent: (names: string, n: number) =>
    `${names} ${plural(n, { one: "gives", other: "give" })} no prediction for the present case`,
  same: (figure: string) => `Both give the same answer: ${figure}`,
  disagree: (one: string, first: string, other: string, second: string) =>
    `They disagree: ${one} says ${first}, ${other} says ${second}`,
  numbers: (one: string, first: string, other: string, second: string, higher: boolean, size: string) =>
    `${other} is ${size} ${higher ? "higher" : "lower"}: ${second}, where ${one} gives ${first}`,
  agree: (answer: string, other: string, label: string, higher: boolean, size: string) =>
    `Both answer ${answer}; ${other} puts the chance of ${label} ${size} ${higher ? "higher" : "lower"}`,
  disagreeBy: (one: string, first: string, other: string, second: string, label: string, size: string) =>
    `They disagree: ${one} says ${first}, ${other} says ${second}; the chances of ${label} are ${size} apart`,
  why: {
    asking: "Finding out why they differ…",
    average: "Average case",
    most: (field: string, other: string, higher: boolean, size: string, points: boolean) =>
      `${field} makes most of the difference: it puts ${other} ${size}${points ? " points" : ""} ${higher ? "higher" : "lower"}`,
    starts: (_: string, other: string, higher: boolean, size: string, points: boolean) =>
      `They differ mostly from the start: ${other} puts the average case ${size}${points ? " points" : ""} ${higher ? "higher" : "lower"}`,
    same: "Both weigh this case alike",
    balanced: (field: string) => `The same answer in another way: most apart over ${field}, which others make up for`,
    lead: (one: string, first: string, other: string, second: string) =>
      `From what ${one} says (${first}) to what ${other} says (${second}): each step is how differently the two weigh a field.`,
    caption: (name: string) => `How differently the two models weigh each field in the ${name}`,
  },
};
