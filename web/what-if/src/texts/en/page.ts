// The page around the views, and what stands in several of them.
import { nbsp } from "./words.ts";

export const words = {
  product: "Scorelet",
  pageTitle: (model: string, figure: string) => `${model}: ${figure} – Scorelet`,
  skip: "Skip to the prediction",
  noScript: "This page scores models inside the browser and needs JavaScript for that. Nothing is sent anywhere.",
  local: "Scored here, nothing is sent",
  footer: "Scored in this browser. The file and the values you enter stay on this computer.",
  version: (v: string) => `version ${v}`,
  percent: (figure: string) => `${figure}${nbsp}%`,
  percentSign: "%",
  listSeparator: "; ",
  kilobytes: (n: string) => `${n}${nbsp}kB`,
  megabytes: (n: string) => `${n}${nbsp}MB`,
  yes: "Yes",
  no: "No",
  notGiven: "not given",
  notGivenFor: (field: string) => `not given, ${field}`,
  give: "give a value",
  giveFor: (field: string) => `give a value, ${field}`,
};

export const language = {
  label: "Language",
  changed: "The page now speaks English.",
};

export const offline = {
  ready: "Works offline, nothing is sent",
  reported: "Scored here, reports are sent",
  cut: "No connection. Everything on this page still works.",
  renewed: "A new version is ready. It starts the next time you open the page.",
  start: "Start now",
};

export const views = {
  label: "Views of this model",
  one: "One case",
  many: "Many cases",
  compare: "Compare",
  about: "About this model",
  unreachable: { head: "This part of the page is not here yet.", text: "It needs a connection once; the rest works on without." },
};

export const history = {
  undo: "Undo",
  redo: "Redo",
  undoWhat: (what: string) => `Undo ${what}`,
  redoWhat: (what: string) => `Redo ${what}`,
  field: (field: string) => `change of ${field}`,
  reset: "back to the start",
  clear: "clear all",
  keep: (name: string) => `keeping ${name}`,
  load: (name: string) => `trying ${name}`,
  rename: (name: string) => `renaming ${name}`,
  remove: (name: string) => `removal of ${name}`,
  pin: (name: string) => `pinning ${name}`,
  link: "opening the link",
};

export const row = {
  invalidValue: (field: string) => `${field} has a value the model declares invalid.`,
  missingValue: (field: string) => `${field} is needed and not given.`,
  functionError: (message: string) => `A calculation inside the model has no answer: ${message}`,
  unknownField: (field: string) => `The model has no field called ${field}.`,
};
