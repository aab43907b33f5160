// About a model, in German.
import type { card as Card, treatment as Treatment } from "../en/card.ts";
import { plural } from "./words.ts";

export const card: typeof Card = {
  title: "Was es ist",
  name: "Name",
  checked: (n) =>
    n === 1
      ? "Der Prüffall des Modells gibt hier die aufgezeichnete Antwort"
      : `Alle ${n} Prüffälle des Modells geben hier die aufgezeichneten Antworten`,
  failed: (bad, n) => `${bad} von ${n} Prüffällen geben eine andere Antwort`,
  failedText: "Mit diesem Modell nichts entscheiden, bis das geklärt ist.",
  unchecked: "Dieses Modell bringt keine Prüffälle mit",
  showFailed: "Die Unterschiede zeigen",
  failedHere: (bad, n) => ({
    head: `${bad} von ${n} Prüffällen geben eine andere Antwort.`,
    text: "Mit diesem Modell nichts entscheiden.",
  }),
  showCard: "Zeigen, was abweicht",
  record: "Fall",
  field: "Ergebnis",
  expected: "Aufgezeichnet",
  actual: "Hier",
  predicts: "Was es vorhersagt",
  kind: "Art",
  made: "Gemacht mit",
  when: "Wann",
  said: "In den Worten seines Autors",
  limits: "Bekannte Grenzen",
  noRange: (n, all, names) =>
    (n === all && all > 1
      ? "Für keine seiner Zahlen nennt das Modell einen Bereich"
      : `Für ${n} von ${all} Feldern nennt das Modell keinen Bereich`) +
    `${names && n !== all ? ` (${names})` : ""}; über Werte außerhalb dessen, was es gesehen hat, lässt sich deshalb nichts sagen.`,
  cannotCheck:
    "Es bringt keine Prüffälle mit; dass es hier antwortet wie dort, wo es entstand, lässt sich deshalb nicht zeigen.",
  checkedRow: "Geprüft",
  notCheckable: "Das Dokument enthält keine Prüffälle, also konnte nichts verglichen werden.",
  about: "Beschreibung",
  copyright: "Urheberrecht",
  file: "Datei",
  fingerprint: "Fingerabdruck",
  notes: "Bemerkungen",
  noteCount: (n) => `${n} ${plural(n, { one: "Bemerkung", other: "Bemerkungen" })} beim Öffnen`,
  oneOf: (target, values) => `${target}: ${values}`,
  asks: (used, all) =>
    used === all
      ? `Es fragt nach ${all} ${plural(all, { one: "Feld", other: "Feldern" })}`
      : `Es fragt nach ${all} Feldern, von denen ${used} ${plural(used, { one: "zählt", other: "zählen" })}`,
  fieldKind: {
    number: "Zahl",
    choice: "eines von",
    steps: "eines von, in Reihenfolge",
    boolean: "ja oder nein",
    date: "Datum",
    time: "Uhrzeit",
    dateTime: "Datum und Uhrzeit",
    text: "Text",
    list: "Liste",
  },
  values: (n) => `${n} Werten`,
  withoutEffect: "Das Modell sieht es nie an.",
  parts: "Woraus diese Seite besteht",
  partsNote: "Teile und ihre Lizenzen.",
  pmml: (version) => `PMML ${version}`,
  function: {
    classification: "sagt, welche von mehreren Antworten am wahrscheinlichsten ist",
    regression: "schätzt eine Zahl",
    clustering: "findet die nächste Gruppe",
    associationRules: "findet zutreffende Regeln",
    timeSeries: "sagt eine Reihe voraus",
    sequences: "findet, was worauf folgt",
    mixed: "gibt Antworten verschiedener Art",
  },
  type: {
    RegressionModel: "Regressionsformel",
    GeneralRegressionModel: "Allgemeine Regression",
    TreeModel: "Entscheidungsbaum",
    MiningModel: "Mehrere Modelle gemeinsam",
    Scorecard: "Punktekarte",
    NeuralNetwork: "Neuronales Netz",
    NaiveBayesModel: "Naive Bayes",
    SupportVectorMachineModel: "Stützvektormaschine",
    NearestNeighborModel: "Nächste Nachbarn",
    ClusteringModel: "Gruppen",
    RuleSetModel: "Regeln",
    AssociationModel: "Assoziationsregeln",
    GaussianProcessModel: "Gauß-Prozess",
    BayesianNetworkModel: "Bayes-Netz",
    TimeSeriesModel: "Zeitreihe",
    TextModel: "Textmodell",
    SequenceModel: "Folgeregeln",
    BaselineModel: "Vergleich mit einer Grundlinie",
    AnomalyDetectionModel: "Erkennung von Auffälligem",
  },
  kindText: (type, does) => (does ? `${type}; ${does}` : type),
  checkedAll: (n, fields) =>
    `${n} von ${n} Prüffällen hier wiedergegeben, je ${fields} ${plural(fields, { one: "Ergebnis", other: "Ergebnisse" })}`,
  checkedSome: (ok, n) => `Nur ${ok} von ${n} Prüffällen hier wiedergegeben`,
};

export const treatment: typeof Treatment = {
  missingReplaced: (used) => `Nicht angegeben: ${used} wird genommen.`,
  missingRefused: "Nicht angegeben: keine Vorhersage.",
  missingHandled: "Nicht angegeben: Das Modell kommt ohne aus.",
  invalidMissing: "Nicht gültig: wie nicht angegeben.",
  invalidAsIs: "Nicht gültig: genommen, wie es ist.",
  invalidReplaced: (used) => `Nicht gültig: ${used} wird genommen.`,
  invalidRefused: "Nicht gültig: keine Vorhersage.",
  outlierCut: (range) => `Jenseits von ${range}: das nähere Ende wird genommen.`,
  outlierMissing: (range) => `Jenseits von ${range}: wie nicht angegeben.`,
};
