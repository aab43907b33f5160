// Scenarios, side by side, in German.
import type { scenarios as Scenarios, compare as Compare } from "../en/scenarios.ts";
import { fields, plural, quoted } from "./words.ts";

export const scenarios: typeof Scenarios = {
  title: "Szenarien",
  empty: "Diesen Fall merken, dann Felder ändern: Beide stehen nebeneinander.",
  full: (n) => `${n} Szenarien sind gemerkt. Eines entfernen, um ein anderes zu merken.`,
  keep: "Als Szenario merken",
  keptAs: (name) => `Gemerkt als ${name}.`,
  isKept: (name) => `Das Formular zeigt ${name}.`,
  compare: "Nebeneinander vergleichen",
  now: "Jetzt",
  name: (name) => `Name des Szenarios ${name}`,
  tryIt: "Ausprobieren",
  tryName: (name) => `Ausprobieren: ${name}`,
  tried: (name) => `${name} ist im Formular.`,
  remove: "Entfernen",
  removeName: (name) => `Entfernen: ${name}`,
  pin: "Anheften",
  pinName: (name) => `Anheften: ${name}`,
  pinned: "angeheftet",
  inForm: "im Formular",
  first: "Die anderen werden daran gemessen.",
  differs: (names) => `Anders: ${names}.`,
  andMore: (n) => `${n} ${plural(n, { one: "weiteres", other: "weitere" })}`,
  same: "Dieselben Werte wie das angeheftete.",
};

export const compare: typeof Compare = {
  caption: "Fälle nebeneinander",
  sub: (name) => `Ein Punkt steht vor einem Wert, der anders ist als in ${name} (angeheftet).`,
  present: "Der jetzige Fall",
  alone: "Einen Fall merken, um ihn mit einem anderen zu vergleichen",
  aloneText:
    "Ein Szenario ist ein Fall, der unter einem Namen gemerkt ist. Bis zu vier stehen hier nebeneinander, dazu der Fall, wie er gerade ist.",
  toCase: "Zurück zum Fall",
  working: "Das Modell wird gefragt…",
  nothing: (name) => `${name} hat keine Vorhersage, mit der sich vergleichen ließe`,
  chance: (target, value) => `die Wahrscheinlichkeit für ${target} ${quoted(value)}`,
  value: (target) => `die Vorhersage für ${target}`,
  raises: (name, what, from, to, most) => `${name} erhöht ${what}${most ? " am stärksten," : ""} von ${from} auf ${to}`,
  lowers: (name, what, from, to, most) => `${name} senkt ${what}${most ? " am stärksten," : ""} von ${from} auf ${to}`,
  same: (what, figure) => `In allen beträgt ${what} ${figure}`,
  sameAnswer: (answer) => `Die Antwort ist in allen gleich: ${answer}`,
  turns: (name, from, to) => `${name} ändert die Antwort von ${from} zu ${to}`,
  differ: (names, n, first) =>
    `${names} ${plural(n, { one: "bekommt", other: "bekommen" })} eine andere Antwort als ${first}`,
  field: "Feld",
  differsMark: "anders: ",
  showEqual: (n) => `${n} ${fields(n)} mit gleichem Wert zeigen`,
  hideEqual: (n) => `${n} ${fields(n)} mit gleichem Wert verbergen`,
  noneDiffer: "Alle Werte sind gleich.",
  results: "Alle Ergebnisse",
  acts: "Was sich tun lässt",
};
