// Opening a model, and refusing what is none.
import type { Message } from "../message.ts";
import { nbsp, plural } from "./words.ts";

export const open = {
  title: "Open a model to begin",
  lead: "Drop a PMML file here, choose one, or try an example. The file stays on this computer.",
  choose: "Choose a file",
  example: "Try the example",
  address: "Address of a model on this server",
  openAddress: "Open",
  again: "Open model",
  dropNow: "Drop the file to open it",
  working: "Opening the model…",
  reading: "Reading the file…",
  checking: "Checking the model…",
  partOf: (size: string, percent: string) => `${size}, ${percent}${nbsp}%`,
  cancel: "Cancel",
  cancelled: "Opening was cancelled.",
  opened: (name: string) => `${name} is open.`,
  onlyOne: "One model at a time: only the first file was opened.",
};

export const refused = {
  notOpened: (file: string) => `${file} was not opened.`,
  empty: { head: "This file is empty", text: "Ask for it again from whoever made it." },
  zip: {
    head: "This is a zip or Excel file, not a model",
    text: "A PMML model is a single XML file. If one is inside, unpack it first.",
  },
  gzip: { head: "This file is compressed", text: "Unpack it first; the model inside usually ends in .pmml or .xml." },
  pdf: { head: "This is a PDF, not a model", text: "Ask for the model itself, as a PMML file." },
  table: {
    head: "This is a table of values, not a model",
    text: "Open the model first. This page then takes one case at a time.",
  },
  json: {
    head: "This is a JSON file, not a PMML model",
    text: "Ask for the model as PMML; most tools can export it.",
  },
  binary: {
    head: "This is not a text file, so not a PMML model",
    text: "Ask for the model as PMML; most tools can export it.",
  },
  notXml: (line?: number): Message => ({
    head: line ? `This file breaks off or is damaged at line ${line}` : "This file is damaged",
    text: "It is not well-formed XML. Ask for it again from whoever made it.",
  }),
  notPmml: { head: "This is an XML file, but not a model", text: "A PMML model starts with a PMML element." },
  unsupported: (n: number): Message => ({
    head: "This model is not opened, because it could not be scored exactly",
    text:
      n === 1
        ? "It uses a part that this version does not score."
        : `It uses ${n} parts that this version does not score.`,
  }),
  tooLarge: {
    head: "This model is larger than this page accepts",
    text: "The command line scores models of any size; its limits can be raised.",
  },
  broken: (n: number): Message => ({
    head: `This model has ${n} ${plural(n, { one: "fault", other: "faults" })}, so it is not opened`,
    text: "Whoever made it needs the list below.",
  }),
  unread: "This file could not be read",
  unreachable: "Nothing was found at its address, or there is no connection. A file of your own opens without one.",
  noAddress: { head: "This is not an address", text: "An address looks like models/credit.pmml." } as Message,
  elsewhere: (host: string): Message => ({
    head: "This page opens models from its own server only",
    text: `It may not fetch anything from ${host}, so that nothing can leave it. Save the model as a file and open that.`,
  }),
  engine: {
    head: "The scoring engine did not start",
    text: "Reload the page. If that does not help, this browser forbids WebAssembly here, or is short of memory.",
  },
  details: (n: number) => `Show ${n} ${plural(n, { one: "finding", other: "findings" })} in detail`,
  where: (line: number) => `line ${line}`,
  back: "Back to the open model",
  more: (n: number) => `and ${n} more`,
};
