// Links, tables, and what is printed.
import type { Message } from "../message.ts";
import { plural, quoted } from "./words.ts";

export const share = {
  open: "Share",
  title: "Share this case",
  holds: "The link holds:",
  model: (name: string) => `the name of the model, ${name}`,
  modelPrint: (name: string, print: string) => `the name and fingerprint of the model, ${name}, ${print}`,
  place: (address: string) => `the address of the model: ${address}`,
  values: (n: number) => `${n} ${plural(n, { one: "value", other: "values" })} of this case`,
  scenarios: (n: number, names: string) => `${n} ${plural(n, { one: "scenario", other: "scenarios" })}: ${names}`,
  noModel: (file: string) => `The model itself is not in it: whoever opens the link needs the file ${file}.`,
  unseen: "The values come after “#”, which a browser never sends to a server. Whoever has the link can read them.",
  long: (n: string) => `The link has ${n} characters. Some programs cut long links.`,
  link: "Link to this case",
  copy: "Copy the link",
  copied: "The link is copied.",
  notCopied: "This browser does not let the page copy. The link is selected: copy it from there.",
  take: "Take it with you",
  html: "Save as a web page",
  csv: "Save as a table (CSV)",
  print: "Print",
  saved: (file: string) => `${file} is saved.`,
  close: "Close",
  waiting: (model: string, print: string): Message => ({
    head: `This link holds a case for the model ${quoted(model)}${print && `, fingerprint ${print}`}.`,
    text: "Open its file, and the values are filled in.",
  }),
  filled: "The case of the link is filled in.",
  other: (model: string, open: string): Message => ({
    head: `This link is for another model, ${quoted(model)}, so its values are not filled in.`,
    text: `Open is ${quoted(open)}. Open the right file to see the case.`,
  }),
  newer: {
    head: "This link was made by a newer version of this page.",
    text: "Reload the page to get that version, then open the link again.",
  },
  broken: {
    head: "This link is incomplete or damaged, so its values are not filled in.",
    text: "Ask for it again from whoever sent it.",
  },
  dismiss: "Close this message",
};

export const report = {
  title: (model: string) => `${model}, report of a case`,
  file: (model: string, kind: string) => `${model} case.${kind}`,
  case: "The case",
  field: "Field",
  value: "Value",
  seen: "The model has seen",
  remark: "Remark",
  wasAtStart: (value: string) => `${value} at the start`,
  results: "Results",
  result: "Result",
  exact: "Exact value",
  scenarios: "Scenarios",
  models: "Two models",
  about: "About the model",
  outside: (fields: string) => `Outside training: ${fields}`,
  nothingOutside: "No value is outside what the model has seen",
  made: (date: string) => `Made on ${date}`,
  scenario: "Scenario",
  predicted: "predicted",
  page: "page",
  of: "of",
};
