// The page around the views, and what stands in several of them, in German.
import type { words as Words, language as Language, offline as Offline, views as Views, history as History, row as Row } from "../en/page.ts";
import { nbsp } from "./words.ts";

export const words: typeof Words = {
  product: "Scorelet",
  pageTitle: (model, figure) => `${model}: ${figure} – Scorelet`,
  skip: "Zur Vorhersage springen",
  noScript: "Diese Seite rechnet Modelle im Browser und braucht dafür JavaScript. Nichts wird gesendet.",
  local: "Hier gerechnet, nichts gesendet",
  footer: "In diesem Browser gerechnet. Die Datei und die eingegebenen Werte bleiben auf diesem Computer.",
  version: (v) => `Version ${v}`,
  percent: (figure) => `${figure}${nbsp}%`,
  percentSign: "%",
  listSeparator: "; ",
  kilobytes: (n) => `${n}${nbsp}kB`,
  megabytes: (n) => `${n}${nbsp}MB`,
  yes: "Ja",
  no: "Nein",
  notGiven: "nicht angegeben",
  notGivenFor: (field) => `nicht angegeben, ${field}`,
  give: "Wert angeben",
  giveFor: (field) => `Wert angeben, ${field}`,
};

export const language: typeof Language = {
  label: "Sprache",
  changed: "Die Seite spricht jetzt Deutsch.",
};

export const offline: typeof Offline = {
  ready: "Geht ohne Netz, nichts wird gesendet",
  reported: "Hier gerechnet, Meldungen werden gesendet",
  cut: "Keine Verbindung. Alles auf dieser Seite geht trotzdem.",
  renewed: "Eine neue Version ist bereit. Sie startet beim nächsten Öffnen der Seite.",
  start: "Jetzt starten",
};

export const views: typeof Views = {
  label: "Ansichten dieses Modells",
  one: "Ein Fall",
  many: "Viele Fälle",
  compare: "Vergleich",
  about: "Über dieses Modell",
  unreachable: { head: "Dieser Teil der Seite ist noch nicht da.", text: "Er braucht einmal eine Verbindung; alles andere geht ohne weiter." },
};

export const history: typeof History = {
  undo: "Rückgängig",
  redo: "Wiederholen",
  undoWhat: (what) => `Rückgängig: ${what}`,
  redoWhat: (what) => `Wiederholen: ${what}`,
  field: (field) => `Änderung an ${field}`,
  reset: "zurück zum Anfang",
  clear: "alles leeren",
  keep: (name) => `${name} merken`,
  load: (name) => `${name} ausprobieren`,
  rename: (name) => `${name} umbenennen`,
  remove: (name) => `${name} entfernen`,
  pin: (name) => `${name} anheften`,
  link: "Link öffnen",
};

export const row: typeof Row = {
  invalidValue: (field) => `${field} hat einen Wert, den das Modell für ungültig erklärt.`,
  missingValue: (field) => `${field} wird gebraucht und ist nicht angegeben.`,
  functionError: (message) => `Eine Rechnung im Modell hat kein Ergebnis: ${message}`,
  unknownField: (field) => `Das Modell hat kein Feld namens ${field}.`,
};
