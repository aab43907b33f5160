// The prediction and all other results, in German.
import type { answer as Answer, series as Series, outputs as Outputs } from "../en/answer.ts";
import { plural } from "./words.ts";

const valuesAre = (n: number) => plural(n, { one: "Wert liegt", other: "Werte liegen" });
const without = (n: number) => plural(n, { one: "ihn", other: "sie" });

export const answer: typeof Answer = {
  chance: (target, value) => `Wahrscheinlichkeit, dass ${target} ${value} ist`,
  showChance: "Wahrscheinlichkeit zeigen von",
  likely: "der wahrscheinlichsten Antwort",
  value: (target) => `Vorhersage: ${target}`,
  prediction: "Vorhersage",
  unnamed: {
    ClusteringModel: "Nächste Gruppe",
    TextModel: "Nächstes Dokument",
    AssociationModel: "Passt dazu",
    SequenceModel: "Als Nächstes erwartet",
    AnomalyDetectionModel: "Maß der Auffälligkeit",
  },
  none: "Keine Vorhersage",
  noneTitle: "Keine Vorhersage für diesen Fall",
  before: "vor dieser Änderung",
  over: (figure) => `über ${figure}`,
  under: (figure) => `unter ${figure}`,
  points: (figure) => `${figure} ${figure === "1" ? "Punkt" : "Punkte"}`,
  fromStart: (start) => `gegenüber ${start} am Anfang`,
  sameAsStart: "wie am Anfang",
  scale: (now, start) =>
    `Skala von 0 bis 100 Prozent. ${start === null ? "" : `Am Anfang ${start}. `}Jetzt ${now}.`,
  atStart: "am Anfang",
  decision: (d) => ({ head: d, text: "ist die Entscheidung des Modells." }),
  mostLikely: (target, value, chance) => ({
    head: `${target}: ${value}`,
    text: `ist die wahrscheinlichste Antwort, mit ${chance}.`,
  }),
  close: (a, b) => ({
    head: "Zu knapp für ein Urteil.",
    text: `${a} und ${b} sind fast gleich wahrscheinlich. Eine kleine Änderung könnte die Antwort drehen.`,
  }),
  against: (target, value, likely) => ({
    head: `${target}: ${value}`,
    text: `ist die Antwort des Modells, obwohl ${likely} wahrscheinlicher ist.`,
  }),
  answers: (value) => ({ head: value, text: "ist die Antwort des Modells." }),
  up: (figure) => ({ head: `Um ${figure} höher`, text: "als am Anfang." }),
  down: (figure) => ({ head: `Um ${figure} niedriger`, text: "als am Anfang." }),
  begin: { head: "Ein Feld ändern,", text: "um zu sehen, was die Vorhersage bewegt." },
  same: { head: "Wie am Anfang.", text: "Ein Feld ändern, um zu sehen, was sie bewegt." },
  others: (n) => `${n} andere`,
  outside: (n) => `${n} ${valuesAre(n)} außerhalb dessen, was das Modell gesehen hat:`,
  rough: "Nur als groben Anhalt nehmen.",
  missing: (n) =>
    `${n} ${plural(n, { one: "Wert ist", other: "Werte sind" })} nicht angegeben. Das Modell kommt ohne ${without(n)} aus.`,
  replaced: (n) =>
    `${n} ${plural(n, { one: "Wert wird durch einen Ersatzwert vertreten:", other: "Werte werden durch Ersatzwerte vertreten:" })}`,
  kept: "Gezeigt wird die letzte Vorhersage, von vor dieser Änderung.",
  noneMissing: (n) =>
    `${n} ${plural(n, { one: "Wert ist", other: "Werte sind" })} nicht angegeben, und dieses Modell scheint ${without(n)} zu brauchen.`,
  noRule: "Nichts im Modell trifft darauf zu.",
  announce: (figure, what, change) => [figure, what, change].filter(Boolean).join(". "),
};

export const series: typeof Series = {
  next: (target) => `${target}, nächster Schritt`,
  title: (target, n) => `${target}, ${plural(n, { one: "ein Schritt", other: `${n} Schritte` })} voraus`,
  table: "Die Prognose, Schritt für Schritt",
  step: "Schritt",
  band: "Grau: der wahrscheinliche Bereich.",
  stepAt: (n) => `Schritt ${n}`,
  more: (n) => `und ${n} ${plural(n, { one: "weiterer Schritt", other: "weitere Schritte" })}`,
  one: (value) => ({ head: value, text: "ist die Prognose für den nächsten Schritt." }),
  span: ({ from, to, steps }, low, high) => ({
    head: `Von ${from} bis ${to}`,
    text: `über ${steps} Schritte; am niedrigsten ${low.value} bei Schritt ${low.step}, am höchsten ${high.value} bei Schritt ${high.step}.`,
  }),
};

export const outputs: typeof Outputs = {
  title: (n) => (n === 1 ? "Das Modell gibt ein benanntes Ergebnis" : `Das Modell gibt ${n} benannte Ergebnisse`),
  caption: "Alle Ergebnisse des Modells für diesen Fall",
  name: "Ergebnis",
  what: "Was es ist",
  value: "Wert",
  exact: "Genaue Werte zeigen",
  nothing: "kein Wert",
  feature: {
    predictedValue: "die Antwort selbst",
    predictedDisplayValue: "die Antwort in Worten",
    transformedValue: "aus der Antwort berechnet",
    decision: "Entscheidung",
    affinity: "wie nah es ist",
    residual: "Abstand zum wirklichen Wert",
    standardError: "Standardfehler",
    standardDeviation: "Standardabweichung",
    clusterId: "Nummer der Gruppe",
    clusterAffinity: "wie nah es ist",
    entityId: "der Teil des Modells, der antwortet",
    entityAffinity: "wie nah es ist",
    warning: "Warnung",
    ruleValue: "einer Regel entnommen",
    reasonCode: "Grund",
    antecedent: "wenn",
    consequent: "dann",
    rule: "Regel",
    ruleId: "Name der Regel",
    confidence: "Verlässlichkeit",
    support: "Häufigkeit",
    lift: "Hebel",
    leverage: "Hebelwirkung",
    confidenceIntervalLower: "unteres Ende des wahrscheinlichen Bereichs",
    confidenceIntervalUpper: "oberes Ende des wahrscheinlichen Bereichs",
    report: "berichteter Wert",
  },
  more: (n) => `und ${n} weitere`,
  target: "auch vorhergesagt",
  chance: "Wahrscheinlichkeit der Antwort",
  chanceOf: (value) => `Wahrscheinlichkeit von ${value}`,
  near: { AssociationModel: "wie oft beide Seiten zusammen vorkommen" },
  nearTo: (value) => `wie nah ${value} ist`,
  rules: "Zutreffende Regeln",
  part: {
    ClusteringModel: "Gruppe",
    TextModel: "Dokument",
    NearestNeighborModel: "nächster Fall",
    AssociationModel: "Regel",
    SequenceModel: "Regel",
    RuleSetModel: "Regel, die entschieden hat",
    TreeModel: "Ende des Baums",
  },
};
