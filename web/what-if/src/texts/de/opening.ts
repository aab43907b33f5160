// Opening a model, and refusing what is none, in German.
import type { open as Open, refused as Refused } from "../en/opening.ts";
import { nbsp, plural } from "./words.ts";

export const open: typeof Open = {
  title: "Zuerst ein Modell öffnen",
  lead: "Eine PMML-Datei hierher ziehen, eine auswählen oder ein Beispiel probieren. Die Datei bleibt auf diesem Computer.",
  choose: "Datei auswählen",
  example: "Beispiel probieren",
  address: "Adresse eines Modells auf diesem Server",
  openAddress: "Öffnen",
  again: "Modell öffnen",
  dropNow: "Loslassen, um die Datei zu öffnen",
  working: "Das Modell wird geöffnet …",
  reading: "Die Datei wird gelesen …",
  checking: "Das Modell wird geprüft …",
  partOf: (size, percent) => `${size}, ${percent}${nbsp}%`,
  cancel: "Abbrechen",
  cancelled: "Das Öffnen wurde abgebrochen.",
  opened: (name) => `${name} ist geöffnet.`,
  onlyOne: "Ein Modell zur Zeit: Nur die erste Datei wurde geöffnet.",
};

export const refused: typeof Refused = {
  notOpened: (file) => `${file} wurde nicht geöffnet.`,
  empty: { head: "Diese Datei ist leer", text: "Wer sie gemacht hat, kann sie noch einmal schicken." },
  zip: {
    head: "Dies ist eine Zip- oder Excel-Datei, kein Modell",
    text: "Ein PMML-Modell ist eine einzelne XML-Datei. Liegt eine darin, zuerst auspacken.",
  },
  gzip: {
    head: "Diese Datei ist komprimiert",
    text: "Zuerst auspacken; das Modell darin endet meist auf .pmml oder .xml.",
  },
  pdf: { head: "Dies ist ein PDF, kein Modell", text: "Gebraucht wird das Modell selbst, als PMML-Datei." },
  table: {
    head: "Dies ist eine Tabelle mit Werten, kein Modell",
    text: "Zuerst das Modell öffnen. Diese Seite nimmt dann einen Fall nach dem anderen.",
  },
  json: {
    head: "Dies ist eine JSON-Datei, kein PMML-Modell",
    text: "Gebraucht wird das Modell als PMML; die meisten Werkzeuge können es so ausgeben.",
  },
  binary: {
    head: "Dies ist keine Textdatei, also kein PMML-Modell",
    text: "Gebraucht wird das Modell als PMML; die meisten Werkzeuge können es so ausgeben.",
  },
  notXml: (line) => ({
    head: line ? `Diese Datei bricht in Zeile ${line} ab oder ist dort beschädigt` : "Diese Datei ist beschädigt",
    text: "Sie ist kein wohlgeformtes XML. Wer sie gemacht hat, kann sie noch einmal schicken.",
  }),
  notPmml: {
    head: "Dies ist eine XML-Datei, aber kein Modell",
    text: "Ein PMML-Modell beginnt mit einem Element PMML.",
  },
  unsupported: (n) => ({
    head: "Dieses Modell wird nicht geöffnet, weil es nicht genau gerechnet werden könnte",
    text:
      n === 1
        ? "Es verwendet einen Teil, den diese Version nicht rechnet."
        : `Es verwendet ${n} Teile, die diese Version nicht rechnet.`,
  }),
  tooLarge: {
    head: "Dieses Modell ist größer, als diese Seite annimmt",
    text: "Die Befehlszeile rechnet Modelle jeder Größe; ihre Grenzen lassen sich anheben.",
  },
  broken: (n) => ({
    head: `Dieses Modell hat ${n} Fehler und wird deshalb nicht geöffnet`,
    text: "Wer es gemacht hat, braucht die Liste darunter.",
  }),
  unread: "Diese Datei konnte nicht gelesen werden",
  unreachable: "An ihrer Adresse wurde nichts gefunden, oder es gibt keine Verbindung. Eine eigene Datei öffnet sich ohne.",
  noAddress: { head: "Dies ist keine Adresse", text: "Eine Adresse sieht so aus: models/credit.pmml." },
  elsewhere: (host) => ({
    head: "Diese Seite öffnet nur Modelle von ihrem eigenen Server",
    text: `Von ${host} darf sie nichts holen, damit auch nichts hinausgeht. Das Modell als Datei speichern und diese öffnen.`,
  }),
  engine: {
    head: "Der Rechenkern ist nicht gestartet",
    text: "Die Seite neu laden. Hilft das nicht, verbietet dieser Browser hier WebAssembly, oder ihm fehlt Speicher.",
  },
  details: (n) => `${n} ${plural(n, { one: "Befund", other: "Befunde" })} im Einzelnen zeigen`,
  where: (line) => `Zeile ${line}`,
  back: "Zurück zum offenen Modell",
  more: (n) => `und ${n} weitere`,
};
