// Links, tables, and what is printed, in German.
import type { share as Share, report as Report } from "../en/share.ts";
import { plural, quoted } from "./words.ts";

export const share: typeof Share = {
  open: "Teilen",
  title: "Diesen Fall teilen",
  holds: "Der Link enthält:",
  model: (name) => `den Namen des Modells, ${name}`,
  modelPrint: (name, print) => `Namen und Fingerabdruck des Modells, ${name}, ${print}`,
  place: (address) => `die Adresse des Modells: ${address}`,
  values: (n) => `${n} ${plural(n, { one: "Wert", other: "Werte" })} dieses Falls`,
  scenarios: (n, names) => `${n} ${plural(n, { one: "Szenario", other: "Szenarien" })}: ${names}`,
  noModel: (file) => `Das Modell selbst ist nicht darin: Wer den Link öffnet, braucht die Datei ${file}.`,
  unseen: "Die Werte stehen hinter „#“; das sendet ein Browser nie an einen Server. Wer den Link hat, kann sie lesen.",
  long: (n) => `Der Link hat ${n} Zeichen. Manche Programme schneiden lange Links ab.`,
  link: "Link zu diesem Fall",
  copy: "Link kopieren",
  copied: "Der Link ist kopiert.",
  notCopied: "Dieser Browser lässt die Seite nicht kopieren. Der Link ist markiert und lässt sich von dort kopieren.",
  take: "Mitnehmen",
  html: "Als Webseite speichern",
  csv: "Als Tabelle (CSV) speichern",
  print: "Drucken",
  saved: (file) => `${file} ist gespeichert.`,
  close: "Schließen",
  waiting: (model, print) => ({
    head: `Dieser Link enthält einen Fall für das Modell ${quoted(model)}${print && `, Fingerabdruck ${print}`}.`,
    text: "Sobald seine Datei geöffnet ist, werden die Werte eingesetzt.",
  }),
  filled: "Der Fall des Links ist eingesetzt.",
  other: (model, open) => ({
    head: `Dieser Link gehört zu einem anderen Modell, ${quoted(model)}; seine Werte sind deshalb nicht eingesetzt.`,
    text: `Geöffnet ist ${quoted(open)}. Mit der richtigen Datei erscheint der Fall.`,
  }),
  newer: {
    head: "Dieser Link stammt von einer neueren Fassung dieser Seite.",
    text: "Die Seite neu laden, um sie zu bekommen, dann den Link noch einmal öffnen.",
  },
  broken: {
    head: "Dieser Link ist unvollständig oder beschädigt; seine Werte sind deshalb nicht eingesetzt.",
    text: "Wer ihn geschickt hat, kann ihn noch einmal schicken.",
  },
  dismiss: "Diese Meldung schließen",
};

export const report: typeof Report = {
  title: (model) => `${model}, Bericht zu einem Fall`,
  file: (model, kind) => `${model} Fall.${kind}`,
  case: "Der Fall",
  field: "Feld",
  value: "Wert",
  seen: "Das Modell kennt",
  remark: "Anmerkung",
  wasAtStart: (value) => `Am Anfang ${value}`,
  results: "Ergebnisse",
  result: "Ergebnis",
  exact: "Genauer Wert",
  scenarios: "Szenarien",
  models: "Zwei Modelle",
  about: "Über das Modell",
  outside: (names) => `Außerhalb des Gelernten: ${names}`,
  nothingOutside: "Kein Wert liegt außerhalb dessen, was das Modell kennt",
  made: (date) => `Erstellt am ${date}`,
  scenario: "Szenario",
  predicted: "Vorhersage",
  page: "Seite",
  of: "von",
};
